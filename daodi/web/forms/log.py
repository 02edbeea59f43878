"""What the log is searched by."""

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daodi.core.audit.acts import Act
from daodi.core.audit.models import AdminEventQuerySet
from daodi.core.history.models import EventQuerySet
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES
from daodi.core.people.models import Member, Unit
from daodi.lib.days import begin_of_day, end_of_day
from daodi.web.forms.base import DateInput
from daodi.web.showing.events import OTHERS

USUAL = timedelta(days=31)
MOST_NAMESAKES = 50


class LogForm(forms.Form):
    """Who, in which unit, from when to when; the kind of act comes with each log."""

    who = forms.CharField(label=_("Account or name"), max_length=150, required=False)
    unit = forms.CharField(label=_("Unit, name or code"), max_length=100, required=False)
    what = forms.ChoiceField(label=_("Act"), required=False)
    begin = forms.DateField(label=_("From"), required=False, widget=DateInput())
    end = forms.DateField(label=_("Until"), required=False, widget=DateInput())

    def __init__(self, member: Member, data: Any, acts: list[tuple[str, Any]]) -> None:
        first = timezone.localtime().date() - USUAL
        super().__init__(data if "begin" in data else {**data.dict(), "begin": first.isoformat()})
        self.member = member
        what = cast("forms.ChoiceField", self.fields["what"])
        what.choices = [("", _("any")), *acts]

    def clean_who(self) -> list[int] | None:
        """Return the members of the house that are meant; None: everybody."""
        asked = self.cleaned_data["who"]
        if not asked:
            return None
        named = Q(user__username__iexact=asked) | Q(user__name=asked)
        found = Member.objects.visible_to(self.member).filter(named)
        ids = list(found.values_list("pk", flat=True)[:MOST_NAMESAKES])
        if not ids:
            raise forms.ValidationError(_("Nobody in your house has this account or name."))
        return ids

    def clean_unit(self) -> Unit | None:
        asked = self.cleaned_data["unit"]
        if not asked:
            return None
        found = Unit.objects.visible_to(self.member).filter(Q(code=asked) | Q(name=asked)).first()
        if found is None:
            raise forms.ValidationError(_("No unit of your house has this name or code."))
        return found

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Return the moments that the days stand for, the last day whole."""
        begin, end = self.cleaned_data.get("begin"), self.cleaned_data.get("end")
        return begin and begin_of_day(begin), end and end_of_day(end)


class AdminLogForm(LogForm):
    """The log of administration."""

    def __init__(self, member: Member, data: Any) -> None:
        super().__init__(member, data, list(Act.choices))

    def keep(self, events: AdminEventQuerySet) -> AdminEventQuerySet:
        given = self.cleaned_data
        if given["who"]:
            events = events.filter(Q(by__in=given["who"]) | Q(member__in=given["who"]))
        if given["unit"]:
            events = events.filter(unit__path__startswith=given["unit"].path)
        if given["what"]:
            events = events.filter(what=given["what"])
        return events.between(*self.span())


class MatterLogForm(LogForm):
    """The log of what members did on matters."""

    number = forms.CharField(label=_("Number of the matter"), max_length=30, required=False)

    def __init__(self, member: Member, data: Any) -> None:
        acts = [(move.name, move.label) for move in MOVES.values()]
        super().__init__(member, data, [*OTHERS.items(), *acts])

    def clean_number(self) -> int | None:
        asked = self.cleaned_data["number"].strip().upper()
        if not asked:
            return None
        found = Matter.objects.filter(number=asked).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(_("There is no matter with this number."))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for something that an index finds: the history of years is long."""
        given = self.cleaned_data
        if not (self.errors or given.get("begin") or given.get("who") or given.get("number")):
            self.add_error("begin", _("Give a day to begin with, a person or a number."))
        return given

    def keep(self, events: EventQuerySet) -> EventQuerySet:
        given, (begin, end) = self.cleaned_data, self.span()
        if given["number"]:
            events = events.filter(matter=given["number"])
        if given["who"]:
            events = events.filter(by__in=given["who"])
        if given["unit"]:
            events = events.filter(by__unit__path__startswith=given["unit"].path)
        if given["what"]:
            events = events.filter(name=given["what"])
        if begin and not given["number"]:
            events = events.filter(recorded_at__gte=begin)
        return events.filter(recorded_at__lt=end) if end else events
