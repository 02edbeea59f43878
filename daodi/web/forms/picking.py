"""Choosing among rows that a page has fetched already; pick.js lets people type to find one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Model
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from daodi.core.ledgers.models import Category
from daodi.core.people.models import Unit

Option = tuple[Any, object, str]
Group = tuple[str, Sequence[Option]]


class PickSelect(forms.Select):
    """A select of hundreds of options, each with more words by which it is found.

    It writes its options itself: Django renders a template for each of them.
    """

    def __init__(self, groups: Iterable[Group]) -> None:
        super().__init__({"data-pick": ""})
        self.groups = list(groups)

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        del renderer  # it would take a template for each option
        given = {**self.build_attrs(self.attrs, attrs), "name": name}
        return _select(given, self.groups, self.format_value(value), "—")


class PickSeveral(forms.SelectMultiple):
    """The same for any number of them."""

    def __init__(self, groups: Iterable[Group]) -> None:
        super().__init__({"size": 4, "multiple": True})
        self.groups = list(groups)

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        del renderer  # it would take a template for each option
        given = {**self.build_attrs(self.attrs, attrs), "name": name}
        return _select(given, self.groups, self.format_value(value))


class OneOf(forms.TypedChoiceField):
    """One of these rows, without a query."""

    def __init__(self, rows: Iterable[Model], groups: Iterable[Group], **kwargs: Any) -> None:
        known = {str(row.pk): row for row in rows}
        super().__init__(
            choices=[(key, key) for key in known],
            coerce=known.get,
            empty_value=None,
            widget=PickSelect(groups),
            **kwargs,
        )


class SeveralOf(forms.TypedMultipleChoiceField):
    """Any number of these rows, without a query."""

    def __init__(self, rows: Iterable[Model], groups: Iterable[Group], **kwargs: Any) -> None:
        known = {str(row.pk): row for row in rows}
        super().__init__(
            choices=[(key, key) for key in known],
            coerce=known.get,
            required=False,
            widget=PickSeveral(groups),
            **kwargs,
        )


def by_branch(categories: Sequence[Category]) -> list[Group]:
    """Group the deepest categories by what they belong to; their words find them too."""
    by_id = {category.pk: category for category in categories}
    above = {category.parent_id for category in categories}
    groups: dict[str, list[Option]] = {}
    for category in categories:
        if category.pk not in above:
            way = _way(category, by_id)
            words = " ".join((*way, *category.keywords, category.code))
            groups.setdefault(" / ".join(way) or str(category), []).append(
                (category.pk, category, words)
            )
    return list(groups.items())


def by_kind(units: Iterable[Unit]) -> list[Group]:
    groups: dict[str, list[Option]] = {}
    for unit in units:
        label = str(unit.get_kind_display())
        groups.setdefault(label, []).append((unit.pk, unit, unit.code))
    return list(groups.items())


def _select(
    attrs: dict[str, Any], groups: Iterable[Group], value: Iterable[str], empty: str = ""
) -> SafeString:
    chosen = set(value)
    first = f'<option value="">{empty}</option>' if empty else ""
    inside = "".join(_group(label, rows, chosen) for label, rows in groups)
    return format_html("<select{}>{}</select>", flatatt(attrs), SafeString(first + inside))


def _group(label: str, rows: Sequence[Option], chosen: set[str]) -> str:
    options = "".join(
        f'<option value="{key}" data-words="{escape(words)}"'
        f"{' selected' if str(key) in chosen else ''}>{escape(text)}</option>"
        for key, text, words in rows
    )
    return f'<optgroup label="{escape(label)}">{options}</optgroup>'


def _way(category: Category, by_id: dict[int, Category]) -> list[str]:
    way: list[str] = []
    above = by_id.get(category.parent_id or 0)
    while above:
        way.insert(0, str(above))
        above = by_id.get(above.parent_id or 0)
    return way
