"""Print how good the judgement is: suggestions, masking, repeats, topics, early warning.

    export DJANGO_SETTINGS_MODULE=daodi.settings PYTHONPATH=.
    .venv/bin/python bench/insight.py [--only masking,surges] [--skip suggestions] [--folds 1]

Tables are read from the folder that DAODI_SHARED names; what has none is left out. What came of
it, and how it is to be read: docs/judgement.md.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryFile

import suggest
import topics as made_up

from daodi.cli.insight import TEXT, TIME, TITLE, posts_of, read_rows
from daodi.cli.surges import look_back, series_of
from daodi.lib.masking import find
from daodi.lib.repeats import find_repeats
from daodi.lib.topics.finding import find_topics
from daodi.lib.topics.runs import Pile, Post, counted
from tests.masking_sample import sample
from tests.test_masking import LEAST, missed, wrong

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DAODI_SHARED", ROOT.parent / "shared"))
DATA = SHARED / "data" if (SHARED / "data").is_dir() else SHARED
LABELLED = DATA / "labelled_requests.csv.gz"
MESSAGES = DATA / "requests_2017-2020_4326.xlsx"
TOP = 10
GROUPED = 20_000  # made-up messages; `bench/topics.py` takes a million


def main() -> None:
    asked = _asked()
    names = asked.only.split(",") if asked.only else list(PARTS)
    for name in names:
        if name in asked.skip.split(","):
            continue
        needed, part = PARTS[name]
        if needed and not needed.exists():
            print(f"{name}: left out, there is no {needed}", flush=True)
            continue
        begun = time.process_time()
        print(f"{name}:", flush=True)
        for line in part(asked):
            print(f"  {line}", flush=True)
        print(f"  {time.process_time() - begun:.0f} s of processor time", flush=True)


def suggestions(asked: argparse.Namespace) -> Iterator[str]:
    suggest.report(LABELLED, asked.folds)
    yield f"of 5 folds: {asked.folds}"


def masking(_asked: argparse.Namespace) -> Iterator[str]:
    """Measure on sentences written and marked by hand, not on anybody's messages."""
    rows = sample()
    for kind in LEAST:
        total = sum(marked == kind for row in rows for _start, _end, marked in row.marks)
        yield f"{kind}: recall {1 - len(missed(rows, kind)) / total:.3f} of {total}"
    found = sum(len(find(row.text)) for row in rows)
    yield f"precision {1 - len(wrong(rows)) / found:.3f} of {found}, {len(rows)} sentences"


def repeats(_asked: argparse.Namespace) -> Iterator[str]:
    found = Counter(str(group.how) for group in find_repeats(_posts()))
    yield ", ".join(f"{how} {times}" for how, times in found.items()) + " groups"


def topics(_asked: argparse.Namespace) -> Iterator[str]:
    posts = _posts()
    with TemporaryFile() as file:
        last = max(post.day for post in posts)
        found = find_topics(posts, Pile(file, [counted(posts)]), last)
    for topic in sorted(found, key=lambda one: -one.peak)[:TOP]:
        yield f"{topic.peak:5.1f} {topic.people:3} people since {topic.since} {topic.name}"
    yield f"{len(found)} topics in {len(posts)} messages; made-up ones:"
    made_up.report(GROUPED, GROUPED // 330)


def surges(_asked: argparse.Namespace) -> Iterator[str]:
    _found, rates = look_back(series_of(_posts()))
    yield "{told} told in {days} days of {series} series; by chance {by_chance:.1f}".format(**rates)


def _posts() -> list[Post]:
    posts = posts_of(list(read_rows(MESSAGES, TITLE, TEXT, TIME)))
    return [post for post in posts if post.day > date.min]


Part = Callable[[argparse.Namespace], Iterator[str]]
PARTS: dict[str, tuple[Path | None, Part]] = {
    "suggestions": (LABELLED, suggestions),
    "masking": (None, masking),
    "repeats": (MESSAGES, repeats),
    "topics": (MESSAGES, topics),
    "surges": (MESSAGES, surges),
}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--only", default="", help=f"some of {','.join(PARTS)}")
    parser.add_argument("--skip", default="", help="the same, left out")
    parser.add_argument("--folds", type=int, default=1, help="of suggestions, out of 5")
    return parser.parse_args()


if __name__ == "__main__":
    main()
