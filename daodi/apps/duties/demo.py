"""The work lists of nine offices in the demo county: written, revised twice, and in use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from daodi.apps.duties.models import Duty, Version
from daodi.apps.duties.reviewing import answer_comment, comment
from daodi.apps.duties.rounds import open_round, running_part, say_unchanged, waiting_in
from daodi.apps.duties.starting import start_process
from daodi.apps.duties.steps import Step
from daodi.apps.duties.writing import Content, add_duty, approve, revise, share
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.people.models import DEMO_PREFIX, Member, Unit
from daodi.core.people.roles import Role

BOOK = Path(__file__).with_name("demo.yaml")
WRITTEN, REVISED = timedelta(days=130), timedelta(days=65)
# Of every so many duties, one was revised the first time, and one the second time.
FIRST, SECOND = 3, 5
# What the offices have still to look through in the round that runs.
OPEN = "SZZX"
LEFT = 6
Json = dict[str, Any]


def fill(now: datetime) -> None:
    """Tell of four months: what was written, a revision, and a round that is half over."""
    book = yaml.safe_load(BOOK.read_text(encoding="utf-8"))
    operator = _somebody("RXZX", Role.OPERATOR)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=book["offices"])}
    staff = {code: _staff(units[code]) for code in units}
    found = [
        (units[code], *staff[code], _content(row, office, book))
        for code, office in book["offices"].items()
        for row in office["duties"]
    ]
    categories = {category.code: category for category in _ledger().categories.all()}
    versions = [
        _approved(add_duty(unit, _with(content, categories, codes), by=writer, now=now - WRITTEN),
                  chief, now - WRITTEN)
        for unit, writer, chief, (content, codes) in found
    ]  # fmt: skip
    _revise(versions[::FIRST], book["revisions"], staff, now - REVISED)
    open_round(by=operator, now=now)
    _revise([version for version in versions[::SECOND] if version.duty.unit.code != OPEN],
            book["rounds"], staff, now)  # fmt: skip
    _look_through(staff, now)
    _discuss(book["comments"], staff[OPEN], now)
    for duty in Duty.objects.filter(unit__code=OPEN).for_page()[:2]:
        start_process(duty, by=operator, now=now)


def _content(row: str, office: Json, book: Json) -> tuple[Content, list[str]]:
    title, name, thing, basis, codes = (words.strip() for words in row.split("|"))
    pattern = book["patterns"][name]
    content = Content(
        title=title,
        duties="\n".join(line.replace("$", thing) for line in pattern["duties"]),
        steps=tuple(Step(*step) for step in pattern["steps"]),
        cautions="\n".join(pattern["cautions"]),
        basis=basis,
        is_public=pattern["public"],
        papers="\n".join(pattern["papers"]),
        place=office["place"],
    )
    return content, codes.split()


def _with(content: Content, known: dict[str, Category], codes: list[str]) -> Content:
    return replace(content, categories=tuple(known[code] for code in codes))


def _approved(version: Version, by: Member, now: datetime) -> Version:
    approve(version, by=by, now=now)
    return version


def _revise(
    versions: Sequence[Version], added: list[list[str]], staff: dict[str, Any], now: datetime
) -> None:
    """Add a caution to each of these duties, and have it approved."""
    for version, (line, note) in zip(versions, cycle(added), strict=False):
        writer, chief = staff[version.duty.unit.code]
        following = revise(version.duty, _following(version.duty, line, note), by=writer, now=now)
        _approved(following, chief, now)


def _following(duty: Duty, line: str, note: str) -> Content:
    current = duty.versions.exclude(approved_at=None)[0]
    return Content(
        title=current.title,
        duties=current.duties,
        steps=tuple(current.process()),
        cautions=f"{current.cautions}\n{line}",
        basis=current.basis,
        is_public=current.is_public,
        papers=current.papers,
        place=current.place,
        categories=tuple(current.categories.all()),
        note=note,
    )


def _look_through(staff: dict[str, Any], now: datetime) -> None:
    """Let all offices answer; one has some duties left."""
    for code, (writer, _chief) in staff.items():
        if part := running_part(writer.unit):
            waiting = list(waiting_in(part))
            say_unchanged(part, waiting[LEFT:] if code == OPEN else waiting, by=writer, now=now)


def _discuss(comments: list[list[Any]], writing: tuple[Member, Member], now: datetime) -> None:
    """Lay a draft open; people from elsewhere say what they think of its lines."""
    writer, _chief = writing
    duty = Duty.objects.filter(unit=writer.unit).order_by("number")[1]
    content = _following(duty, "老年人、残疾人可电话预约上门。", "征求基层意见")
    draft = revise(duty, content, by=writer, now=now)
    share(draft, by=writer, now=now)
    readers = cycle(_readers())
    for line, text, answer, is_taken in comments:
        said = comment(draft, line, text, by=next(readers), now=now)
        if answer:
            answer_comment(said, answer, is_taken=bool(is_taken), by=writer, now=now)


def _readers() -> Iterator[Member]:
    villages = Unit.Kind.VILLAGE, Unit.Kind.TOWN
    members = Member.objects.active().filter(unit__kind__in=villages).with_role(Role.HANDLER)
    yield from members.select_related("unit", "user").order_by("pk")[:3]


def _staff(unit: Unit) -> tuple[Member, Member]:
    return _somebody(unit.code, Role.HANDLER), _somebody(unit.code, Role.LEADER)


def _somebody(code: str, role: Role) -> Member:
    """Return somebody of the office, not one of those whom visitors may be."""
    there = Member.objects.active().filter(unit__code=code).with_role(role)
    people = there.exclude(user__username__startswith=DEMO_PREFIX)
    return people.select_related("unit", "user").order_by("pk")[0]


def _ledger() -> Ledger:
    return Ledger.objects.get(code="appeals")
