"""Find what a cell names: a category, a place, a unit, a kind."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Generic, TypeVar

from django.db.models import QuerySet

from daodi.core.ledgers.kinds import Kind
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.people.models import Division, Unit

Found = TypeVar("Found", Division, Unit)

KINDS = {
    "咨询": Kind.CONSULT,
    "求助": Kind.HELP,
    "求决": Kind.HELP,
    "诉求": Kind.HELP,
    "意见": Kind.OPINION,
    "建议": Kind.SUGGESTION,
    "建言": Kind.SUGGESTION,
    "投诉": Kind.COMPLAINT,
    "举报": Kind.REPORT,
    "任务": Kind.TASK,
}
# Officials write 12 digits; a code here has none of the padding zeros.
CODE_LENGTHS = (2, 4, 6, 9, 12)

_STEP = re.compile(r"\s*(?:->|→|>|＞|/|／|—+|\\)\s*")


def kind_named(text: str, ledger: Ledger) -> Kind | None:
    """Return the kind that the text names, if the ledger takes it: 投诉举报 is a complaint."""
    word = text.casefold()
    if not word:
        return None
    found = Kind(word) if word in Kind else None
    if found is None:
        places = {word.find(name): kind for name, kind in KINDS.items() if name in word}
        found = places[min(places)] if places else None
    return found if found and found in ledger.kinds else None


class Categories:
    """The categories of a ledger, by code, by the names on the way down, by name alone."""

    def __init__(self, ledger: Ledger) -> None:
        rows = list(ledger.categories.active().select_related("parent__parent"))
        self._by_code = {row.code: row for row in rows}
        self._by_path = {tuple(step.name for step in row.way()): row for row in rows}
        self._by_name: dict[str, list[Category]] = defaultdict(list)
        for row in rows:
            self._by_name[row.name].append(row)

    def find(self, names: Sequence[str]) -> Category | None:
        """Return the category of one cell, or of several that lead down to it."""
        way = tuple(name for name in names if name)
        if len(way) == 1:
            way = (way[0],) if self._known(way[0]) else tuple(filter(None, _STEP.split(way[0])))
        if not way:
            return None
        return self._by_path.get(way) or self._known(way[-1])

    def _known(self, name: str) -> Category | None:
        """Of several that have the name, take the one on top, if it is alone there."""
        same = self._by_name.get(name, [])
        level = min((row.level for row in same), default=0)
        top = [row for row in same if row.level == level]
        return self._by_code.get(name) or (top[0] if len(top) == 1 else None)


class Named(Generic[Found]):
    """Rows found by what these columns say, where only one row says it; the names are read once."""

    def __init__(self, rows: QuerySet[Found], *columns: str) -> None:
        self._rows: QuerySet[Found] = rows
        self._columns = columns
        self._objects: dict[int, Found] = {}

    @cached_property
    def _keys(self) -> dict[str, int]:
        keys: dict[str, int] = {}
        for column in self._columns:
            for name, pk in self._rows.values_list(column, "pk").iterator():
                keys[name] = pk if keys.get(name, pk) == pk else 0
        return keys

    def find(self, text: str) -> Found | None:
        pk = self._keys.get(text, 0) if text else 0
        if pk and pk not in self._objects:
            self._objects[pk] = self._rows.get(pk=pk)
        return self._objects.get(pk)


def divisions_for(ledger: Ledger) -> Named[Division]:
    """Return what finds divisions by code or name, those of the ledger's own area if it has one."""
    home = ledger.unit.division
    rows = Division.objects.within(home.code) if home else Division.objects.all()
    return Named(rows.order_by(), "code", "name")


def units() -> Named[Unit]:
    """Return what finds units by code or name."""
    return Named(Unit.objects.order_by(), "code", "name", "name_en")


def short_code(text: str) -> str:
    """Return an official code without its padding zeros: the shortest length that keeps it."""
    fits = (n for n in CODE_LENGTHS if n <= len(text) and not text[n:].strip("0"))
    return text[: next(fits, len(text))]
