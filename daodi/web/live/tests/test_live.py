"""What an open page is told, and what it must never be told."""

from datetime import timedelta

from django.db import connection
from django.http import QueryDict

from daodi.core.history.contact import read_contact
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side
from daodi.web.live.lookout import Lookout
from daodi.web.live.watches import ListWatch, MatterWatch
from daodi.web.queues import QUEUES
from tests.makers import NOON, make_matter, make_unit, reread

LATER = NOON + timedelta(minutes=5)
QUEUE = {queue.name: queue for queue in QUEUES}


def lines(matter: Matter, after: int = 0) -> list[Event]:
    return list(Event.objects.filter(matter=matter, seq__gt=after).for_telling().order_by("seq"))


def watch_list(member, name="list", **query) -> ListWatch:
    asked = QueryDict(mutable=True)
    asked.update(query)
    return ListWatch(member, QUEUE[name], asked, NOON)


def told(watch, events) -> list[tuple[str, dict]]:
    return [(message.kind, message.data) for message in watch.tell(events, LATER, {})]


def test_a_page_is_told_who_did_what_and_what_is_possible_now(course, handler) -> None:
    way = course().dispatched()
    watch = MatterWatch(handler, way.matter, way.matter.version)
    way.step("accept", "handler")
    found = told(watch, lines(way.matter))
    assert [(kind, data["words"], data["seq"]) for kind, data in found] == [
        ("matter", "Handler: Sign for", way.matter.version)
    ]
    assert "accept" not in found[0][1]["moves"]
    assert "hand_in" in found[0][1]["moves"]
    assert told(watch, lines(way.matter)) == []
    read_contact(way.matter, by=handler, sides={Side.LEAD}, now=LATER)
    assert told(watch, lines(way.matter)) == []


def test_what_a_page_missed_is_told_first(course, handler) -> None:
    way = course().dispatched()
    watch = MatterWatch(handler, way.matter, way.matter.version)
    way.step("accept", "handler")
    assert [message.data["words"] for message in watch.missed(LATER)] == ["Handler: Sign for"]


def test_who_cannot_see_it_any_more_is_told_that_and_no_more(course, cast) -> None:
    way = course().dispatched()
    watch = MatterWatch(cast["handler"], way.matter, way.matter.version)
    way.step("object", "handler", text="Not ours.", basis="List 3.2")
    way.step("uphold", "supervisor", text="True.")
    way.step("dispatch", "operator", lead=make_unit("third"), content="")
    assert told(watch, lines(way.matter)) == [("gone", {})]


def test_a_list_is_told_what_came_and_what_left_and_why(course, operator) -> None:
    way = course()
    watch = watch_list(operator)
    came = told(watch, lines(way.matter))
    assert came == [
        (
            "list",
            {
                "number": way.matter.number,
                "here": True,
                "moved": True,
                "words": "Resident: File a matter",
            },
        )
    ]
    way.dispatched()
    ((_kind, left),) = told(watch, lines(way.matter, after=1))
    assert (left["here"], left["words"]) == (
        False,
        "Operator: Dispatch: not on this list any more",
    )


def test_a_list_is_told_as_it_is_filtered(course, operator) -> None:
    way = course()
    for urgency, here in (("critical", False), ("normal", True)):
        ((_kind, data),) = told(watch_list(operator, urgency=urgency), lines(way.matter))
        assert data["here"] is here


def test_a_list_that_was_left_long_ago_is_said_to_be_old(operator) -> None:
    watch = watch_list(operator)
    assert [m.kind for m in watch.missed(NOON + timedelta(minutes=11))] == ["stale"]
    assert watch.missed(NOON + timedelta(minutes=1)) == []


def test_lists_of_one_unit_are_asked_for_once(course, operator, caller, django_assert_num_queries):
    events = lines(course().matter)
    asked: dict = {}
    with django_assert_num_queries(1):
        for member in (operator, caller, operator):
            assert len(watch_list(member).tell(events, LATER, asked)) == 1


def test_an_outsider_is_told_nothing(course, outsider) -> None:
    way = course().dispatched()
    events = lines(way.matter)
    for name in QUEUE:
        assert told(watch_list(outsider, name), events) == []
    assert told(MatterWatch(outsider, way.matter, 0), events) == [("gone", {})]


def test_of_a_confidential_matter_only_who_is_named_is_told(cast) -> None:
    matter = make_matter("About the head of the bureau")
    Matter.objects.filter(pk=matter.pk).update(
        is_confidential=True, seen_by_units=[], seen_by_members=[cast["operator"].pk]
    )
    events = lines(reread(matter))
    heard = {who for who, member in cast.items() if told(watch_list(member, "all"), events)}
    assert heard == {"operator"}


def test_a_matter_at_hand_says_the_same_as_the_database(course, cast, outsider, manager) -> None:
    open_one, named = course().dispatched().matter, make_matter("Secret")
    Matter.objects.filter(pk=named.pk).update(seen_by_units=[], seen_by_members=[cast["caller"].pk])
    for member in (*cast.values(), outsider, manager):
        for matter in (open_one, reread(named)):
            asked = Matter.objects.visible_to(member).filter(pk=matter.pk).exists()
            assert matter.is_visible_to(member) is asked


def test_a_line_is_found_once_even_when_it_comes_late(db) -> None:
    now = NOON + timedelta(hours=1)
    before = lines(make_matter("Lamp 1", now=now))[0]
    lookout = Lookout(now + timedelta(seconds=5))
    assert lookout.look(now + timedelta(seconds=5)) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('core_event', 'id'))")
        number = cursor.fetchone()[0]
    later = lines(make_matter("Lamp 2", now=now))[0]
    assert lookout.look(now + timedelta(seconds=6)) == [later]
    # A transaction that had taken its number before ends only now.
    late = Event(pk=number, matter=before.matter, seq=2, name="note", at=now, recorded_at=now,
                 side="operator", is_public=False, hash=b"")  # fmt: skip
    late.save(force_insert=True)
    assert lookout.look(now + timedelta(seconds=7)) == [late]
    for seconds in (8, 20, 40):
        assert lookout.look(now + timedelta(seconds=seconds)) == []


def test_without_a_server_that_goes_on_nothing_comes(client, operator) -> None:
    client.force_login(operator.user)
    answer = client.get("/desk/live/", {"list": "list", "since": NOON.isoformat()})
    assert (answer.status_code, answer.content) == (204, b"")
