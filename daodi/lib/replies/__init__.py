"""What a reply leaves open: hints for whoever writes it.

They are read off the words alone, so they can be wrong: they stand beside the text, stop nothing,
and are never added up for a person or a unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from daodi.lib.masking import HOME, NUMBER, find
from daodi.lib.replies import signs
from daodi.lib.replies.asking import left_open, questions, subject_left_out

MOST_WORDS = 5


class Lack(StrEnum):
    """What a reply can lack, in the order in which a reader misses it."""

    SUBJECT = "subject"
    QUESTION = "question"
    FOUND = "found"
    DONE = "done"
    WHO = "who"
    WHEN = "when"
    RULE = "rule"
    CONTACT = "contact"
    GREETING = "greeting"
    TONE = "tone"
    CONSULTATION = "consultation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at once more, with the words of request or reply that it is about."""

    lack: Lack
    words: tuple[str, ...] = ()


def check(title: str, text: str, reply: str) -> list[Hint]:
    """Return what a reply to a request lacks, with the words that show it; often nothing.

    An empty reply lacks everything at once: nothing is said of it.
    """
    if not reply.strip():
        return []
    body = signs.body_of(reply)
    found = [
        *_on_the_request(title, text, body),
        *_on_the_work(title, text, body),
        *_on_words(reply),
    ]
    return [Hint(hint.lack, hint.words[:MOST_WORDS]) for hint in found]


def _on_the_request(title: str, text: str, body: str) -> Iterator[Hint]:
    if missed := subject_left_out(title, text, body):
        yield Hint(Lack.SUBJECT, missed)
    if unanswered := left_open(questions(text), body):
        yield Hint(Lack.QUESTION, unanswered)
    asked = signs.ASKED_ONLY.search(body)
    if asked and signs.COMPLAINS.search(title) and not signs.NAMES_A_COMPLAINT.search(body):
        yield Hint(Lack.CONSULTATION, (asked[0],))


def _on_the_work(title: str, text: str, body: str) -> Iterator[Hint]:
    refuses, asks = signs.REFUSES.search(body), signs.ASKS.search(title) or questions(text)
    found, done = signs.FOUND.search(body), signs.DONE.search(body)
    explains = asks and signs.RULE.search(body)
    if not (found or explains or (asks and done)):
        yield Hint(Lack.FOUND)
    if not (done or explains or refuses or (asks and found) or signs.WAY.search(body)):
        yield Hint(Lack.DONE)
    if not signs.WHO.search(body):
        yield Hint(Lack.WHO)
    if vague := signs.promises_without_a_day(body):
        yield Hint(Lack.WHEN, vague)
    if refuses and not signs.RULE.search(body):
        yield Hint(Lack.RULE, (refuses[0],))
    if not signs.CONTACT.search(body):
        yield Hint(Lack.CONTACT)


def _on_words(reply: str) -> Iterator[Hint]:
    if not signs.GREETING.search(reply):
        yield Hint(Lack.GREETING)
    harsh = tuple(dict.fromkeys(found[0] for found in signs.HARSH.finditer(reply)))
    if harsh:
        yield Hint(Lack.TONE, harsh)
    if persons := persons_in(reply):
        yield Hint(Lack.PERSON, persons)


def persons_in(reply: str) -> tuple[str, ...]:
    """Return what in a reply points to a person other than the one it is written to.

    The telephones of offices do not.
    """
    begins = signs.SALUTATION.match(reply)
    behind = begins.end() if begins else 0
    said = ((one.kind, reply[one.start : one.end]) for one in find(reply) if one.start >= behind)
    return tuple(dict.fromkeys(words for kind, words in said if _is_own(kind, words)))


def _is_own(kind: str, words: str) -> bool:
    if kind == NUMBER:
        return not signs.OFFICE_PHONE.match(words)
    return kind != HOME or bool(signs.FLAT.search(words))
