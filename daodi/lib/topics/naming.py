"""What a group of posts is called: the place that most of them name, and the commonest words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from daodi.lib.masking import mask
from daodi.lib.places import Place, Sort, find
from daodi.lib.topics.runs import LOOKED_AT, Post

SHORTEST, LONGEST = 3, 14  # characters of the problem in a name
# A place must be named in so many of the posts, and in the title of so many.
MOST_NAME, SOME_TITLES = 0.5, 0.3
ROADS = "路街道巷"
ALIKE = 2  # characters in which two names of one place begin
MOST_AREAS = 0.3  # an area named in so many of the posts stands before the place
_ASKING = re.compile(
    r"关于|对于|有关|针对|请问|请求|恳请|咨询|询问|反映|反应|投诉|举报|再次|强烈|要求|希望|建议|呼吁|严厉打击|求助|"
    r"请|的(?:问题|情况|事宜|建议|投诉|疑问)|等?(?:相关)?问题|情况|事宜|附近|小区内?|一事|[^\w]|_|\s"
)


class Words(NamedTuple):
    """What the words of a post name: places in all of it and in its title, areas in its title.

    Where it names no place in a town, the town itself is the place. Of its places, `spots` are
    those that it is about: what its title names, if it does.

    Without the names of places: all of its `plain` words, and what its title says, in `clauses`.
    """

    places: frozenset[str]
    spots: frozenset[str]
    heads: frozenset[str]
    areas: frozenset[str]
    plain: str
    clauses: tuple[str, ...]


def words_of(post: Post) -> Words:
    """Return what a post names."""
    return _read(post.title, post.text[:LOOKED_AT])


@lru_cache(maxsize=2000)
def _read(title: str, text: str) -> Words:
    heads, others = find(title), find(text)
    small = [one.name for one in (*heads, *others) if one.sort not in (Sort.AREA, Sort.TOWN)]
    first = [one.name for one in heads if one.sort not in (Sort.AREA, Sort.TOWN)]
    towns = [one.name for one in heads if one.sort is Sort.TOWN]
    head = _without(title, heads)
    # A figure with blanks around it is no end of a clause: 约 200 米.
    together = re.sub(r"\s*(\d+)\s*", r"\1", head)
    clauses = (one.strip("的在对被将由把") for one in _ASKING.sub(" ", together).split())
    return Words(
        places=frozenset(small or towns),
        spots=frozenset(first or small or towns),
        heads=frozenset(one.name for one in heads if one.sort is not Sort.AREA),
        areas=frozenset(one.name for one in heads if one.sort in (Sort.AREA, Sort.TOWN)),
        plain=f"{head} {_without(text, others)}",
        clauses=tuple(clauses),
    )


def _without(text: str, places: Iterable[Place]) -> str:
    for place in sorted(places, key=lambda one: -one.start):
        text = f"{text[: place.start]} {text[place.end :]}"
    return text


def spot_of(posts: Sequence[Post]) -> tuple[str, str]:
    """Return the area that the posts are about, and the place in it that most people name."""
    said = [words_of(post) for post in posts]
    small = _commonest(words.places for words in said)
    heads = _commonest(words.heads for words in said)
    area = _smallest(_commonest(words.areas for words in said), len(posts))
    # Of two that are named as often, a road is where the other one lies.
    name = max(
        sorted(small), key=lambda one: (small[one], one[-1] not in ROADS, len(one)), default=""
    )
    # What only the texts name may be on the way there.
    if small[name] < MOST_NAME * len(posts) or heads[name] < SOME_TITLES * len(posts):
        return area, ""
    return area, name


def is_one_name(one: str, other: str) -> bool:
    """Say whether two names are one place's: one with words before it, or written in two ways."""
    short, long = sorted((one, other), key=len)
    return short[:ALIKE] == long[:ALIKE] or (len(short) > ALIKE and long.endswith(short))


def thing_of(posts: Sequence[Post]) -> str:
    """Return the words, out of one of the titles, that say best what all of them say."""
    spread = Counter(pair for post in posts for pair in pairs_of(words_of(post).plain))
    clauses = {clause for post in posts for clause in words_of(post).clauses}
    fitting = [one for one in clauses if SHORTEST <= len(one) <= LONGEST]
    if not fitting:
        return mask(max(clauses, key=len, default=posts[0].title)[:LONGEST])
    return mask(max(sorted(fitting), key=lambda clause: _typical(clause, spread)))


def _typical(clause: str, spread: Counter[str]) -> float:
    """Say how much of a clause the others say too; a longer one of equal worth says more."""
    pairs = pairs_of(clause)
    return sum(spread[pair] for pair in pairs) / (len(pairs) + 1) if pairs else 0.0


def pairs_of(text: str) -> set[str]:
    """Return each two neighbouring letters of a text."""
    return {word[at : at + 2] for word in re.findall(r"\w+", text) for at in range(len(word) - 1)}


def _commonest(named: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(name for names in named for name in sorted(names))


def _smallest(areas: Counter[str], total: int) -> str:
    """Return the smallest area that enough of them name: A2区 rather than A市."""
    often = [name for name, times in areas.items() if times >= MOST_AREAS * total]
    order = "省市县区旗镇乡道"
    return max(sorted(often), key=lambda name: (order.find(name[-1]), areas[name]), default="")
