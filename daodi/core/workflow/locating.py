"""Where a matter is: an operator says so, or takes it back."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.history.models import Event
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.workflow.act import act
from daodi.core.workflow.rights import By

Point = tuple[float, float]


@transaction.atomic
def locate(
    matter: Matter, *, division: Division, position: Point | None = None, by: By, now: datetime
) -> Event:
    """Set the area of a matter; `position` is kept where nobody has given a point yet."""
    changes: dict[str, Any] = {"division": division}
    if position and matter.lat is None:
        changes |= {"lat": position[0], "lon": position[1]}
    elif division.pk == matter.division_id:
        raise Refused(_("%(area)s is its area already.") % {"area": division})
    return _locate(matter, changes, by=by, now=now)


@transaction.atomic
def relocate(matter: Matter, *, by: By, now: datetime) -> Event:
    """Take the last locating back: the area is what it was, and a point that came with it goes."""
    last = last_locating(matter)
    if last is None:
        raise Refused(_("Nobody has set the place of this matter."))
    code = last.data["was"]
    changes: dict[str, Any] = {"division": Division.objects.filter(code=code).first()}
    if last.data["point"]:
        changes |= {"lat": None, "lon": None}
    return _locate(matter, changes, by=by, now=now, back=True)


def last_locating(matter: Matter) -> Event | None:
    """Return the line that set the place last, unless it was taken back."""
    last = matter.events.filter(name="locate").order_by("seq").last()
    return last if last and not last.data.get("back") else None


def _locate(
    matter: Matter, changes: dict[str, Any], *, by: By, now: datetime, back: bool = False
) -> Event:
    """Write it down; addresses never stand in the history, which nobody can erase."""
    before, after = matter.division, changes["division"]
    data = {
        "was": before.code if before else "",
        "division": after.code if after else "",
        "point": changes.get("lat") is not None,
    }
    return act(matter, "locate", by=by, now=now, data=data | ({"back": True} if back else {}),
               **changes)  # fmt: skip
