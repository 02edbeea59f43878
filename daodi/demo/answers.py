"""What the offices write: answers good and bad, accounts, progress, objections, plans."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from daodi.demo.county import UnitRow
from daodi.demo.people import office_phone, staff_name
from daodi.demo.phrasebook import book, expand

# Categories settled from files, wherever the person lives; the rest one goes and looks at.
FROM_FILES = (
    "GY0203", "JT01", "JT0206", "LD", "MZ0101", "MZ02", "MZ03", "MZ0401", "MZ0502",
    "NC0103", "NC0301", "SC0203", "SC0501", "WS02", "WS04", "WY0303", "WY04", "ZA0101",
    "ZA02", "ZA06", "ZW01", "ZW02", "ZW03", "ZW04", "ZW05", "WT0302", "WY0106",
    "WY0107", "WT0401", "JY01", "JY0302", "JY04", "WS0103",
)  # fmt: skip
HELPLINE = "WS05"
THANKS = "ZW0502"
_TWICE = re.compile(
    r"经(?:查|核查|核实|现场核[查实]|实地走访|现场检测和询问周边群众|资料核查|系统比对|电话了解)，经"
)
# Whether somebody was content is for the account, not to be told to themselves.
_JUDGED = re.compile(r"，来电人(?:已收到|(?:对处理结果)?表示(?:满意|理解|认可))")
_SEAMS = (("，，", "，"), ("。。", "。"), ("，。", "。"), ("经查，经查", "经查"))


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to write about: how it was looked into, and the words for it."""

    manner: str
    values: Mapping[str, str]

    @property
    def way(self) -> str:
        """Notes and accounts know of looking, reading and caring only."""
        return self.manner if self.manner in ("site", "care") else "file"


class Office:
    """The unit that leads on requests of a category, and what it writes about one."""

    def __init__(self, rng: Random, unit: UnitRow, *, category: str, at: str) -> None:
        self.rng = rng
        self.unit = unit
        self.category = category
        self.at = at

    def told(self, result: str, kind: str, urgency: str, values: Mapping[str, str]) -> Told:
        """Name who answers, what was found and what was done."""
        found, done = result.split(" => ")
        told = Told(_manner(self.category, kind, self.at), {})
        drawn = {
            "reach": f"reach_{told.way}",
            "reach_noun": f"noun_{told.way}",
            "proof": f"proof_{told.way}",
            "soon": "soon_normal" if urgency in ("normal", "long") else "soon_urgent",
            **{name: name for name in ("hello", "got", "who", "next", "ask", "more_ask")},
        }
        own = {
            "lead": self.unit.short,
            "office": office_phone(self.unit),
            "staff": staff_name(self.rng),
            "found": expand(self.rng, found, values),
            "done": expand(self.rng, done, values),
        }
        words = {name: self.rng.choice(book("answers")[key]) for name, key in drawn.items()}
        return Told(told.manner, {**values, **own, **words})

    def answer(self, told: Told) -> str:
        """Write the public answer: what was found, what was done, whom to ask."""
        return spoken_to(self._write(book("answers")[told.manner], told))

    def bad_answer(self, told: Told) -> str:
        """Write an answer that says nothing."""
        return self._write(book("answers")["bad"], told)

    def account(self, told: Told) -> str:
        """Write what only the offices read."""
        return self._write(book("answers")["account"], told)

    def note(self, told: Told) -> str:
        return self._write(book("answers")[f"note_{told.way}"], told)

    def objection(self, told: Told) -> str:
        return self._write(self._of_category("objection"), told) + "。"

    def suspend_plan(self, told: Told) -> str:
        return self._write(self._of_category("suspend"), told) + "。"

    def _write(self, phrases: list[str], told: Told) -> str:
        return tidy(expand(self.rng, self.rng.choice(phrases), told.values))

    def _of_category(self, name: str) -> list[str]:
        """Return the phrases meant for this category and place, or those that suit any."""
        mine = _meant(name, self.category, self.at)
        general: list[str] = book("answers")[name]
        return mine if mine and self.rng.random() < 0.7 else general


@cache
def _meant(name: str, category: str, at: str) -> list[str]:
    """Read `CS01 CS0302@estate => phrase`: the categories, perhaps only at one kind of place."""
    mine = []
    for line in book(category[:2].lower())[name]:
        codes, phrase = line.split(" => ")
        for code in codes.split():
            prefix, _, only_at = code.partition("@")
            if category.startswith(prefix) and only_at in ("", at):
                mine.append(phrase)
    return mine


def _manner(category: str, kind: str, at: str) -> str:
    """Say how such a request is answered: with care, by explaining, from files or on site."""
    if category.startswith(HELPLINE):
        return "care"
    if category == THANKS:
        return "thanks"
    if kind == "consult":
        return "consult"
    return "file" if at == "home" or category.startswith(FROM_FILES) else "site"


def spoken_to(text: str) -> str:
    """Say 您 to the person who asked, whom the account calls 来电人."""
    return _JUDGED.sub("", text).replace("来电人", "您")


def tidy(text: str) -> str:
    """Mend the seams where phrases meet."""
    for wrong, right in _SEAMS:
        text = text.replace(wrong, right)
    return _TWICE.sub("经", text)
