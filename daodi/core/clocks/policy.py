"""What a policy says: which moves start, stop and pause which clock, and who is told when.

Pure: read from YAML or JSON, checked on reading, and never changed afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import get_language

from daodi.lib.limits import Limit
from daodi.lib.worktime import Counting

Json = Mapping[str, Any]
CARDS = ("", "yellow", "red")
FACTS = ("urgency", "kind", "category")
LONGEST = 20
MOST_SHARE = 100


@dataclass(frozen=True, slots=True)
class Alarm:
    """At which share of the limit who is told; 1 is the deadline, 2 twice the time allowed."""

    share: float
    tell: tuple[str, ...]
    card: str = ""
    order: bool = False

    @classmethod
    def read(cls, data: Json) -> Self:
        if data.get("card", "") not in CARDS:
            raise ValueError(f"unknown card {data['card']!r}: write yellow or red")
        share = float(data["at"])
        if not 0 < share < MOST_SHARE:
            raise ValueError(f"an alarm at {share} of the limit: write more than 0, such as 0.8")
        return cls(
            share=share,
            tell=tuple(data.get("tell", ())),
            card=data.get("card", ""),
            order=bool(data.get("order", False)),
        )


@dataclass(frozen=True, slots=True)
class LimitFor:
    """A limit and the matters it is for: the first one that fits is taken."""

    limit: Limit
    counting: Counting
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @classmethod
    def read(cls, data: Json) -> Self:
        when = tuple(
            (key, tuple(value) if isinstance(value, list) else (str(value),))
            for key, value in data.get("when", {}).items()
        )
        if unknown := data.get("when", {}).keys() - set(FACTS):
            raise ValueError(f"unknown condition {min(unknown)!r}: write {', '.join(FACTS)}")
        limit = Limit.parse(data["limit"])
        usual = Counting.WORKDAYS if limit.workdays else Counting.ALWAYS
        return cls(limit, Counting(data.get("counts", usual)), when)

    def fits(self, facts: Mapping[str, str]) -> bool:
        """Say whether all conditions hold; a category fits with everything below it."""
        return all(
            facts.get(key, "").startswith(values) if key == "category" else facts.get(key) in values
            for key, values in self.when
        )


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One clock: what starts it, stops it, voids it and pauses it, and how long it runs."""

    name: str
    label: str
    label_en: str
    party: str
    starts: frozenset[str]
    stops: frozenset[str]
    voids: frozenset[str]
    pauses: frozenset[str]
    limits: tuple[LimitFor, ...]
    alarms: tuple[Alarm, ...]
    content: str = ""
    promise: bool = False

    @classmethod
    def read(cls, name: str, data: Json) -> Self:
        if missing := {"label", "starts", "stops", "limits"} - data.keys():
            raise ValueError(f"the clock {name} needs: {', '.join(sorted(missing))}")
        for key in ("starts", "stops", "voids", "pauses", "limits", "alarms"):
            if not isinstance(data.get(key, []), list):
                raise TypeError(f"{key} of the clock {name}: write a list")
        return cls(
            name=name,
            label=data["label"],
            label_en=data.get("label_en", data["label"]),
            party=data.get("party", "unit"),
            starts=frozenset(data["starts"]),
            stops=frozenset(data["stops"]),
            voids=frozenset(data.get("voids", ())),
            pauses=frozenset(data.get("pauses", ())),
            limits=tuple(LimitFor.read(line) for line in data["limits"]),
            alarms=tuple(sorted(map(Alarm.read, data.get("alarms", ())), key=lambda a: a.share)),
            content=data.get("content", ""),
            promise=bool(data.get("promise", False)),
        )

    @property
    def title(self) -> str:
        """Return what it is called in the language of the reader."""
        return self.label_en if get_language() == "en" else self.label

    def limit_for(self, facts: Mapping[str, str]) -> LimitFor | None:
        """Return the limit for a matter with these facts; None: this clock is not for it."""
        return next((line for line in self.limits if line.fits(facts)), None)


@dataclass(frozen=True, slots=True)
class Policy:
    """All clocks of a ledger."""

    clocks: tuple[ClockRule, ...]

    @classmethod
    def read(cls, rules: Json) -> Self:
        """Read what a YAML or JSON file says; raise ValueError or KeyError for nonsense."""
        # The database keeps an object's keys in an order of its own.
        names = rules.get("order", list(rules["clocks"]))
        if unfit := [name for name in names if name in BUILT_IN or len(name) > LONGEST]:
            raise ValueError(f"a clock cannot be called {unfit[0]}")
        return cls(tuple(ClockRule.read(name, rules["clocks"][name]) for name in names))

    def rule(self, name: str) -> ClockRule | None:
        return next((clock for clock in self.clocks if clock.name == name), None)

    def concerns(self, move: str, before: str, after: str) -> bool:
        """Say whether a move, or the change of state it brings, touches any clock."""
        return any(
            move in clock.starts | clock.stops | clock.voids
            or (before in clock.pauses) != (after in clock.pauses)
            for clock in self.clocks
        )


def _built_in(
    name: str,
    label: str,
    label_en: str,
    stops: tuple[str, ...],
    late: tuple[str, ...] = (),
    **more: Any,
) -> ClockRule:
    return ClockRule.read(
        name,
        {
            "label": label,
            "label_en": label_en,
            "starts": [],
            "stops": list(stops),
            "limits": [],
            "alarms": [
                {"at": 0.8, "tell": ["handler", "leader"], "card": "yellow"},
                {"at": 1, "tell": ["handler", "leader", "supervisor", *late], "card": "red"},
            ],
            **more,
        },
    )


# Clocks that no policy starts: somebody sets their limit when they write the order or the plan.
ORDER = _built_in(
    "order", "督办", "Order", ("answer_order", "answer", "hand_in", "sign"), ("above",)
)
REVIEW = _built_in("review", "挂账复核", "Review of the suspension", ("resume",))
# The day that a task has of its own; while it runs, it is the promise in place of the policy's.
TASK = _built_in(
    "task", "任务时限", "Day of the task", ("hand_in", "sign", "answer"),
    promise=True, pauses=["suspended"],
)  # fmt: skip
BUILT_IN = {rule.name: rule for rule in (ORDER, REVIEW, TASK)}
