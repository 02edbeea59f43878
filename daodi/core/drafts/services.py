"""Keep what somebody types, give it back, and forget it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from daodi.core.drafts.models import Draft
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member

KEPT_FOR = timedelta(days=30)


def keep_draft(
    matter: Matter, move: str, fields: Mapping[str, Any], *, by: Member, now: datetime
) -> None:
    """Keep what is typed into a step's form in place of what was kept before; nothing: forget it.

    One statement, so that two tabs of one person never stand in each other's way.
    """
    if not any(fields.values()):
        drop_draft(matter, move, by=by)
        return
    draft = Draft(matter=matter, member=by.hand, move=move, fields=dict(fields), updated_at=now)
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["matter", "member", "move"],
        update_fields=["fields", "updated_at"],
    )


def drafts_for(matter: Matter, member: Member) -> dict[str, Draft]:
    """Return what a person has begun on a matter, by step."""
    return {draft.move: draft for draft in Draft.objects.of(member, matter)}


def drop_draft(matter: Matter, move: str, *, by: Member) -> None:
    """Forget what was typed: the step was taken, or its writer wants it gone."""
    Draft.objects.of(by, matter).filter(move=move).delete()


def forget_drafts(now: datetime) -> int:
    """Delete what nobody has touched for a month; return how many drafts."""
    return Draft.objects.filter(updated_at__lt=now - KEPT_FOR).delete()[0]
