from typing import Self

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member

# Whoever sees fewer of a topic's matters does not see the topic: its name is made of them.
FEWEST_SEEN = 3


class TopicQuerySet(models.QuerySet["Topic"]):
    def visible_to(self, member: Member) -> Self:
        """Keep the topics of which the member sees enough; `seen` is how many matters that is."""
        seen = Matter.objects.visible_to(member).filter(topics__topic=OuterRef("pk")).order_by()
        count = seen.values("topics__topic").annotate(times=Count("pk")).values("times")
        counted = Coalesce(Subquery(count, output_field=IntegerField()), 0)
        return self.annotate(seen=counted).filter(seen__gte=FEWEST_SEEN)

    def hottest_first(self) -> Self:
        return self.order_by("-heat", "pk")


class Topic(models.Model):
    """What several people write about one thing in one place; who they are is not kept."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, related_name="topics")
    # The code of the county that it lies in; empty: none of its matters says where it is.
    area = models.CharField(max_length=6, blank=True)
    place = models.CharField(max_length=60, blank=True)
    thing = models.CharField(max_length=60)
    people = models.PositiveIntegerField()
    heat = models.FloatField()
    since = models.DateField()
    # The share of its matters that are cleared.
    done = models.FloatField()
    # Of each week, by its Monday: how many people wrote who had not before.
    curve = models.JSONField(default=list)
    renewed_at = models.DateTimeField()

    # How many of its matters the reader sees, where `visible_to` has said so.
    seen: int

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-heat", "id"], name="topic_hottest")]

    def __str__(self) -> str:
        return f"{self.place} {self.thing}".strip()


class TopicMatter(models.Model):
    """A matter that belongs to a topic; to one at most."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="matters")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="topics", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter"], name="topic_of_matter")]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.matter_id}"


class Grouping(models.Model):
    """Up to when what came in on a ledger has been looked at for topics."""

    ledger = models.OneToOneField(Ledger, models.CASCADE, primary_key=True, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ledger_id} {self.until}"
