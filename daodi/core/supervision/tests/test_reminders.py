"""Early signs: put before a unit, answered, sent back, closed; each card and notice once."""

import pytest

from daodi.core.exceptions import ChangedMeanwhile, NotYours, Refused
from daodi.core.history.verify import verify_matters
from daodi.core.notices.models import Notice
from daodi.core.notices.words import line_of, said
from daodi.core.people.roles import Role
from daodi.core.supervision.models import Reminder
from daodi.core.supervision.reminders import (
    answer_reminder,
    attachable,
    close_reminder,
    return_reminder,
    sweep_reminders,
    write_reminder,
)
from tests.makers import DAY, HOUR, NOON, make_ledger, make_matter, make_member, make_unit

DUE = NOON.date() + 4 * DAY


@pytest.fixture
def remind(cast):
    def write(*matters, kind="assign", **given) -> Reminder:
        given = {"due": DUE if kind == "assign" else None, "unit": make_unit("bureau"), **given}
        return write_reminder(
            list(matters or [make_matter("Dark"), make_matter("Dark too")]),
            kind=kind, topic="Lamps", text="Three a week: why?", by=cast["supervisor"], now=NOON,
            **given,
        )  # fmt: skip

    return write


def told() -> list[tuple[str, str]]:
    notices = Notice.objects.filter(name="reminder").select_related("member__user", "matter")
    return [(str(notice.member), said(notice)) for notice in notices.order_by("pk")]


def test_the_unit_is_told_once_however_many_matters_show_it(remind, handler, leader) -> None:
    reminder = remind(kind="prompt")
    words = "An early sign for your unit: read it and answer"
    assert told() == [("Handler", words), ("Leader", words)]
    # What leaves the house names no matter: the unit may not see it.
    assert line_of(Notice.objects.filter(name="reminder").first()) == words
    lines = [matter.events.last() for matter in reminder.matters.all()]
    assert [(line.name, line.data["step"], line.data["unit"]) for line in lines] == [
        ("reminder", "write", "bureau")
    ] * 2
    assert [faults for _matter, faults in verify_matters()] == [[], []]


def test_answered_sent_back_and_closed(remind, cast) -> None:
    reminder, handler, supervisor = remind(), cast["handler"], cast["supervisor"]
    answer_reminder(reminder, text="Old cable.", by=handler, now=NOON + HOUR)
    with pytest.raises(Refused, match="by which day"):
        return_reminder(reminder, text="And now?", by=supervisor, now=NOON + HOUR)
    later = DUE + 2 * DAY
    return_reminder(reminder, text="And now?", due=later, by=supervisor, now=NOON + 2 * HOUR)
    assert (reminder.answered_at, reminder.asked_at) == (None, NOON + 2 * HOUR)
    answer_reminder(reminder, text="New one in May.", by=cast["leader"], now=NOON + DAY)
    close_reminder(reminder, by=supervisor, now=NOON + 2 * DAY)
    names = [(line.name, line.text) for line in reminder.lines.all()]
    assert names == [
        ("write", "Three a week: why?"),
        ("answer", "Old cable."),
        ("send_back", "And now?"),
        ("answer", "New one in May."),
        ("close", ""),
    ]
    assert not Reminder.objects.open().exists()
    assert [who for who, _words in told()][-2:] == ["Handler", "Leader"]


def test_an_assignment_gets_each_card_once(remind, cast) -> None:
    reminder = remind()
    near = reminder.look_at
    assert [sweep_reminders(at) for at in (near - HOUR, near, near, reminder.due_at)] == [
        0, 1, 0, 1,
    ]  # fmt: skip
    assert sweep_reminders(reminder.due_at + 9 * DAY) == 0
    reminder.refresh_from_db()
    assert (reminder.card, reminder.look_at) == ("red", None)
    cards = [words for who, words in told() if who == "Handler"][1:]
    late = "the early sign assigned to your unit is not answered yet"
    assert cards == [f"Yellow card · {late}", f"Red card · {late}"]
    answer_reminder(reminder, text="Done.", by=cast["handler"], now=reminder.due_at + DAY)
    assert reminder.card == ""


def test_what_was_answered_in_time_gets_no_card(remind, cast) -> None:
    reminder = remind()
    answer_reminder(reminder, text="Done.", by=cast["handler"], now=NOON + HOUR)
    assert sweep_reminders(reminder.due_at + DAY) == 0


def test_who_may_do_what(remind, cast, outsider) -> None:
    reminder = remind()
    for wrong in (cast["operator"], cast["supervisor"], outsider):
        with pytest.raises(NotYours):
            answer_reminder(reminder, text="Done.", by=wrong, now=NOON)
    for wrong in (cast["handler"], outsider):
        with pytest.raises(NotYours):
            close_reminder(reminder, text="Done.", by=wrong, now=NOON)
    with pytest.raises(Refused, match="why no answer is needed"):
        close_reminder(reminder, by=cast["supervisor"], now=NOON)
    visible = Reminder.objects.visible_to
    assert [visible(cast[who]).count() for who in ("handler", "supervisor", "operator")] == [
        1,
        1,
        0,
    ]
    assert visible(outsider).count() == 0


def test_of_two_who_answer_at_once_one_is_told(remind, cast) -> None:
    reminder = remind()
    seen = Reminder.objects.get(pk=reminder.pk)
    answer_reminder(reminder, text="Done.", by=cast["handler"], now=NOON)
    with pytest.raises(ChangedMeanwhile):
        answer_reminder(seen, text="Not done.", by=cast["leader"], now=NOON)


@pytest.mark.parametrize("due", [None, NOON.date() - DAY, NOON.date() + 400 * DAY])
def test_an_assignment_needs_a_sensible_day(remind, due) -> None:
    with pytest.raises(Refused):
        remind(due=due)


def test_only_open_matters_of_ones_own_ledgers_and_nothing_confidential(cast, outsider) -> None:
    ledger, mine = make_ledger(), make_member("keeper", Role.SUPERVISOR, unit="oversight")
    ledger.confidants.add(mine)
    plain = make_matter("Dark")
    make_matter("Help me", is_confidential=True)
    assert list(attachable(mine)) == [plain]
    assert list(attachable(outsider)) == []
    with pytest.raises(Refused, match="between 1 and 50"):
        write_reminder([], kind="prompt", unit=make_unit(), topic="T", text="T", by=mine, now=NOON)
