"""Make entries of the knowledge base."""

from datetime import date
from typing import Any

from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.services import Draft, publish_entry, write_entry
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from tests.makers import NOON, make_member, make_unit


def make_editor(unit: str = "centre") -> Member:
    return make_member("editor", Role.EDITOR, unit=unit)


def make_draft(question: str = "路灯不亮找谁修？", **given: Any) -> Draft:
    given = {
        "answer": "请打12345，说清路名和灯杆号，三天内修好。",
        "unit": make_unit("bureau"),
        "review_on": date(2027, 3, 2),
        "is_public": True,
        **given,
    }
    return Draft(question=question, **given)


def make_entry(
    question: str = "路灯不亮找谁修？", *, by: Member, published: bool = True, **given: Any
) -> Entry:
    entry = write_entry(make_draft(question, **given), by=by, now=NOON)
    return publish_entry(entry, by=by, now=NOON) if published else entry
