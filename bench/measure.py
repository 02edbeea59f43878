"""Measure one database; run.py starts this in a process of its own and reads the JSON line."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import islice
from urllib.parse import quote
from uuid import uuid4

from county import multiply, seeded_until
from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from memory import memory_of_a_process

from daodi.apps.appeals.following import MOST
from daodi.core.history.models import Event
from daodi.core.intake.codes import new_code
from daodi.core.matters.models import NEVER, Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.search.matters import find_matters
from daodi.core.sweep.alarms import sweep
from daodi.web.paging import SIZE

CALLS, WARM = 40, 5
DUE = 10_000
WORDS = "小区门口的路灯坏了半个月，晚上出行很不方便，请尽快派人来修。"
Call = Callable[[], object]
Figures = dict[str, dict[str, float]]


def fill() -> None:
    """Bring the database up to a size, unless it is there from the last time."""
    size, open_share, admin = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    if Matter.objects.count() < size:
        multiply(admin, size, open_share)


def main() -> None:
    size = int(sys.argv[1])
    site = Site()
    nothing_due = seeded_until()
    figures = {name: timed(calls) for name, calls in site.tasks().items()}
    figures["idle sweep"] = timed([partial(sweep, nothing_due)] * (CALLS + WARM))
    print(
        json.dumps(
            {
                "size": size,
                "open": Matter.objects.open().count(),
                "units": Unit.objects.count(),
                "postgresql": connection.cursor().connection.info.server_version,
                "figures": figures,
                "memory": memory_of_a_process(site.addresses(), site.cookies()),
                "sweep": big_sweep(),
            }
        )
    )


def timed(calls: Iterable[Call]) -> dict[str, float]:
    """Return the first call, then median and p95 of the warm ones in ms, and one call's queries."""
    left = iter(calls)
    first, *_warm = (_once(call) for call in islice(left, WARM - 1))
    with CaptureQueriesContext(connection) as asked:
        next(left)()
    queries = len(asked)  # the next request empties the list
    times = sorted(_once(call) for call in left)
    return {
        "first": first,
        "median": statistics.median(times),
        "p95": times[int(len(times) * 0.95)],
        "calls": len(times),
        "queries": queries,
    }


def _once(call: Call) -> float:
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


