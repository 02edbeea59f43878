"""What is said about a plan: opinions on its draft, and the meetings that follow its course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit


class Round(models.Model):
    """One time that units are asked for their opinion on a draft."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    asked = models.ManyToManyField(Unit, related_name="+")
    until = models.DateField()
    opened_at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="round_number_once")]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class Opinion(models.Model):
    """What a unit thinks of a draft, and what became of it."""

    class Way(models.TextChoices):
        WRITTEN = "written", _("in writing")
        PHONE = "phone", _("by telephone")
        FACE = "face", _("face to face")

    round = models.ForeignKey(Round, models.CASCADE, related_name="opinions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.ForeignKey("plans.Line", models.SET_NULL, null=True, related_name="opinions")
    way = models.CharField(max_length=7, choices=Way, default=Way.WRITTEN)
    text = models.TextField()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_taken = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.text[:20]}"


class Meeting(models.Model):
    """A meeting that looks at a plan: its agenda is made of what is late, near, stuck or back."""

    class Kind(models.TextChoices):
        DAY = "day", _("Daily look")
        WEEK = "week", _("Weekly push")
        MONTH = "month", _("Monthly review")
        QUARTER = "quarter", _("Quarterly push")
        HALF = "half", _("Half-yearly view")

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.WEEK)
    day = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    # Each: key and words of a line, why it is on the agenda, and what blocks it.
    agenda = models.JSONField(default=list)
    minutes = models.TextField(_("minutes"), blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"


class Resolution(models.Model):
    """Something that a meeting decided; it is a matter of the plan's ledger."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    text = models.TextField()
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:40]


class Verdict(models.Model):
    """What somebody thinks of a deed on a public list; a browser has one, and nobody a name."""

    class Answer(models.TextChoices):
        GOOD = "good", _("Done well")
        PARTLY = "partly", _("Only partly")
        NO = "no", _("I see nothing of it")

    line = models.ForeignKey("plans.Line", models.CASCADE, related_name="verdicts")
    # A digest of a random key in a cookie: it tells browsers apart, not people.
    browser = models.BinaryField(max_length=32)
    answer = models.CharField(max_length=6, choices=Answer)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "browser"], name="verdict_once_a_browser")
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.answer}"
