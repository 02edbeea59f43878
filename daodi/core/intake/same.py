"""What may be about one problem: found by area and by words, compared by place, thing and time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Value
from django.db.models.functions import Left

from daodi.core.judgement.models import advice_of
from daodi.core.matters.models import Matter
from daodi.core.matters.querysets import MatterQuerySet
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.search.reading import with_keys
from daodi.core.search.similar import keys_alike
from daodi.lib.sameness import LONGEST, Said, Sameness, compare, may_be_same
from daodi.lib.text import listed

MOST_OF_A_PLACE, MOST_OF_A_CALLER = 200, 20
# What area and category add to what the words say, or take from it.
SAME_VILLAGE, SAME_CATEGORY, CATEGORY_THERE, OTHER_TOWN = 0.15, 0.1, 0.3, -0.25
NOTHING = Sameness(0.0)
COLUMNS = ("pk", "title", "text", "address", "category", "division", "division__code", "filed_at")


class Row(NamedTuple):
    """What is compared of a matter."""

    pk: int
    title: str
    text: str
    address: str
    category: int | None
    division: int | None
    code: str | None
    filed_at: datetime
    by_caller: bool = False
    also: frozenset[str] = frozenset()

    @property
    def said(self) -> Said:
        return Said(self.title, f"{self.address}\n{self.text}" if self.address else self.text,
                    self.also)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Same:
    """How likely two matters are about one problem, and what both name."""

    score: float
    words: Sameness
    is_same_address: bool = False
    is_same_village: bool = False
    is_same_area_and_category: bool = False

    @property
    def is_one_place(self) -> bool:
        return bool(self.words.places or self.is_same_address)

    @property
    def place(self) -> str:
        return self.words.places[0] if self.words.places else ""

    @property
    def thing(self) -> str:
        return listed(self.words.things)


def this_row(matter: Matter, category: int | None = None) -> Row:
    """Return what is compared of the matter at hand, with other names of its places."""
    advice = advice_of(matter)
    places = advice.places if advice else ()
    also = frozenset(name for each in places for name in (each["name"], *each["also"])
                     if each["also"])  # fmt: skip
    division = matter.division
    return Row(
        matter.pk, matter.title, matter.text[:LONGEST], matter.address,
        matter.category_id or category, matter.division_id, division.code if division else None,
        matter.filed_at, also=also,
    )  # fmt: skip


def alike_rows(
    matter: Matter, among: MatterQuerySet, callers: MatterQuerySet | None = None
) -> list[Row]:
    """Return the newest of `among` in the matter's area, and those that share telling words.

    Beside them, and marked so, the newest of `callers`: what the same person filed.
    """
    near = among.filter(division=matter.division_id).newest_first()
    alike = among.filter(with_keys(keys_alike(f"{matter.title}\n{matter.text}"))).order_by()
    found: Any = _values(near, by_caller=False)[:MOST_OF_A_PLACE]
    found = found.union(_values(alike, by_caller=False))
    if callers is not None:
        found = found.union(_values(callers.newest_first(), by_caller=True)[:MOST_OF_A_CALLER])
    # Who is in it twice comes last as the caller's, and stays so.
    rows = sorted((Row(*row) for row in found), key=lambda row: row.by_caller)
    return list({row.pk: row for row in rows}.values())


def all_compared(this: Row, others: Iterable[Row]) -> list[tuple[Row, Same]]:
    """Say of each how likely it is the same as this one, the likeliest first, of equals the newest.

    It goes by what they say, where they are and what they are.
    """
    said = this.said
    found = [(other, _compared(this, said, other)) for other in others]
    return sorted(found, key=lambda each: (-each[1].score, -each[0].pk))


def _compared(this: Row, said: Said, other: Row) -> Same:
    theirs = other.said
    if not may_be_same(said, theirs):
        return Same(0.0, NOTHING)
    words = compare(said, theirs)
    areas = [row.code for row in (this, other) if row.code]
    same_area = this.division is not None and this.division == other.division
    village = same_area and len(this.code or "") > TOWN_DIGITS
    address = same_area and bool(this.address) and this.address == other.address
    category = this.category is not None and this.category == other.category
    score = words.score
    if words.score and not words.is_elsewhere:
        score += SAME_VILLAGE * (village or address)
        score += category * (CATEGORY_THERE if words.places else SAME_CATEGORY)
    if len({code[:TOWN_DIGITS] for code in areas}) > 1 and not words.places:
        score += OTHER_TOWN
    return Same(max(0.0, min(1.0, score)), words, address, village, same_area and category)


def _values(matters: MatterQuerySet, *, by_caller: bool) -> Any:
    names = [Left(name, LONGEST) if name == "text" else name for name in COLUMNS]
    return matters.values_list(*names, Value(by_caller))


def days_apart(this: Row, other: Row) -> int:
    return abs((this.filed_at - other.filed_at).days)
