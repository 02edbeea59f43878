"""What is on the other ledgers: key tasks, problems found by inspectors, confidential talks."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from daodi.core.intake.filing import Filing
from daodi.core.ledgers.kinds import Channel
from daodi.core.matters.attachments import NewFile
from daodi.core.matters.contacts import Person
from daodi.core.matters.states import Side
from daodi.core.people.places import TOWN_DIGITS
from daodi.core.people.roles import Role
from daodi.demo.case import Case, Course
from daodi.demo.county import county
from daodi.demo.people import resident
from daodi.demo.phrasebook import book, expand
from daodi.demo.pictures import picture_of
from daodi.demo.places import find_place, towns
from daodi.demo.texts import RequestText
from daodi.demo.world import HOTLINE, World

TALKERS = "WJW-XLZX"
TALKS = ("QX", "JT", "QS", "YL", "WJ")
# Working hours until a task is reported on, and until it is done, if it is a short or a long one.
ARRANGED, PROGRESSED, DONE = 9, 40, {"normal": 60, "long": 420}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the book of tasks: in which months, who may lead, what is to be done."""

    category: str
    months: tuple[int, ...]
    leads: tuple[str, ...]
    title: str
    what: str
    standard: str


@cache
def items() -> tuple[Item, ...]:
    return tuple(_item(line) for line in book("tasks")["items"])


def _item(line: str) -> Item:
    head, title, what, standard = line.split(" => ")
    first, *leads = head.split()
    category, _sep, months = first.partition(":")
    known = [f"T{code}" for code in towns()] if leads == ["towns"] else leads
    return Item(
        category=category,
        months=tuple(map(int, months.split(","))) if months else tuple(range(1, 13)),
        leads=tuple(known),
        title=title,
        what=what,
        standard=standard,
    )


def make_task(world: World, now: datetime, lead: str = "") -> tuple[Case, Course]:
    """Begin a key task; `lead` may say whose it is."""
    rng = world.rng
    fitting = [
        one for one in items() if now.month in one.months and (lead or one.leads[0]) in one.leads
    ]
    item = rng.choice(fitting or [one for one in items() if not lead or lead in one.leads])
    code = lead or rng.choice(item.leads)
    what, standard = expand(rng, item.what, {}), expand(rng, item.standard, {})
    values = {
        "lead": county().unit(code).short,
        "title": item.title,
        "topic": item.title,
        "what": what,
        "standard": standard,
        "year": str(now.year),
    }
    case = Case(world, now, code, values, way="file")
    return case, _task(case, item)


def _task(case: Case, item: Item) -> Course:
    world = case.world
    urgency = "long" if item.category in ("GC", "MS") or world.happens(0.6) else "normal"
    number = world.rng.choice(("", "", "（第二批）", "（“回头看”）"))
    category = world.categories["tasks"][item.category]
    filing = Filing(
        title=f"{case.values['lead']}：{item.title}{number}",
        text=_of("texts", case),
        category=category,
        urgency=urgency,
        extra={"standard": case.values["standard"], "source": _of("sources", case)},
    )
    operator = world.someone(Role.OPERATOR)
    case.file(world.ledgers["tasks"], filing, by=operator, channel=Channel.COUNTER)
    yield case.after(2)
    case.act("list", operator, category=category, kind="task", urgency=urgency)
    yield case.after(1)
    case.act("dispatch", operator, lead=case.lead, content=_of("content", case))
    yield from _worked(case, urgency)


def _of(name: str, case: Case) -> str:
    rng = case.world.rng
    return expand(rng, rng.choice(book("tasks")[name]), case.values)


def _worked(case: Case, urgency: str) -> Course:
    pace = case.manner.pace
    yield case.after(3 * pace)
    case.act("accept", case.handler())
    for milestone, hours in (("arrange", ARRANGED), ("progress", PROGRESSED)):
        yield case.after(hours * pace)
        case.act("report", case.handler(), milestone=milestone, text=_of(milestone, case))
    yield case.after(DONE[urgency] * min(pace, 2))
    yield from _signed(case)


def _signed(case: Case) -> Course:
    """Submit it; the leader may return the draft before signing; then a caller checks it."""
    for is_last in (False, True):
        given = {"account": _of("account", case), "answer": _of("answer", case)}
        case.act("submit", case.handler(), **given)
        yield case.after(7)
        if is_last or case.world.happens(0.8):
            break
        case.act("return_draft", case.leader(), text=case.words("return_draft"))
        yield case.after(9)
    case.act("sign", case.leader(), remark=case.words("sign"))
    yield case.after(20)
    case.act("clear", case.world.someone(Role.CALLER))


