"""How a request fares in the demo county, as a generator: it yields when it acts next.

Every act goes through the product's own services; only the time is made up.
"""

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta

from daodi.core.intake.filing import Filing, file_matter
from daodi.core.matters.contacts import Person
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.demo.people import resident
from daodi.demo.texts import RequestText
from daodi.demo.world import World, act

CHANNELS = ("web", "web", "web", "phone", "phone", "counter")
# Courses that go on say when they last acted.
Turn = Generator[datetime, None, datetime]


def run(world: World, request: RequestText, filed_at: datetime) -> Iterator[datetime]:
    """Take one request from filing as far as time allows."""
    yield filed_at
    matter = _file(world, request, filed_at)
    at = filed_at + world.delay(3)
    yield at
    act(matter, "list", world.someone(Role.OPERATOR), at, **_listing(world, request))
    fate = world.rng.random()
    if fate < 0.03:
        yield from _decline(world, matter, at)
    elif fate < 0.07:
        yield from _answer(world, request, matter, at)
    elif fate < 0.12 and world.recent:
        yield from _merge(world, request, matter, at)
    else:
        world.recent = [*world.recent[-40:], (request, matter.pk)]
        yield from _dispatch(world, request, matter, at)


def _file(world: World, request: RequestText, at: datetime) -> Matter:
    channel = world.rng.choice(CHANNELS)
    who = resident(world.rng)
    town = world.divisions.get(request.place_code[:9])
    filing = Filing(
        text=request.text,
        title=request.title,
        kind=request.kind,
        division=town,
        address=request.address.removeprefix(town.name if town else ""),
        person=Person(who.name, who.phone) if world.happens(0.9) else Person(),
        may_publish=world.happens(0.7),
        is_confidential=world.happens(0.02),
    )
    by = None if channel == "web" else world.someone(Role.OPERATOR)
    return file_matter(world.ledger, filing, now=at, by=by, channel=channel).matter


def _listing(world: World, request: RequestText) -> dict[str, object]:
    return {
        "category": world.categories[request.category],
        "kind": request.kind,
        "urgency": request.urgency,
    }


def _decline(world: World, matter: Matter, at: datetime) -> Iterator[datetime]:
    at += world.delay(1)
    yield at
    reason = world.rng.choice(world.ledger.decline_reasons)
    text = f"您反映的事项{reason}，请向有权处理的机关反映；需要帮助查找办事地点，可拨打本热线。"
    act(matter, "decline", world.someone(Role.OPERATOR), at, reason=reason, text=text)


def _answer(world: World, request: RequestText, matter: Matter, at: datetime) -> Iterator[datetime]:
    at += world.delay(1)
    yield at
    act(matter, "answer", world.someone(Role.OPERATOR), at, answer=request.answer)
    yield from _judged(world, request, matter, at)


def _merge(world: World, request: RequestText, matter: Matter, at: datetime) -> Iterator[datetime]:
    at += world.delay(1)
    yield at
    same = [pk for other, pk in world.recent if other.category == request.category]
    into = (
        Matter.objects.for_page().filter(pk__in=same, state__in=("dispatched", "handling")).first()
    )
    if into is None or not act(matter, "merge", world.someone(Role.OPERATOR), at, into=into):
        yield from _dispatch(world, request, matter, at)


def _dispatch(
    world: World, request: RequestText, matter: Matter, at: datetime
) -> Iterator[datetime]:
    at += world.delay(2)
    yield at
    lead = world.units[request.lead]
    named = [world.member(lead, Role.HANDLER)]
    extra = {"named": named} if Matter.objects.get(pk=matter.pk).is_confidential else {}
    joint = [_other(world, lead)] if world.happens(0.1) else []
    content = "请按职责办理，按时联系群众并答复。"
    act(matter, "dispatch", world.someone(Role.OPERATOR), at,
        lead=lead, joint=joint, content=content, **extra)  # fmt: skip
    if request.objection and world.happens(0.08):
        at = yield from _objection(world, request, matter, lead, at)
    yield from _handle(world, request, matter, lead, at)


def _other(world: World, lead: Unit) -> Unit:
    others = [u for u in world.units.values() if u.kind == "department" and u.pk != lead.pk]
    return world.rng.choice(others)


