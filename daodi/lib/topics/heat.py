"""How hot a topic is: distinct people, each once, likes capped, fading with time."""

from collections.abc import Sequence
from datetime import date, timedelta

from daodi.lib.topics.runs import Post
from daodi.lib.windows import begin_of

HALF_LIFE = 30  # days after which somebody counts half
MOST_LIKES, A_LIKE = 10, 0.05  # of one post so many likes count, each like so much of a person


def heat(posts: Sequence[Post], on: date) -> float:
    """Return the heat of these posts on a day; what comes later does not count yet.

    Of one person the post that counts most is taken, however many there are.
    """
    most: dict[str, float] = {}
    for post in posts:
        if post.day <= on:
            age = (on - post.day).days
            weight = (1 + min(post.likes, MOST_LIKES) * A_LIKE) * 0.5 ** (age / HALF_LIFE)
            most[post.person] = max(most.get(post.person, 0.0), weight)
    return round(sum(most.values()), 2)


def peak(posts: Sequence[Post]) -> tuple[float, date]:
    """Return how hot it was at the most, and on which day."""
    days = sorted({post.day for post in posts})
    return max(((heat(posts, day), day) for day in days), key=lambda pair: pair[0])


def curve(posts: Sequence[Post]) -> list[tuple[date, int]]:
    """Return for each week, by its Monday, how many people wrote who had not before."""
    first: dict[str, date] = {}
    for post in sorted(posts, key=lambda one: one.day):
        first.setdefault(post.person, post.day)
    mondays = [begin_of("week", day) for day in first.values()]
    weeks = (max(mondays) - min(mondays)).days // 7 + 1
    start = min(mondays)
    return [
        (week, mondays.count(week)) for week in (start + timedelta(weeks=n) for n in range(weeks))
    ]
