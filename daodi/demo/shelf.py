"""What others can use in the demo county: the knowledge base, published matters, reports."""

from datetime import datetime, timedelta

from django.utils import timezone

from daodi.core.knowledge.services import Draft, publish_entry, write_entry
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.publishing.services import has_public_place, leave, publish
from daodi.core.reports.due import make_due
from daodi.demo.phrasebook import PHRASES, load
from daodi.demo.world import World
from daodi.lib.masking import mask

# Of what could be public, so much was looked through by now.
LOOKED_THROUGH = 0.85
# An answer that says less does not say what was done.
SHORTEST_ANSWER = 90
SAYS_NOTHING = "答复没有写清办理结果，退回单位补充后再公开"
# One in so many has to be looked at again by now.
OVERDUE = 6


def fill(now: datetime) -> None:
    """Write the knowledge base, and make the reports."""
    ledger = Ledger.objects.with_units().get(code="appeals")
    centre = Member.objects.active().filter(unit=ledger.unit).order_by("pk")
    editor = centre.with_role(Role.EDITOR).select_related("unit", "user")[0]
    _write(ledger, editor, now)
    morning = timezone.localtime(now).replace(hour=9, minute=0)
    make_due(morning if morning <= now else morning - timedelta(days=1))


def publish_most(world: World, now: datetime) -> None:
    """Publish most of what residents agreed to, and leave what does not say what was done."""
    operator = world.someone(Role.OPERATOR)
    ours = Matter.objects.to_publish().filter(ledger__in=world.ledgers.values())
    for matter in ours.for_page().order_by("cleared_at"):
        if len(matter.answer) < SHORTEST_ANSWER:
            leave(matter, reason=SAYS_NOTHING, by=operator, now=now)
        elif world.happens(LOOKED_THROUGH):
            words = {name: mask(getattr(matter, name)) for name in ("title", "text", "answer")}
            publish(matter, **words, by=operator, now=now, shows_place=has_public_place(matter))


def _write(ledger: Ledger, editor: Member, now: datetime) -> None:
    units = {unit.code: unit for unit in Unit.objects.all()}
    categories = {category.code: category for category in ledger.categories.all()}
    today = timezone.localtime(now).date()
    for number, row in enumerate(load(PHRASES / "knowledge.yaml")):
        draft = Draft(
            question=row["question"],
            answer=row["answer"],
            unit=units[row["unit"]],
            category=categories.get(row.get("category", "")),
            source=row["source"],
            keywords=tuple(row["keywords"]),
            is_public=not row.get("staff"),
            review_on=today + timedelta(days=0 if number % OVERDUE == OVERDUE - 1 else 300),
        )
        written = now - timedelta(days=2)
        publish_entry(write_entry(draft, by=editor, now=written), by=editor, now=written)