class Site:
    """Those who use the county: a resident, an operator, a handler and a supervisor."""

    def __init__(self) -> None:
        busiest = Matter.objects.to_handle().values("unit").annotate(n=Count("pk")).latest("n")
        self.lead = Unit.objects.get(pk=busiest["unit"])
        staff = Member.objects.active()
        self.at_centre = staff.demonstration().with_role(Role.OPERATOR)[0]
        self.operator = _signed_in(self.at_centre)
        self.supervisor = _signed_in(staff.demonstration().with_role(Role.SUPERVISOR)[0])
        self.in_unit = staff.with_role(Role.HANDLER).filter(unit=self.lead)[0]
        self.handler = _signed_in(self.in_unit)
        self.resident = Client()

    def tasks(self) -> dict[str, Iterator[Call]]:
        inbox = reverse("desk:inbox")
        return {
            "file (resident, with contact)": self._filings(),
            "list": self._moves(State.RECEIVED, "list", self._listing),
            "dispatch": self._moves(State.LISTED, "dispatch", self._dispatching),
            "operator's inbox": self._pages(self.operator, [inbox]),
            "handler's inbox": self._pages(self.handler, [f"{inbox}?list=handle"]),
            "supervisor's red and yellow": self._pages(self.supervisor, [f"{inbox}?list=late"]),
            "all open, by due date": self._pages(self.operator, [f"{inbox}?list=open"]),
            "all open, a page far down": self._pages(self.operator, [self._far_down]),
            "handler, all open": self._pages(self.handler, [f"{inbox}?list=open"]),
            "everything, newest first": self._pages(self.operator, [f"{inbox}?list=all"]),
            "handler, everything": self._pages(self.handler, [f"{inbox}?list=all"]),
            "search, the words of one title": self._pages(self.operator, self._titles),
            "search, a word of most texts": self._pages(self.operator, [f"{inbox}?q=您好"]),
            "search, handler": self._pages(self.handler, self._titles),
            "finding, the words of one title": self._found(self.at_centre, self._said),
            "finding, four characters of it": self._found(
                self.at_centre, [said[2:6] for said in self._said]
            ),
            "finding, a word of most texts": self._found(self.at_centre, ["您好"]),
            "finding, handler, the words of one title": self._found(self.in_unit, self._said),
            "finding, handler, a word of most texts": self._found(self.in_unit, ["您好"]),
            "matter page, operator": self._pages(self.operator, self._matters(self._at_large)),
            "matter page, handler": self._pages(self.handler, self._matters(self._with_lead)),
            "track page (number and code)": self._tracks(),
            "figures, 30 days": self._pages(self.supervisor, [reverse("desk:figures")]),
            "figures, by unit": self._pages(
                self.supervisor, [reverse("desk:figures_by", args=["unit"])]
            ),
            "figures, the list behind one": self._pages(self.supervisor, [self._behind]),
            "wall board": self._pages(self.supervisor, [reverse("desk:board")]),
        }

    def addresses(self) -> list[str]:
        """Return the pages that a web process is asked for, a mixture of all."""
        lists = [f"{reverse('desk:inbox')}?list={name}" for name in ("list", "open", "all")]
        return [reverse("appeals:file"), *lists, *self._matters(self._at_large)]

    def cookies(self) -> str:
        return f"{settings.SESSION_COOKIE_NAME}={self.operator.session.session_key}"

    def _pages(self, client: Client, urls: Sequence[str]) -> Iterator[Call]:
        for number in range(CALLS + WARM):
            yield partial(self._get, client, urls[number % len(urls)])

    def _found(self, member: Member, asked: Sequence[str]) -> Iterator[Call]:
        """Search without its page: the rows of the first page, with their words."""
        for number in range(CALLS + WARM):
            yield partial(self._find, member, asked[number % len(asked)])

    def _find(self, member: Member, words: str) -> list[Matter]:
        seen = Matter.objects.visible_to(member).for_list().with_words()
        return list(find_matters(seen, words, member).newest_first()[: SIZE + 1])

    def _get(self, client: Client, url: str) -> HttpResponse:
        return _must(client.get(url, SERVER_NAME="localhost"), 200)

    def _post(self, client: Client, url: str, given: dict[str, object]) -> HttpResponse:
        return _must(client.post(url, given, SERVER_NAME="localhost"), 302)

    def _filings(self) -> Iterator[Call]:
        for _number in range(CALLS + WARM):
            given = {"form_key": uuid4(), "text": WORDS, "name": "王子一", "phone": "15400000001"}
            yield partial(self._post, self.resident, reverse("appeals:file"), given)

    def _moves(
        self, state: State, name: str, given: Callable[[Matter], dict[str, object]]
    ) -> Iterator[Call]:
        """Take a step with each of those filed last: what an operator does all day."""
        found = Matter.objects.filter(state=state).select_related("category").newest_first()
        for matter in found[: CALLS + WARM]:
            url = reverse("desk:move", args=[matter.number, name])
            yield partial(self._post, self.operator, url, given(matter))

    def _listing(self, matter: Matter) -> dict[str, object]:
        category = matter.ledger.categories.active().filter(below=None)[0]
        return {"category": category.pk, "kind": matter.kind, "urgency": "normal"}

    def _dispatching(self, _matter: Matter) -> dict[str, object]:
        return {"lead": self.lead.pk, "content": "请核实处理，并联系反映人。"}

    @cached_property
    def _far_down(self) -> str:
        """Return the address of the last full page of what is open and due."""
        last = Matter.objects.open().filter(due_at__lt=NEVER).order_by("-due_at", "-pk")[SIZE]
        return f"{reverse('desk:inbox')}?list=open&after={quote(last.due_at.isoformat())}_{last.pk}"

    @cached_property
    def _behind(self) -> str:
        return f"{reverse('desk:figures_list')}?formula=filed"

    @cached_property
    def _at_large(self) -> list[Matter]:
        """Return matters from everywhere in the table."""
        last = Matter.objects.latest("pk").pk
        wanted = range(last, 0, -(last // (CALLS + WARM)))
        seen = Matter.objects.visible_to(self.at_centre)
        return list(seen.filter(pk__in=wanted[: CALLS + WARM]))

    @cached_property
    def _titles(self) -> list[str]:
        return [f"{reverse('desk:inbox')}?q={quote(said)}" for said in self._said]

    @cached_property
    def _said(self) -> list[str]:
        return [matter.title for matter in self._at_large]

    @cached_property
    def _with_lead(self) -> list[Matter]:
        return list(Matter.objects.to_handle().filter(unit=self.lead)[: CALLS + WARM])

    def _matters(self, matters: list[Matter]) -> list[str]:
        return [reverse("desk:matter", args=[matter.number]) for matter in matters]

    def _tracks(self) -> Iterator[Call]:
        """Open each with its code once; what is measured is coming back to it."""
        urls = []
        for matter in [each for each in self._at_large if each.form_key][:MOST]:
            urls.append(reverse("appeals:course", args=[matter.number]))
            code = new_code(matter.form_key)
            _must(self.resident.get(f"{urls[-1]}?code={code}", SERVER_NAME="localhost"), 302)
        yield from self._pages(self.resident, urls)


def _signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _must(answer: HttpResponse, status: int) -> HttpResponse:
    if answer.status_code != status:
        raise SystemExit(f"{answer.status_code} instead of {status}: {answer.content[:2000]!r}")
    return answer


def big_sweep() -> dict[str, float]:
    """Let time run until 10,000 matters are due, or all that can be, and sweep them."""
    looks = Matter.objects.exclude(next_look_at=None).order_by("next_look_at")
    at = list(looks.values_list("next_look_at", flat=True)[:DUE])[-1]
    before = Event.objects.count()
    begun = time.perf_counter()
    done = sweep(at)
    seconds = time.perf_counter() - begun
    return {"due": done, "seconds": seconds, "events": Event.objects.count() - before}
