"""Reading plans and their lines: a chain of methods reads as a sentence."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.db.models.functions import Coalesce

from daodi.core.matters.belongings import Part
from daodi.core.matters.states import OPEN_STATES, State
from daodi.core.people.models import Member, Unit

if TYPE_CHECKING:
    from daodi.apps.plans.models import Line, Plan

HEAD, ITEM, TASK = 1, 2, 3
DONE_STATES = (State.HANDED_IN, State.CLEARED)
LIGHT_OF = {
    State.CLEARED: "done",
    State.HANDED_IN: "handed_in",
    State.SUSPENDED: "halted",
    State.MERGED: "ended",
    State.WITHDRAWN: "ended",
    State.DECLINED: "ended",
}


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, member: Member) -> Self:
        """Keep what `member` may see; `seen_by_units` is kept by whatever changes a plan."""
        return self.filter(seen_by_units__contains=[member.unit_id])

    def saying(self, words: Iterable[str]) -> Self:
        """Keep the plans that have all of these words: there are few, no index is needed."""
        found = self
        for word in words:
            found = found.filter(
                Q(title__icontains=word)
                | Q(aim__icontains=word)
                | Q(source__icontains=word)
                | Q(source_number__icontains=word)
            )
        return found

    def issued(self) -> Self:
        return self.filter(edition__gt=0)

    def public(self) -> Self:
        """Keep what everybody may read: lists of good deeds that were issued."""
        return self.issued().filter(is_public=True)

    def for_list(self) -> Self:
        return self.select_related("ledger").defer("ledger__fields", "aim")

    def for_page(self) -> Self:
        return self.select_related(
            "ledger__unit", "ledger__supervising_unit", "category", "issued_by__user",
            "issued_by__unit",
        )  # fmt: skip


class LineQuerySet(models.QuerySet["Line"]):
    def of(self, plans: Iterable["Plan"]) -> Self:
        """Keep the lines of these plans."""
        return self.filter(plan__in=plans)

    def behind(self, line: "Line") -> Self:
        """Keep what comes behind this line in its plan."""
        return self.filter(plan=line.plan_id, place__gt=line.place).order_by("place")

    def tasks(self) -> Self:
        return self.filter(level=TASK)

    def doubtful(self) -> Self:
        """Keep what a person has to settle."""
        return self.exclude(doubts=[])

    def not_sent(self) -> Self:
        """Keep the tasks of which no matter was made yet."""
        return self.tasks().filter(matter=None)

    def with_unit(self, unit: Unit) -> Self:
        """Keep what this house leads for, or has a part in."""
        joint = self.model.joint.through.objects.filter(
            line=OuterRef("pk"), unit__path__startswith=unit.path
        )
        return self.filter(Q(matter__unit__path__startswith=unit.path) | Exists(joint))

    def open(self) -> Self:
        """Keep the tasks that somebody works on."""
        return self.filter(matter__state__in=OPEN_STATES)

    def due_first(self) -> Self:
        return self.order_by(F("matter__due_at").asc(), "pk")

    def with_parts(self) -> Self:
        """Bring along the parts of joint units, by which `may_report` goes."""
        parts = Prefetch("matter__parts", Part.objects.in_force(), to_attr="fetched_parts")
        return self.prefetch_related(parts)

    def headings(self) -> Self:
        """Keep heads and items, and the tasks that stand under none."""
        return self.filter(Q(level__lt=TASK) | Q(parent=None))

    def count_lights(self, now: datetime) -> list[tuple[int, int, str, int]]:
        """Count the tasks in one query: plan, topmost line above, light, how many.

        What `showing.light_of` says of one task, this says of all.
        """
        light = Case(
            When(matter=None, then=Value("draft")),
            *(When(matter__state=state, then=Value(code)) for state, code in LIGHT_OF.items()),
            When(matter__due_at__lte=now, then=Value("late")),
            When(~Q(matter__card=""), then=Value("near")),
            default=Value("course"),
        )
        top = Coalesce("parent__parent", "parent", "pk")
        rows = self.tasks().order_by().annotate(top=top, light=light)
        return list(rows.values_list("plan", "top", "light").annotate(n=Count("pk")))

    def for_tree(self) -> Self:
        """Bring along what a tree or a map shows of each line, in the order of the plan."""
        rows = self.select_related("lead", "matter__unit").defer(
            "matter__text", "matter__account", "matter__answer", "matter__extra"
        )
        return rows.prefetch_related("joint", "steps").order_by("plan", "place")
