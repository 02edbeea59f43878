"""A unit's matters go out as a table and come back filled in."""

from datetime import date, timedelta

import openpyxl
import pytest
from django.conf import settings
from django.utils.translation import override

from daodi.core.audit.acts import Act
from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.exchange import offline
from daodi.core.exchange.offline import read_work, take_work, try_work, write_left, write_work
from daodi.core.exchange.trial import Line, Outcome
from daodi.core.exchange.uploads import forget_uploads, keep_upload, lines_of
from daodi.core.history.models import Event
from daodi.core.history.verify import verify_matters
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.notices.models import Notice
from tests.makers import DAY, HOUR, NOON, make_ledger, make_matter, reread

HEADS = {name: str(label) for name, (label, _width) in offline.COLUMNS.items()}
LATER = NOON + DAY


@pytest.fixture
def table(tmp_path):
    """Return what writes a member's table, fills lines of it in, and reads it as it comes back."""
    path = tmp_path / "work.xlsx"

    def fill(by, filled: dict[str, dict[str, object]]) -> list[Line]:
        write_work(path, by=by)
        book = openpyxl.load_workbook(path)
        sheet = book.active
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            for name, value in filled.get(row[0].value, {}).items():
                row[heads.index(HEADS[name])].value = value
        book.save(path)
        return read_work(path)

    return fill


def rows_of(path) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.rows]


def said(outcome: Outcome) -> list[tuple[str, str]]:
    return [(step.verdict, step.why) for step in outcome.steps]


RESULT = {
    "contacted_on": date(2026, 3, 2), "agreed": "They are at home on Friday.",
    "note": "The lamp is ordered.", "account": "New bulb.", "answer": "It shines again.",
}  # fmt: skip


def test_a_line_is_done_as_if_on_the_page(course, handler, table) -> None:
    matter = course().accepted().matter
    lines = table(handler, {matter.number: RESULT})
    done = take_work(lines, by=handler, now=LATER)
    assert said(done) == [("changed", "Contacted the resident, Note, Hand in")]
    matter = reread(matter)
    assert (matter.state, matter.account, matter.answer) == (
        State.HANDED_IN, "New bulb.", "It shines again.",
    )  # fmt: skip
    acts = Event.objects.filter(matter=matter, recorded_at=LATER).select_related("words")
    assert [(act.name, act.by_id, act.words.text) for act in acts.order_by("seq")] == [
        ("contact", handler.pk, "On 2026-03-02: They are at home on Friday."),
        ("note", handler.pk, "The lamp is ordered."),
        ("hand_in", handler.pk, "It shines again."),
    ]
    assert not [fault for _matter, faults in verify_matters() for fault in faults]


def test_a_trial_says_the_same_and_does_nothing(course, handler, table) -> None:
    matter = course().accepted().matter
    lines = table(handler, {matter.number: RESULT})
    before = (Event.objects.count(), Notice.objects.count())
    tried = try_work(lines, by=handler, now=LATER)
    assert (Event.objects.count(), Notice.objects.count()) == before
    assert reread(matter).version == matter.version
    assert tried == take_work(lines, by=handler, now=LATER)


def test_what_changed_meanwhile_stays_as_it_is(course, handler, table) -> None:
    run = course().accepted()
    lines = table(handler, {run.matter.number: {"note": "On the road."}})
    run.step("ask", "handler", text="Which lamp?")
    ((verdict, why),) = said(take_work(lines, by=handler, now=LATER))
    assert verdict == "wrong"
    assert why.startswith("It has changed since you downloaded the table and is now “Waiting")
    assert reread(run.matter).version == run.matter.version


def test_brought_in_twice_it_is_done_once(course, handler, table) -> None:
    matter = course().accepted().matter
    lines = table(handler, {matter.number: {"note": "On the road."}})
    first, second = (take_work(lines, by=handler, now=LATER) for _ in range(2))
    assert (first.is_wrong, second.is_wrong) == (False, True)
    assert Event.objects.filter(matter=matter, name="note").count() == 1


def test_a_refused_line_keeps_no_other_back_and_is_done_not_at_all(course, handler, table) -> None:
    unsigned = course(make_matter("No light.")).dispatched().matter
    signed = course(make_matter("A hole.")).accepted().matter
    filled = {unsigned.number: {**RESULT, "note": "Seen."}, signed.number: {"note": "Seen."}}
    done = take_work(table(handler, filled), by=handler, now=LATER)
    assert sorted(step.verdict for step in done.steps) == ["changed", "wrong"]
    refused = next(step for step in done.steps if step.verdict == "wrong")
    assert (unsigned.number in refused.label, "not possible while" in refused.why) == (True, True)
    # Neither is the contact before the refused step written down.
    assert not Event.objects.filter(matter=unsigned, name__in=("contact", "note")).exists()


def test_where_a_leader_signs_the_result_is_submitted(course, handler, table) -> None:
    ledger = make_ledger(leader_signs=True)
    matter = course(make_matter(ledger=ledger)).accepted().matter
    lines = table(handler, {matter.number: {"account": "New bulb.", "answer": "It shines."}})
    assert said(take_work(lines, by=handler, now=LATER)) == [("changed", "Submit for signature")]
    assert reread(matter).pending == "signature"


