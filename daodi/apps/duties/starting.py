"""Start a process: a matter with the limits of its steps as milestones."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.apps.duties.ledger import category_of, ledger_of
from daodi.apps.duties.models import Duty, Run
from daodi.apps.duties.rights import may_start
from daodi.core.exceptions import NotYours, Refused
from daodi.core.intake.filing import Filing, file_matter
from daodi.core.ledgers.kinds import Channel, Kind, Urgency
from daodi.core.people.models import Member
from daodi.core.workflow.services import perform
from daodi.lib.text import clean


@transaction.atomic
def start_process(duty: Duty, *, text: str = "", by: Member, now: datetime) -> Run:
    """Send the process of a duty to its unit, as it is in force now; its first limit begins."""
    if not may_start(by, duty):
        raise NotYours
    version = duty.current
    if version is None or duty.ended_at or not version.steps:
        raise Refused(_("This duty has no process in force."))
    ledger = ledger_of(by.unit, by=by)
    category = category_of(version, ledger, by=by)
    about = clean(text, lines=True)
    words = "\n".join(filter(None, (about, *_lines(version.blocks()))))
    # What it is about this time tells it from the others of the same process.
    title = "：".join(filter(None, (version.title, *about.splitlines()[:1])))
    filing = Filing(text=words[:5000], title=title[:60], kind=Kind.TASK, category=category)
    matter = file_matter(ledger, filing, now=now, by=by, channel=Channel.IMPORT).matter
    kinds: dict[str, Any] = {"kind": Kind.TASK, "urgency": Urgency.NORMAL}
    perform(matter, "list", category=category, by=by, now=now, **kinds)
    perform(matter, "dispatch", lead=duty.unit, by=by, now=now)
    return Run.objects.create(version=version, matter=matter)


def _lines(blocks: list[tuple[str, str, list[str]]]) -> list[str]:
    steps = next((lines for code, _name, lines in blocks if code == "steps"), [])
    return [f"{number}. {line}" for number, line in enumerate(steps, start=1)]
