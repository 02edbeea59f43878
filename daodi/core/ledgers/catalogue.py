"""The dispatch catalogue: which unit leads for which category in which area."""

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import CatalogueLine, Category, Ledger
from daodi.core.people.models import Division, Unit


def find_line(
    ledger: Ledger, category: Category | None, division: Division | None
) -> CatalogueLine | None:
    """Return the line that fits best: the deepest category, then the smallest area."""
    if category is None:
        return None
    codes = [category.code[:end] for end in range(1, len(category.code) + 1)]
    area = Q(area=None)
    if division:
        ends = range(2, len(division.code) + 1)
        area |= Q(area__code__in=[division.code[:end] for end in ends])
    lines = ledger.catalogue.filter(area, category__code__in=codes).select_related(
        "lead", "category", "area"
    )
    return max(lines, key=_exactness, default=None)


def _exactness(line: CatalogueLine) -> tuple[int, int]:
    return line.category.level, len(line.area.code) if line.area else 0


@transaction.atomic
def add_line(
    ledger: Ledger,
    *,
    category: Category,
    lead: Unit,
    area: Division | None = None,
    joint: list[Unit] | None = None,
    basis: str = "",
) -> CatalogueLine:
    """Add a line under the next number; raise Refused if category and area have one already."""
    taken = ledger.catalogue.filter(category=category, area=area).first()
    if taken:
        raise Refused(
            _("There is a line for this category and area already: %(line)s. Remove it first.")
            % {"line": taken}
        )
    last = ledger.catalogue.aggregate(last=Max("number"))["last"] or 0
    line = CatalogueLine.objects.create(
        ledger=ledger, number=last + 1, category=category, area=area, lead=lead, basis=basis
    )
    line.joint.set(joint or [])
    return line


def remove_line(line: CatalogueLine) -> None:
    """Take a line out; matters that were dispatched by it stay where they are."""
    line.delete()
