"""Limits and alarms of a policy, as a manager writes them."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from daodi.core.clocks.models import PolicyVersion
from daodi.core.ledgers.kinds import Kind, Urgency
from daodi.core.people.roles import Role
from daodi.lib.worktime import Counting
from daodi.web.forms.base import text_area
from daodi.web.showing.policies import COUNTING
from daodi.web.showing.policies import TOLD as WORDS

WRITTEN = re.compile(r"P(?:(\d+)([MWD])|T(?:(\d+)H)?(?:(\d+)M)?)")
MEASURES = {
    "minutes": ("PT{}M", _("minutes")),
    "hours": ("PT{}H", _("hours")),
    "days": ("P{}D", _("days")),
    "workdays": ("P{}W", _("working days")),
    "months": ("P{}M", _("months")),
}
LETTERS = {"M": "months", "W": "workdays", "D": "days"}
MOST = 9999
MOST_PERCENT = 999
CARDS = (("", _("none")), ("yellow", _("yellow")), ("red", _("red")))
TOLD = [role for role in Role if role not in (Role.EDITOR, Role.INSPECTOR, Role.MANAGER)]


class LimitForm(forms.Form):
    """One limit and the matters it is for; left empty it is none.

    What a browser sends of an untouched row is its initial values.
    """

    amount = forms.IntegerField(label=_("Limit"), min_value=1, max_value=MOST)
    measure = forms.ChoiceField(
        label=_("in"),
        choices=[(key, label) for key, (_form, label) in MEASURES.items()],
        initial="days",
    )
    counts = forms.ChoiceField(
        label=_("What counts"), choices=list(COUNTING.items()), initial=Counting.ALWAYS
    )
    urgency = forms.MultipleChoiceField(
        label=_("Only for urgency"),
        choices=Urgency.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.MultipleChoiceField(
        label=_("Only for kind"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    category = forms.CharField(
        label=_("Only for categories, by code"), max_length=200, required=False
    )

    def line(self) -> dict[str, Any]:
        """Return the limit as a policy has it."""
        given = self.cleaned_data
        pattern, _label = MEASURES[given["measure"]]
        usual = Counting.WORKDAYS if given["measure"] == "workdays" else Counting.ALWAYS
        line: dict[str, Any] = {"limit": pattern.format(given["amount"])}
        when = {key: given[key] for key in ("urgency", "kind") if given[key]}
        if codes := re.findall(r"\w+", given["category"]):
            when["category"] = codes
        if when:
            line["when"] = when
        return line if given["counts"] == usual else line | {"counts": given["counts"]}


class AlarmForm(forms.Form):
    """Who is told at which share of the limit; left empty it is none."""

    percent = forms.IntegerField(
        label=_("Share of the time, in percent"),
        help_text=_("100 is the deadline, 150 half as much again."),
        min_value=1,
        max_value=MOST_PERCENT,
    )
    tell = forms.MultipleChoiceField(
        label=_("Who is told"),
        choices=[*((role.value, role.label) for role in TOLD), ("above", WORDS["above"])],
        widget=forms.CheckboxSelectMultiple,
    )
    card = forms.ChoiceField(label=_("Card"), choices=CARDS, required=False)
    order = forms.BooleanField(label=_("An order is written by itself"), required=False)

    def line(self) -> dict[str, Any]:
        """Return the alarm as a policy has it."""
        given = self.cleaned_data
        line: dict[str, Any] = {"at": given["percent"] / 100, "tell": given["tell"]}
        if given["card"]:
            line["card"] = given["card"]
        return line | {"order": True} if given["order"] else line


LimitRows = forms.formset_factory(LimitForm, extra=1, can_delete=True, can_delete_extra=False)
AlarmRows = forms.formset_factory(AlarmForm, extra=1, can_delete=True, can_delete_extra=False)


class PolicyForm(forms.Form):
    """A policy's name and source; `clocks` has the rows of each clock."""

    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    source = forms.CharField(
        label=_("Source"),
        help_text=_("The rule that says so, with its number."),
        max_length=2000,
        required=False,
        widget=text_area(2),
    )

    def __init__(self, policy: PolicyVersion, data: QueryDict | None = None) -> None:
        names = ("name", "name_en", "source")
        super().__init__(data, initial={name: getattr(policy, name) for name in names})
        self.use_required_attribute = False
        self.rules = policy.rules
        names = policy.rules.get("order", list(policy.rules["clocks"]))
        self.clocks = [_rows(name, policy.rules["clocks"][name], data) for name in names]

    def clean(self) -> dict[str, Any]:
        for clock in self.clocks:
            for rows in (clock["limits"], clock["alarms"]):
                if not rows.is_valid():
                    self.add_error(None, _("%(clock)s: see below.") % {"clock": clock["label"]})
        return self.cleaned_data

    def written(self) -> dict[str, Any]:
        """Return the policy as `publish_policy` takes it."""
        clocks = {
            clock["name"]: {
                **self.rules["clocks"][clock["name"]],
                "limits": _lines(clock["limits"]),
                "alarms": _lines(clock["alarms"]),
            }
            for clock in self.clocks
        }
        return {**self.cleaned_data, "clocks": clocks}


def _rows(name: str, rule: dict[str, Any], data: QueryDict | None) -> dict[str, Any]:
    limits = [_limit_row(line) for line in rule["limits"]]
    alarms = [_alarm_row(line) for line in rule.get("alarms", [])]
    return {
        "name": name,
        "label": rule["label"],
        "shown": (get_language() == "en" and rule.get("label_en")) or rule["label"],
        "limits": LimitRows(data, prefix=f"{name}-limit", initial=limits),
        "alarms": AlarmRows(data, prefix=f"{name}-alarm", initial=alarms),
    }


def _lines(rows: Any) -> list[dict[str, Any]]:
    kept = [form for form in rows.forms if form not in rows.deleted_forms]
    return [form.line() for form in kept if form.has_changed() or form.initial]


def _limit_row(line: dict[str, Any]) -> dict[str, Any]:
    amount, measure = _read(line["limit"])
    usual = Counting.WORKDAYS if measure == "workdays" else Counting.ALWAYS
    when = line.get("when", {})
    row = {"amount": amount, "measure": measure, "counts": line.get("counts", usual)}
    row |= {key: _list(when.get(key, [])) for key in ("urgency", "kind")}
    return row | {"category": ", ".join(_list(when.get("category", [])))}


def _alarm_row(line: dict[str, Any]) -> dict[str, Any]:
    percent = round(float(line["at"]) * 100)
    return {key: line[key] for key in ("tell", "card", "order") if key in line} | {
        "percent": percent
    }


def _read(limit: str) -> tuple[int, str]:
    found = WRITTEN.fullmatch(limit)
    if not found:
        raise ValueError(limit)
    plain, letter, hours, minutes = found.groups()
    if plain:
        return int(plain), LETTERS[letter]
    if not minutes:
        return int(hours), "hours"
    return int(hours or 0) * 60 + int(minutes), "minutes"


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
