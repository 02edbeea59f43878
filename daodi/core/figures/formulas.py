"""Every rate and count, as one table: what is counted, of what, by which day, and who says so.

A change of what is counted is a new version: the old line stays, so that old reports can be
counted again. Lists behind a figure use the same conditions as the figure.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.core.ledgers.kinds import Satisfied, Solved
from daodi.core.matters.states import OPEN_STATES, State


class Basis(StrEnum):
    """The day that decides to which window a matter belongs."""

    FILED = "filed_on"
    ANSWERED = "answered_on"
    CLEARED = "cleared_on"
    # What is there at the moment, whenever it was filed.
    STOCK = ""


@dataclass(frozen=True, slots=True)
class Formula:
    """How a figure is counted: `hits` (weight and condition) among the matters that `over` keeps.

    A formula without hits is a plain count. `good` says which direction is the better one: more,
    less, or neither.
    """

    name: str
    version: int
    label: Promise
    means: Promise
    source: str
    over: Q
    hits: tuple[tuple[float, Q], ...] = ()
    basis: Basis = Basis.FILED
    good: str = "more"

    @property
    def code(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def is_rate(self) -> bool:
        return bool(self.hits)

    def hit(self) -> Q:
        """Return the condition of a matter that counts as a hit, fully or in part."""
        found = Q()
        for _weight, condition in self.hits:
            found |= condition
        return self.over & found


EVERYTHING = Q(pk__isnull=False)
# Left out of every rate, and of no count: what a reviewer took out, what ended without an answer
# being due, and what is answered together with another.
VALID = Q(is_excluded=False) & ~Q(state__in=(State.DECLINED, State.MERGED, State.WITHDRAWN))
SENT = VALID & Q(dispatched_at__isnull=False)
ANSWERED = VALID & Q(answered_at__isnull=False)
JUDGED = ANSWERED & ~Q(satisfied="")
OPEN = Q(state__in=OPEN_STATES)
SATISFIED, BASICALLY = Q(satisfied=Satisfied.YES), Q(satisfied=Satisfied.BASICALLY)

HENAN = "河南省政务服务便民热线运行管理办法"
SEEDS = "河南省郑州市、杞县、鄢陵县工作简报（2022—2023）：响应率、办结率、满意率"
BEIJING = (
    "北京市接诉即办：响应率、解决率、满意率，以有效回访数为分母（某区分析工具，基本满意计 0.9）"
)
PRACTICE = "各地 12345 考核通行口径"
OWN = "到底"


def _within(days: int) -> Q:
    return Q(answered_at__lte=F("filed_at") + timedelta(days=days))


# A table is read by its columns.
# fmt: off
FORMULAS = {formula.code: formula for formula in (
    # How much there is
    Formula("filed", 1, _("Filed matters"), _("Matters filed in the window."), OWN, EVERYTHING,
            good=""),
    Formula("answered", 1, _("Answered matters"),
            _("Matters answered for the first time in the window."),
            OWN, EVERYTHING, basis=Basis.ANSWERED, good=""),
    Formula("cleared", 1, _("Cleared matters"), _("Matters cleared in the window."), OWN,
            EVERYTHING, basis=Basis.CLEARED, good=""),
    Formula("open", 1, _("Open matters"), _("Matters that are open at the moment."), OWN, OPEN,
            basis=Basis.STOCK, good=""),
    # In time
    Formula("dispatch_on_time", 1, _("Dispatched in time"),
            _("Dispatched within the limit, of those whose dispatch clock is decided."),
            HENAN, VALID & Q(dispatch_kept__isnull=False), ((1, Q(dispatch_kept=True)),)),
    Formula("accept_on_time", 1, _("Signed for in time"),
            _("Signed for within the limit, of those whose clock is decided."),
            HENAN, VALID & Q(accept_kept__isnull=False), ((1, Q(accept_kept=True)),)),
    Formula("respond_on_time", 1, _("First response in time"),
            _("The resident was contacted within the limit, of those whose clock is decided."),
            HENAN, VALID & Q(respond_kept__isnull=False), ((1, Q(respond_kept=True)),)),
    Formula("on_time", 1, _("Answered in time"),
            _("Answered within the limit, of those answered or overdue and not suspended."),
            HENAN, VALID & Q(kept__isnull=False) & ~Q(state=State.SUSPENDED),
            ((1, Q(kept=True)),)),
    Formula("within_7", 1, _("Answered within 7 days"),
            _("Answered within 7 times 24 hours of filing, of all that were answered."),
            OWN, ANSWERED, ((1, _within(7)),)),
    Formula("within_30", 1, _("Answered within 30 days"),
            _("Answered within 30 times 24 hours of filing, of all that were answered."),
            OWN, ANSWERED, ((1, _within(30)),)),
    # The three rates of the counties
    Formula("response", 1, _("Response rate"),
            _("The resident was contacted or answered, of all that were dispatched."),
            SEEDS, SENT, ((1, Q(contacted_at__isnull=False) | Q(answered_at__isnull=False)),)),
    Formula("completion", 1, _("Completion rate"),
            _("Handed in or cleared, of all that were taken up."),
            SEEDS, VALID, ((1, Q(state__in=(State.HANDED_IN, State.CLEARED))),)),
    Formula("satisfaction", 1, _("Satisfaction rate"),
            _("Satisfied or basically satisfied, of all that were judged."),
            SEEDS, JUDGED, ((1, SATISFIED | BASICALLY),)),
    # Beijing's three
    Formula("bj_response", 1, _("Response (Beijing)"),
            _("The resident was contacted, of all that were judged."),
            BEIJING, JUDGED, ((1, Q(contacted_at__isnull=False)),)),
    Formula("bj_solved", 1, _("Solved (Beijing)"),
            _("Solved, of all that were judged."),
            BEIJING, JUDGED, ((1, Q(solved=Solved.YES)),)),
    Formula("bj_satisfied", 1, _("Satisfied (Beijing)"),
            _("Satisfied, and 0.9 of each basically satisfied, of all that were judged."),
            BEIJING, JUDGED, ((1, SATISFIED), (0.9, BASICALLY))),
    # How well
    Formula("first_time", 1, _("Cleared at the first go"),
            _("Cleared without any redo, of all that were cleared."),
            PRACTICE, VALID & Q(state=State.CLEARED), ((1, Q(redos=0)),)),
    Formula("judged", 1, _("Judged share"),
            _("Judged by the resident, of all that were answered."),
            PRACTICE, ANSWERED, ((1, ~Q(satisfied="")),)),
    Formula("bounce", 1, _("Objection rate"),
            _("Sent back by a unit at least once, of all that were dispatched."),
            PRACTICE, SENT, ((1, Q(bounces__gt=0)),), good="less"),
    Formula("redo", 1, _("Redo rate"),
            _("Redone at least once, of all that were answered."),
            PRACTICE, ANSWERED, ((1, Q(redos__gt=0)),), good="less"),
    Formula("suspended", 1, _("Suspended share"),
            _("Suspended at the moment, of all that are open."),
            PRACTICE, OPEN, ((1, Q(state=State.SUSPENDED)),), basis=Basis.STOCK, good="less"),
    Formula("overdue", 1, _("Overdue share"),
            _("Past the deadline at the moment, of all that are open."),
            HENAN, OPEN, ((1, Q(kept=False, answered_at=None)),), basis=Basis.STOCK, good="less"),
)}
# fmt: on


def formula(code: str) -> Formula:
    """Return a formula by its code, or by its name alone in its latest version (KeyError)."""
    if code in FORMULAS:
        return FORMULAS[code]
    versions = [each for each in FORMULAS.values() if each.name == code]
    if not versions:
        raise KeyError(code)
    return max(versions, key=lambda each: each.version)
