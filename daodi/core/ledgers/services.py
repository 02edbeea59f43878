"""Open ledgers, from a preset or by hand, and keep their categories."""

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
from daodi.core.people.models import Unit

PRESETS = Path(__file__).parent / "presets"


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
    preset = shipped_ledgers()[code]
    scheme = preset.pop("categories", None)
    policy = newest_policy(preset.pop("policy"))
    ledger = open_ledger(
        code=code, unit=unit, supervising_unit=supervising_unit, policy=policy, **preset
    )
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


def change_ledger(ledger: Ledger) -> None:
    """Store a ledger that a manager has edited; matters that run keep the clocks they have."""
    check_ledger(ledger)
    ledger.save(force_update=True)


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
    """Add categories given by the names on the way down, such as three columns of a sheet."""
    known: dict[tuple[str, ...], Category] = {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            way = path[:depth]
            if way not in known:
                known[way] = _by_name(ledger, way[-1], known.get(way[:-1]))
    return len(known)


def _by_name(ledger: Ledger, name: str, parent: Category | None) -> Category:
    name = name[:60]
    there = Category.objects.filter(ledger=ledger, parent=parent, name=name).first()
    if there:
        return there
    siblings = Category.objects.filter(ledger=ledger, parent=parent)
    used = set(siblings.values_list("code", flat=True))
    start = parent.code if parent else "Z"
    # Always three digits: the code of one category must not begin with the code of another.
    number = next(n for n in range(1, 1000) if f"{start}{n:03d}" not in used)
    return Category.objects.create(
        ledger=ledger,
        parent=parent,
        code=f"{start}{number:03d}",
        name=name,
        level=parent.level + 1 if parent else 1,
    )
