"""What grows faster than its own past allows: told once, passed by itself, or set aside."""

import pytest

from daodi.core.exceptions import Missing, NotYours, Refused
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.notices.models import Notice
from daodi.core.surges.models import Replay, Surge
from daodi.core.surges.replaying import replay_past
from daodi.core.surges.services import set_aside, watch
from daodi.core.surges.tests.makers import make_burst, make_division, make_quiet_past
from tests.makers import DAY, HOUR, NOON, make_ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(cast) -> None:
    make_quiet_past()


def told() -> list[str]:
    found = Notice.objects.filter(name="surge").order_by("pk")
    return list(found.values_list("member__user__username", flat=True))


def test_a_burst_is_told_to_who_can_act_with_its_matters(quiet) -> None:
    matters = make_burst()
    assert watch(NOON + HOUR) == 1
    surge = Surge.objects.get()
    assert (str(surge), surge.count, surge.usual < 1) == ("Riverside Water", 5, True)
    assert set(surge.matters.all()) == {Matter.objects.get(pk=each.pk) for each in matters}
    # No unit has it yet: the operators are told in its place.
    assert told() == ["operator", "supervisor"]


def test_the_leader_of_the_unit_that_has_most_of_it_is_told(quiet, course) -> None:
    for matter in make_burst()[:3]:
        course(matter).dispatched()
        Matter.objects.filter(pk=matter.pk).update(category=water())
    watch(NOON + HOUR)
    assert told() == ["leader", "supervisor"]


def water() -> int:
    return Matter.objects.exclude(category__code="CX01").latest("pk").category_id


def test_one_surge_is_told_once(quiet) -> None:
    make_burst()
    assert [watch(NOON + HOUR), watch(NOON + 2 * HOUR)] == [1, 0]
    make_burst(3, NOON + DAY)
    assert watch(NOON + DAY + HOUR) == 0
    surge = Surge.objects.get()
    assert (surge.count, surge.matters.count(), len(told())) == (8, 8, 2)


def test_it_passes_by_itself_when_nothing_has_stood_out_for_a_week(quiet) -> None:
    make_burst()
    watch(NOON + HOUR)
    watch(NOON + 7 * DAY)
    assert Surge.objects.going_on().exists()
    watch(NOON + 8 * DAY)
    assert not Surge.objects.going_on().exists()


def test_one_loud_person_is_no_surge(quiet) -> None:
    for matter in make_burst(9):
        Matter.objects.filter(pk=matter.pk).update(filed_at=NOON)
        matter.contact.phone_hash = b"the same telephone"
        matter.contact.save(update_fields=["phone_hash"])
    assert watch(NOON + HOUR) == 0


def test_what_is_confidential_counts_nowhere(quiet) -> None:
    pks = [matter.pk for matter in make_burst()]
    Matter.objects.filter(pk__in=pks).update(is_confidential=True)
    assert watch(NOON + HOUR) == 0


def test_the_county_is_told_where_no_town_has_it_alone(quiet) -> None:
    make_division("410221", "Qi county")
    for number in range(5):
        make_burst(1, NOON - number * HOUR, make_division(f"41022100{number}", f"Town {number}"))
    watch(NOON + HOUR)
    assert Surge.objects.get().where == "Qi county"


def test_without_a_past_nothing_is_told(cast) -> None:
    make_burst(20)
    assert watch(NOON + HOUR) == 0


def test_whoever_sets_it_aside_says_why(quiet, cast) -> None:
    make_burst()
    watch(NOON + HOUR)
    surge, by = Surge.objects.get(), cast["supervisor"]
    with pytest.raises(NotYours):
        set_aside(surge, reason="Known.", by=cast["handler"], now=NOON)
    with pytest.raises(Missing):
        set_aside(surge, reason=" ", by=by, now=NOON)
    set_aside(surge, reason="Announced beforehand.", by=by, now=NOON + HOUR)
    assert not Surge.objects.to_act_on().exists()
    with pytest.raises(Refused):
        set_aside(surge, reason="Again.", by=by, now=NOON + HOUR)
    # As long as it goes on it stays set aside.
    make_burst(3, NOON + DAY)
    assert watch(NOON + DAY + HOUR) == 0
    assert Surge.objects.get().reason == "Announced beforehand."


def test_only_who_sees_enough_of_its_matters_sees_it(quiet, cast, outsider) -> None:
    make_burst()
    watch(NOON + HOUR)
    assert Surge.objects.visible_to(cast["operator"]).get().seen == 5
    assert not Surge.objects.visible_to(outsider).exists()


def test_the_line_of_history_stands_on_one_matter_and_tells_no_resident(quiet) -> None:
    make_burst()
    watch(NOON + HOUR)
    (line,) = Event.objects.filter(name="surge")
    assert (line.is_public, line.data["count"], line.data["what"]) == (False, 5, "Water")


def test_the_past_is_replayed_and_kept(quiet) -> None:
    make_burst()
    assert replay_past(NOON + DAY) == 1
    replay = Replay.objects.get(ledger=make_ledger())
    assert (replay.days, replay.told, replay.by_chance) == (81, 1, 0)
