"""The ledger of a unit's rounds and processes, and the clocks that a process brings along.

A process has limits of its own, a policy has them by category. So each version of a process that
is started is a category of the ledger, and the next version of its policy has the limits of its
steps: the first begins when the matter is dispatched, each further one when the one before it was
reported on.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.apps.duties.models import Version
from daodi.core.clocks.services import publish_policy
from daodi.core.ledgers.kinds import Kind
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.ledgers.services import change_ledger, open_ledger
from daodi.core.people.models import Member, Unit

Rules = dict[str, Any]
REVISION = "R"
REVISION_LIMIT = "P20W"
NAME, NAME_EN = "工作清单台账", "Work lists"
SENT = ["dispatch", "overrule", "reopen"]
DONE = ["hand_in", "sign"]
ALARMS = [
    {"at": 0.8, "tell": ["handler", "leader"], "card": "yellow"},
    {"at": 1, "tell": ["handler", "leader", "supervisor"], "card": "red"},
]


@transaction.atomic
def ledger_of(unit: Unit, *, by: Member) -> Ledger:
    """Return the ledger on which a unit keeps rounds and processes, opening it the first time."""
    there = Ledger.objects.with_units().filter(code=_code(unit)).first()
    if there:
        return there
    policy = publish_policy(_code(unit), _policy({"resolve": _resolve()}), by=by)
    ledger = open_ledger(
        by=by, code=_code(unit), name=NAME, name_en=NAME_EN, prefix="QD", unit=unit,
        supervising_unit=unit, policy=policy, kinds=[Kind.TASK], clear_after_silence=3,
        decline_reasons=[_("Not a task of this unit")],
    )  # fmt: skip
    Category.objects.create(
        ledger=ledger, code=REVISION, level=1, name="清单修订", name_en="Revision"
    )
    return ledger


@transaction.atomic
def category_of(version: Version, ledger: Ledger, *, by: Member) -> Category:
    """Return the category of a process, and see to it that the ledger's clocks know its limits."""
    code = f"P{version.duty_id:07d}{version.number:03d}"
    category, is_new = Category.objects.get_or_create(
        ledger=ledger, code=code, defaults={"level": 1, "name": version.title[:60]}
    )
    if is_new:
        days = [step.days for step in version.process() if step.days]
        rules = with_process(ledger.policy.rules["clocks"], code, days)
        ledger.policy = publish_policy(_code(ledger.unit), _policy(rules), by=by)
        change_ledger(ledger, by=by)
    return category


def with_process(clocks: Rules, code: str, days: Sequence[int]) -> Rules:
    """Return the clocks with the limits of one process more: those of its steps, and of all."""
    found = deepcopy(clocks)
    if days:
        found["resolve"]["limits"].append(_limit(sum(days), code))
    for number, limit in enumerate(days, start=1):
        clock = found.setdefault(f"step{number}", _step(number))
        clock["limits"].append(_limit(limit, code))
    return found


def _code(unit: Unit) -> str:
    return f"duties-{unit.pk}"


def _policy(clocks: Rules) -> dict[str, Any]:
    source = "工作清单：清单修订 20 个工作日；流程各环节按清单写明的时限。"
    return {"name": NAME, "name_en": NAME_EN, "source": source, "clocks": clocks}


def _resolve() -> Rules:
    return {
        "label": "办结", "label_en": "Done", "promise": True, "starts": SENT, "stops": DONE,
        "voids": ["object"], "pauses": ["waiting", "suspended"], "alarms": ALARMS,
        "limits": [{"limit": REVISION_LIMIT, "when": {"category": REVISION}}],
    }  # fmt: skip


def _step(number: int) -> Rules:
    return {
        "label": f"环节 {number}", "label_en": f"Step {number}",
        "content": "这一环节谁做了什么、交出了什么",
        "starts": SENT if number == 1 else [f"report:step{number - 1}"],
        "stops": [f"report:step{number}", *DONE], "voids": ["object"],
        "pauses": ["waiting", "suspended"], "alarms": ALARMS, "limits": [],
    }  # fmt: skip


def _limit(days: int, code: str) -> Rules:
    return {"limit": f"P{days}W", "when": {"category": code}}
