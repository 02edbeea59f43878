"""Reading work lists: a chain of methods reads as a sentence."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, FilteredRelation, Func, Q

from daodi.core.people.models import Member, Unit
from daodi.core.search.reading import matching

# The names under which duties are indexed: all that they say, and what residents read.
DUTY, GUIDE = "duty", "guide"
BIGINT = models.BigIntegerField()


def _draft() -> FilteredRelation:
    """Return the way to the draft of a duty: it has at most one. Each query needs its own."""
    return FilteredRelation("versions", condition=Q(versions__approved_at=None))


class DutyQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: Member) -> Self:
        """Keep what is in force, what one's own house writes, and drafts laid open for comment."""
        top = member.unit.path[: member.unit.steplen]
        return self.alias(open_draft=_draft()).filter(
            Q(current__isnull=False)
            | Q(unit__path__startswith=member.unit.path)
            | Q(open_draft__shared_at__isnull=False),
            unit__path__startswith=top,
        )

    def in_force(self) -> Self:
        return self.filter(current__isnull=False, ended_at=None)

    def public(self) -> Self:
        """Keep what residents may read."""
        return self.in_force().filter(current__is_public=True)

    def of_house(self, unit: Unit) -> Self:
        """Keep what this unit and those below it have to do."""
        return self.filter(unit__path__startswith=unit.path)

    def saying(self, words: str) -> Self:
        """Keep what has all of these words somewhere in the version in force."""
        return matching(self, words, kind=DUTY)

    def saying_to_residents(self, words: str) -> Self:
        """Keep what has all of these words somewhere on its page for residents."""
        return matching(self, words, kind=GUIDE)

    def with_draft(self) -> Self:
        """Name the draft of each that somebody is changing."""
        return self.annotate(draft=_draft()).annotate(draft_number=F("draft__number"))

    def not_answered_in(self, revision: "models.Model") -> Self:
        """Keep what nobody has looked at in this round."""
        return self.exclude(answers__round=revision)

    def in_order(self) -> Self:
        return self.order_by("unit__path", "number")

    def for_list(self) -> Self:
        return self.select_related("unit", "current")

    def for_page(self) -> Self:
        return self.select_related("unit", "current__by__user", "current__approved_by__user")


class VersionQuerySet(models.QuerySet[Any]):
    def drafts(self) -> Self:
        return self.filter(approved_at=None)

    def shared(self) -> Self:
        """Keep the drafts that everybody in the house may read and comment on."""
        return self.drafts().filter(shared_at__isnull=False)

    def visible_to(self, member: Member) -> Self:
        """Keep what was approved or shared, and the drafts of one's own house."""
        top = member.unit.path[: member.unit.steplen]
        return self.filter(duty__unit__path__startswith=top).filter(
            Q(approved_at__isnull=False)
            | Q(shared_at__isnull=False)
            | Q(duty__unit__path__startswith=member.unit.path)
        )

    def with_comments(self) -> Self:
        return self.annotate(
            n_comments=Count("comments"),
            n_open=Count("comments", filter=Q(comments__answered_at=None)),
        )

    def for_page(self) -> Self:
        return self.select_related(
            "duty__unit", "by__user", "by__unit", "approved_by__user", "approved_by__unit"
        )


class HandbookQuerySet(models.QuerySet[Any]):
    def visible_to(self, member: Member) -> Self:
        """Keep those of one's own house: they say what is in force there, and nothing else."""
        return self.filter(unit__path__startswith=member.unit.path[: member.unit.steplen])

    def for_list(self) -> Self:
        """Leave what is written in them in the database, but say how long it is."""
        sized = self.annotate(size=Func("content", function="octet_length", output_field=BIGINT))
        return sized.defer("content").select_related("unit")
