"""Forms for the views that members save and the columns that they choose."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from daodi.core.lists.models import SavedView
from daodi.web.forms.filters import FilterForm
from daodi.web.queues import QUEUES
from daodi.web.showing.lists import COLUMNS


class ViewForm(forms.ModelForm):
    """The name of a view and who else has it."""

    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]

    def validate_unique(self) -> None:
        """Leave it to the service: the same name again takes the place of a view."""


class NewViewForm(ViewForm):
    """A view with the conditions of the list that is on the page."""

    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """Keep what a list knows of, and nothing else that an address may hold."""
        return known(self.cleaned_data["query"])


class ColumnsForm(forms.Form):
    """Which columns one of the lists has; `query` leads back to it."""

    list = forms.ChoiceField(
        choices=[(queue.name, queue.label) for queue in QUEUES], widget=forms.HiddenInput
    )
    names = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[*COLUMNS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        return known(self.cleaned_data["query"])


def known(query: str) -> str:
    """Return of the words of an address what a list understands."""
    given = QueryDict(query)
    return with_list(FilterForm(given), given.get("list", ""))


def with_list(form: FilterForm, name: str) -> str:
    """Return the conditions of a list as an address has them, with the list's own name first."""
    conditions = form.conditions()
    return urlencode({"list": name} | conditions if name else conditions)


def names_of(columns: Iterable[dict[str, Any]]) -> list[str]:
    return [column["name"] for column in columns]
