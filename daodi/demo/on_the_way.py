"""What may happen while a request is being handled: objections, questions, more time, a halt."""

from collections.abc import Callable
from datetime import datetime, timedelta

from daodi.core.matters.states import Side
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.demo.case import Case, Course
from daodi.demo.texts import RequestText
from daodi.demo.world import HOTLINE, OFFICE

PATIENCE = timedelta(hours=20)
READ_AFTER = timedelta(hours=5)
TOO_LITTLE = "只有过程没有结果，请明确哪天办完、由谁负责后重新回复。"
ENOUGH = "已明确分管负责人包案，今天进场，两天内办结，并已告知来电人。"
IT_COUNTS = "复核认为证据不足，恢复计入考核。"


def befall(case: Case) -> Course:
    """Let come over it what its fate is."""
    what = _BEFALLS.get(case.fate)
    if what:
        yield from what(case)


def sent_wrong(case: Case, operator: Member) -> Course:
    """Send it where it does not belong; that unit objects, and the supervisor agrees."""
    right, wrong = case.lead, case.world.other(case.lead)
    case.act("dispatch", operator, lead=wrong, content=case.words("dispatch"))
    yield case.after(6)
    reason, _sep, basis = case.words("object_wrong", wrong=str(wrong.name)).partition("依据：")
    case.lead = wrong
    case.act("object", case.handler(), text=reason, basis=basis)
    case.lead = right
    yield case.after(8)
    case.act("uphold", case.world.someone(Role.SUPERVISOR), text=case.words("uphold"))
    yield case.after(1.5, HOTLINE)
    case.act("dispatch", operator, lead=right, content=case.words("dispatch"))


def object_to(case: Case, request: RequestText) -> Course:
    """Let the right unit say that it is not the right one; the supervisor knows better."""
    yield case.after(7)
    reason, _sep, basis = request.objection.partition("依据：")
    case.act("object", case.handler(), text=reason, basis=basis or "部门职责清单")
    yield case.after(9)
    case.act("overrule", case.world.someone(Role.SUPERVISOR), text=case.words("overrule"))


def overdue(case: Case, *, started: datetime, ends: datetime) -> Course:
    """If it takes longer than promised, a supervisor may press; now and then that helps nothing."""
    promised = case.fresh().promised_at
    if promised is None or ends < promised + PATIENCE or case.world.happens(0.45):
        return
    case.now = max(started, promised)
    yield case.after(12)
    if case.now < ends:
        yield from press(case, "press_late")


def press(case: Case, name: str) -> Course:
    """Write an order, and let the unit answer it."""
    limit = case.world.rng.choice(("P1D", "P1W", "P3W"))
    order, supervisor = case.words(name), case.world.someone(Role.SUPERVISOR)
    if case.act("press", supervisor, text=order, limit=limit):
        yield case.after(10 * case.manner.pace)
        case.act("answer_order", case.leader(), text=case.words("answer_order"))
        yield _read_later(case)
        # Not by dice: what else befalls the county stays as it was.
        if case.now.day % 7 == 0:
            case.act("return_order", supervisor, text=TOO_LITTLE, limit="P1W")
            yield _read_later(case)
            case.act("answer_order", case.leader(), text=ENOUGH)
            yield _read_later(case)
        case.act("close_order", supervisor)


def _read_later(case: Case) -> datetime:
    case.now = case.world.at_work(case.now + READ_AFTER, OFFICE)
    return case.now


def _note(case: Case) -> Course:
    yield case.after(14)
    if case.request:
        public = case.world.happens(0.6)
        case.act("note", case.handler(), text=case.request.note, public=public)


def _ask(case: Case) -> Course:
    yield case.after(8)
    question, reply = case.words("ask").split(" => ")
    case.act("ask", case.handler(), text=question)
    yield case.after(18, HOTLINE)
    case.act("reply", Side.RESIDENT, text=reply)


def _write(case: Case) -> Course:
    yield case.after(20, HOTLINE)
    case.act("write", Side.RESIDENT, text=case.words("write"))


def _withdraw(case: Case) -> Course:
    yield case.after(6, HOTLINE)
    case.act("withdraw", Side.RESIDENT, remark=case.words("withdraw"))
    case.is_over = True


def _extend(case: Case) -> Course:
    yield case.after(16)
    latest = max(case.now, case.fresh().promised_at or case.now)
    until = (latest + timedelta(days=case.world.rng.randint(4, 12))).date()
    text = case.words("extend")
    if not case.act("extend", case.handler(), until=until, text=text):
        return
    yield case.after(8)
    supervisor = case.world.someone(Role.SUPERVISOR)
    if case.world.happens(0.75):
        case.act("grant_extension", supervisor, remark=case.words("grant_extension"))
        yield case.after(60)
    else:
        case.act("refuse_extension", supervisor, text=case.words("refuse_extension"))


def _suspend(case: Case) -> Course:
    yield case.after(20)
    review = (case.now + timedelta(days=case.world.rng.randint(30, 75))).date()
    plan = case.request.suspend_plan if case.request else case.words("suspend_why")
    text = case.words("suspend_why")
    if not case.act("suspend", case.leader(), text=text, plan=plan, review_on=review):
        return
    yield case.after(10)
    supervisor = case.world.someone(Role.SUPERVISOR)
    if case.world.happens(0.2):
        case.act("refuse_suspension", supervisor, text=case.words("refuse_suspension"))
        return
    case.act("grant_suspension", supervisor, remark=case.words("grant_suspension"))
    yield case.after(24 * 40)
    case.act("resume", case.handler(), text=case.words("resume"))


def _joint(case: Case) -> Course:
    yield case.after(18)
    part = case.fresh().parts.select_related("unit").filter(ended_at=None).first()
    if part:
        member = case.world.member(part.unit, Role.HANDLER)
        case.act("hand_part", member, text=case.words("part"))


def _forward(case: Case) -> Course:
    place = case.request.place_code if case.request else ""
    below = case.world.below(case.lead, place, case.values["topic"])
    if below and case.act("forward", case.handler(), below=below, text=case.words("forward")):
        case.lead = below
        yield case.after(3)


def _press(case: Case) -> Course:
    yield case.after(3)
    yield from press(case, "press_late" if not case.hurry else "press_urgent")


def _exclude(case: Case) -> Course:
    yield case.after(30)
    supervisor = case.world.someone(Role.SUPERVISOR)
    if case.act("exclude", supervisor, text=case.words("exclude")) and case.now.day % 7 == 0:
        yield _read_later(case)
        case.act("include", supervisor, text=IT_COUNTS)


_BEFALLS: dict[str, Callable[[Case], Course]] = {
    "note": _note,
    "ask": _ask,
    "write": _write,
    "withdraw": _withdraw,
    "extend": _extend,
    "suspend": _suspend,
    "joint": _joint,
    "forward": _forward,
    "press": _press,
    "exclude": _exclude,
}
