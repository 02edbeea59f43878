from typing import Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.states import OPEN_STATES, State
from daodi.core.people.models import Division, Member, Unit
from daodi.core.search.models import PUBLISHED
from daodi.core.search.reading import matching


class PublicationQuerySet(models.QuerySet["Publication"]):
    def public(self) -> Self:
        """Keep what everybody may read: this is the only place that says so.

        A matter that is taken up again is no longer public, until somebody confirms its new
        answer; one whose ledger, consent or secrecy changed is not either.
        """
        return self.filter(
            is_public=True,
            round=F("matter__round"),
            matter__state=State.CLEARED,
            matter__may_publish=True,
            matter__is_confidential=False,
            matter__erased_at=None,
            matter__ledger__is_public=True,
        )

    def good(self) -> Self:
        """Keep the public answers that satisfied their residents and are no entry yet."""
        return self.public().filter(
            matter__solved=Solved.YES, matter__satisfied=Satisfied.YES, matter__entries=None
        )

    def joinable(self) -> Self:
        """Keep what others may say is theirs too: also what was public and is taken up again."""
        again = Q(matter__state__in=OPEN_STATES, round__lt=F("matter__round"))
        return self.filter(
            Q(matter__state=State.CLEARED, round=F("matter__round")) | again,
            is_public=True,
            matter__may_publish=True,
            matter__is_confidential=False,
            matter__erased_at=None,
            matter__ledger__is_public=True,
            matter__ledger__is_active=True,
            matter__ledger__residents_file=True,
        )

    def saying(self, words: str) -> Self:
        """Keep what has all of these words in its title, text or answer, as everybody reads it."""
        if not words.strip():
            return self
        found = matching(Matter.objects.order_by(), words, kind=PUBLISHED)
        return self.filter(matter__in=found.values("pk"))

    def of_house(self, unit: Unit) -> Self:
        return self.filter(unit__path__startswith=unit.path)

    def for_list(self) -> Self:
        """Bring what a list shows along; how many others had the same matter, too."""
        same = Matter.objects.filter(merged_into=OuterRef("matter")).values("merged_into")
        joined = Subquery(same.annotate(count=Count("pk")).values("count"))
        return (
            self.select_related("matter", "unit", "topic", "town")
            .annotate(joined=Coalesce(joined, 0))
            .defer("matter__text", "matter__account", "matter__extra")
        )

    def for_joining(self) -> Self:
        """Bring along what another matter of the same kind is filed with."""
        ledger = ("matter__ledger__unit", "matter__ledger__supervising_unit")
        return self.select_related("matter__category", "unit", "town", *ledger)

    def on_map(self) -> Self:
        """Keep what has a place, and bring along what a mark on the map says."""
        placed = self.filter(lat__isnull=False).select_related("matter", "town")
        return placed.only("lat", "lon", "title", "matter__number", "town")

    def by_town(self) -> list[tuple["Division | None", int]]:
        """Return how much is public of each town, the most first, and what has none last."""
        rows = self.order_by().values_list("town").annotate(n=Count("pk")).order_by("-n", "town")
        counts = {pk: n for pk, n in rows if pk}
        towns = Division.objects.in_bulk(list(counts))
        found: list[tuple[Division | None, int]] = [(towns[pk], n) for pk, n in counts.items()]
        return found + [(None, n) for pk, n in rows if pk is None]

    def newest_first(self) -> Self:
        return self.order_by("-pk")


class Publication(models.Model):
    """What is public of a matter, or why nothing is: decided by somebody, once a round."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="publications")
    round = models.PositiveSmallIntegerField()
    is_public = models.BooleanField()
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    # Why it is not public, for the house.
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # What lists are filtered by: who answered, what it is about at the top, where.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    topic = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    town = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")
    # Where it is, as exactly as everybody may know it; empty unless whoever published it said so.
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    # The place and the things that a reader's own words name too, where `matters_like` looked.
    in_common: list[str]

    objects = PublicationQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter"], name="publication_once")]
        indexes = [
            *(
                models.Index(
                    fields=[*names, "-id"],
                    condition=Q(is_public=True),
                    name=f"publication_{'_'.join(names) or 'newest'}",
                )
                for names in ([], ["unit"], ["topic"], ["town"])
            ),
            models.Index(
                fields=["-id"],
                condition=Q(is_public=True, lat__isnull=False),
                name="publication_on_map",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.reason
