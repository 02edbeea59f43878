"""The steps of a process: who does what with what, in how many working days."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daodi.core.exceptions import Missing, Refused
from daodi.lib.text import clean

MOST_STEPS, LONGEST_WORDS, MOST_DAYS = 20, 200, 365


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `back` is the number of the step to go back to when it does not pass, or 0."""

    what: str
    who: str
    input: str = ""
    output: str = ""
    days: int = 0
    form: str = ""
    back: int = 0

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Take a step from what a form or the database says of it."""
        words = ("what", "who", "input", "output", "form")
        texts = {name: clean(str(data.get(name) or ""), lines=False) for name in words}
        return cls(**texts, days=data.get("days") or 0, back=data.get("back") or 0)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def is_empty(self) -> bool:
        return not any(asdict(self).values())

    def limit_words(self) -> str:
        """Say how long the step may take; empty: nobody said."""
        words = ngettext("%(n)s working day", "%(n)s working days", self.days)
        return words % {"n": self.days} if self.days else ""

    def back_words(self) -> str:
        return _("back to step %(n)s if it does not pass") % {"n": self.back} if self.back else ""

    def facts(self) -> list[tuple[str, str]]:
        """Return what is said of the step, with labels; what is empty is left out."""
        said = (
            (_("Done by"), self.who),
            (_("Takes in"), self.input),
            (_("Gives out"), self.output),
            (_("Form"), self.form),
            (_("Limit"), self.limit_words()),
        )
        return [(label, value) for label, value in said if value]


def checked(steps: Iterable[Step]) -> list[Step]:
    """Return the steps that say something; raise Refused where one of them cannot be."""
    found = [step for step in steps if not step.is_empty()]
    if len(found) > MOST_STEPS:
        raise Refused(_("A process has at most %(n)s steps: divide it.") % {"n": MOST_STEPS})
    for number, step in enumerate(found, start=1):
        _check(number, step)
    return found


def total_days(steps: Iterable[Step]) -> int:
    return sum(step.days for step in steps)


def _check(number: int, step: Step) -> None:
    if not step.what or not step.who:
        raise Missing(_("Step %(n)s: say what is done, and who does it.") % {"n": number})
    if max(map(len, (step.what, step.who, step.input, step.output, step.form))) > LONGEST_WORDS:
        raise Refused(
            _("Step %(n)s: at most %(most)s characters in a field.")
            % {"n": number, "most": LONGEST_WORDS}
        )
    if not 0 <= step.days <= MOST_DAYS:
        raise Refused(
            _("Step %(n)s: a limit has 1 to %(most)s days.") % {"n": number, "most": MOST_DAYS}
        )
    if not 0 <= step.back < number:
        raise Refused(_("Step %(n)s can only go back to an earlier step.") % {"n": number})
