"""Say whether two texts are about one problem: one thing at one place, in whatever words.

The place decides more than the words: a lamp in the next street is another lamp, and another
complaint about the same estate is another complaint.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from daodi.lib.pairs import fold
from daodi.lib.places import Place, Sort, find, without
from daodi.lib.things import things_in

# What stands further down is told of the thing, and not the thing.
LONGEST, HEAD = 400, 120
# From which score on two texts are likely about one problem.
SAME = 0.5
# What is left of the likeness where only the town is one, where one names no place, or another one.
TOWN_SHARED, DEEP, PLACE_UNKNOWN, PLACE_DIFFERS = 0.85, 0.85, 0.62, 0.3
# What is left of it where each tells of other things.
THING_DIFFERS = 0.45
# A thing that both tell of, and as many shared words as can be expected of two who do not know
# each other.
THING_COUNTS, ENOUGH_WORDS = 0.6, 0.5
SHORTEST_RUN = 3
# Characters that may be cut off before a name; pairs that texts must share without any.
CUT, WORTH_COMPARING = 2, 0.15
_SMALL = (Sort.VILLAGE, Sort.ROAD, Sort.ESTATE, Sort.SITE)
_ENDINGS = ("小区", "社区", "家属院", "村")
# A quarter of a town has many streets and estates: it says as much as the town.
_QUARTER = "社区"
# Names that are told from other words only by standing in both texts, or by differing in them.
_LOOSE = re.compile(
    r"[^\W\d_]{1,2}?(?:公司|医院|驾校|药店|超市|学校|书店|饭店|宾馆|银行|商场|大楼|街|巷|庄|厂|河|桥"
    r"|路(?![灯面段过边由况政线费基])|村(?![民委干里支镇]))"
)
_NO_NAME = re.compile(
    r"[的在到去从我他她你是有这那一几等住进出上下过本该各每某当][^\W\d_]?..?$"
    r"|.?(?:附近|人民|一条|整条|半条|水泥|马|公|走|修|道|乡|农|村)(?:公司|医院|超市|学校|路|街|村|庄|厂)"
)
# Pairs that stand in what everybody writes.
_SAID_BY_EVERYBODY = (
    "我们 你们 问题 没有 没人 希望 处理 解决 尽快 请求 反映 领导 您好 你好 小区 居民 "
    "业主 村民 现在 已经 一直 还是 还没 这个 那个 什么 怎么 为什 是否 能否 可以 不能 "
    "有人 有个 好几 几天 天天 每天 晚上 夜里 夜间 时候 今年 去年 多次 电话 投诉 举报 "
    "相关 部门 严重 影响 生活 老人 孩子 人管 不管 门口 附近 旁边 后面 前面 路口 太大 "
    "太多 太差 大家 我家 家里 住在 麻烦 能不 管管 问一 一下 之后"
)
_EVERYBODY = frozenset(_SAID_BY_EVERYBODY.split())


@dataclass(frozen=True)
class Said:
    """What somebody wrote; `also` are other names of the places in it that the reader knows of."""

    title: str
    text: str = ""
    also: frozenset[str] = frozenset()

    @cached_property
    def _raw(self) -> str:
        return f"{self.title}\n{self.text}"[:LONGEST]

    @cached_property
    def _found(self) -> list[Place]:
        return find(self._raw)

    @cached_property
    def whole(self) -> str:
        return fold(self._raw)

    @cached_property
    def head(self) -> str:
        return fold(self._raw[:HEAD])

    @cached_property
    def places(self) -> dict[str, Sort]:
        """Names of the places smaller than a quarter of a town."""
        return {
            fold(place.name): place.sort
            for place in self._found
            if place.sort in _SMALL and not place.name.endswith(_QUARTER)
        }

    @cached_property
    def towns(self) -> frozenset[str]:
        return frozenset(place.name for place in self._found if place.sort is Sort.TOWN)

    @cached_property
    def quarters(self) -> frozenset[str]:
        return frozenset(place.name for place in self._found if place.name.endswith(_QUARTER))

    @cached_property
    def loose(self) -> frozenset[str]:
        """What may be a name and may not."""
        found = {match[0] for match in _LOOSE.finditer(self.whole)}
        return frozenset(name for name in found if not _NO_NAME.match(name))

    @cached_property
    def things(self) -> frozenset[str]:
        """What it is about: what the title says, if that says anything."""
        return things_in(fold(self.title)) or things_in(self.whole)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """All pairs of characters, of places too."""
        return frozenset(map("".join, pairwise(filter(str.isalnum, self.whole))))

    @cached_property
    def names(self) -> frozenset[str]:
        """By what another text may name its places: in full, or without what stands before."""
        full = [*map(_stem, (*self.places, *self.also)), *self.loose, *self.towns, *self.quarters]
        return frozenset(
            name[at:] for name in full for at in range(CUT) if not at or len(name) - at > CUT
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Pairs of characters that tell something, those of places left out."""
        plain = "".join(filter(str.isalnum, fold(without(self._raw))))
        return frozenset(map("".join, pairwise(plain))) - _EVERYBODY


