"""Templates in forms: choosing one puts its text, filled from the matter, into the move's field."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.wording.models import AnswerTemplate
from daodi.core.wording.services import fill, places
from daodi.web.forms.base import LONG_TEXT, text_area
from daodi.web.forms.choices import CategoryField

# Into which of its fields a move takes a template; all others into their text.
FIELDS = {"dispatch": "content", "answer": "answer", "hand_in": "answer", "submit": "answer"}
MANY = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
Templates = dict[str, list[AnswerTemplate]]


def templates_for(matter: Matter, member: Member) -> Templates:
    """Return what fits a matter and the member may use, by move, in one query."""
    found: Templates = {}
    for template in AnswerTemplate.objects.usable_by(member).fitting(matter).order_by("name", "pk"):
        found.setdefault(template.move, []).append(template)
    return found


def begin_with(templates: Iterable[AnswerTemplate], matter: Matter, unit: Unit | None) -> str:
    """Return the text to begin with: of what fits, the most particular and nearest one's."""
    scopes = list(AnswerTemplate.Scope.values)
    best = min(
        templates,
        key=lambda each: (not each.category_id, not each.ledger_id, scopes.index(each.scope)),
        default=None,
    )
    return fill(best.text, matter, unit) if best else ""


def keep_typed(form: forms.Form, data: QueryDict, but: Iterable[str] = ()) -> None:
    """Show in an unbound form what was typed so far, unchecked."""
    for name, field in form.fields.items():
        if name in data and name not in but:
            form.initial[name] = data.getlist(name) if isinstance(field, MANY) else data[name]


def insert(
    form: forms.Form, name: str, data: QueryDict, matter: Matter, among: Sequence[AnswerTemplate]
) -> None:
    """Show in an unbound form what was typed so far, with the chosen template added to it."""
    keep_typed(form, data)
    chosen = next((each for each in among if str(each.pk) == data.get("template")), None)
    if chosen is None:
        return
    key = data.get("lead", "")
    unit = Unit.objects.filter(pk=key).first() if key.isdigit() else None
    field = FIELDS.get(name, "text")
    before = str(form.initial.get(field) or "").strip()
    text = fill(chosen.text, matter, unit)
    form.initial[field] = f"{before}\n{text}" if before else text


def picker(form: forms.Form, name: str, among: Sequence[AnswerTemplate], url: str) -> Any:
    """Return what the component takes; nothing where there is no template."""
    field = FIELDS.get(name, "text")
    if not among or field not in form.fields:
        return None
    return {"templates": among, "target": form[field].id_for_label, "url": url}


class TemplateForm(forms.ModelForm):
    """A template as its owner writes it."""

    class Meta:
        model = AnswerTemplate
        fields = ("name", "move", "text", "scope", "ledger")

    def __init__(self, member: Member, data: Any = None, instance: Any = None) -> None:
        super().__init__(data, instance=instance)
        self.use_required_attribute = False
        self.fields["text"] = forms.CharField(
            label=_("Text"), max_length=LONG_TEXT, widget=text_area(6)
        )
        known = "\n".join(f"{{{name}}} {said}" for name, said in places().items())
        self.fields["text"].help_text = _("Filled from the matter:") + "\n" + known
        ledgers = Ledger.objects.active()
        self.fields["ledger"] = forms.ModelChoiceField(
            ledgers, label=_("Only for the ledger"), required=False, empty_label=_("any")
        )
        if instance and instance.ledger:
            self.fields["category"] = CategoryField(
                instance.ledger, label=_("Only for the category"), required=False
            )
            self.initial["category"] = instance.category_id
        if not member.has(Role.MANAGER):
            field: Any = self.fields["scope"]
            field.choices = [pair for pair in field.choices if pair[0] != AnswerTemplate.Scope.SITE]

    def made(self) -> AnswerTemplate:
        """Return the template as it is to be stored."""
        category: Category | None = self.cleaned_data.get("category")
        ledger = self.cleaned_data["ledger"]
        # Another ledger has other categories.
        template: AnswerTemplate = self.instance
        template.category = category if category and category.ledger == ledger else None
        return template
