"""The dispatch catalogue: which unit leads for which category in which area."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note, note_change
from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import CatalogueLine, Category, Ledger
from daodi.core.people.models import Division, Member, Unit


def find_line(
    ledger: Ledger, category: Category | None, division: Division | None
) -> CatalogueLine | None:
    """Return the line that fits best: the deepest category, then the smallest area."""
    return find_lines(ledger, [category], division).get(category.code) if category else None


def find_lines(
    ledger: Ledger, categories: Iterable[Category], division: Division | None
) -> dict[str, CatalogueLine]:
    """Return the line that fits best for each of these categories that has one, by its code."""
    above = {category.code: _beginnings(category.code, 1) for category in categories}
    area = Q(area=None)
    if division:
        area |= Q(area__code__in=_beginnings(division.code, 2))
    codes = {code for beginnings in above.values() for code in beginnings}
    lines = list(
        ledger.catalogue.filter(area, category__code__in=codes)
        .select_related("lead", "category", "area")
        .prefetch_related("joint")
    )
    found = {
        code: max((line for line in lines if line.category.code in mine),
                  key=_exactness, default=None)
        for code, mine in above.items()
    }  # fmt: skip
    return {code: line for code, line in found.items() if line}


def _beginnings(code: str, shortest: int) -> list[str]:
    return [code[:end] for end in range(shortest, len(code) + 1)]


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
    by: Member | None = None,
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
    after = _facts(line, joint or [])
    note(Act.LINE_ADDED, _label(line), by=by, unit=ledger.unit, after=after)
    return line


@transaction.atomic
def add_lines(
    ledger: Ledger,
    rows: Iterable[tuple[Category, Division | None, Unit, str]],
    *,
    by: Member | None = None,
) -> int:
    """Add many lines at once to a catalogue that has none: category, area, lead and basis."""
    lines = CatalogueLine.objects.bulk_create(
        CatalogueLine(
            ledger=ledger, number=number, category=category, area=area, lead=lead, basis=basis
        )
        for number, (category, area, lead, basis) in enumerate(rows, start=1)
    )
    note(Act.CATALOGUE_IMPORTED, ledger, by=by, unit=ledger.unit, after={"new": len(lines)})
    return len(lines)


@transaction.atomic
def change_line(
    line: CatalogueLine, *, lead: Unit, joint: list[Unit], basis: str, by: Member | None = None
) -> None:
    """Change who leads by a line; matters that were dispatched by it stay where they are."""
    before = _facts(line, list(line.joint.all()))
    line.lead, line.basis = lead, basis
    line.save(update_fields=["lead", "basis"])
    line.joint.set(joint)
    unit = line.ledger.unit
    note_change(Act.LINE_CHANGED, _label(line), before, _facts(line, joint), by=by, unit=unit)


@transaction.atomic
def remove_line(line: CatalogueLine, *, by: Member | None = None) -> None:
    """Take a line out; matters that were dispatched by it stay where they are."""
    before = _facts(line, list(line.joint.all()))
    note(Act.LINE_REMOVED, _label(line), by=by, unit=line.ledger.unit, before=before)
    line.delete()


def _label(line: CatalogueLine) -> str:
    return f"{line.ledger.name} {line.number}"


def _facts(line: CatalogueLine, joint: list[Unit]) -> dict[str, object]:
    return {
        "category": line.category.code,
        "area": line.area.code if line.area else "",
        "lead": line.lead.code,
        "joint": sorted(unit.code for unit in joint),
        "basis": line.basis,
    }
