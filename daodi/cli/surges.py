"""What would have stood out in the past, place by place; without a database."""

import json
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from daodi.cli.insight import TEXT, TIME, TITLE, posts_of, read_rows
from daodi.lib.places import find
from daodi.lib.surges import LEAST, replay

app = typer.Typer()


@app.command()
def surges(
    file: Path, as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False
) -> None:
    """Needs 留言主题, 留言详情 and 留言时间: each place that titles name is a series of its own.

    Each day is judged by the days before it alone, as it would have been on that day.
    """
    series: dict[str, Counter[Any]] = defaultdict(Counter)
    for post in posts_of(list(read_rows(file, TITLE, TEXT, TIME))):
        for name in {place.name for place in find(post.title)}:
            series[name][post.day] += 1
    first = min(min(days) for days in series.values())
    last = max(max(days) for days in series.values())
    found = [
        {"place": name, **asdict(surge)}
        for name, days in sorted(series.items())
        if days.total() >= LEAST
        for surge in replay(days, first, last)
    ]
    found.sort(key=lambda each: (each["day"], each["place"]))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    for each in found:
        typer.echo(
            f"{each['day']} {each['place']}: {each['count']} / {each['days']} d, "
            f"{each['expected']} expected"
        )
