"""What a manager writes about categories and about who leads for them."""

import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.categories import DEEPEST
from daodi.core.ledgers.models import CatalogueLine, Category, Ledger
from daodi.lib.text import words_in
from daodi.web.forms.base import text_area
from daodi.web.forms.choices import UnitField, UnitsField
from daodi.web.forms.units import DivisionField

LEVELS = re.compile(r"\t+|\s*[/／>]\s*")
LONGEST_WORD = 30


class NewCategoryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="new_%s")
        self.use_required_attribute = False


class CategoryForm(forms.Form):
    """What may be changed of a category."""

    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    keywords = forms.CharField(
        label=_("Words that residents use"),
        help_text=_("Separated by commas. They help to sort new requests."),
        max_length=1000,
        required=False,
        widget=text_area(2),
    )
    is_confidential = forms.BooleanField(label=_("Matters in it are confidential"), required=False)

    def __init__(self, category: Category, data: QueryDict | None = None) -> None:
        names = ("name", "name_en", "is_confidential")
        initial = {name: getattr(category, name) for name in names}
        super().__init__(data, initial={**initial, "keywords": ", ".join(category.keywords)})
        self.use_required_attribute = False

    def clean_keywords(self) -> list[str]:
        return [word[:LONGEST_WORD] for word in words_in(self.cleaned_data["keywords"])]


class PathsForm(forms.Form):
    """Many categories at once, as they stand in the columns of a sheet."""

    lines = forms.CharField(
        label=_("Categories"),
        help_text=_(
            "One a line, its levels divided by / or as columns pasted from a sheet:\n"
            "Housing / Heating / No heating"
        ),
        max_length=60_000,
        widget=text_area(8),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="many_%s")
        self.use_required_attribute = False

    def clean_lines(self) -> list[tuple[str, ...]]:
        paths, wrong = [], []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            path = tuple(part.strip() for part in LEVELS.split(line.strip()) if part.strip())
            if len(path) > DEEPEST:
                wrong.append(_("Line %(number)s has more than three levels.") % {"number": number})
            elif path:
                paths.append(path)
        if wrong:
            raise forms.ValidationError(wrong[:10])
        return paths


class CategoryChoice(forms.ModelChoiceField):
    def label_from_instance(self, category: Category) -> str:
        return "\u3000" * (category.level - 1) + str(category)


class LineForm(forms.Form):
    """One line of the dispatch catalogue."""

    def __init__(self, ledger: Ledger, data: QueryDict | None = None, first: str = "") -> None:
        super().__init__(data, initial={"category": first})
        self.use_required_attribute = False
        hint = _("One with others below it stands for all of them that have no line of their own.")
        self.fields["category"] = CategoryChoice(
            ledger.categories.active(), label=_("Category"), help_text=hint
        )
        self.fields["area"] = DivisionField()
        self.fields["area"].help_text = _("Empty: everywhere. Else the official code or full name.")
        self.fields |= _leading_fields()


class ChangeLineForm(forms.Form):
    """Who leads by a line; its category and area stay."""

    def __init__(self, line: CatalogueLine, data: QueryDict | None = None) -> None:
        initial = {"lead": line.lead_id, "joint": line.joint.all(), "basis": line.basis}
        super().__init__(data, initial=initial)
        self.use_required_attribute = False
        self.fields |= _leading_fields()


def _leading_fields() -> dict[str, forms.Field]:
    return {
        "lead": UnitField(label=_("Lead unit")),
        "joint": UnitsField(label=_("Joint units"), required=False),
        "basis": forms.CharField(
            label=_("Basis"),
            help_text=_("The rule or list of duties by which it leads."),
            max_length=300,
            required=False,
        ),
    }
