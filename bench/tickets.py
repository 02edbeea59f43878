"""Put the shared driver's tickets into a ledger of ours; peer_daodi.py and setup_daodi.sh call it.

Needs the driver's `lib` on PYTHONPATH, and a DATABASE_URL that may switch triggers off.
"""

import json
from datetime import timedelta
from typing import Any

import psycopg
from copies import NULL, Copier, Story, raw, read_stories
from corpus import CATS, ticket
from django.conf import settings
from django.utils import timezone

from daodi.core.clocks.policy import ClockRule
from daodi.core.history.chain import words_digest
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.ledgers.categories import add_category
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.services import open_preset
from daodi.core.matters.contacts import Person, seal
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.people.services import add_member, add_unit
from daodi.core.search.models import MATTER, salt_of
from daodi.core.workflow.services import perform
from daodi.lib.pairs import fold, pairs_of

NOW = timezone.now()
STAFF = 20
ROLES = (Role.OPERATOR, Role.HANDLER, Role.LEADER, Role.SUPERVISOR, Role.CALLER)
ACCOUNT, PASSWORD = "bench", "bench-pass-1"


def setup() -> None:
    """Make a house with twenty units, a ledger, one account, and two stories for each unit."""
    top = add_unit(code="top", name="政府")
    by = add_member(username=ACCOUNT, name="管理", unit=top, roles=ROLES, password=PASSWORD)
    ledger = open_preset("appeals", unit=top, supervising_unit=top)
    for name in CATS:
        add_category(ledger, name=name)
    for number in range(STAFF):
        lead = add_unit(code=f"unit{number}", name=f"第{number + 1}局", parent=top)
        for ends in (False, True):
            _story(ledger, lead, by, ends=ends)


def _story(ledger: Ledger, lead: Unit, by: Member, *, ends: bool) -> None:
    """Take a matter into the hands of a unit, or to its end, a minute a step."""
    start = timezone.now() - timedelta(days=1)
    filing = Filing(text="说明：此件为样本。", person=Person("王子一", "15400000001"))
    matter = file_matter(ledger, filing, now=start).matter
    category = ledger.categories.get(name=CATS[0])
    steps: list[tuple[str, dict[str, Any]]] = [
        ("list", {"category": category, "kind": "help", "urgency": "normal"}),
        ("dispatch", {"lead": lead}),
        ("accept", {}),
        ("hand_in", {"account": "已核实。", "answer": "已处理，请您查看。"}),
        ("clear", {}),
    ]
    for minute, (name, given) in enumerate(steps if ends else steps[:3], start=1):
        matter = Matter.objects.for_page().get(pk=matter.pk)
        perform(matter, name, by=by, now=start + timedelta(minutes=minute), **given)


def seed(lo: int, hi: int) -> None:
    """Put tickets `lo` to `hi` in, each with its words, contact, due date and whole history."""
    ledger = Ledger.objects.get(code="appeals")
    categories = dict(ledger.categories.filter(name__in=CATS).values_list("name", "pk"))
    samples = Matter.objects.select_related("ledger").order_by("pk")[: 2 * STAFF]
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as db:
        stories = read_stories(db, samples)
        copier = Copier(db)
        for number in range(lo, hi):
            _add(copier, stories, ticket(number), categories)
        copier.close()
        db.execute("VACUUM ANALYZE")


def _add(
    copier: Copier, stories: list[Story], given: dict[str, Any], categories: dict[str, int]
) -> None:
    story = stories[2 * given["staff"] + (not given["open"])]
    origin = story.origin
    person = seal(0, Person(given["name"], given["phone"]))
    columns, clock = _deadline(given, origin.ledger.rules.rule("resolve"))
    columns |= {
        "title": given["title"],
        "text": given["body"],
        "category_id": str(categories[given["category"]]),
    }
    copier.add(
        story,
        given["created"] - origin.filed_at,
        matter=columns,
        clocks={"resolve": clock},
        contact={"sealed": raw(bytes(person.sealed)), "phone_hash": raw(person.phone_hash)},
        indexed=_indexed(given["title"], given["body"]),
        digest=words_digest(bytes(origin.salt), given["title"], given["body"]),
    )


def _indexed(title: str, body: str) -> dict[str, str]:
    text = fold(f"{title} {body}")
    pairs = sorted(pairs_of(text, salt_of(MATTER)))
    return {"text": text, "pairs": f"{{{','.join(map(str, pairs))}}}"}


def _deadline(given: dict[str, Any], rule: ClockRule) -> tuple[dict[str, str], dict[str, str]]:
    """Return what matter and clock know of a due date that the driver has drawn."""
    start, due = given["created"], given["due"]
    inputs = {"limit": f"P{(due - start).days}D", "counting": "always", "off": [], "on": []}
    clock = {
        "started_at": str(start),
        "due_at": str(due),
        "inputs": json.dumps(inputs | {"known_to": start.year}),
    }
    if not given["open"]:
        return {"promised_at": str(due)}, clock
    alarms = [(start + (due - start) * alarm.share, alarm.card) for alarm in rule.alarms]
    passed = [card for at, card in alarms if at <= NOW]
    ahead = [at for at, _card in alarms[len(passed) :]]
    card = passed[-1] if passed else ""
    look = str(ahead[0]) if ahead else NULL
    clock |= {"card": card, "alarm": str(len(passed)), "alarm_at": look}
    dates = {"promised_at": str(due), "due_at": str(due)}
    return dates | {"card": card, "next_look_at": look}, clock
