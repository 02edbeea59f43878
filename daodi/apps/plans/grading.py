"""Grade what a unit handed in for a task: the office that gave it closes it, or sends it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.apps.plans.models import Grade, Line
from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.matters.states import Side, State
from daodi.core.people.models import Member
from daodi.core.workflow.act import needed, said
from daodi.core.workflow.rights import By, sides_of
from daodi.core.workflow.services import perform

GRADERS = {Side.CALLER, Side.SUPERVISOR}
Mark = Grade.Mark


@transaction.atomic
def grade(line: Line, mark: str, *, text: str = "", by: Member, now: datetime) -> Grade:
    """Say how good a result is: up to standard it is struck off the list, otherwise it goes back.

    The grade is of the result, not of anybody; a second pair of eyes gives it, never the unit.
    """
    matter = Matter.objects.for_page().filter(plan_line=line).first()
    if matter is None or matter.state != State.HANDED_IN:
        raise Refused(_("Only what was handed in can be graded."))
    if not may_grade(matter, by):
        raise NotYours
    if mark not in Mark:
        raise Refused(_("Choose a grade."))
    text = needed(text, _("what is still wrong")) if mark == Mark.FAILED else said(text)
    made = Grade.objects.create(
        line=line, round=matter.round, mark=mark, text=text, by=by.hand, at=now
    )
    words = "\n".join(filter(None, (_("Grade of the result: %(mark)s") % {"mark": made}, text)))
    if mark == Mark.FAILED:
        perform(matter, "send_back", text=words, by=by, now=now)
        return made
    perform(matter, "note", text=words, by=by, now=now)
    perform(matter, "clear", by=_closes(matter, by), now=now)
    return made


def may_grade(matter: Matter, member: Member) -> bool:
    """Say whether a member grades this result: in the office that keeps or supervises the list."""
    if matter.unit and member.unit.is_within(matter.unit):
        return False
    return not GRADERS.isdisjoint(sides_of(matter, member))


def _closes(matter: Matter, by: Member) -> By:
    """A caller strikes it off; where a supervisor graded it, it is struck off by their word."""
    return by if Side.CALLER in sides_of(matter, by) else Side.SYSTEM
