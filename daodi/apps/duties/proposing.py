"""The dispatch catalogue follows the duties: who leads for a category, and by which article."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from daodi.apps.duties.models import Duty, Version
from daodi.core.exceptions import NotYours, Refused
from daodi.core.ledgers.catalogue import add_line, change_line
from daodi.core.ledgers.models import CatalogueLine, Category, Ledger
from daodi.core.people.models import Member
from daodi.core.people.roles import Role

BASIS = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a duty says of a category: another line, other words, or against another duty."""

    category: Category
    duty: Duty
    basis: str
    line: CatalogueLine | None
    # Another unit whose duties claim the same category: people settle that first.
    rival: Duty | None = None

    @property
    def changes_lead(self) -> bool:
        return self.line is None or self.line.lead_id != self.duty.unit_id


def proposals_for(ledger: Ledger) -> list[Proposal]:
    """Return where the catalogue says something else than the duties in force."""
    lines = {
        line.category_id: line
        for line in ledger.catalogue.filter(area=None).select_related("lead", "ledger__unit")
    }
    found: dict[int, Proposal] = {}
    for category, duty in _claims(ledger):
        line = lines.get(category.pk)
        first = found.get(category.pk)
        if first and first.duty.unit_id != duty.unit_id:
            found[category.pk] = Proposal(category, first.duty, first.basis, line, duty)
        elif first is None:
            found[category.pk] = Proposal(category, duty, _basis(duty), line)
    return [each for each in found.values() if each.rival or _says_otherwise(each)]


@transaction.atomic
def take_over(ledger: Ledger, categories: set[int], *, by: Member) -> int:
    """Let the catalogue say of these categories what the duties say; return how many lines."""
    if not may_take(by, ledger):
        raise NotYours
    wanted = [each for each in proposals_for(ledger) if each.category.pk in categories]
    if not wanted:
        raise Refused(_("The catalogue says so already."))
    for each in wanted:
        if each.rival:
            raise Refused(
                _("Two units claim %(category)s: settle that first.") % {"category": each.category}
            )
        _write(ledger, each, by)
    return len(wanted)


def may_take(member: Member, ledger: Ledger) -> bool:
    return member.has(Role.MANAGER) and member.reaches(ledger.unit)


def _write(ledger: Ledger, each: Proposal, by: Member) -> None:
    lead, basis = each.duty.unit, each.basis
    if each.line is None:
        add_line(ledger, category=each.category, lead=lead, basis=basis, by=by)
    else:
        joint = [unit for unit in each.line.joint.all() if unit.pk != lead.pk]
        change_line(each.line, lead=lead, joint=joint, basis=basis, by=by)


def _claims(ledger: Ledger) -> list[tuple[Category, Duty]]:
    claims = Version.categories.through.objects.filter(
        category__ledger=ledger,
        version__duty__ended_at=None,
        version__duty__current=F("version"),
    )
    rows = claims.select_related("category", "version__duty__unit").order_by("category__code", "pk")
    found = []
    for row in rows:
        duty = row.version.duty
        duty.current = row.version
        found.append((row.category, duty))
    return found


def _basis(duty: Duty) -> str:
    basis = duty.current.basis if duty.current else ""
    words = _("Work list of %(unit)s, no. %(number)s") % {"unit": duty.unit, "number": duty.number}
    return f"{words}：{basis or duty.title}"[:BASIS]


def _says_otherwise(each: Proposal) -> bool:
    return each.changes_lead or each.line is None or each.line.basis != each.basis
