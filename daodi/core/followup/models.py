from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter

LONGEST_LINE = 300


def _between(least: int, most: int) -> list[Any]:
    return [MinValueValidator(least), MaxValueValidator(most)]


class FollowUpRule(models.Model):
    """Whom of a ledger's residents callers ask, in which words, and how often they try.

    A ledger without one has the rule that a new one begins with.
    """

    class Whom(models.TextChoices):
        ALL = "all", _("Everybody")
        SHARE = "share", _("A share, drawn by lot")
        CROSS = "cross", _("Who is not satisfied, and who has said nothing for some days")

    ledger = models.OneToOneField(Ledger, models.CASCADE, related_name="+")
    whom = models.CharField(
        _("Who is called"),
        max_length=6,
        choices=Whom,
        default=Whom.ALL,
    )
    share = models.PositiveSmallIntegerField(
        _("Share that is drawn (%)"),
        default=20,
        validators=_between(1, 100),
    )
    silent_days = models.PositiveSmallIntegerField(
        _("Days that residents have to say it themselves"),
        default=3,
        validators=_between(1, 30),
    )
    most_tries = models.PositiveSmallIntegerField(
        _("Tries before somebody counts as not reached"), default=3, validators=_between(1, 9)
    )
    hours_apart = models.PositiveSmallIntegerField(
        _("Hours between two tries, at least"), default=2, validators=_between(1, 72)
    )
    # The script: what is left empty is asked in the usual words.
    ask_solved = models.CharField(
        _("Words to begin with, and to ask whether it is solved"),
        max_length=LONGEST_LINE,
        blank=True,
    )
    ask_satisfied = models.CharField(
        _("Words to ask whether they are satisfied"), max_length=LONGEST_LINE, blank=True
    )
    ask_more = models.CharField(
        _("Words to ask what else they would like to say"), max_length=LONGEST_LINE, blank=True
    )

    def __str__(self) -> str:
        return f"{self.ledger_id} {self.whom}"

    @classmethod
    def label_of(cls, name: str) -> str:
        named = {field.name: field for field in cls._meta.concrete_fields}
        return str(named[name].verbose_name)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def of(self, matter: Matter) -> Self:
        """Keep the one about the result that a matter has now."""
        return self.filter(matter=matter, round=matter.round)

    def waiting(self) -> Self:
        return self.filter(state=FollowUp.State.WAITING)

    def for_check(self) -> Self:
        """Bring along what a draw is made of."""
        return self.select_related("matter").only(
            "day", "seed", "threshold", "drawn", "round", "matter__number"
        )

    def numbers(self, since: date) -> list[dict[str, Any]]:
        """Count by ledger what was handed in since a day, and what became of those drawn."""
        states = {
            str(state): Count("pk", filter=Q(drawn=True, state=state)) for state in FollowUp.State
        }
        since_then = self.filter(day__gte=since).values("matter__ledger").order_by()
        counted = since_then.annotate(
            handed_in=Count("pk"), all_drawn=Count("pk", filter=Q(drawn=True)), **states
        )
        return [dict(row) for row in counted]


class FollowUp(models.Model):
    """Whether the resident of a handed-in matter is called, by which lot, and what came of it.

    One for each round. `seed` is the digest of the day's seed and `threshold` how many of the
    lots were drawn: with the site's secret anybody can draw again (`draw.verify`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("To call")
        REACHED = "reached", _("Reached")
        NOT_REACHED = "not_reached", _("Not reached")
        NOT_DRAWN = "not_drawn", _("Not drawn")
        JUDGED = "judged", _("Judged by the resident")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="follow_ups")
    round = models.PositiveSmallIntegerField()
    # The day of the hand-in: the draw does not depend on when the job runs.
    day = models.DateField()
    seed = models.BinaryField(max_length=32)
    threshold = models.PositiveSmallIntegerField()
    drawn = models.BooleanField()
    # Calls that reached nobody, and from when on the next one may be made.
    tries = models.PositiveSmallIntegerField(default=0)
    call_from = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "round"], name="follow_up_once_a_round"),
        ]
        indexes = [
            models.Index(fields=["matter"], condition=Q(state="waiting"), name="follow_up_waiting"),
            models.Index(fields=["day"], name="follow_up_day"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.round} {self.state}"