@dataclass(frozen=True, slots=True)
class Sameness:
    """How likely two texts are about one problem, and what both of them name."""

    score: float
    places: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    # The share of the shorter one's telling words that both have.
    shared: float = 0.0
    # They name places, and not the same ones; they tell of things, and not of the same ones.
    is_elsewhere: bool = False
    is_of_another_thing: bool = False


def may_be_same(one: Said, other: Said) -> bool:
    """Say whether it is worth comparing two texts; ten times as fast, and seldom wrongly no.

    It looks for the places of `one` alone, so let that be the text that is at hand.
    """
    if any(name in other.whole for name in one.names):
        return True
    shared = len(one.pairs & other.pairs)
    return shared >= WORTH_COMPARING * max(1, min(len(one.pairs), len(other.pairs)))


def compare(one: Said, other: Said) -> Sameness:
    """Compare two texts; it does not matter which comes first."""
    places = _shared_places(one, other)
    things = one.things & other.things
    differs = not things and bool(one.things and other.things)
    named = {pair for name in places for pair in map("".join, pairwise(name))}
    mine, theirs = one.words - named, other.words - named
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    elsewhere = not places and _differ(one, other)
    alike = min(1.0, shared / ENOUGH_WORDS)
    if things:
        alike = THING_COUNTS + (1 - THING_COUNTS) * alike
    elif differs:
        alike *= THING_DIFFERS
    if elsewhere:
        alike *= PLACE_DIFFERS
    elif places and not _leads(places, one, other):
        alike *= DEEP
    elif not places:
        near = one.towns & other.towns or one.quarters & other.quarters
        alike *= TOWN_SHARED if near else PLACE_UNKNOWN
    return Sameness(alike, tuple(places), tuple(sorted(things)), shared, elsewhere, differs)


def _shared_places(one: Said, other: Said) -> list[str]:
    found = [*_named_in(one, other), *_named_in(other, one)]
    if found or _sorts(one) & _sorts(other):
        return list(dict.fromkeys(found))
    return sorted(one.loose & other.loose)


def _named_in(one: Said, other: Said) -> Iterable[str]:
    """Yield the places of a text that the other one names too, be it shorter."""
    for name in [*one.places, *sorted(one.also)]:
        if name in other.whole or _stem(name) in other.whole:
            yield name


def _leads(places: list[str], one: Said, other: Said) -> bool:
    """Say whether both begin with one of these places; elsewhere it may just be mentioned."""
    stems = map(_stem, places)
    return any(stem in one.head and stem in other.head for stem in stems)


def _stem(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= SHORTEST_RUN - (ending != "村"):
            return name.removesuffix(ending)
    return name


def _differ(one: Said, other: Said) -> bool:
    """Say of two texts that share no place whether both name one of the same sort."""
    if one.quarters and other.quarters and not one.quarters & other.quarters:
        return True
    ends = {name[-1] for name in one.loose} & {name[-1] for name in other.loose}
    return bool(_sorts(one) & _sorts(other) or ends)


def _sorts(said: Said) -> set[Sort]:
    # An estate, a market and a park are one sort: each is called what the other is.
    return {Sort.SITE if sort is Sort.ESTATE else sort for sort in said.places.values()}
