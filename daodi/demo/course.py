"""How a request fares, as a generator: it yields when its next act is.

What befalls it on its way is its `fate`; how long things take depends on the unit that leads.
"""

from collections.abc import Generator
from datetime import datetime
from functools import cache

from daodi.core.intake.filing import Filing
from daodi.core.ledgers.kinds import Channel
from daodi.core.matters.contacts import Person
from daodi.core.people.models import Member
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.people.roles import Role
from daodi.demo.afterwards import follow_up, hand_in
from daodi.demo.case import Case, Course
from daodi.demo.on_the_way import befall, object_to, overdue, sent_wrong
from daodi.demo.people import resident
from daodi.demo.phrasebook import book, expand
from daodi.demo.pictures import picture_of
from daodi.demo.texts import RequestText
from daodi.demo.world import HOTLINE, World

CHANNELS = (Channel.WEB, Channel.WEB, Channel.WEB, Channel.PHONE, Channel.PHONE, Channel.COUNTER)
PHOTOGRAPHED = 0.3
# Hours that the work itself usually takes, by what is wanted.
WORK = {"consult": 14, "help": 30, "suggestion": 40, "opinion": 36, "complaint": 62, "report": 70}
# A fate, and of how many requests in a thousand.
FATES = {
    "note": 240, "ask": 55, "extend": 55, "suspend": 24, "write": 60, "withdraw": 12,
    "wrong": 40, "joint": 90, "forward": 130, "press": 12, "exclude": 8,
}  # fmt: skip


def draw_fate(world: World, request: RequestText) -> str:
    """Draw what befalls a request."""
    if request.category in _declines() and world.happens(0.2):
        return "decline"
    if request.kind == "consult" and world.happens(0.2):
        return "answer"
    fates, weights = list(FATES), list(FATES.values())
    return world.rng.choices(["", *fates], [1000 - sum(weights), *weights])[0]


def run(case: Case, request: RequestText, same: Case | None = None) -> Course:
    """Take a request from its filing as far as time allows; `same` is one about the same thing."""
    _file(case, request)
    yield case.after(1.2, HOTLINE)
    operator = case.world.operator(case.matter)
    category = case.world.categories["appeals"][request.category]
    kind, urgency = request.kind, request.urgency
    case.act("list", operator, category=category, kind=kind, urgency=urgency)
    if case.fate == "decline":
        yield from _decline(case, request, operator)
    elif case.fate == "answer":
        yield case.after(0.7, HOTLINE)
        case.act("answer", operator, answer=request.answer)
        yield from follow_up(case, request)
    elif not (yield from _merged(case, same, operator)):
        yield from _dispatch(case, operator)
        case.world.open.append(case)
        yield from _handled(case, request)


def _file(case: Case, request: RequestText) -> None:
    world, who = case.world, resident(case.world.rng)
    channel = world.rng.choice(CHANNELS)
    town = world.divisions.get(request.place_code[:TOWN_DIGITS])
    filing = Filing(
        text=request.text,
        title=request.title,
        kind=request.kind,
        division=town,
        address=request.address.removeprefix(town.name if town else ""),
        person=Person(who.name, who.phone) if world.happens(0.92) else Person(),
        may_publish=world.happens(0.7),
        is_confidential=world.happens(0.008),
    )
    files = []
    if channel == Channel.WEB and world.happens(PHOTOGRAPHED):
        files = picture_of(world.rng, request.category)
    by = None if channel == Channel.WEB else world.someone(Role.OPERATOR)
    case.file(world.ledgers["appeals"], filing, by=by, channel=channel, files=files)


def _decline(case: Case, request: RequestText, operator: Member) -> Course:
    yield case.after(0.7, HOTLINE)
    reason, text = case.world.rng.choice(_declines()[request.category])
    text = expand(case.world.rng, text, case.values)
    case.act("decline", operator, reason=reason, text=text)


@cache
def _declines() -> dict[str, list[tuple[str, str]]]:
    """Return why a request of a category may be turned down, and where one turns to instead."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in book("acts")["decline"]:
        codes, reason, text = line.split(" => ")
        for code in codes.split():
            found.setdefault(code, []).append((reason, text))
    return found


def _merged(case: Case, same: Case | None, operator: Member) -> Generator[datetime, None, bool]:
    """Merge it into one about the same thing that is still open; say whether it was."""
    if same is None or not same.is_open or case.world.happens(0.15):
        return False
    yield case.after(0.6, HOTLINE)
    remark = case.words("merge", number=same.matter.number)
    into = same.fresh()
    return into.is_open and case.act("merge", operator, into=into, remark=remark)


def _dispatch(case: Case, operator: Member) -> Course:
    yield case.after(1.5, HOTLINE)
    if case.fate == "withdraw":
        yield from befall(case)
    elif case.fate == "wrong" and not case.is_secret:
        yield from sent_wrong(case, operator)
    else:
        dispatch(case, operator)


def dispatch(case: Case, operator: Member) -> None:
    """Send it to the unit that leads, perhaps with one that joins."""
    joint = []
    if case.fate == "joint" and not case.is_secret:
        joint = [case.world.other(case.lead)]
    if case.is_secret:
        case.named = [case.handler(), case.leader()]
    name = "dispatch_joint" if joint else "dispatch_urgent" if case.hurry else "dispatch"
    content, named = case.words(name), case.named
    case.act("dispatch", operator, lead=case.lead, joint=joint, content=content, named=named)


def _handled(case: Case, request: RequestText) -> Course:
    pace, fate = case.manner.pace, "" if case.is_secret else case.fate
    if not case.is_secret and case.world.happens(case.manner.objects):
        yield from object_to(case, request)
    yield case.after(4 * pace)
    if fate == "forward":
        yield from befall(case)
    case.act("accept", case.handler())
    yield case.after(3 * pace)
    case.act("contact", case.handler(), text=case.words("contact"))
    if fate and fate != "forward":
        yield from befall(case)
    started, ends = case.now, case.after(WORK[request.kind] * pace)
    if not case.is_secret:
        yield from overdue(case, started=started, ends=ends)
    case.now = ends
    yield ends
    poor = hand_in(case, request)
    yield from follow_up(case, request, poor=poor)
