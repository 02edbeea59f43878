"""What a dispatch catalogue leaves open: gaps, lines that meet, units and lines out of use."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from daodi.core.ledgers.models import CatalogueLine, Ledger
from daodi.core.people.models import Unit


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two lines for one matter: the winner is proposed, the other one never is there."""

    winner: CatalogueLine
    other: CatalogueLine


def conflicts(ledger: Ledger, most: int) -> list[Meeting]:
    """Return up to `most` pairs whose more exact category hides a more exact area.

    The deepest category counts first: a line for a whole branch in one town is never proposed
    where a line for the leaf holds everywhere. Who wrote it for the town will not expect that.
    """
    return list(islice(_crossing(_lines(ledger)), most))


def exceptions(ledger: Ledger, most: int) -> list[Meeting]:
    """Return up to `most` pairs in which the line for the smaller area wins, as it is meant."""
    return list(islice(_nested(_lines(ledger)), most))


def out_of_use(ledger: Ledger) -> QuerySet[CatalogueLine]:
    """Return the lines that name a unit which receives nothing new."""
    joint = Unit.objects.filter(pk=OuterRef("joint"), is_active=False)
    lines = ledger.catalogue.for_list().filter(Q(lead__is_active=False) | Exists(joint))
    return lines.distinct()


def without_line(units: QuerySet[Unit], ledger: Ledger) -> QuerySet[Unit]:
    """Keep the units in use that no line of the catalogue names."""
    lead = CatalogueLine.objects.filter(ledger=ledger, lead=OuterRef("pk"))
    joint = CatalogueLine.objects.filter(ledger=ledger, joint=OuterRef("pk"))
    return units.filter(~Exists(lead), ~Exists(joint), is_active=True)


def _lines(ledger: Ledger) -> dict[str, list[CatalogueLine]]:
    by_code: dict[str, list[CatalogueLine]] = defaultdict(list)
    for line in ledger.catalogue.select_related("category", "area", "lead").order_by("number"):
        by_code[line.category.code].append(line)
    return by_code


def _crossing(by_code: dict[str, list[CatalogueLine]]) -> Iterator[Meeting]:
    for code, lines in by_code.items():
        above = [by_code.get(code[:end], ()) for end in range(1, len(code))]
        for line in lines:
            for other in (other for branch in above for other in branch):
                if other.lead_id != line.lead_id and _lies_in(other, line):
                    yield Meeting(line, other)


def _nested(by_code: dict[str, list[CatalogueLine]]) -> Iterator[Meeting]:
    for lines in by_code.values():
        for line in lines:
            for other in lines:
                if other.lead_id != line.lead_id and _lies_in(line, other):
                    yield Meeting(line, other)


def _lies_in(line: CatalogueLine, other: CatalogueLine) -> bool:
    """Say whether the area of a line is a true part of the other one's."""
    if line.area is None or line.area_id == other.area_id:
        return False
    return other.area is None or line.area.code.startswith(other.area.code)
