"""What is taken from a table, what it becomes, and what happens when it comes again."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from daodi.core.deadlines.models import Clock
from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.judgement.models import Advice
from daodi.core.ledgers.kinds import Channel, Kind
from daodi.core.matters.belongings import Contact
from daodi.core.matters.contacts import Person, same_phone, unseal
from daodi.core.matters.models import NEVER, Matter
from daodi.core.matters.states import State
from daodi.core.people.services import add_unit, load_divisions
from daodi.core.search.reading import matching
from daodi.core.sweep.sure import advise_and_list
from daodi.core.transfer.services import write_refused
from daodi.core.transfer.storing import Store
from daodi.core.transfer.tests.makers import ANSWERED, HEADER, NOW, OPEN, counts, make_file, take
from daodi.lib.sheets import open_table
from tests.makers import make_category, make_ledger, make_matter, make_member, make_unit

FIRST = dict(zip(HEADER, OPEN, strict=True))


@pytest.fixture
def ledger(db):
    return make_ledger()


def only() -> Matter:
    return Matter.objects.get()


def story(matter: Matter) -> list[tuple]:
    rows = matter.events.order_by("seq").select_related("words")
    return [
        (e.name, e.at, e.side, e.is_public, e.words.text if hasattr(e, "words") else "")
        for e in rows
    ]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_filing_without_a_reply_waits_for_an_operator(tmp_path, ledger, operator, name) -> None:
    assert counts(take(make_file(tmp_path / name, OPEN), ledger)) == (1, 1, 0, 0)
    matter = only()
    assert (matter.title, matter.text) == ("路灯不亮", "村口的路灯坏了三天。")
    assert (matter.state, matter.channel, matter.version) == (State.RECEIVED, Channel.IMPORT, 1)
    assert matter.number == f"SQ-20260228-{matter.pk:06d}"
    assert story(matter) == [("file", matter.filed_at, "system", True, "")]
    event = matter.events.get()
    assert event.data == {"channel": "import", "source": name}
    assert event.recorded_at == NOW
    assert unseal(Contact.objects.get()) == Person("张三", "")
    assert matter.extra == {"留言编号": "1"}
    assert list(Matter.objects.visible_to(operator)) == [matter]


def test_what_was_taken_is_found_by_its_words(tmp_path, ledger) -> None:
    take(make_file(tmp_path / "a.csv", OPEN, ANSWERED), ledger)
    open_one = Matter.objects.get(state=State.RECEIVED)
    answered = Matter.objects.exclude(pk=open_one.pk).get()
    assert list(matching(Matter.objects.all(), "路灯 坏了三天")) == [open_one]
    assert list(matching(Matter.objects.all(), answered.answer)) == [answered]


def test_a_worker_looks_at_what_is_open(tmp_path, ledger) -> None:
    take(make_file(tmp_path / "a.csv", OPEN, ANSWERED), ledger)
    matter = Matter.objects.get(state=State.RECEIVED)
    queued = ProcrastinateJob.objects.filter(task_name="daodi.core.tasks.advise_on_many")
    assert queued.latest("id").args == {"matter_ids": [matter.pk]}
    assert not advise_and_list(matter.pk, NOW)
    assert list(Advice.objects.values_list("matter", flat=True)) == [matter.pk]


def test_its_clocks_are_those_of_a_filing_made_at_the_moment_of_import(tmp_path, ledger) -> None:
    filed = make_matter(ledger=ledger, now=NOW)
    category = make_category(ledger, "Q", "Questions", kind_hint="consult")
    asked = make_matter(ledger=ledger, now=NOW, category=category)
    rows = [[1, "One that is long enough", ""], [2, "Another one", "Questions"], [3, "Third", "Q"]]
    header = ["id", "text", "category"]
    take(make_file(tmp_path / "a.xlsx", *rows, header=header), ledger)
    imported = Matter.objects.filter(channel=Channel.IMPORT).order_by("pk")
    for matter, like in zip(imported, [filed, asked, asked], strict=True):
        for column in ("due_at", "promised_at", "next_look_at", "card", "kind", "category"):
            assert getattr(matter, column) == getattr(like, column)
        mine, theirs = (
            list(one.clocks.values("name", "started_at", "due_at", "alarm_at", "party"))
            for one in (matter, like)
        )
        assert mine == theirs
        assert mine[0]["started_at"] == NOW


def test_a_filing_with_a_reply_is_a_cleared_matter(tmp_path, ledger) -> None:
    take(make_file(tmp_path / "a.xlsx", ANSWERED), ledger)
    matter = only()
    filed, answered = matter.filed_at, matter.handed_in_at
    assert answered - filed == timedelta(days=4, hours=9, minutes=30)
    assert (matter.state, matter.version, matter.account) == (State.CLEARED, 3, "")
    assert (matter.answer, matter.cleared_at) == ("您好，已经修好。", answered)
    assert (matter.due_at, matter.next_look_at, Clock.objects.count()) == (NEVER, None, 0)
    assert story(matter) == [
        ("file", filed, "system", True, ""),
        ("answer", answered, "system", True, "您好，已经修好。"),
        ("clear", answered, "system", True, ""),
    ]
    assert set(matter.events.values_list("recorded_at", flat=True)) == {NOW}


def test_a_unit_that_replied_sees_its_matter(tmp_path, ledger, handler, outsider) -> None:
    header = [*HEADER, "承办单位"]
    rows = [[*ANSWERED, "Bureau"], [*OPEN, "Bureau"]]
    take(make_file(tmp_path / "a.xlsx", *rows, header=header), ledger)
    done, waiting = Matter.objects.order_by("pk")
    assert done.unit == done.first_unit == make_unit("bureau")
    assert [e.name for e in done.events.order_by("seq")] == ["file", "hand_in", "clear"]
    assert list(Matter.objects.visible_to(handler)) == [done]
    assert not Matter.objects.visible_to(outsider).exists()
    assert waiting.unit is None
    assert waiting.extra["承办单位"] == "Bureau"


def test_what_is_known_of_the_ledger_is_found_by_name_or_code(tmp_path, ledger) -> None:
    top = make_category(ledger, "CJ", "城乡建设")
    make_category(ledger, "CJ01", "安全生产", level=2, parent=top)
    load_divisions([("411621", "扶沟县", "county"), ("411621100", "城关镇", "town")])
    header = ["内容", "类型", "一级标签", "二级标签", "行政区划", "电话", "点赞数"]
    rows = [
        ["一二三四五", "投诉举报", "城乡建设", "安全生产", "城关镇", 13800000000, 7],
        ["二三四五六", "consult", "CJ", None, "411621000000", "0371-1234567", None],
        ["三四五六七", "表扬", "没有的", None, "月球", None, "好"],
    ]
    done = take(make_file(tmp_path / "a.xlsx", *rows, header=header), ledger)
    one, two, three = Matter.objects.order_by("pk").select_related("category", "division")
    assert (one.category.code, one.kind, str(one.division)) == ("CJ01", Kind.COMPLAINT, "城关镇")
    assert one.extra == {"点赞数": 7}
    assert (two.category, two.kind, str(two.division)) == (top, Kind.CONSULT, "扶沟县")
    assert same_phone("13800000000") == [one.pk]
    assert (three.category, three.kind, three.division) == (None, ledger.kinds[0], None)
    kept = {"类型": "表扬", "一级标签": "没有的", "行政区划": "月球", "点赞数": "好"}
    assert three.extra == kept
    assert done.unknown == {(name, kept[name]): 1 for name in ("类型", "一级标签", "行政区划")}


def test_a_path_in_one_cell_and_names_that_are_not_alone(tmp_path, ledger) -> None:
    roads, parks = (make_category(ledger, code, code) for code in ("Roads", "Parks"))
    for parent in (roads, parks):
        make_category(ledger, f"{parent.code}1", "Lamps", level=2, parent=parent)
    rows = [["First text", "Parks->Lamps"], ["Second text", "Lamps"], ["Third text", "X/Roads"]]
    take(make_file(tmp_path / "a.xlsx", *rows, header=["text", "category"]), ledger)
    codes = Matter.objects.order_by("pk").values_list("category__code", flat=True)
    assert list(codes) == ["Parks1", None, "Roads"]


def test_a_confidential_category_hides_what_is_imported(tmp_path, ledger, operator) -> None:
    make_category(ledger, "SEC", "Whistle", is_confidential=True)
    named = make_member("named", unit="centre")
    ledger.confidants.add(named)
    take(make_file(tmp_path / "a.xlsx", ["Some text", "SEC"], header=["text", "category"]), ledger)
    assert only().is_confidential
    assert not Matter.objects.visible_to(operator).exists()
    assert list(Matter.objects.visible_to(named)) == [only()]


def test_a_ledgers_own_field_takes_its_column(tmp_path, db) -> None:
    field = {"name": "age", "label": "年龄", "type": "number"}
    ledger = make_ledger(fields=[field])
    rows = [["One two three", 41], ["Two three four", "old"]]
    done = take(make_file(tmp_path / "a.xlsx", *rows, header=["text", "年龄"]), ledger)
    assert only().extra == {"age": "41"}
    assert list(done.refused.values()) == ["年龄: write a number."]


def test_again_doubles_nothing_in_whatever_form_it_comes(tmp_path, ledger) -> None:
    take(make_file(tmp_path / "a.xlsx", OPEN, ANSWERED), ledger)
    assert counts(take(make_file(tmp_path / "b.csv", ANSWERED, OPEN), ledger)) == (2, 0, 2, 0)
    assert (Matter.objects.count(), Event.objects.count()) == (2, 4)


def test_without_numbers_the_content_tells_what_is_there(tmp_path, ledger) -> None:
    header, rows = HEADER[1:], [OPEN[1:], ANSWERED[1:]]
    take(make_file(tmp_path / "a.xlsx", *rows, header=header), ledger)
    turned = [row[::-1] for row in rows]
    again = make_file(tmp_path / "b.csv", *turned, [None] * 6, header=header[::-1])
    assert counts(take(again, ledger)) == (2, 0, 2, 0)
    # How the columns are matched does not change what a row is.
    assert counts(take(again, ledger, {"name": ""})) == (2, 0, 2, 0)


def test_twice_in_one_file(tmp_path, ledger) -> None:
    changed = [*OPEN[:4], "Something else entirely", None, None]
    neighbour = [7, *OPEN[1:]]
    done = take(make_file(tmp_path / "a.xlsx", OPEN, OPEN, changed, neighbour), ledger)
    assert counts(done) == (4, 2, 1, 1)
    assert done.refused == {4: "Row 2 has the same number, but says something else."}
    assert done.same_text == 1


def test_a_number_that_stands_for_something_else_here_is_not_swallowed(tmp_path, ledger) -> None:
    take(make_file(tmp_path / "a.xlsx", OPEN), ledger)
    other = [1, *ANSWERED[1:]]
    done = take(make_file(tmp_path / "b.xlsx", other), ledger)
    assert list(done.refused) == [2]
    assert only().number in done.refused[2]


def test_one_source_may_feed_two_ledgers(tmp_path, ledger) -> None:
    file = make_file(tmp_path / "a.xlsx", OPEN)
    take(file, ledger)
    assert counts(take(file, make_ledger("other"))) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"留言详情": "", "留言主题": ""}, "Please write what it is about"),
        ({"留言详情": "字" * 20_001}, "20001 characters; at most 20000 fit"),
        ({"留言主题": "字" * 121}, "The title is too long"),
        ({"留言时间": "昨天"}, "留言时间: “昨天” is not a date"),
        ({"留言时间": "2026-03-04"}, "留言时间: 2026-03-04 00:00 is still to come"),
        ({"答复意见": "好的"}, "needs the time of the filing and of the reply"),
        ({"答复意见": "好的", "留言时间": "", "答复时间": "2026-01-01"}, "needs the time"),
        ({"答复意见": "好的", "答复时间": "2026-02-28 11:25:04"}, "older than the filing"),
        ({"答复意见": "字" * 20_001}, "The reply has 20001 characters"),
    ],
)
def test_refused(tmp_path, ledger, changes, why) -> None:
    row = (FIRST | changes).values()
    done = take(make_file(tmp_path / "a.xlsx", list(row)), ledger)
    assert counts(done) == (1, 0, 0, 1)
    assert why in done.refused[2]
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"留言详情": ""},
        {"留言主题": None},
        {"留言详情": "字" * 20_000},
        {"留言时间": ""},
        {"留言时间": "2026-03-03 11:00"},
        {"答复意见": " \t ", "答复时间": "2026-03-01"},
        {"答复意见": "字" * 20_000, "答复时间": "2026-02-28 11:25:05"},
    ],
)
def test_taken(tmp_path, ledger, changes) -> None:
    row = (FIRST | changes).values()
    assert counts(take(make_file(tmp_path / "a.xlsx", list(row)), ledger)) == (1, 1, 0, 0)


def test_rows_to_mend_come_back_as_they_were_and_are_taken_once_mended(tmp_path, ledger) -> None:
    wrong = [3, "王五", "井盖", "2026-13-01", "井盖丢了，很危险。", None, None]
    file = make_file(tmp_path / "a.csv", OPEN, wrong, ANSWERED)
    done = take(file, ledger)
    assert counts(done) == (3, 2, 0, 1)
    report = tmp_path / "a.refused.xlsx"
    write_refused(open_table(file), done.refused, report)
    mend = open_table(report)
    assert mend.columns == [*HEADER, "why"]
    (row,) = mend.rows()
    assert row.cells["why"] == done.refused[3]
    assert [row.cells[name] for name in HEADER[1:5]] == wrong[1:5]

    still = take(report, ledger)
    assert counts(still) == (1, 0, 0, 1)
    write_refused(mend, still.refused, tmp_path / "again.xlsx")
    assert open_table(tmp_path / "again.xlsx").columns == [*HEADER, "why"]
    mended = make_file(
        tmp_path / "b.xlsx", [*wrong[:3], "2026-01-13", *wrong[4:], "why it was"],
        header=[*HEADER, "为什么"],
    )  # fmt: skip
    assert counts(take(mended, ledger)) == (1, 1, 0, 0)
    assert Matter.objects.latest("pk").extra == {"留言编号": "3"}


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_and_run_again(tmp_path, monkeypatch) -> None:
    ledger = make_ledger()
    rows = [[number, *OPEN[1:4], f"第{number}件事", None, None] for number in range(9)]
    file = make_file(tmp_path / "a.xlsx", *rows)
    put, calls = Store.put, []

    def dies_in_its_second_chunk(self, entries, now) -> None:
        put(self, entries, now)
        calls.append(now)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Store, "put", dies_in_its_second_chunk)
    with pytest.raises(KeyboardInterrupt):
        take(file, ledger, chunk=4)
    assert (Matter.objects.count(), Event.objects.count(), Contact.objects.count()) == (4, 4, 4)
    assert counts(take(file, ledger, chunk=4)) == (9, 5, 4, 0)
    assert counts(take(file, ledger, chunk=4)) == (9, 0, 9, 0)


def test_a_dry_run_counts_and_stores_nothing(tmp_path, ledger) -> None:
    file = make_file(tmp_path / "a.xlsx", OPEN, OPEN, [*OPEN[:3], "?", *OPEN[4:]])
    assert counts(take(file, ledger, dry_run=True)) == (3, 1, 1, 1)
    assert not Matter.objects.exists()


def test_a_ledger_out_of_use_takes_nothing(tmp_path, ledger) -> None:
    ledger.is_active = False
    with pytest.raises(Refused, match="does not take filings"):
        take(make_file(tmp_path / "a.xlsx", OPEN), ledger)


def test_two_units_of_one_name_are_none(tmp_path, ledger) -> None:
    for code in ("one", "two"):
        add_unit(code=code, name="办公室", parent=make_unit("county", None))
    header = [*HEADER, "承办单位"]
    done = take(make_file(tmp_path / "a.xlsx", [*ANSWERED, "办公室"], header=header), ledger)
    assert only().unit is None
    assert done.unknown == {("承办单位", "办公室"): 1}
