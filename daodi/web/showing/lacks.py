"""In words, what a reply leaves open: hints for whoever writes it, and for nobody else."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daodi.core.matters.models import Matter
from daodi.lib.replies import Hint, Lack, check
from daodi.lib.text import Sentence, listed

_SAID: dict[Lack, Promise | str] = {
    Lack.SUBJECT: _("What the request is about is hardly named: %(words)s."),
    Lack.QUESTION: _("The resident asked, and may not find the answer: %(words)s"),
    Lack.FOUND: _("It does not say what was found."),
    Lack.DONE: _("It does not say what was done or will be done."),
    Lack.WHO: _("It does not say which unit did it."),
    Lack.WHEN: _("It promises without a day: %(words)s. By when?"),
    Lack.RULE: _("It says no (%(words)s) and names no rule or reason."),
    Lack.CONTACT: _("It does not say whom to ask."),
    Lack.GREETING: _("It begins without a greeting."),
    Lack.TONE: _("A resident may take this amiss: %(words)s."),
    Lack.CONSULTATION: _("The resident complained; the reply calls it a question: %(words)s."),
}


def lacks_of(matter: Matter, answer: str) -> list[str]:
    """Say what an answer leaves open; what points to a person is said elsewhere."""
    found = check(matter.title, matter.text, answer)
    return [_sentence(hint) for hint in found if hint.lack in _SAID]


def _sentence(hint: Hint) -> str:
    return str(Sentence(_SAID[hint.lack], words=listed(hint.words)))
