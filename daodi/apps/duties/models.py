from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.apps.duties.querysets import DutyQuerySet, HandbookQuerySet, VersionQuerySet
from daodi.apps.duties.steps import Step
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit


class Duty(models.Model):
    """One thing that a unit has to do. What it says stands in its versions."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    # The version in force; None: the first one was not approved yet.
    current = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="duty_number_once")]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """What a duty says from its approval on: duties, process, cautions. Without one, a draft."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(gettext_lazy("title"), max_length=100)
    # One line is one duty, one caution, one paper to bring.
    duties = models.TextField(gettext_lazy("main duties"))
    steps = models.JSONField(default=list)
    cautions = models.TextField(gettext_lazy("cautions"), blank=True)
    basis = models.CharField(gettext_lazy("legal basis"), max_length=300, blank=True)
    is_public = models.BooleanField(gettext_lazy("residents read it too"), default=False)
    papers = models.TextField(gettext_lazy("papers to bring"), blank=True)
    place = models.CharField(
        gettext_lazy("where, and by which telephone"), max_length=200, blank=True
    )
    categories = models.ManyToManyField(Category, blank=True, related_name="+")
    note = models.CharField(gettext_lazy("what changed"), max_length=300, blank=True)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Counts how often a draft was stored: whoever changes it must have seen the last state.
    edits = models.PositiveIntegerField(default=1)
    shared_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "number"], name="duty_version_once"),
            models.UniqueConstraint(
                fields=["duty"], condition=Q(approved_at=None), name="duty_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="duty_version_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

    @property
    def is_draft(self) -> bool:
        return self.approved_at is None

    def process(self) -> list[Step]:
        return [Step(**step) for step in self.steps]

    def blocks(self) -> list[tuple[str, str, list[str]]]:
        """Return what the version says, line by line: code and name of each block, its lines."""
        steps = [
            f"{step.what}：" + "；".join(f"{label} {value}" for label, value in step.facts())
            + (f"；{step.back_words()}" if step.back else "")
            for step in self.process()
        ]  # fmt: skip
        blocks = [
            ("title", _("Title"), [self.title]),
            ("duties", _("Main duties"), self.duties.splitlines()),
            ("steps", _("Process"), steps),
            ("cautions", _("Cautions"), self.cautions.splitlines()),
            ("basis", _("Legal basis"), self.basis.splitlines()),
            ("papers", _("Papers to bring"), self.papers.splitlines()),
            ("place", _("Where"), self.place.splitlines()),
        ]
        return [(code, name, lines) for code, name, lines in blocks if lines]


class Comment(models.Model):
    """What a reviewer says of one line of a version, and what was answered."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="comments")
    # Block and number of the line, and the line as it was then.
    line = models.CharField(max_length=20)
    quote = models.CharField(max_length=300)
    text = models.TextField(gettext_lazy("comment"), max_length=1000)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(gettext_lazy("answer"), blank=True)
    is_taken = models.BooleanField(null=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Round(models.Model):
    """One time that all work lists are looked through; how far each unit is, its matter says."""

    house = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["house", "number"], name="duty_round_once")]

    def __str__(self) -> str:
        return _("Revision round %(number)s") % {"number": self.number}


class Part(models.Model):
    """A unit's part in a round, with the matter by which the core reminds it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="duty_part_once")]

    def __str__(self) -> str:
        return f"{self.round} · {self.unit}"


class Answer(models.Model):
    """That a duty was looked at in a round: unchanged, or with the version that came of it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="answers")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "duty"], name="duty_answered_once")]

    def __str__(self) -> str:
        return f"{self.round} · {self.duty}"


class Run(models.Model):
    """A process that was started: how it goes, the matter says."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="runs")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.version} · {self.matter.number}"


class Handbook(models.Model):
    """The last handbook of a unit and those below it: written by a job, kept until the next."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4, choices=Kind)
    asked_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # The moment whose lists it says; empty as long as there is none.
    made_at = models.DateTimeField(null=True)
    content = models.BinaryField(default=b"")
    # Why the last one asked for could not be written.
    fault = models.CharField(max_length=300, blank=True)

    objects = HandbookQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind"], name="handbook_once")]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_kind_display()}"

    @property
    def is_wanted(self) -> bool:
        """Say whether one was asked for that is not written yet."""
        return not self.fault and (self.made_at is None or self.made_at < self.asked_at)
