from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daodi.core.clocks.models import PolicyVersion, rules_of
from daodi.core.clocks.policy import BUILT_IN, ClockRule
from daodi.core.matters.models import Matter
from daodi.lib.limits import Limit
from daodi.lib.worktime import (
    Counting,
    Pause,
    Reckoning,
    WorkCalendar,
    counted_between,
    reckon,
)


class ClockQuerySet(models.QuerySet["Clock"]):
    def provisional(self) -> Self:
        """Keep the running ones that wait for a year to be announced."""
        return self.filter(is_provisional=True, stopped_at=None)

    def running(self) -> Self:
        return self.filter(stopped_at=None)

    def for_page(self) -> Self:
        return self.select_related("policy").order_by("started_at", "pk")


class Clock(models.Model):
    """One deadline of a matter, with everything that it was computed from.

    The stored deadline is the truth: a calendar or a policy that changes later does not touch it,
    only a recorded act does. `inputs` keeps the exceptional days that were known, so that the
    explanation stays what it was.
    """

    class How(models.TextChoices):
        MET = "met", _("Met")
        LATE = "late", _("Late")
        VOID = "void", _("No longer runs")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clocks")
    name = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField(default=1)
    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    party = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=4, choices=How, blank=True)
    card = models.CharField(max_length=6, blank=True)
    alarm = models.PositiveSmallIntegerField(default=0)
    alarm_at = models.DateTimeField(null=True)
    inputs = models.JSONField()

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("started_at")), name="clock_due_after_start"
            ),
            models.UniqueConstraint(
                fields=["matter", "name"], condition=Q(stopped_at=None), name="clock_runs_once"
            ),
        ]
        indexes = [
            models.Index(fields=["matter"], condition=Q(stopped_at=None), name="clock_running"),
            models.Index(
                fields=["due_at"],
                condition=Q(is_provisional=True, stopped_at=None),
                name="clock_provisional",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.name} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def rule(self) -> ClockRule:
        found = BUILT_IN.get(self.name) or rules_of(self.policy_id).rule(self.name)
        if found is None:
            raise LookupError(f"policy {self.policy_id} has no clock {self.name}")
        return found

    @property
    def limit(self) -> Limit:
        return Limit.parse(self.inputs["limit"])

    @property
    def counting(self) -> Counting:
        return Counting(self.inputs["counting"])

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None

    def pauses(self) -> list[Pause]:
        spans = self.inputs.get("pauses", [])
        return [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in spans]

    def reckon(self, calendar: WorkCalendar, share: float = 1.0) -> Reckoning:
        """Work out the deadline, or the moment of an alarm, by this calendar."""
        return reckon(
            self.started_at,
            self.limit,
            self.counting,
            calendar,
            self.pauses(),
            extra=timedelta(seconds=self.inputs.get("extra", 0)),
            share=share,
        )

    def explain(self, calendar: WorkCalendar) -> Reckoning:
        """Say how the stored deadline came about, with the days known when it was computed."""
        return self.reckon(self._as_known(calendar))

    def _as_known(self, calendar: WorkCalendar) -> WorkCalendar:
        """Return the calendar with the days up to the deadline as they were known then."""
        last = self.due_at.astimezone(calendar.zone).date()
        off, on = (set(map(date.fromisoformat, self.inputs[name])) for name in ("off", "on"))
        return replace(
            calendar,
            days_off=frozenset(off | {day for day in calendar.days_off if day > last}),
            make_up_days=frozenset(on | {day for day in calendar.make_up_days if day > last}),
            known_to=self.inputs["known_to"],
        )

    def compute(self, calendar: WorkCalendar, now: datetime) -> None:
        """Set the deadline and the next alarm from the inputs, and keep the days that mattered."""
        found = self.reckon(calendar)
        self.due_at, self.is_provisional = found.due, found.provisional
        first, last = found.start.date(), found.due.date()
        for name, days in (("off", calendar.days_off), ("on", calendar.make_up_days)):
            inside = () if self.counting is Counting.ALWAYS else days
            self.inputs[name] = sorted(day.isoformat() for day in inside if first <= day <= last)
        self.inputs["known_to"] = calendar.known_to
        self.card, self.alarm = "", 0
        self._find_alarm(calendar, now)

    def set_alarm(self, calendar: WorkCalendar, after: datetime) -> None:
        """Find the first alarm ahead of `after`; those that it passes leave their card."""
        self._find_alarm(self._as_known(calendar), after)

    def _find_alarm(self, known: WorkCalendar, after: datetime) -> None:
        alarms = self.rule.alarms
        self.alarm_at = None
        while self.alarm < len(alarms):
            at = self.reckon(known, alarms[self.alarm].share).due
            if at > after:
                self.alarm_at = at
                return
            self.card = alarms[self.alarm].card or self.card
            self.alarm += 1

    def extend_to(self, until: datetime, calendar: WorkCalendar, now: datetime) -> None:
        """Add the time that counts between the deadline by today's calendar and `until`."""
        self.compute(calendar, now)
        more = counted_between(self.due_at, until, self.counting, calendar)
        self.inputs["extra"] = self.inputs.get("extra", 0) + int(more.total_seconds())
        self.compute(calendar, now)
