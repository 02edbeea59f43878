from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from daodi.apps.plans.contacts import Concern, ContactPlace, Visit
from daodi.apps.plans.querysets import HEAD, TASK, LineQuerySet, PlanQuerySet
from daodi.apps.plans.records import Amendment, Grade, Progress
from daodi.apps.plans.talks import Meeting, Opinion, Resolution, Round, Verdict
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.lib.due import Repeats
from daodi.lib.windows import begin_of

__all__ = [
    "Amendment", "Concern", "ContactPlace", "Grade", "Line", "Meeting", "Opinion", "Plan",
    "Progress", "Resolution", "Round", "Step", "TeamMember", "Verdict", "Visit",
]  # fmt: skip


class Plan(models.Model):
    """What was decided above and by whom it is done: a source, a team, and a tree of lines.

    What becomes of its tasks is not kept here: each is a matter of the plan's ledger.
    """

    class Source(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        DOCUMENT = "document", _("Document from above")
        LEADER = "leader", _("Leader's instruction")
        OTHER = "other", _("Other")

    class Rhythm(models.TextChoices):
        WEEK = "week", _("Every week")
        MONTH = "month", _("Every month")

    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    aim = models.TextField(_("aim"), blank=True)
    source_kind = models.CharField(_("comes from"), max_length=8, choices=Source)
    source = models.CharField(_("meeting or document"), max_length=200)
    source_number = models.CharField(_("document number"), max_length=60, blank=True)
    source_date = models.DateField(_("day of it"), null=True, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    rhythm = models.CharField(
        _("units say how it goes"), max_length=5, choices=Rhythm, default=Rhythm.WEEK
    )
    team = models.CharField(_("special team"), max_length=100, blank=True)
    is_public = models.BooleanField(_("everybody may read it"), default=False)
    seen_by_units = ArrayField(models.BigIntegerField(), default=list)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # 0 is a draft, 1 what was issued, each amendment the next.
    edition = models.PositiveSmallIntegerField(default=0)
    issued_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)

    # How many tasks there are, where `showing.count_tasks` has said so.
    tasks: int
    done: int
    late: int

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="plan_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(edition=0, issued_at=None) | Q(edition__gt=0, issued_at__isnull=False),
                name="plan_issued_with_an_edition",
            ),
        ]
        indexes = [GinIndex(fields=["seen_by_units"], name="plan_seen_units")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.edition == 0

    def period_of(self, day: date) -> date:
        """Return the first day of the week or month in which units say how `day` went."""
        return begin_of(self.rhythm, day)


class TeamMember(models.Model):
    """A person of a plan's special team, as the document names them."""

    class Duty(models.TextChoices):
        LEADER = "leader", _("Leader")
        DEPUTY = "deputy", _("Deputy leader")
        MEMBER = "member", _("Member")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="team_members")
    duty = models.CharField(max_length=6, choices=Duty)
    name = models.CharField(max_length=60)
    post = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Line(models.Model):
    """A head, an item or a task of a plan; `place` is its rank from the top of the plan."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="below")
    level = models.PositiveSmallIntegerField()
    place = models.PositiveIntegerField()
    # As the document counts: 一、 （三） 5.
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("what is to be done"), blank=True)
    standard = models.TextField(_("standard of completion"), blank=True)
    evidence = models.TextField(_("evidence wanted"), blank=True)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    joint = models.ManyToManyField(Unit, blank=True, related_name="+")
    # The units as the document writes them: what we could not tell stays readable.
    units = models.CharField(_("units as written"), max_length=400, blank=True)
    leader = models.CharField(_("responsible leader"), max_length=100, blank=True)
    handler = models.CharField(_("handler"), max_length=100, blank=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    due = models.DateField(_("to be done by"), null=True, blank=True)
    due_words = models.CharField(_("time as written"), max_length=100, blank=True)
    repeats = models.CharField(
        _("comes again"),
        max_length=7,
        blank=True,
        choices=[
            (Repeats.MONTH, _("every month")),
            (Repeats.QUARTER, _("every quarter")),
            (Repeats.YEAR, _("every year")),
            (Repeats.ALWAYS, _("kept up")),
        ],
    )
    target = models.DecimalField(
        _("how many"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    measure = models.CharField(_("of what"), max_length=20, blank=True)
    # Counted by the system: what the unit has had cleared there since the task began.
    counted_in = models.ForeignKey(
        Ledger,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("counted in"),
    )
    # What a person has to settle before the plan is issued: what was read and is not certain.
    doubts = ArrayField(models.CharField(max_length=300), default=list)
    # Columns of a table that was read which have no place of their own here.
    more = models.JSONField(default=dict)
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="plan_line")
    # A task that was cleared before and whose problem is back.
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")

    objects = LineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__range=(HEAD, TASK)), name="line_three_levels"
            ),
            models.CheckConstraint(
                condition=Q(matter=None) | Q(level=TASK), name="line_matter_of_a_task"
            ),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target__gt=0), name="line_target_above_nothing"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "place"], name="line_place"),
            models.Index(fields=["due", "id"], condition=Q(level=TASK), name="line_due"),
        ]

    def __str__(self) -> str:
        # 一、 and （三） need no space behind them, 5. does.
        space = " " if self.number and self.number[-1] not in "、)）" else ""
        return f"{self.number}{space}{self.title}"

    @classmethod
    def label_of(cls, name: str) -> str:
        """Return what a field is called, as at the head of a line."""
        field = next(field for field in cls._meta.concrete_fields if field.name == name)
        label = str(field.verbose_name)
        return label[:1].upper() + label[1:]

    @property
    def is_task(self) -> bool:
        return self.level == TASK

    def begins(self, plan: Plan) -> date:
        return self.first_day or plan.first_day

    def ends(self, plan: Plan) -> date:
        return self.due or plan.last_day


class Step(models.Model):
    """A node of a task: what is reached by which day, and when it really was."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="steps")
    title = models.CharField(max_length=200)
    day = models.DateField(null=True)
    day_words = models.CharField(max_length=100, blank=True)
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
