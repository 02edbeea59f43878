"""From posts to topics: count, weigh, group, keep apart by place, name, measure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from daodi.lib.masking import mask
from daodi.lib.topics.grouping import groups
from daodi.lib.topics.heat import curve, heat, peak
from daodi.lib.topics.naming import is_one_name, pairs_of, spot_of, thing_of, words_of
from daodi.lib.topics.runs import Pile, Post
from daodi.lib.topics.vectors import weighed

FEWEST_PEOPLE = 3
ONE_PLACE = 0.4  # of those who name a place, so many must name the same one
MOST_NAMES = 40  # of a group are compared with each other
ENDS = 3  # characters in which two names of one place end, if they do not begin alike
NO_PLACE = 0.6  # without a place in so many of them, it is about the whole area


@dataclass(frozen=True, slots=True)
class Topic:
    """What many people say: where, what, since when, and how it goes on."""

    place: str
    thing: str
    posts: tuple[Post, ...]
    people: int
    heat: float
    peak: float
    peak_on: date
    curve: tuple[tuple[date, int], ...]

    @property
    def name(self) -> str:
        return f"{self.place} {self.thing}".strip()

    @property
    def since(self) -> date:
        return self.posts[0].day

    @property
    def done(self) -> float:
        """Return the share of the posts that have been dealt with."""
        return sum(post.is_done for post in self.posts) / len(self.posts)


def find_topics(
    posts: Sequence[Post],
    pile: Pile,
    on: date,
    *,
    fewest: int = FEWEST_PEOPLE,
    coldest: float = 0.0,
    read: Callable[[Sequence[Post]], Sequence[Post]] = lambda posts: posts,
) -> list[Topic]:
    """Return what at least `fewest` people write about, the hottest on the day `on` first.

    `pile` has the runs of `posts`, in their order. Of what is at least as hot as `coldest` the
    words are needed: `read` returns these posts with their words, if `posts` come without.
    """
    order = sorted(range(len(posts)), key=lambda row: (posts[row].day, posts[row].key))
    rows = groups(weighed(pile)[order], weighed(pile, names=False)[order])
    found = ([posts[order[row]] for row in group] for group in rows)
    hot = (group for group in found if not coldest or heat(group, on) >= coldest)
    # What was erased since then has no words any more.
    parts = (part for group in hot for part in by_place(read(group)) if part)
    wanted = (group for group in same_said(parts) if people_in(group) >= fewest)
    topics = [topic for topic in (describe(group, on) for group in wanted) if topic.heat >= coldest]
    return sorted(topics, key=lambda one: (-one.heat, -one.peak, one.since, one.name))


def by_place(group: Sequence[Post]) -> list[list[Post]]:
    """Keep apart what is said of several places, unless it is about no place of its own.

    Who names no place at all speaks of the commonest one, if there is one.
    """
    named = [words_of(post).places for post in group]
    naming = sum(map(bool, named))
    if naming <= (1 - NO_PLACE) * len(group):
        return [list(group)]
    quarters = _quarters(named)
    parts: dict[int, list[Post]] = defaultdict(list)
    for post in group:
        spots = words_of(post).spots
        parts[min((quarters[name] for name in spots), default=-1)].append(post)
    nowhere = parts.pop(-1, [])
    found = sorted(parts.values(), key=len, reverse=True)
    if len(found[0]) >= ONE_PLACE * naming:
        found[0] += nowhere
    return found


def _quarters(named: Sequence[Set[str]]) -> dict[str, int]:
    """Number places so that those near each other have one number.

    Near is one name written in two ways, and what half of those who name one of the two, and more
    than one, name together with the other.
    """
    times = Counter(name for names in named for name in sorted(names))
    together = Counter(pair for names in named for pair in combinations(sorted(names), 2))
    quarters = {name: number for number, (name, _times) in enumerate(times.most_common())}
    often_named = [name for name, _times in times.most_common(MOST_NAMES)]
    for one, other in combinations(sorted(often_named), 2):
        often = 2 * together[one, other] >= min(times[one], times[other])
        if is_one_name(one, other) or (often and together[one, other] > 1):
            first, second = sorted((quarters[one], quarters[other]))
            quarters = {name: first if at == second else at for name, at in quarters.items()}
    return quarters


def same_said(groups: Iterable[list[Post]]) -> list[list[Post]]:
    """Put together groups that would bear the same name: one place, and half of the words.

    Of a whole area many things are said in like words: there they stay apart.
    """
    found: list[_Said] = []
    there: dict[str, list[_Said]] = defaultdict(list)
    for group in groups:
        said = _Said(spot_of(group)[1], pairs_of(thing_of(group)), list(group))
        like = there[said.place[-ENDS:]] if said.place else []
        first = next((each for each in like if each.is_like(said)), None)
        if first:
            first.posts.extend(group)
        else:
            found.append(said)
            like.append(said)
    return [said.posts for said in found]


class _Said(NamedTuple):
    """A group with the place that it is about and the words for what."""

    place: str
    thing: set[str]
    posts: list[Post]

    def is_like(self, other: "_Said") -> bool:
        common = 2 * len(self.thing & other.thing)
        return is_one_name(self.place, other.place) and common >= min(
            len(self.thing), len(other.thing)
        )


def describe(group: Sequence[Post], on: date) -> Topic:
    """Return what can be said of a group of posts."""
    posts = tuple(sorted(group, key=lambda post: (post.day, post.key)))
    top, day = peak(posts)
    return Topic(
        place=mask("".join(spot_of(posts))),
        thing=thing_of(posts),
        posts=posts,
        people=people_in(posts),
        heat=heat(posts, on),
        peak=top,
        peak_on=day,
        curve=tuple(curve(posts)),
    )


def people_in(posts: Sequence[Post]) -> int:
    return len({post.person for post in posts})