def make_problem(world: World, now: datetime) -> tuple[Case, Course]:
    """Let an inspector find something."""
    rng = world.rng
    head, points, seen, done = rng.choice(book("problems")["lines"]).split(" => ")
    category, lead, kind = head.split()
    place = find_place(rng, [kind])
    code = f"T{place.code[:TOWN_DIGITS]}" if lead == "towns" else lead
    which = rng.randrange(len(seen.split("|")))
    values = {
        "lead": county().unit(code).short,
        "topic": seen.split("|")[which],
        "done": done.split("|")[which],
        "here": place.name,
        "address": place.address,
        "point": points,
        "category": category,
        "area": place.code[:TOWN_DIGITS],
    }
    case = Case(world, now, code, values)
    return case, _problem(case)


def _problem(case: Case) -> Course:
    world, values = case.world, case.values
    inspectors = [world.units["CGJ"], world.units["XCB"]]
    by = world.member(world.rng.choice(inspectors), Role.INSPECTOR)
    category = world.categories["rectification"][values["category"]]
    urgency = world.rng.choice(("urgent", "normal", "normal", "normal"))
    filing = Filing(
        text=f"{values['here']}：{values['topic']}。",
        title=f"{values['here']}{values['topic']}",
        category=category,
        urgency=urgency,
        division=world.divisions.get(values["area"]),
        address=values["address"],
        extra={"point": values["point"]},
    )
    ledger, files = world.ledgers["rectification"], _seen(case, after=False)
    case.file(ledger, filing, by=by, channel=Channel.INSPECTION, files=files)
    yield case.after(1.5)
    operator = world.someone(Role.OPERATOR)
    case.act("list", operator, category=category, kind="report", urgency=urgency)
    yield case.after(0.5)
    case.act(
        "dispatch", operator, lead=case.lead, content=f"请{values['lead']}整改，附整改后照片。"
    )
    yield case.after(4 * case.manner.pace)
    case.act("accept", case.handler())
    yield from _rectified(case)


def _rectified(case: Case) -> Course:
    """Put it right; another person looks at it again, and may not be content."""
    for _round in range(3):
        yield case.after(30 * case.manner.pace)
        done = case.values["done"]
        account = f"{case.values['lead']}已整改：{done}。整改责任人和日常管理责任人已明确。"
        files = _seen(case, after=True)
        case.act("hand_in", case.handler(), account=account, answer=f"{done}。", files=files)
        yield case.after(16)
        caller = case.world.someone(Role.CALLER)
        if not case.world.happens(0.12):
            case.act("clear", caller)
            return
        case.act("send_back", caller, text="复查时问题仍在，请按标准重新整改并上传照片。")


def _seen(case: Case, *, after: bool) -> list[NewFile]:
    if not case.world.happens(0.4):
        return []
    return picture_of(case.world.rng, case.values["category"], after=after)


def make_talk(world: World, now: datetime, request: RequestText) -> tuple[Case, Course]:
    """Let somebody say what weighs on them, on the ledger that is confidential."""
    case = Case(world, now, TALKERS, request.values, way="care", request=request, hurry=True)
    return case, _talk(case, request)


def _talk(case: Case, request: RequestText) -> Course:
    world, who = case.world, resident(case.world.rng)
    kind, urgency = "help" if request.kind == "help" else "consult", request.urgency
    filing = Filing(
        text=request.text,
        title=request.title,
        kind=kind,
        person=Person(who.name, who.phone) if world.happens(0.7) else Person(),
    )
    case.file(world.ledgers["helpline"], filing, by=None, channel=Channel.WEB)
    yield case.after(3)
    operator = world.operator(case.matter)
    category = world.categories["helpline"][world.rng.choice(TALKS)]
    case.act("list", operator, category=category, kind=kind, urgency=urgency)
    case.named = [case.handler()]
    content = case.words("dispatch")
    case.act("dispatch", operator, lead=case.lead, content=content, named=case.named)
    yield case.after(2)
    case.act("accept", case.handler())
    case.act("contact", case.handler(), text=case.words("contact"))
    yield case.after(20)
    case.act("note", case.handler(), text=request.note)
    yield case.after(18)
    case.act("hand_in", case.handler(), account=request.account, answer=request.answer)
    if world.happens(0.4):
        yield case.after(200, HOTLINE)
        case.act("judge", Side.RESIDENT, solved="yes", satisfied="yes", remark="")