@pytest.mark.parametrize(
    ("filled", "why"),
    [
        ({"answer": "It shines."}, "Please fill in “Internal account” too."),
        ({"agreed": "On Friday."}, "Please fill in “Contacted on” too."),
        ({"contacted_on": "2026-03-02"}, "Please fill in “What was agreed with the resident” too."),
        ({"contacted_on": "soon", "agreed": "-"}, "“soon” is not a date."),
        ({"contacted_on": "2026-03-09", "agreed": "-"}, "This day is before"),
        ({"contacted_on": "2026-03-01", "agreed": "-"}, "This day is before"),
    ],
)
def test_what_is_missing_or_wrong_is_said(course, handler, table, filled, why) -> None:
    matter = course().accepted().matter
    ((verdict, told),) = said(
        try_work(table(handler, {matter.number: filled}), by=handler, now=LATER)
    )
    assert (verdict, told[: len(why)]) == ("wrong", why)


def test_nobody_acts_on_what_they_do_not_see(course, handler, outsider, caller, table) -> None:
    matter = course().accepted().matter
    lines = table(handler, {matter.number: {"note": "Mine now."}})
    assert said(take_work(lines, by=outsider, now=LATER)) == [("wrong", "You have no such matter.")]
    result = [Line("", 2, line.cells | {"account": "a", "answer": "b"}) for line in lines]
    assert take_work(result, by=caller, now=LATER).is_wrong
    assert reread(matter).version == matter.version


def test_the_table_has_what_the_house_has_in_hand_and_no_more(
    course, handler, outsider, tmp_path
) -> None:
    open_one = course(make_matter("=1+1 lamps are dark.", address="East gate")).accepted().matter
    course(make_matter("A hole.")).handed_in()
    secret = course(make_matter("In confidence.")).accepted().matter
    Matter.objects.filter(pk=secret.pk).update(is_confidential=True)
    path = tmp_path / "work.xlsx"
    assert (write_work(path, by=handler), write_work(tmp_path / "b.xlsx", by=outsider)) == (1, 0)
    heads, row = rows_of(path)
    assert heads == list(HEADS.values())
    assert row[:5] == [open_one.number, open_one.title, open_one.text, "East gate", "In hand"]
    assert (row[6], row[7:]) == (open_one.version, [None] * 5)
    assert "13800000000" not in str(row)
    taken = AdminEvent.objects.filter(what=Act.LIST_EXPORTED, by=handler).get()
    assert taken.after == {"n": 1}


def test_it_is_read_back_in_the_other_language(course, handler, tmp_path) -> None:
    course().accepted()
    assert {language for language, _name in settings.LANGUAGES} >= {"zh-hans", "en"}
    path = tmp_path / "work.xlsx"
    with override("zh-hans"):
        write_work(path, by=handler)
    book = openpyxl.load_workbook(path)
    book.active["H2"] = "路上"
    book.save(path)
    (line,) = read_work(path)
    assert line.get("note") == "路上"


def test_what_is_no_such_table_or_empty_is_refused(course, handler, tmp_path, monkeypatch) -> None:
    course().accepted()
    path = tmp_path / "work.xlsx"
    write_work(path, by=handler)
    with pytest.raises(Refused, match="Nothing is filled in"):
        read_work(path)
    book = openpyxl.load_workbook(path)
    book.active["H2"] = "Seen."
    book.save(path)
    monkeypatch.setattr(offline, "MOST_FILLED", 0)
    with pytest.raises(Refused, match="More than 0 lines"):
        read_work(path)
    book.active["G1"] = "Something else"
    book.save(path)
    with pytest.raises(Refused, match="Download it here first"):
        read_work(path)


def test_refused_lines_come_back_with_the_reason_and_can_be_brought_in(
    course, handler, table, tmp_path
) -> None:
    matter = course().accepted().matter
    (line,) = table(handler, {matter.number: {"answer": "+It shines."}})
    path = tmp_path / "left.xlsx"
    write_left(path, [Line("", 2, {**line.cells, "why": "Please fill in the account."})])
    _heads, row = rows_of(path)
    assert (row[0], row[-2:]) == (matter.number, ["+It shines.", "Please fill in the account."])
    assert [each.cells for each in read_work(path)] == [line.cells]


def test_what_is_kept_sealed_cannot_be_read_in_the_database(handler) -> None:
    lines = [Line("", 2, {"phone": "13800000000"})]
    given = {"what": "typed", "name": "a", "by": handler, "now": NOON + timedelta(days=1)}
    kept = keep_upload(lines, sealed=True, **given)
    kept.refresh_from_db()
    assert "13800000000" not in str(kept.lines)
    assert lines_of(kept) == lines
    kept_until = given["now"] + DAY
    assert [forget_uploads(at) for at in (kept_until, kept_until + HOUR)] == [0, 1]
