from contextlib import suppress
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daodi.core.exceptions import Refused
from daodi.core.notices.carriers.base import Down, Message, NotDelivered, Rejected, Unsure

FOR_GOOD = range(500, 600)


class Mail:
    """E-mail, by the server that the site names; one connection for a whole run."""

    name = "mail"
    label = gettext_lazy("E-mail")
    asks = gettext_lazy("E-mail address")

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def is_ready(self) -> bool:
        return bool(settings.EMAIL_HOST)

    def clean(self, to: str) -> str:
        try:
            validate_email(to)
        except ValidationError as error:
            raise Refused(_("This is no e-mail address.")) from error
        return to

    def send(self, message: Message) -> None:
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "daodi"
        mail = EmailMessage(
            message.title,
            message.text(),
            to=[message.to],
            headers={"Message-ID": f"<{message.key}@{domain}>", "Auto-Submitted": "auto-generated"},
            connection=self._opened(),
        )
        try:
            mail.send()
        except (SMTPException, OSError) as error:
            # Some servers hang up after a refusal: the next letter begins anew.
            self.close()
            raise _refusal(error) from error

    def close(self) -> None:
        if self._connection:
            with suppress(SMTPException, OSError):
                self._connection.close()
        self._connection = None

    def _opened(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (SMTPException, OSError) as error:
                raise Down(str(error)) from error
            self._connection = connection
        return self._connection


def _refusal(error: Exception) -> NotDelivered:
    """Say what an error of the server means for the letter."""
    code: int
    words: bytes | str
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return Unsure(str(error))
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return (Rejected if code in FOR_GOOD else NotDelivered)(f"{code} {text}")
