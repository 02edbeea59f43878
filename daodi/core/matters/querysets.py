"""Reading matters: each method keeps some of them, and a chain of methods reads as a sentence."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from daodi.core.matters.belongings import Part
from daodi.core.matters.states import END_STATES, OPEN_STATES, WITH_UNIT, WITH_US, State
from daodi.core.people.models import Member
from daodi.lib.statements import planned_anew

if TYPE_CHECKING:
    from daodi.core.matters.models import Matter


class MatterQuerySet(models.QuerySet["Matter"]):
    def visible_to(self, member: Member) -> Self:
        """Keep what `member` may see: this is the only place that says so.

        `seen_by_units` and `seen_by_members` are kept by `sight.sight`, in the same write as the
        change that moved the matter.
        """
        return self.filter(
            Q(seen_by_units__contains=[member.unit_id]) | Q(seen_by_members__contains=[member.pk])
        )

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, now: datetime) -> Self:
        return self.open().filter(due_at__lte=now)

    def to_list(self) -> Self:
        """What waits for an operator: to be listed or dispatched."""
        return self.filter(state__in=WITH_US)

    def to_handle(self) -> Self:
        """What waits for its lead unit."""
        return self.filter(state__in=(State.DISPATCHED, State.HANDLING))

    def in_hand(self) -> Self:
        """What its lead unit has, be it that it waits for the resident; nothing suspended."""
        return self.filter(state__in=(State.DISPATCHED, State.HANDLING, State.WAITING))

    def to_follow_up(self) -> Self:
        """What waits for a caller."""
        return self.filter(state=State.HANDED_IN)

    def to_publish(self) -> Self:
        """What waits for somebody to say whether it becomes public."""
        return self.filter(
            state=State.CLEARED,
            may_publish=True,
            is_confidential=False,
            erased_at=None,
            ledger__is_public=True,
            publication_round__lt=models.F("round"),
        ).exclude(answer="")

    def to_decide(self, *kinds: str) -> Self:
        """What waits for a decision of one of these kinds."""
        return self.open().filter(pending__in=kinds)

    def with_card(self) -> Self:
        """What is late or about to be."""
        return self.open().exclude(card="")

    def in_house_of(self, member: Member) -> Self:
        """Keep what the member's own house leads for."""
        return self.filter(unit__path__startswith=member.unit.path)

    def joint_for(self, member: Member) -> Self:
        """What waits for a part of the member's own house; `part_due` is when that is due."""
        parts = Part.objects.open().in_house_of(member)
        due = parts.filter(matter=OuterRef("pk")).due_first().values("due_at")[:1]
        # Without a day of its own a part is due with the matter.
        return self.filter(state__in=WITH_UNIT, pk__in=parts.values("matter")).annotate(
            part_due=Coalesce(Subquery(due), models.F("due_at"))
        )

    def part_due_first(self) -> Self:
        """What `joint_for` keeps, the nearest day first."""
        return self.order_by(models.F("part_due"), "pk")

    def with_late_part(self) -> Self:
        """What a joint unit has not handed in by its day."""
        return self.filter(state__in=WITH_UNIT, pk__in=Part.objects.late().values("matter"))

    def split_with(self, matter: "Matter") -> Self:
        """Keep what was one filing with this matter."""
        whole = matter.split_from_id or matter.pk
        return self.filter(Q(pk=whole) | Q(split_from=whole)).exclude(pk=matter.pk).order_by("pk")

    def suspended(self) -> Self:
        return self.filter(state=State.SUSPENDED)

    def to_look_at(self, now: datetime) -> Self:
        return self.filter(next_look_at__lte=now).order_by("next_look_at")

    def planned_anew(self) -> Self:
        """Plan for this member and this list alone: what they see is too uneven for one plan."""
        return self.filter(planned_anew())

    def for_list(self) -> Self:
        return (
            self.planned_anew()
            .select_related("ledger", "category", "unit", "division")
            .defer("text", "account", "answer", "extra")
        )

    def just(self, keys: Iterable[int]) -> Self:
        """Return these rows, whatever was asked before, as this list would show them."""
        rows = self.all()
        rows.query.clear_where()
        return rows.filter(pk__in=list(keys))

    def with_words(self) -> Self:
        """Bring the texts along, which lists leave out."""
        return self.defer(None).defer("extra")

    def for_page(self) -> Self:
        return self.select_related(
            "ledger__unit", "ledger__supervising_unit", "category", "unit",
            "division",
        )  # fmt: skip

    def due_first(self) -> Self:
        return self.order_by("due_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def kept_since(self, until: datetime) -> Self:
        """Keep what residents file, filed before a moment, ended and not erased: old first."""
        ended = self.filter(state__in=END_STATES, erased_at=None, ledger__residents_file=True)
        return ended.filter(filed_at__lt=until).order_by("filed_at")
