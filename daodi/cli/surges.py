"""What would have stood out in the past, place by place; without a database."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from functools import reduce
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from daodi.cli.insight import TEXT, TIME, TITLE, dated, posts_of, read_rows
from daodi.core.exceptions import Refused
from daodi.lib.places import find
from daodi.lib.replaying import Replayed, replayed
from daodi.lib.surges import LEAST, Counts, begun, daily, replay
from daodi.lib.topics.runs import Post

app = typer.Typer()


@app.command()
def surges(
    file: Path, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """Needs 留言主题, 留言详情 and 留言时间: each place that titles name is a series of its own.

    Each day is judged by the days before it alone, as it would have been on that day. How often
    it is in vain is measured on the same past with its cases mixed: there all is chance.
    """
    found, rates = look_back(series_of(dated(posts_of(list(read_rows(file, TITLE, TEXT, TIME))))))
    if as_json:
        said = {"surges": found, "replay": rates}
        typer.echo(json.dumps(said, ensure_ascii=False, default=str))
        return
    for surge in found:
        typer.echo("{day} {place}: {count} / {days} d, {expected} expected".format_map(surge))
    words = _("%(told)s told in %(days)s days of %(series)s series; by chance %(by_chance).1f.")
    typer.echo(words % rates)


def series_of(posts: Sequence[Post]) -> dict[str, Counts]:
    """Return how many people wrote of each place on each day."""
    cases = defaultdict(list)
    for post in posts:
        for name in {place.name for place in find(post.title)}:
            cases[name].append((post.day, post.person))
    series = {name: daily(days) for name, days in sorted(cases.items())}
    return {name: counts for name, counts in series.items() if counts.total() >= LEAST}


def look_back(series: dict[str, Counts]) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Return what would have been told, and how often that would have been in vain."""
    if not series:
        raise Refused(
            _("No place is named in the titles of %(least)s messages: there is nothing to compare.")
            % {"least": LEAST}
        )
    days = sorted({day for counts in series.values() for day in counts})
    first, last = begun(days) or days[0], days[-1]
    found = [
        {"place": name, **asdict(surge)}
        for name, counts in series.items()
        for surge in replay(counts, first, last)
    ]
    found.sort(key=lambda each: (each["day"], each["place"]))
    each = (replayed({name: counts}, first, last, name) for name, counts in series.items())
    past = reduce(Replayed.plus, each, Replayed(0, 0, 0.0))
    length = (last - first).days + 1
    return found, {**asdict(past), "days": length, "in_vain": round(past.share, 3)}
