"""From posts to topics: count, weigh, group, keep apart by place, name, measure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import scipy.sparse as sp

from daodi.lib.places import names_in
from daodi.lib.topics.grouping import groups
from daodi.lib.topics.heat import curve, heat, peak
from daodi.lib.topics.naming import pairs_of, place_of, places_of, thing_of
from daodi.lib.topics.vectors import Counts, Post, weighed

FEWEST_PEOPLE = 3
ONE_PLACE = 0.4  # of those who name a place, so many must name the same one
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
    posts: Sequence[Post], counts: Counts, on: date, fewest: int = FEWEST_PEOPLE
) -> list[Topic]:
    """Return what at least `fewest` people write about, the hottest on the day `on` first.

    `counts` are the rows of `posts`, in their order: see `vectors.counted`.
    """
    order = sorted(range(len(posts)), key=lambda row: (posts[row].day, posts[row].key))
    sorted_posts = [posts[row] for row in order]
    whole, things = weighed(counts.whole[order]), weighed(counts.things[order])
    found = []
    for rows in groups(whole, things):
        group = [sorted_posts[row] for row in rows]
        if people_in(group) >= fewest:
            found += [part for part in by_place(group) if people_in(part) >= fewest]
    topics = [describe(group, on) for group in same_said(found)]
    return sorted(topics, key=lambda one: (-one.heat, -one.peak, one.since, one.name))


def joined(parts: Sequence[Counts]) -> Counts:
    """Put together what was counted piece by piece."""
    stacks = (sp.vstack(column, format="csr") for column in zip(*parts, strict=True))
    return Counts(*stacks)


def by_place(group: list[Post]) -> list[list[Post]]:
    """Keep apart what is said of several places, unless it is about no place of its own."""
    named = [places_of(post) for post in group]
    spread = Counter(name for names in named for name in sorted(names))
    naming = sum(map(bool, named))
    if naming <= (1 - NO_PLACE) * len(group):
        return [group]
    if spread.most_common(1)[0][1] >= ONE_PLACE * naming:
        return [group]
    parts = []
    left = list(zip(group, named, strict=True))
    for name, _times in spread.most_common():
        parts.append([post for post, names in left if name in names])
        left = [pair for pair in left if name not in pair[1]]
    return parts


def same_said(groups: list[list[Post]]) -> list[list[Post]]:
    """Put together groups that would bear the same name: one place, and half of the words.

    Of a whole area many things are said in like words: there they stay apart.
    """
    known: list[tuple[str, set[str], list[Post]]] = []
    for group in groups:
        place, thing = place_of(group), pairs_of(thing_of(group))
        for where, what, posts in known:
            if (
                names_in(place)
                and place == where
                and 2 * len(thing & what) >= min(len(thing), len(what))
            ):
                posts.extend(group)
                break
        else:
            known.append((place, thing, list(group)))
    return [posts for _place, _thing, posts in known]


def describe(group: Sequence[Post], on: date) -> Topic:
    """Return what can be said of a group of posts."""
    posts = tuple(sorted(group, key=lambda post: (post.day, post.key)))
    top, day = peak(posts)
    return Topic(
        place=place_of(posts),
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
