"""What a group of posts is called: the place that most of them name, and the commonest words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from daodi.lib.masking import mask
from daodi.lib.places import Sort, find, names_in, without
from daodi.lib.topics.vectors import LOOKED_AT, Post

SHORTEST, LONGEST = 3, 14  # characters of the problem in a name
# A place must be named in so many of the posts, and in the title of so many.
MOST_NAME, SOME_TITLES = 0.5, 0.3
MOST_AREAS = 0.3  # an area named in so many of the posts stands before the place
_ASKING = re.compile(
    r"关于|对于|有关|针对|请问|请求|恳请|咨询|询问|反映|反应|投诉|举报|再次|强烈|要求|希望|建议|呼吁|严厉打击|求助|"
    r"请|的(?:问题|情况|事宜|建议|投诉|疑问)|等?(?:相关)?问题|情况|事宜|附近|小区内?|一事|[^\w]|_|\s"
)


def places_of(post: Post) -> set[str]:
    """Return the names of the places, smaller than a town, that a post is about."""
    text = f"{post.title}\n{post.text[:LOOKED_AT]}"
    return {place.name for place in find(text) if place.sort not in (Sort.AREA, Sort.TOWN)}


def place_of(posts: Sequence[Post]) -> str:
    """Return the place that most people name, with the area that it lies in; or the area alone."""
    small = _commonest(places_of(post) for post in posts)
    heads = _commonest(set(names_in(post.title)) for post in posts)
    areas = _commonest(
        {one.name for one in find(post.title) if one.sort in (Sort.AREA, Sort.TOWN)}
        for post in posts
    )
    area = _smallest(areas, len(posts))
    name = max(sorted(small), key=lambda one: (small[one], len(one)), default="")
    # What only the texts name may be on the way there.
    if small[name] < MOST_NAME * len(posts) or heads[name] < SOME_TITLES * len(posts):
        return area
    return mask(area + name)


def thing_of(posts: Sequence[Post]) -> str:
    """Return the words, out of one of the titles, that say best what all of them say."""
    said = [pairs_of(without(f"{post.title} {post.text[:LOOKED_AT]}")) for post in posts]
    spread = Counter(pair for pairs in said for pair in pairs)
    clauses = {clause for post in posts for clause in _clauses(post.title)}
    fitting = [one for one in clauses if SHORTEST <= len(one) <= LONGEST]
    if not fitting:
        return mask(max(clauses, key=len, default=posts[0].title)[:LONGEST])
    return mask(max(sorted(fitting), key=lambda clause: _typical(clause, spread)))


def _typical(clause: str, spread: Counter[str]) -> float:
    """Say how much of a clause the others say too; a longer one of equal worth says more."""
    pairs = pairs_of(clause)
    return sum(spread[pair] for pair in pairs) / (len(pairs) + 1) if pairs else 0.0


def _clauses(title: str) -> list[str]:
    return [one.strip("的在对被将由把") for one in _ASKING.sub(" ", without(title)).split()]


def pairs_of(text: str) -> set[str]:
    """Return each two neighbouring letters of a text."""
    return {word[at : at + 2] for word in re.findall(r"\w+", text) for at in range(len(word) - 1)}


def _commonest(named: Iterable[set[str]]) -> Counter[str]:
    return Counter(name for names in named for name in sorted(names))


def _smallest(areas: Counter[str], total: int) -> str:
    """Return the smallest area that enough of them name: A2区 rather than A市."""
    often = [name for name, times in areas.items() if times >= MOST_AREAS * total]
    order = "省市县区旗镇乡道"
    return max(sorted(often), key=lambda name: (order.find(name[-1]), areas[name]), default="")
