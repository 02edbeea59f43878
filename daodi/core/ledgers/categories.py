"""Keep the categories of a ledger."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note, note_change
from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.people.models import Member

DEEPEST = 3


@transaction.atomic
def add_scheme(ledger: Ledger, nodes: Iterable[dict[str, Any]]) -> int:
    """Add a tree of categories (code, name, …, `below`), or rename those there; return how many."""
    return sum(_add_node(ledger, node, None) for node in nodes)


def _add_node(ledger: Ledger, node: dict[str, Any], parent: Category | None) -> int:
    category, _is_new = Category.objects.update_or_create(
        ledger=ledger,
        code=node["code"],
        defaults={
            "parent": parent,
            "name": node["name"],
            "name_en": node.get("name_en", ""),
            "level": parent.level + 1 if parent else 1,
            "keywords": node.get("keywords", []),
            "kind_hint": node.get("kind_hint", ""),
            "is_confidential": bool(node.get("confidential", False)),
        },
    )
    return 1 + sum(_add_node(ledger, child, category) for child in node.get("below", ()))


@transaction.atomic
def add_paths(ledger: Ledger, paths: Iterable[tuple[str, ...]], *, by: Member | None = None) -> int:
    """Add categories given by the names on the way down, such as three columns of a sheet.

    Return how many the paths name; those that are there already stay as they are.
    """
    known = {(row.parent_id, row.name): row for row in ledger.categories.all()}
    named, made = set(), 0
    for path in paths:
        parent = None
        for name in (name[:60] for name in path):
            category = known.get((parent.pk if parent else None, name))
            if category is None:
                category = _add_named(ledger, name, parent)
                known[category.parent_id, name] = category
                made += 1
            named.add(category.pk)
            parent = category
    if made:
        note(Act.CATEGORIES_ADDED, ledger, by=by, unit=ledger.unit, after={"n": made})
    return len(named)


def _add_named(ledger: Ledger, name: str, parent: Category | None, name_en: str = "") -> Category:
    if parent and parent.level == DEEPEST:
        raise Refused(_("“%(name)s” is on the lowest level.") % {"name": parent})
    siblings = Category.objects.filter(ledger=ledger, parent=parent)
    used = tuple(siblings.values_list("code", flat=True))
    start = parent.code if parent else "Z"
    # The code of one category must not begin with the code of another beside it.
    codes = (f"{start}{number:03d}" for number in range(1, 1000))
    code = next(code for code in codes if not code.startswith(used))
    return Category.objects.create(
        ledger=ledger,
        parent=parent,
        code=code,
        name=name,
        name_en=name_en,
        level=parent.level + 1 if parent else 1,
    )


@transaction.atomic
def add_category(
    ledger: Ledger,
    *,
    name: str,
    name_en: str = "",
    parent: Category | None = None,
    by: Member | None = None,
) -> Category:
    """Add one category, at the top or below `parent`; its name must be new there."""
    if Category.objects.filter(ledger=ledger, parent=parent, name=name).exists():
        raise Refused(_("There is already a category “%(name)s” here.") % {"name": name})
    made = _add_named(ledger, name, parent, name_en)
    note(Act.CATEGORY_ADDED, made, by=by, unit=ledger.unit, after={"code": made.code})
    return made


@transaction.atomic
def change_category(
    category: Category,
    *,
    name: str,
    name_en: str,
    keywords: list[str],
    is_confidential: bool,
    by: Member | None = None,
) -> None:
    """Rename a category; matters that carry it show the new name."""
    same = Category.objects.filter(ledger=category.ledger, parent=category.parent, name=name)
    if same.exclude(pk=category.pk).exists():
        raise Refused(_("There is already a category “%(name)s” here.") % {"name": name})
    before = _facts(Category.objects.get(pk=category.pk))
    category.name, category.name_en = name, name_en
    category.keywords, category.is_confidential = keywords, is_confidential
    category.save(update_fields=["name", "name_en", "keywords", "is_confidential"])
    _note_change(category, before, by)


@transaction.atomic
def use_category(category: Category, *, is_active: bool, by: Member | None = None) -> None:
    """Take a category out of use with all below it, or back into use with all above it."""
    before = _facts(category)
    tree = category.ledger.categories.all()
    if is_active:
        tree.filter(pk__in=[each.pk for each in category.way()]).update(is_active=True)
    else:
        tree.within(category.code).update(is_active=False)
    category.is_active = is_active
    _note_change(category, before, by)


def _note_change(category: Category, before: dict[str, Any], by: Member | None) -> None:
    about = {"by": by, "unit": category.ledger.unit}
    note_change(Act.CATEGORY_CHANGED, category, before, _facts(category), **about)


def _facts(category: Category) -> dict[str, Any]:
    return {
        "name": category.name,
        "name_en": category.name_en,
        "keywords": list(category.keywords),
        "is_confidential": category.is_confidential,
        "is_active": category.is_active,
    }
