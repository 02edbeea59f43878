"""Numbers that keep their source: in a text, `126[3]` says that 126 comes from source 3.

A source is one figure: which formula, of what, as of when, with numerator and denominator. It
stays under its number when a report is counted again, so that texts of people go on citing it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import timezone

from daodi.core.figures.counting import Figure, Scope
from daodi.core.figures.formulas import FORMULAS, Basis

CITED = re.compile(r"(?P<number>\d[\d,]*(?:\.\d+)?%?)\[(?P<source>\d{1,4})\]")
PERCENT = 100


@dataclass(slots=True)
class Source:
    """Where a number comes from. `shows` has each way in which it may stand in a text.

    Without a formula it was counted from the rows of its own section.
    """

    number: int
    label: str
    formula: str = ""
    first: str = ""
    last: str = ""
    as_of: str = ""
    ledger: str = ""
    unit: int | None = None
    category: int | None = None
    town: str = ""
    # What stands beside the formula: a unit, a place, the period before.
    of_what: str = ""
    hits: float = 0.0
    of: int = 0
    # Makes it another source than the figure of the same scope: a comparison, a share, a sum.
    way: str = ""
    shows: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[object, ...]:
        """Return what makes it the same source when it is counted again."""
        named = "" if self.formula else self.label
        days = ("", "") if self.is_stock else (self.first, self.last)
        return (self.formula, *days, self.unit, self.category, self.town, self.way, named)

    @property
    def is_stock(self) -> bool:
        """Say whether it is counted at the moment, whenever its matters were filed."""
        return bool(self.formula) and FORMULAS[self.formula].basis is Basis.STOCK

    def part_of(self, shown: str) -> str:
        """Return which of its parts a text shows; empty: none of them."""
        return next((part for part, text in self.shows.items() if text == shown), "")

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


class Sources:
    """The sources of a report while it is being written."""

    def __init__(self, known: Iterable[Source] = ()) -> None:
        self._numbers = {source.key: source.number for source in known}
        self.found: dict[int, Source] = {}

    def add(self, source: Source) -> Source:
        """Give a source its number, the one that it had before if there was one."""
        source.number = self._numbers.setdefault(source.key, self._next())
        return self.found.setdefault(source.number, source)

    def figure(self, figure: Figure, scope: Scope, of_what: str = "") -> Source:
        """Return the source of a figure."""
        return self.add(source_of(figure, scope, of_what))

    def way(self, figure: Figure, scope: Scope, way: str, of_what: str, **shows: str) -> Source:
        """Return what is worked out from a figure: a change, a share, a sum over units."""
        source = source_of(figure, scope, of_what)
        source.way, source.shows = way, shows
        return self.add(source)

    def rows(self, label: str, count: int) -> Source:
        """Return what is counted from the rows of a section."""
        made = Source(0, label, hits=count, of=count, shows={"value": whole(count)})
        return self.add(made)

    def _next(self) -> int:
        return max(self._numbers.values(), default=0) + 1


def cite(source: Source, part: str = "value") -> str:
    """Return a number of a source, for a text."""
    return f"{source.shows[part]}[{source.number}]"


def source_of(figure: Figure, scope: Scope, of_what: str = "") -> Source:
    """Return where a figure comes from, not numbered yet."""
    return Source(
        0,
        str(figure.formula.label),
        figure.formula.code,
        scope.first.isoformat(),
        scope.last.isoformat(),
        timezone.localtime(scope.as_of).isoformat() if scope.as_of else "",
        scope.ledger.code,
        scope.unit.pk if scope.unit else None,
        scope.category.pk if scope.category else None,
        scope.town,
        of_what,
        figure.hits,
        figure.of,
        shows=shows_of(figure),
    )


def shows_of(figure: Figure) -> dict[str, str]:
    """Return the ways in which a figure may stand in a text."""
    if not figure.formula.is_rate:
        return {"value": whole(figure.of)}
    return {
        "value": percent(figure.value or 0.0),
        "hits": whole(figure.hits),
        "of": whole(figure.of),
        "missed": whole(figure.of - figure.hits),
    }


def read_sources(data: Iterable[dict[str, Any]]) -> list[Source]:
    """Return the sources that a section keeps."""
    return [Source(**row) for row in data]


def by_number(lists: Iterable[Iterable[dict[str, Any]]]) -> dict[int, Source]:
    """Return the sources that all sections of a report keep: any of them may be cited in any."""
    return {source.number: source for data in lists for source in read_sources(data)}


def cited_in(text: str) -> set[int]:
    """Return the numbers of the sources that a text cites."""
    return {int(found["source"]) for found in CITED.finditer(text)}


def plain(text: str) -> str:
    """Return a text as it is read, without what it cites."""
    return CITED.sub(lambda found: found["number"], text)


def replaced(text: str, with_what: Callable[[str, int], str]) -> str:
    """Put something else in the place of each cited number."""
    return CITED.sub(lambda found: with_what(found["number"], int(found["source"])), text)


def whole(number: float) -> str:
    return f"{number:.0f}" if number == int(number) else f"{number:.1f}"


def percent(share: float) -> str:
    """Return a share with one decimal; all and nothing without."""
    if share in (0, 1):
        return f"{share * PERCENT:.0f}%"
    return f"{share * PERCENT:.1f}%"
