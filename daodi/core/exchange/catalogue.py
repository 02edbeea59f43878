"""The dispatch catalogue of a ledger as a table."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note
from daodi.core.exchange.columns import (
    LINE_COLUMNS,
    LINES,
    NAMES,
    NOTHING,
    heads,
    need,
    read_lines,
)
from daodi.core.exchange.house import House
from daodi.core.exchange.trial import (
    Line,
    Outcome,
    Step,
    Taken,
    Verdict,
    WrongCell,
    carry_out,
    step_of,
    told,
)
from daodi.core.ledgers.catalogue import add_line, change_line, remove_line
from daodi.core.ledgers.models import CatalogueLine, Category, Ledger
from daodi.core.people.models import Division, Member, Unit
from daodi.core.transfer.lookups import Categories
from daodi.lib.sheets import write_tables
from daodi.lib.text import listed, words_in

LONGEST_BASIS = 300


def read_catalogue(path: Path) -> list[Line]:
    """Return the lines of a catalogue; raise Refused or Unreadable when it is none."""
    lines = read_lines(path, LINES)
    need(lines, "category", "way")
    need(lines, "lead")
    return lines


def take_catalogue(
    ledger: Ledger,
    lines: list[Line],
    *,
    by: Member | None,
    mark: str | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Add and change what the lines say, all of it or nothing; a lead of “-” removes a line.

    A line is known by its category and area; those that the table does not name stay.
    """

    def work() -> Iterator[Step]:
        taking = _Taking(ledger, by)
        steps = [step_of(line, taking.take) for line in lines]
        yield from steps
        counts = Outcome(steps).counts
        if not Outcome(steps).changes_nothing:
            note(Act.CATALOGUE_IMPORTED, ledger, by=by, unit=ledger.unit, after=counts)

    return carry_out(work, mark=mark, dry_run=dry_run)


def write_catalogue(target: BinaryIO | Path, ledger: Ledger) -> None:
    """Write all lines as a workbook that `take_catalogue` takes and changes nothing."""
    house = House(None)
    lines = ledger.catalogue.for_list()
    rows = ([*_cells(line, house)] for line in lines)
    write_tables(target, [(str(LINES[0]), heads(LINE_COLUMNS), rows)], title=str(ledger))


def _cells(line: CatalogueLine, house: House) -> Iterator[object]:
    yield line.number
    yield line.category.code
    yield " / ".join(each.name for each in line.category.way())
    yield line.area.official_code if line.area else ""
    yield house.name_of(line.lead)
    yield "、".join(house.name_of(unit) for unit in line.joint.all())
    yield line.basis


class _Taking:
    """What a catalogue has and may name, read once."""

    def __init__(self, ledger: Ledger, by: Member | None) -> None:
        self.ledger, self.by = ledger, by
        self.house = House(None)
        self.categories = Categories(ledger)
        rows = ledger.catalogue.for_list()
        self.lines = {(row.category_id, row.area_id): row for row in rows}

    def take(self, line: Line) -> Taken:
        category = self._category(line)
        text = line.get("division")
        area = self.house.area(text) if text and text not in NOTHING else None
        found = self.lines.get((category.pk, area.pk if area else None))
        if line.get("lead") in NOTHING:
            return self._remove(category, found)
        lead, joint = self._lead(line), self._joint(line, found)
        basis = self._basis(line, found)
        if found:
            return self._change(found, lead, joint, basis)
        return self._add(category, area, lead, joint, basis)

    def _add(
        self, category: Category, area: Division | None, lead: Unit, joint: list[Unit], basis: str
    ) -> Taken:
        made = add_line(
            self.ledger,
            category=category,
            area=area,
            lead=lead,
            joint=joint,
            basis=basis,
            by=self.by,
        )
        self.lines[category.pk, area.pk if area else None] = made
        return Verdict.NEW, _label(category, area), str(lead)

    def _change(self, line: CatalogueLine, lead: Unit, joint: list[Unit], basis: str) -> Taken:
        before = (line.lead, _listed(line.joint.all()), line.basis)
        after = (lead, _listed(joint), basis)
        columns = [str(NAMES[name][0]) for name in ("lead", "joint", "basis")]
        changes = {
            name: (old, new)
            for name, old, new in zip(columns, before, after, strict=True)
            if old != new
        }
        if changes:
            change_line(line, lead=lead, joint=joint, basis=basis, by=self.by)
        verdict = Verdict.CHANGED if changes else Verdict.SAME
        return verdict, _label(line.category, line.area), told(changes)

    def _remove(self, category: Category, line: CatalogueLine | None) -> Taken:
        if line is None:
            return Verdict.SAME, category, ""
        label = _label(category, line.area)
        del self.lines[line.category_id, line.area_id]
        remove_line(line, by=self.by)
        return Verdict.CHANGED, label, _("removed")

    def _category(self, line: Line) -> Category:
        found = self.categories.find([line.get("category") or line.get("way")])
        if found is None:
            field = "category" if line.get("category") else "way"
            raise WrongCell(
                field, _("There is no category “%(name)s”.") % {"name": line.get(field)}
            )
        return found

    def _lead(self, line: Line) -> Unit:
        lead = self.house.unit(line.get("lead"), "lead")
        if not lead.is_active:
            raise WrongCell("lead", _("%(unit)s is not in use.") % {"unit": lead})
        return lead

    def _joint(self, line: Line, found: CatalogueLine | None) -> list[Unit]:
        text = line.get("joint")
        if not text:
            return list(found.joint.all()) if found else []
        names = [] if text in NOTHING else words_in(text)
        return [self.house.unit(name, "joint") for name in names]

    def _basis(self, line: Line, found: CatalogueLine | None) -> str:
        text = line.get("basis")
        if len(text) > LONGEST_BASIS:
            raise WrongCell("basis", _("at most %(most)s characters.") % {"most": LONGEST_BASIS})
        if not text:
            return found.basis if found else ""
        return "" if text in NOTHING else text


def _label(category: Category, area: Division | None) -> str:
    return f"{category} · {area}" if area else str(category)


def _listed(units: Iterable[Unit]) -> str:
    return listed(sorted(str(unit) for unit in units))
