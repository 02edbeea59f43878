"""Text as people paste it, made fit for storing; and sentences that are translated when shown."""

import re
import unicodedata
from collections.abc import Iterable
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# What nobody sees: controls, zero-width and bidi characters, blank letters used for empty names,
# invisible tags, halves of a character and places that Unicode keeps free.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
# A joiner is part of an emoji such as a family; anywhere else it only hides.
_STRAY_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000 ]+")
_LINE_ENDS = re.compile(" ?\n ?")
# Nearly all texts have nothing of this: one look spares them the rest.
_TO_CLEAN = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u1680\u2000-\u206f\u3000\u3164\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\uffa0\ufff9-\uffff\U000e0000-\U000e0fff]|  |^ | $"
)
_BLANK_LINES = re.compile("\n{4,}")


class Sentence:
    """A text with named places, translated each time it is shown."""

    def __init__(self, message: Promise | str, **values: object) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class Said(ValueError):  # noqa: N818 -- it is an answer, not a fault
    """A refusal in words made for the reader: a subclass has the message, a raise its values."""

    message: ClassVar[Promise]

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        return str(Sentence(self.message, **self.values))


def listed(items: Iterable[object]) -> str:
    """Join what is said one after another, with the language's own comma."""
    return gettext(", ").join(map(str, items))


def words_in(text: str, also: str = "") -> list[str]:
    """Return what stands between commas, semicolons and ends of lines, each once.

    `also` parts as well, written as in a regular expression's set of characters.
    """
    parts = re.split(rf"[,，、;；\r\n{also}]", text)
    return list(dict.fromkeys(filter(None, map(str.strip, parts))))


def clean(value: str, *, lines: bool) -> str:
    """Return `value` without what cannot be seen, with plain spaces; `lines` keeps its lines.

    The result is in NFC, is never longer than the NFC form of `value`, and cleaning it again
    changes nothing. At most two blank lines stand together.
    """
    if not _TO_CLEAN.search(value) and unicodedata.is_normalized("NFC", value):
        return value
    text = unicodedata.normalize("NFC", _NEWLINES.sub("\n", value))
    text = _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))
    # What was removed may have stood between a letter and its accent.
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    text = _LINE_ENDS.sub("\n", text).strip(" \n")
    if lines:
        return _BLANK_LINES.sub("\n\n\n", text)
    return re.sub(" *\n[ \n]*", " ", text)


def letters_of(text: str) -> str:
    """Return letters and digits alone, as capitals of usual width: what codes are compared by."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).upper()))
