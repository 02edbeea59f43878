"""Write down what a manager does: the only place that makes an AdminEvent."""

from typing import Any

from daodi.core.audit.acts import Act
from daodi.core.audit.models import AdminEvent

Facts = dict[str, Any]
LONGEST = 200


def note(
    what: Act,
    label: object,
    *,
    by: Any = None,
    unit: Any = None,
    member: Any = None,
    before: Facts | None = None,
    after: Facts | None = None,
) -> AdminEvent:
    """Add a line; call it inside the act's own transaction.

    `by` and `member` are members, `unit` is the unit it concerns (by default the member's); the
    time is the database's own. Nothing secret may stand in `before` and `after`.
    """
    if unit is None and member is not None:
        unit = member.unit
    return AdminEvent.objects.create(
        what=what,
        label=str(label)[:LONGEST],
        by=by,
        unit=unit,
        member=member,
        before=before or {},
        after=after or {},
    )


def note_change(what: Act, label: object, before: Facts, after: Facts, **about: Any) -> bool:
    """Add a line that keeps only what differs; nothing when nothing does. Say whether it did."""
    changed = [key for key in after if before.get(key) != after[key]]
    if changed:
        old = {key: before.get(key) for key in changed}
        note(what, label, before=old, after={key: after[key] for key in changed}, **about)
    return bool(changed)
