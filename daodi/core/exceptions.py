"""What the core says no with. Each text is written for the person who reads it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):  # noqa: N818 -- it is an answer, not a fault
    """The request was understood and the rules say no; the text says why and what would help."""

    message: str | Promise = _("This is not possible.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(message or self.message)

    def __str__(self) -> str:
        return str(self.args[0])


class ChangedMeanwhile(Refused):
    message = _(
        "Somebody else changed this matter a moment ago. Look at it again; "
        "what you wrote has not been saved."
    )


class NotYours(Refused):
    message = _("Your role does not allow this step.")


class Missing(Refused):
    """A text or a choice that the step needs was not given."""
