"""A quiet past, and days on which much comes in."""

from datetime import datetime, timedelta

from daodi.core.ledgers.models import Category
from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from tests.makers import DAY, NOON, make_category, make_ledger, make_matter

QUIET_DAYS = 80


def make_division(code: str = "410221001", name: str = "Riverside") -> Division:
    level = {6: "county", 9: "town"}[len(code)]
    return Division.objects.get_or_create(code=code, defaults={"name": name, "level": level})[0]


def make_quiet_past(until: datetime = NOON) -> None:
    """Let something else come in every second day."""
    other = make_category(make_ledger(), "CX02", "Parking")
    for number in range(QUIET_DAYS // 2):
        make_case(other, until - (QUIET_DAYS - 2 * number) * DAY, number)


def make_case(
    category: Category, at: datetime, person: int, division: Division | None = None
) -> Matter:
    who = Person("Wang", f"139{person:08}")
    matter = make_matter(f"No water, says {person}.", person=who, now=at)
    place = division or make_division()
    Matter.objects.filter(pk=matter.pk).update(category=category, division=place)
    return matter


def make_burst(
    count: int = 5, at: datetime = NOON, division: Division | None = None
) -> list[Matter]:
    """Let so many people say on one morning that there is no water."""
    category = make_category(make_ledger(), "CX03", "Water")
    first = int(at.timestamp()) % 10**6
    return [
        make_case(category, at - timedelta(minutes=number), first + number, division)
        for number in range(count)
    ]
