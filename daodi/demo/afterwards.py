"""After the work: what the resident says of it, redo, clearing, and the trouble that is back."""

from datetime import timedelta

from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.demo.case import Case, Course
from daodi.demo.on_the_way import press
from daodi.demo.pictures import picture_of
from daodi.demo.texts import RequestText
from daodi.demo.world import HOTLINE

MOST_ROUNDS = 3
SILENT = 0.16
# How often somebody is not content, by the answer they got.
AGAINST_POOR, AGAINST_GOOD = 0.62, 0.06


def hand_in(case: Case, request: RequestText) -> bool:
    """Hand the result in; say whether it is one that says nothing."""
    poor = case.world.happens(case.manner.poor)
    files = []
    if request.way == "site" and not poor and case.world.happens(0.05):
        files = picture_of(case.world.rng, request.category, after=True)
    answer = request.bad_answer if poor else request.answer
    case.act("hand_in", case.handler(), account=request.account, answer=answer, files=files)
    return poor


def follow_up(case: Case, request: RequestText, *, poor: bool = False) -> Course:
    """Let the resident judge, or a caller ask; what is not solved goes round once more."""
    for number in range(MOST_ROUNDS):
        if case.fresh().state != State.HANDED_IN or case.world.happens(SILENT):
            return
        by = _who_judges(case)
        yield case.after(18, HOTLINE)
        against = AGAINST_POOR if poor else AGAINST_GOOD
        # What no unit has handled cannot be done again.
        if case.matter.unit is None or not case.world.happens(against):
            yield from _content(case, by)
            yield from _back_again(case, request)
            return
        if not _not_content(case, by):
            return
        yield from _once_more(case, request, number)
        poor = case.world.happens(case.manner.poor)


def _who_judges(case: Case) -> Member | Side:
    centre = case.matter.ledger.unit
    if case.is_secret or case.lead.is_within(centre) or case.world.happens(0.38):
        return Side.RESIDENT
    return case.world.someone(Role.CALLER)


def _content(case: Case, by: Member | Side) -> Course:
    """Judge well: it is cleared by itself, or by the caller at once."""
    satisfied = case.world.rng.choice(("yes", "yes", "yes", "basically"))
    solved = "yes" if satisfied == "yes" else case.world.rng.choice(("yes", "partly"))
    name = "judge_good" if satisfied == "yes" else "judge_fair"
    remark = case.words(name if by is Side.RESIDENT else "call_good")
    case.act("judge", by, solved=solved, satisfied=satisfied, remark=remark)
    if isinstance(by, Member) and case.world.happens(0.7):
        case.now += timedelta(minutes=2)
        yield case.now
        if case.fresh().state == State.HANDED_IN:
            case.act("clear", by)


def _not_content(case: Case, by: Member | Side) -> bool:
    remark = case.words("judge_bad" if by is Side.RESIDENT else "call_bad")
    solved = case.world.rng.choice(("no", "no", "partly"))
    case.act("judge", by, solved=solved, satisfied="no", remark=remark)
    name = "redo" if by is Side.RESIDENT else "send_back"
    return case.act(name, by, text=case.words(name))


def _once_more(case: Case, request: RequestText, number: int) -> Course:
    """Handle it again; after the second time with an order."""
    yield case.after(8 * case.manner.pace)
    if number and not case.is_secret:
        yield from press(case, "press_again")
    yield case.after(22 * case.manner.pace)
    more = case.words("hand_again")
    case.act("hand_in", case.handler(), account=f"{request.account}{more}", answer=more)


def _back_again(case: Case, request: RequestText) -> Course:
    """Remember it: somebody may say that the trouble is back, and it may be taken up again."""
    case.world.solved.append(case)
    if case.is_secret or case.matter.unit is None or not case.world.happens(0.02):
        return
    yield case.after(24 * 9, HOTLINE)
    by = case.world.someone(Role.SUPERVISOR) if case.world.happens(0.3) else Side.RESIDENT
    if not case.act("reopen", by, text=case.words("reopen")):
        return
    yield case.after(4 * case.manner.pace)
    case.act("accept", case.handler())
    yield case.after(2 * case.manner.pace)
    case.act("contact", case.handler(), text=case.words("contact"))
    yield from _once_more(case, request, 0)
    yield from follow_up(case, request)
