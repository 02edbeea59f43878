"""A joint unit is reminded once, and once said to be late; nobody is blamed while all waits."""

from daodi.core.history.verify import verify_matters
from daodi.core.matters.belongings import Part
from daodi.core.notices.models import Notice
from daodi.core.people.roles import Role
from daodi.core.sweep.parts import sweep_parts
from tests.makers import DAY, HOUR, make_calendar, make_member, make_unit, reread

MINUTE = HOUR / 60


def started_with(course):
    make_calendar()
    water = make_member("plumber", Role.HANDLER, unit="water")
    return course().dispatched(joint=[make_unit("water")]).step("accept", "handler"), water


def told(matter) -> list[tuple[str, str]]:
    found = Notice.objects.filter(matter=matter, name__startswith="part_").order_by("pk")
    return [(each.name, each.member.user.username) for each in found.select_related("member__user")]


def lines(matter) -> list[str]:
    return [e.name for e in matter.events.order_by("seq") if e.name.startswith("part_")]


def test_once_before_and_once_after(course) -> None:
    started, _water = started_with(course)
    matter, part = started.matter, Part.objects.get()
    assert sweep_parts(part.alarm_at - MINUTE) == 0
    assert sweep_parts(part.alarm_at) == 1
    assert told(matter) == [("part_soon", "plumber")]
    assert sweep_parts(part.due_at - MINUTE) == 0
    sweep_parts(part.due_at)
    assert sweep_parts(part.due_at + 9 * DAY) == 0
    assert lines(matter) == ["part_soon", "part_late"]
    assert sorted(told(matter)[1:]) == [
        ("part_late", "handler"), ("part_late", "plumber"), ("part_late", "supervisor"),
    ]  # fmt: skip
    assert Part.objects.late().get() == part
    assert [faults for _matter, faults in verify_matters()] == [[]]


def test_after_a_stop_only_the_last_word_is_said(course) -> None:
    started, _water = started_with(course)
    sweep_parts(Part.objects.get().due_at + DAY)
    assert lines(started.matter) == ["part_late"]


def test_what_is_handed_in_is_left_alone(course) -> None:
    started, water = started_with(course)
    started.step("hand_part", water, text="Pipe closed.")
    assert (Part.objects.get().alarm_at, sweep_parts(started.now + 30 * DAY)) == (None, 0)


def test_while_the_resident_is_asked_nobody_is_late(course) -> None:
    started, _water = started_with(course)
    started.step("ask", "handler", text="Which lamp?")
    due = Part.objects.get().due_at
    sweep_parts(due)
    assert (lines(started.matter), Part.objects.get().alarm_at) == ([], due + HOUR)


def test_what_has_ended_is_not_looked_at_again(course) -> None:
    started, _water = started_with(course)
    started.step("hand_in", "handler", account="Done.", answer="Done.")
    assert sweep_parts(started.now + 30 * DAY) == 1
    assert sweep_parts(started.now + 31 * DAY) == 0


def test_what_changes_at_this_moment_waits_for_the_next_sweep(course) -> None:
    """The version seen is the lock here too: the matter's own line comes first."""
    started, _water = started_with(course)
    started.step("note", "handler", text="On the way.")
    sweep_parts(Part.objects.get().due_at)
    assert reread(started.matter).version == started.matter.version + 1
