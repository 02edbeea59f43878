"""The three schemes of the story, out of their book."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from daodi.apps.plans.drafting import NewLine
from daodi.apps.plans.models import Line, Plan, Step, TeamMember
from daodi.apps.plans.querysets import HEAD, ITEM, TASK
from daodi.apps.plans.reading import split_number
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role

BOOK = Path(__file__).with_name("story.yaml")
WEEK, LASTS = timedelta(weeks=1), timedelta(weeks=26)
FRIDAY = timedelta(days=3)
Json = dict[str, Any]
Somebody = Callable[[Unit, Role], Member]


class Schemes:
    """The plans as they are drafted on a Monday; `paces` says how each task will go."""

    def __init__(self, first: date, units: dict[str, Unit], somebody: Somebody) -> None:
        self.first, self.units, self.somebody = first, units, somebody
        self.paces: dict[str, str] = {}

    def all(self, ledger: Ledger) -> Iterator[tuple[Plan, list[TeamMember], list[NewLine]]]:
        """Yield each plan with its team and its lines, nothing of it stored."""
        for scheme in yaml.safe_load(BOOK.read_text(encoding="utf-8")):
            team = [TeamMember(duty=d, name=name, post=post) for d, name, post in scheme["people"]]
            yield self._plan(ledger, scheme), team, list(self._lines(scheme["heads"]))

    def day(self, week: int) -> date:
        """Return the Friday before a week of the plan begins."""
        return self.first + week * WEEK - FRIDAY

    def _plan(self, ledger: Ledger, scheme: Json) -> Plan:
        said = ("title", "source_kind", "source", "source_number", "aim", "team")
        return Plan(
            ledger=ledger,
            category=ledger.categories.get(code="ZX"),
            source_date=self.first - timedelta(days=5),
            first_day=self.first,
            last_day=self.first + LASTS,
            is_public=scheme.get("is_public", False),
            **{name: scheme[name] for name in said},
        )

    def _lines(self, heads: list[dict[str, Any]]) -> Iterator[NewLine]:
        for head in heads:
            yield _titled(HEAD, head["title"])
            for item in head["items"]:
                yield _titled(ITEM, item["title"])
                for number, task in enumerate(item["tasks"], start=1):
                    self.paces[task["title"]] = task["pace"]
                    yield self._task(number, task)

    def _task(self, number: int, task: dict[str, Any]) -> NewLine:
        lead = self.units[task["lead"]]
        line = Line(
            level=TASK,
            number=f"{number}.",
            title=task["title"],
            standard=task["standard"],
            lead=lead,
            leader=str(self.somebody(lead, Role.LEADER)),
            handler=str(self.somebody(lead, Role.HANDLER)),
            due=self.day(task["week"]),
            target=Decimal(task["target"]) if "target" in task else None,
            measure=task.get("measure", ""),
            evidence="现场前后对比照片、验收单",
        )
        steps = [Step(title=words, day=self.day(week)) for week, words in task.get("steps", ())]
        return NewLine(line, [self.units[code] for code in task["joint"]], steps)


def _titled(level: int, words: str) -> NewLine:
    number, title = split_number(words)
    return NewLine(Line(level=level, number=number, title=title))
