"""Open ledgers, from a preset or by hand, and keep their categories."""

import itertools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.clocks.models import PolicyVersion
from daodi.core.exceptions import Refused
from daodi.core.ledgers.fields import Field
from daodi.core.ledgers.kinds import Kind
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.people.models import Member, Unit

PRESETS = Path(__file__).parent / "presets"
DEEPEST = 3


def shipped_ledgers() -> dict[str, dict[str, Any]]:
    """Return the ledger presets that come with Daodi, by code."""
    files = sorted(PRESETS.glob("ledger-*.yaml"))
    return {
        path.stem.removeprefix("ledger-"): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in files
    }


@transaction.atomic
def open_preset(code: str, *, unit: Unit, supervising_unit: Unit) -> Ledger:
    """Open a ledger as a preset describes it; an existing one of that code is returned as it is."""
    there = Ledger.objects.filter(code=code).first()
    if there:
        return there
    return _open_as(code, code=code, unit=unit, supervising_unit=supervising_unit)


@transaction.atomic
def open_another(preset: str, **given: Any) -> Ledger:
    """Open a ledger under a code of its own, as `given` says and, for the rest, as a preset does.

    Without a preset, everything that a ledger needs must be given.
    """
    if not preset:
        return open_ledger(code=_free_code("ledger"), **given)
    return _open_as(preset, code=_free_code(preset), **given)


def _free_code(wanted: str) -> str:
    """Return this code, or the first with a number behind it that no ledger has."""
    used = set(Ledger.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    codes = itertools.chain([wanted], (f"{wanted}-{n}" for n in itertools.count(2)))
    return next(code for code in codes if code not in used)


def _open_as(preset: str, **given: Any) -> Ledger:
    fields = shipped_ledgers()[preset]
    scheme = fields.pop("categories", None)
    policy = newest_policy(fields.pop("policy"))
    ledger = open_ledger(**{"policy": policy, **fields, **given})
    if scheme:
        add_scheme(ledger, yaml.safe_load((PRESETS / scheme).read_text(encoding="utf-8")))
    return ledger


def newest_policy(code: str) -> PolicyVersion:
    """Return the policy in force under this code; raise Refused if there is none."""
    found = PolicyVersion.objects.filter(code=code).order_by("-version").first()
    if not found:
        raise Refused(_("There is no policy called %(code)s.") % {"code": code})
    return found


def open_ledger(**given: Any) -> Ledger:
    """Open a new ledger; `given` are the fields of Ledger. Raise Refused where they do not fit."""
    ledger = Ledger(**given)
    check_ledger(ledger)
    ledger.save(force_insert=True)
    return ledger


@transaction.atomic
def change_ledger(ledger: Ledger, *, confidants: Iterable[Member] | None = None) -> None:
    """Store a ledger that a manager has edited; matters that run keep the clocks they have."""
    check_ledger(ledger)
    ledger.save(force_update=True)
    if confidants is not None:
        ledger.confidants.set(confidants)


def check_ledger(ledger: Ledger) -> None:
    """Raise Refused if the ledger's fields or kinds make no sense."""
    specs = [Field.read(spec) for spec in ledger.fields]
    names = [field.name for field in specs]
    if len(names) != len(set(names)):
        raise Refused(_("Two fields have the same name."))
    if not ledger.kinds or set(ledger.kinds) - set(Kind.values):
        raise Refused(_("Choose at least one kind."))
    if not re.fullmatch("[A-Z]{1,6}", ledger.prefix):
        raise Refused(_("The prefix of numbers has one to six capital letters, A to Z."))


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
def add_paths(ledger: Ledger, paths: Iterable[tuple[str, ...]]) -> int:
    """Add categories given by the names on the way down, such as three columns of a sheet.

    Return how many the paths name; those that are there already stay as they are.
    """
    known = {(row.parent_id, row.name): row for row in ledger.categories.all()}
    named = set()
    for path in paths:
        parent = None
        for name in (name[:60] for name in path):
            category = known.get((parent.pk if parent else None, name))
            if category is None:
                category = _add_named(ledger, name, parent)
                known[category.parent_id, name] = category
            named.add(category.pk)
            parent = category
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
    ledger: Ledger, *, name: str, name_en: str = "", parent: Category | None = None
) -> Category:
    """Add one category, at the top or below `parent`; its name must be new there."""
    if Category.objects.filter(ledger=ledger, parent=parent, name=name).exists():
        raise Refused(_("There is already a category “%(name)s” here.") % {"name": name})
    return _add_named(ledger, name, parent, name_en)


@transaction.atomic
def change_category(
    category: Category, *, name: str, name_en: str, keywords: list[str], is_confidential: bool
) -> None:
    """Rename a category; matters that carry it show the new name."""
    same = Category.objects.filter(ledger=category.ledger, parent=category.parent, name=name)
    if same.exclude(pk=category.pk).exists():
        raise Refused(_("There is already a category “%(name)s” here.") % {"name": name})
    category.name, category.name_en = name, name_en
    category.keywords, category.is_confidential = keywords, is_confidential
    category.save(update_fields=["name", "name_en", "keywords", "is_confidential"])


def use_category(category: Category, *, is_active: bool) -> None:
    """Take a category out of use with all below it, or back into use with all above it."""
    tree = category.ledger.categories.all()
    if is_active:
        tree.filter(pk__in=[each.pk for each in category.way()]).update(is_active=True)
    else:
        tree.within(category.code).update(is_active=False)
    category.is_active = is_active