def _objection(
    world: World, request: RequestText, matter: Matter, lead: Unit, at: datetime
) -> Turn:
    at += world.delay(8)
    yield at
    reason, _sep, basis = request.objection.partition("依据")
    act(matter, "object", world.member(lead, Role.HANDLER), at,
        text=reason, basis=f"依据{basis}" if basis else "三定方案")  # fmt: skip
    at += world.delay(10)
    yield at
    ruling = "经研究，该事项属于你单位职责范围，请按期办理，本次派单为终审派单。"
    act(matter, "overrule", world.someone(Role.SUPERVISOR), at, text=ruling)
    return at


def _handle(
    world: World, request: RequestText, matter: Matter, lead: Unit, at: datetime
) -> Iterator[datetime]:
    handler, pace = world.member(lead, Role.HANDLER), 1 + (lead.pk % 5) * 0.6
    at += world.delay(5 * pace)
    yield at
    act(matter, "accept", handler, at)
    at += world.delay(4 * pace)
    yield at
    act(matter, "contact", handler, at, text="已与来电人联系，约定现场查看。")
    at = yield from _on_the_way(world, request, matter, lead, at)
    at += world.delay(30 * pace)
    yield at
    answer = request.bad_answer if world.happens(0.12) else request.answer
    act(matter, "hand_in", handler, at, account=request.account, answer=answer)
    yield from _judged(world, request, matter, at)


def _on_the_way(
    world: World, request: RequestText, matter: Matter, lead: Unit, at: datetime
) -> Turn:
    """What may happen before it is handed in: a note, a question, more time, a halt."""
    handler, fate = world.member(lead, Role.HANDLER), world.rng.random()
    at += world.delay(16)
    yield at
    if fate < 0.3:
        act(matter, "note", handler, at, text=request.note, public=world.happens(0.6))
    elif fate < 0.36:
        at = yield from _question(world, matter, handler, at)
    elif fate < 0.42:
        at = yield from _extension(world, matter, handler, at)
    elif fate < 0.46:
        at = yield from _halt(world, request, matter, handler, at)
    return at


def _question(world: World, matter: Matter, handler: Member, at: datetime) -> Turn:
    act(matter, "ask", handler, at, text="请补充具体位置和方便上门的时间。")
    at += world.delay(20)
    yield at
    act(matter, "reply", Side.RESIDENT, at, text="就在小区东门往北五十米，下午都在家。")
    return at


def _extension(world: World, matter: Matter, handler: Member, at: datetime) -> Turn:
    until = (at + timedelta(days=12)).date()
    act(matter, "extend", handler, at, until=until, text="材料需采购，工期不足。")
    at += world.delay(12)
    yield at
    if world.happens(0.8):
        act(matter, "grant_extension", world.someone(Role.SUPERVISOR), at, remark="同意。")
    else:
        text = "理由不充分，按期办结。"
        act(matter, "refuse_extension", world.someone(Role.SUPERVISOR), at, text=text)
    return at


def _halt(
    world: World, request: RequestText, matter: Matter, handler: Member, at: datetime
) -> Turn:
    leader = world.member(world.units[request.lead], Role.LEADER)
    review = (at + timedelta(days=60)).date()
    act(matter, "suspend", leader, at,
        text="需列入年度计划。", plan=request.suspend_plan, review_on=review)  # fmt: skip
    at += world.delay(12)
    yield at
    act(matter, "grant_suspension", world.someone(Role.SUPERVISOR), at, remark="同意挂账。")
    at += world.delay(24 * 30)
    yield at
    act(matter, "resume", handler, at, text="计划已批复，恢复办理。")
    return at


def _judged(world: World, request: RequestText, matter: Matter, at: datetime) -> Iterator[datetime]:
    """The resident judges, or a caller asks; what is not solved goes round once more."""
    at += world.delay(30)
    yield at
    by = Side.RESIDENT if world.happens(0.4) else world.someone(Role.CALLER)
    fate = world.rng.random()
    if fate < 0.15:
        return
    good = fate > 0.27
    satisfied = world.rng.choice(("yes", "yes", "basically")) if good else "no"
    act(matter, "judge", by, at, solved="yes" if good else "no", satisfied=satisfied)
    if good or Matter.objects.get(pk=matter.pk).state != State.HANDED_IN:
        return
    name = "redo" if by is Side.RESIDENT else "send_back"
    act(matter, name, by, at + timedelta(minutes=15), text="问题还在，没有真正解决，请再去看看。")
    at += world.delay(40)
    yield at
    lead = world.units[request.lead]
    act(matter, "hand_in", world.member(lead, Role.HANDLER), at,
        account=request.account, answer=request.answer)  # fmt: skip
    at += world.delay(30)
    yield at
    act(matter, "judge", by, at, solved="yes", satisfied="basically")
