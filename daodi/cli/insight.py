"""What stands in texts besides their category: a look at tables, without a database."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daodi.core.exceptions import Refused
from daodi.lib.dates import NotAMoment, read_moment
from daodi.lib.repeats import How, find_repeats
from daodi.lib.replies import Lack, check
from daodi.lib.sheets import Row, open_table
from daodi.lib.together import spread
from daodi.lib.topics.finding import FEWEST_PEOPLE, Topic, find_topics
from daodi.lib.topics.runs import Pile, Post, counted

app = typer.Typer()

TITLE, TEXT, REPLY = "留言主题", "留言详情", "答复意见"
NUMBER, PERSON, TIME, LIKES = "留言编号", "留言用户", "留言时间", "点赞数"
AT_ONCE = 5000
SHOWN = 10

LACKS: dict[Lack, Promise] = {
    Lack.SUBJECT: gettext_lazy("hardly names what the request is about"),
    Lack.QUESTION: gettext_lazy("leaves a question open"),
    Lack.FOUND: gettext_lazy("does not say what was found"),
    Lack.DONE: gettext_lazy("does not say what was or will be done"),
    Lack.WHO: gettext_lazy("names no unit"),
    Lack.WHEN: gettext_lazy("promises without a day"),
    Lack.RULE: gettext_lazy("says no without a rule or reason"),
    Lack.CONTACT: gettext_lazy("does not say whom to ask"),
    Lack.GREETING: gettext_lazy("has no greeting"),
    Lack.TONE: gettext_lazy("may be taken amiss"),
    Lack.CONSULTATION: gettext_lazy("calls a complaint a question"),
    Lack.PERSON: gettext_lazy("points to a person"),
}
SAME: dict[How, Promise] = {
    How.EQUAL: gettext_lazy("one text"),
    How.NEAR: gettext_lazy("nearly one text"),
    How.MATTER: gettext_lazy("one thing in one place"),
}

AsJson = Annotated[bool, typer.Option("--json", help="For programs to read.")]


@app.command("check-reply")
def check_reply(file: Path, as_json: AsJson = False) -> None:
    """A table with 留言主题, 留言详情 and 答复意见; hints on the words, no marks."""
    rows = [row for row in read_rows(file, TITLE, TEXT, REPLY) if _text(row, REPLY)]
    found: list[dict[str, Any]] = [
        {
            "row": row.number,
            "hints": [
                {"lack": hint.lack, "words": hint.words}
                for hint in check(_text(row, TITLE), _text(row, TEXT), _text(row, REPLY))
            ],
        }
        for row in rows
    ]
    if as_json:
        _print(found)
        return
    counts = Counter(hint["lack"] for each in found for hint in each["hints"])
    for lack, times in counts.most_common():
        typer.echo(f"{times:7}  {LACKS[lack]}")
    whole = sum(not each["hints"] for each in found)
    typer.echo(
        _("%(rows)s replies, %(whole)s without a hint.") % {"rows": len(found), "whole": whole}
    )


@app.command()
def repeats(file: Path, as_json: AsJson = False) -> None:
    """Rows with one text, nearly one text, and those about one thing in one place."""
    rows = list(read_rows(file, TITLE, TEXT))
    found: list[dict[str, Any]] = [
        {"how": each.how, "rows": [rows[place].number for place in each.rows]}
        for each in find_repeats(posts_of(rows))
    ]
    if as_json:
        _print(found)
        return
    for each in found:
        typer.echo(f"{SAME[each['how']]}  {' '.join(map(str, each['rows']))}")
    typer.echo(
        _("%(rows)s messages, %(groups)s groups; the numbers are rows of the table.")
        % {"rows": len(rows), "groups": len(found)}
    )


@app.command()
def topics(
    file: Path,
    as_json: AsJson = False,
    most: Annotated[int, typer.Option(help="How many are shown.")] = SHOWN,
    now: Annotated[
        bool, typer.Option("--now", help="What is hot on the last day, not what was at its peak.")
    ] = False,
    fewest: Annotated[int, typer.Option(help="People who write of it at least.")] = FEWEST_PEOPLE,
) -> None:
    """Needs 留言主题, 留言详情 and 留言时间; with 留言用户 people are told apart."""
    posts = dated(posts_of(list(read_rows(file, TITLE, TEXT, TIME))))
    parts = [posts[start : start + AT_ONCE] for start in range(0, len(posts), AT_ONCE)]
    with TemporaryFile() as runs:
        pile = Pile(runs, spread(counted, parts, settings.DASK_SCHEDULER))
        found = find_topics(posts, pile, max(post.day for post in posts), fewest=fewest)
    if not now:
        found.sort(key=lambda topic: -topic.peak)
    if as_json:
        _print([_shown(topic) for topic in found[:most]])
        return
    for place, topic in enumerate(found[:most], 1):
        typer.echo(f"{place:3} {topic.name}")
        typer.echo(
            _("    %(people)s people, %(posts)s messages since %(since)s, hottest on %(peak)s")
            % {
                "people": topic.people,
                "posts": len(topic.posts),
                "since": topic.since,
                "peak": topic.peak_on,
            }
        )
        for post in topic.posts:
            typer.echo(f"      {post.day} {post.key} {post.title}")
    if not found:
        typer.echo(
            _("In %(rows)s messages there is nothing that %(people)s people write about.")
            % {"rows": len(posts), "people": fewest}
        )


def _shown(topic: Topic) -> dict[str, Any]:
    return {
        "name": topic.name,
        "place": topic.place,
        "thing": topic.thing,
        "people": topic.people,
        "since": topic.since,
        "heat": topic.heat,
        "peak": topic.peak,
        "peak_on": topic.peak_on,
        "handled": topic.done,
        "curve": topic.curve,
        "members": [{"number": post.key, "title": post.title} for post in topic.posts],
    }


def read_rows(file: Path, *needed: str) -> Iterable[Row]:
    table = open_table(file)
    if missing := [name for name in needed if name not in table.columns]:
        raise Refused(_("The table has no column %(names)s.") % {"names": ", ".join(missing)})
    return table.rows()


def posts_of(rows: Sequence[Row]) -> list[Post]:
    return [_post(row) for row in rows]


def dated(posts: Sequence[Post]) -> list[Post]:
    """Return the posts of a known day; say how many were left out, refuse when it is all."""
    found = [post for post in posts if post.day > date.min]
    if not found:
        raise Refused(
            _("No time in the column %(name)s can be read. Write it like 2024-06-12 08:30.")
            % {"name": TIME}
        )
    if left_out := len(posts) - len(found):
        words = ngettext(
            "%(n)s message without a time that can be read is left out.",
            "%(n)s messages without a time that can be read are left out.",
            left_out,
        )
        typer.echo(words % {"n": left_out}, err=True)
    return found


def _post(row: Row) -> Post:
    key = _text(row, NUMBER) or str(row.number)
    likes = row.cells.get(LIKES)
    return Post(
        key=key,
        person=_text(row, PERSON) or key,
        day=_day(row),
        title=_text(row, TITLE),
        text=_text(row, TEXT),
        likes=int(likes) if isinstance(likes, int | float) else 0,
        # Without a column that says so, what has an answer has been dealt with.
        is_done=bool(_text(row, REPLY)),
    )


def _day(row: Row) -> date:
    """Return the day of a row; what has none, or one that is none, comes first."""
    zone = ZoneInfo(settings.TIME_ZONE)
    try:
        moment: datetime | None = read_moment(row.cells.get(TIME), zone)
    except NotAMoment:
        moment = None
    return moment.astimezone(zone).date() if moment else date.min


def _text(row: Row, name: str) -> str:
    value = row.cells.get(name)
    return "" if value is None else str(value).strip()


def _print(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, default=str))
