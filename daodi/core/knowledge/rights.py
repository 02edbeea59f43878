"""Who may do what with an entry of the knowledge base."""

from daodi.core.knowledge.models import Entry
from daodi.core.people.models import Member
from daodi.core.people.roles import Role

WRITERS = (Role.EDITOR, Role.OPERATOR, Role.MANAGER)
PUBLISHERS = (Role.EDITOR, Role.MANAGER)


def may_write(member: Member, entry: Entry) -> bool:
    """Writers look after what their own house keeps."""
    return member.has(*WRITERS) and member.reaches(entry.house)


def may_publish(member: Member, entry: Entry) -> bool:
    return member.has(*PUBLISHERS) and member.reaches(entry.house)


def may_propose(member: Member, entry: Entry) -> bool:
    """Handlers of the unit that answers for it know first what has changed."""
    return member.has(Role.HANDLER) and member.reaches(entry.unit)
