"""Read a version line by line: comments, and an answer to each; what changed from the last one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.apps.duties.models import Comment, Version
from daodi.apps.duties.rights import may_write
from daodi.core.exceptions import Missing, NotYours, Refused
from daodi.core.people.models import Member
from daodi.lib.text import clean

LONGEST_COMMENT = 1000
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True, slots=True)
class Changed:
    """A block of two versions: each line, and whether it is the same, added or removed."""

    name: str
    lines: list[tuple[str, str]]

    @property
    def is_changed(self) -> bool:
        return any(kind != SAME for kind, _line in self.lines)


@transaction.atomic
def comment(version: Version, line: str, text: str, *, by: Member, now: datetime) -> Comment:
    """Say something of one line; `line` is the code of its block and its number, as `steps-2`."""
    text = clean(text, lines=True)[:LONGEST_COMMENT]
    if not text:
        raise Missing(_("Please write your comment."))
    if not version.is_draft and version.duty.current_id != version.pk:
        raise Refused(_("This version is no longer in force: comment on the one that is."))
    quote = dict(numbered(version)).get(line)
    if quote is None:
        raise Refused(_("This line is not there any more. Look again."))
    return Comment.objects.create(
        version=version, line=line, quote=quote[:300], text=text, by=by.hand, at=now
    )


@transaction.atomic
def answer_comment(said: Comment, text: str, *, is_taken: bool, by: Member, now: datetime) -> None:
    """Answer a comment: taken over, or why not."""
    if not may_write(by, said.version.duty.unit):
        raise NotYours
    text = clean(text, lines=True)[:LONGEST_COMMENT]
    if not text and not is_taken:
        raise Missing(_("Please write why it is not taken over."))
    answered = {"answer": text, "is_taken": is_taken, "answered_by": by.hand, "answered_at": now}
    if not Comment.objects.filter(pk=said.pk, answered_at=None).update(**answered):
        raise Refused(_("Somebody else has answered this comment already."))


def numbered(version: Version) -> Iterator[tuple[str, str]]:
    """Yield the lines of a version that can be commented on, each with its code."""
    for code, _name, lines in version.blocks():
        for number, line in enumerate(lines, start=1):
            yield f"{code}-{number}", line


def differences(before: Version | None, after: Version) -> list[Changed]:
    """Return what two versions say, block by block."""
    old = {code: (name, lines) for code, name, lines in before.blocks()} if before else {}
    new = {code: (name, lines) for code, name, lines in after.blocks()}
    codes = [*new, *(code for code in old if code not in new)]
    return [
        Changed((new.get(code) or old[code])[0],
                list(_marked(old.get(code, ("", []))[1], new.get(code, ("", []))[1])))
        for code in codes
    ]  # fmt: skip


def _marked(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((SAME, line) for line in old[i1:i2])
        else:
            yield from ((REMOVED, line) for line in old[i1:i2])
            yield from ((ADDED, line) for line in new[j1:j2])
