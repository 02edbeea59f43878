"""Requests as residents write them, with all that the offices write about them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

from daodi.core.people.places import TOWN_DIGITS
from daodi.demo import answers
from daodi.demo.county import county
from daodi.demo.phrasebook import book, closest, expand
from daodi.demo.places import Place, find_place
from daodi.demo.scene import make_scene
from daodi.demo.speech import Said, pick_voice, say
from daodi.demo.stories import Line, Story, fitting, leads, stories

TITLE_LONGEST = 40
# How a title begins that suits one kind only.
OPENINGS = {"咨询": "consult", "建议": "suggestion", "举报": "report", "投诉": "complaint"}
_TOPIC = re.compile(
    r"^(咨询|建议|举报|投诉|反映|关于|求助：|请求)|的(投诉|问题|几点意见|意见|建议)$"
)
# What another resident with the same problem says differently.
OWN = ("phone", "since", "days", "when", "short")


@dataclass(frozen=True, slots=True)
class Source:
    """What a request was made of, so that somebody else can ask the same in other words."""

    story: Story
    fact: int
    voice: str
    place: Place
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RequestText:
    """One request and what may be written in handling it."""

    category: str
    kind: str
    urgency: str
    title: str
    text: str
    place_code: str
    address: str
    lead: str
    account: str
    answer: str
    bad_answer: str
    note: str
    objection: str
    suspend_plan: str
    source: Source = field(repr=False, compare=False)
    # For whatever else is written about it: its place, its topic, who leads, what was found.
    values: Mapping[str, str] = field(repr=False, compare=False)
    way: str = field(repr=False, compare=False)


def season_of(month: int) -> int:
    """Return the season of a month: 1 spring (March to May) … 4 winter."""
    return (month - 3) % 12 // 3 + 1


def make_request(
    rng: Random,
    *,
    category: str | None = None,
    season: int | None = None,
    fact: int = 0,
    within: tuple[str, ...] = ("",),
) -> RequestText:
    """Make up one request; `season` is 1 (spring) to 4 (winter), `within` codes of divisions.

    `fact` says which of the category's facts is told, from 1 on; 0: any.
    """
    category = category or _draw_category(rng, season)
    every = stories(category)
    story = rng.choice([one for one in every if one.is_in(season)] or every)
    kind = rng.choice(story.kinds)
    place = find_place(rng, story.at, story.trade, within=within)
    urgency = rng.choice(story.urgencies)
    source = Source(
        story=story,
        fact=fact - 1 if fact else rng.choice(story.facts_for(kind)),
        voice=pick_voice(rng, place.kind, shunned=_unfit(category, story, kind)),
        place=place,
        values=make_scene(rng, place),
    )
    return _written(rng, category, kind, urgency, source)


def make_repeat(rng: Random, request: RequestText, *, again: bool = False) -> RequestText:
    """Let another resident report the same problem in other words, or that it is back (`again`)."""
    old = request.source
    anew = make_scene(rng, old.place)
    unfit = _unfit(request.category, old.story, request.kind)
    source = replace(
        old,
        voice=pick_voice(rng, old.place.kind, shunned=[*unfit, old.voice]),
        values={**old.values, **{name: anew[name] for name in OWN}},
    )
    repeat = _written(rng, request.category, request.kind, request.urgency, source)
    if not again:
        return repeat
    once_more = expand(rng, rng.choice(book("acts")["again"]), repeat.values)
    title = f"{repeat.title}（再次反映）"[:TITLE_LONGEST]
    return replace(repeat, title=title, text=f"{repeat.text}{once_more}")


def _unfit(category: str, story: Story, kind: str) -> list[str]:
    """Nobody writes a long letter while the water rises, or shouts at who is to help."""
    if category.startswith(answers.HELPLINE):
        return ["letter", "angry", "rambling", "shop"]
    hurry = {"critical", "urgent"} & set(story.urgencies)
    asking = kind in ("help", "consult", "suggestion", "opinion")
    return ["letter"] * bool(hurry) + ["angry"] * asking


def _spoken(rng: Random, source: Source) -> str:
    """Name the place as the voice does: an operator does not say 我们 of somebody else's."""
    names = source.place.spoken
    if source.voice == "operator":
        names = tuple(name for name in names if not name.startswith("我们")) or names
    return rng.choice(names)


@cache
def _in_season(season: int | None) -> tuple[list[str], list[int]]:
    codes = [code for code in leads() if any(one.is_in(season) for one in stories(code))]
    return codes, [stories(code)[0].weight for code in codes]


def _draw_category(rng: Random, season: int | None) -> str:
    codes, weights = _in_season(season)
    return rng.choices(codes, weights)[0]


def _written(rng: Random, category: str, kind: str, urgency: str, source: Source) -> RequestText:
    story, place = source.story, source.place
    fact = _fact(rng, source)
    said = Said(
        at="helpline" if category.startswith(answers.HELPLINE) else place.kind,
        fact=fact,
        more=tuple(fitting(story.more, source.fact)),
        wish=_choose(rng, story.wishes(kind), source.fact, fact),
        is_question=kind == "consult" and bool(story.questions),
    )
    named = {**source.values, "here": place.name}
    title = _title(rng, story, kind, source.fact, fact)
    result = _choose(rng, story.results, source.fact, title + fact)
    title = expand(rng, title, named)[:TITLE_LONGEST]
    unit = county().unit(_lead(category, place))
    office = answers.Office(rng, unit, category=category, at=place.kind)
    named["topic"] = _TOPIC.sub("", title)
    told = office.told(result, kind, urgency, named)
    return RequestText(
        category=category,
        kind=kind,
        urgency=urgency,
        title=title,
        text=say(rng, source.voice, said, {**named, "here": _spoken(rng, source)}),
        place_code=place.code,
        address=place.address,
        lead=unit.code,
        account=office.account(told),
        answer=office.answer(told),
        bad_answer=office.bad_answer(told),
        note=office.note(told),
        objection=office.objection(told),
        suspend_plan=office.suspend_plan(told),
        source=source,
        values=told.values,
        way=told.way,
    )


def _fact(rng: Random, source: Source) -> str:
    """Settle the choices of the fact first, so that title and answer can follow it."""
    return expand(rng, source.story.facts[source.fact], {**source.values, "here": "$here"})


def _choose(rng: Random, lines: tuple[Line, ...], fact: int, text: str) -> str:
    suitable = fitting(lines, fact) or [line.text for line in lines]
    return closest(rng, suitable, text)


def _title(rng: Random, story: Story, kind: str, fact: int, text: str) -> str:
    """Choose the title that says most of the fact, in the form that suits the kind."""
    every = fitting(story.titles, fact) or [line.text for line in story.titles]
    suitable = [one for one in every if OPENINGS.get(one[:2], kind) == kind]
    if kind == "consult":
        suitable = [one for one in every if one.startswith("咨询")] or suitable
    if suitable:
        return closest(rng, suitable, text)
    return f"关于{_TOPIC.sub('', closest(rng, every, text))}的问题"


def _lead(category: str, place: Place) -> str:
    lead = leads()[category]
    return f"T{place.code[:TOWN_DIGITS]}" if lead == "town" else lead
