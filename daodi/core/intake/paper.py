"""Paper forms: numbered when they are printed, and entered once when they come back."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.intake.codes import form_key_of, new_code
from daodi.core.intake.filing import Filing, Receipt, file_matter
from daodi.core.intake.models import MOST_SHEETS, FormBatch
from daodi.core.ledgers.kinds import Channel
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.attachments import NewFile
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.lib.text import letters_of

# Whoever ordered forms can print them for so long: they show the codes of those who will write.
PRINTABLE = timedelta(hours=1)
SHEET_DIGITS, BATCH_DIGITS, MOST_DIGITS, GROUP = 2, 6, 18, 3
DOUBLED_MOST = 9


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One sheet of a batch."""

    batch: FormBatch
    sheet: int

    @property
    def serial(self) -> str:
        """Return batch, sheet and a digit that gives away a slip of the pen."""
        digits = f"{self.batch.pk:0{BATCH_DIGITS}d}{self.sheet:0{SHEET_DIGITS}d}"
        return digits + check_digit(digits)

    @property
    def shown(self) -> str:
        """Return the serial in groups, as it is printed."""
        return grouped(self.serial)

    @property
    def key(self) -> UUID:
        return form_key_of(self.serial)

    @property
    def code(self) -> str:
        """Return the tracking code that the matter will have."""
        return new_code(self.key)

    def is_opened_by(self, code: str) -> bool:
        """Say whether this is the code on its strip, in constant time."""
        return hmac.compare_digest(self.code.encode(), letters_of(code).encode())

    def matter(self) -> Matter | None:
        """Return what was entered from this form, if it was."""
        return Matter.objects.filter(form_key=self.key).first()


def print_forms(ledger: Ledger, count: int, *, by: Member, now: datetime) -> FormBatch:
    """Number new forms of a ledger in which residents may file."""
    if not (ledger.is_active and ledger.residents_file):
        raise Refused(_("This ledger does not take filings."))
    if not 1 <= count <= MOST_SHEETS:
        raise Refused(_("Print between 1 and %(most)s forms at once.") % {"most": MOST_SHEETS})
    return FormBatch.objects.create(ledger=ledger, unit=by.unit, by=by, printed_at=now, count=count)


def sheets_of(batch: FormBatch) -> list[PaperForm]:
    return [PaperForm(batch, sheet) for sheet in range(1, batch.count + 1)]


def sheets_to_print(batch: FormBatch, *, by: Member, now: datetime) -> list[PaperForm]:
    """Return the sheets for whoever ordered them just now; raise Refused for everybody else."""
    if by.pk != batch.by_id or now > batch.printed_at + PRINTABLE:
        raise Refused(
            _("Forms can be printed for an hour, by whoever ordered them. Please order new ones.")
        )
    return sheets_of(batch)


def find_form(serial: str) -> PaperForm:
    """Return the form with this serial, however its digits are grouped; raise Refused if none."""
    digits = letters_of(serial)
    least = BATCH_DIGITS + SHEET_DIGITS + 1
    if digits.isascii() and digits.isdigit() and least <= len(digits) <= MOST_DIGITS:
        batch, sheet = int(digits[: -SHEET_DIGITS - 1]), int(digits[-SHEET_DIGITS - 1 : -1])
        found = FormBatch.objects.select_related("ledger").filter(pk=batch).first()
        if check_digit(digits[:-1]) == digits[-1] and found and 1 <= sheet <= found.count:
            return PaperForm(found, sheet)
    raise Refused(_("There is no form with this number. Please compare it with the sheet."))


def enter_form(
    form: PaperForm,
    filing: Filing,
    *,
    by: Member,
    now: datetime,
    channel: str = Channel.COUNTER,
    files: Iterable[NewFile] = (),
) -> Receipt:
    """File what stands on a form, under the code that its strip shows; a second time is refused."""
    refuse_entered(form)
    filing = replace(filing, paper=form.serial)
    receipt = file_matter(
        form.batch.ledger, filing, now=now, by=by, channel=channel, form_key=form.key, files=files
    )
    if not receipt.is_new:  # somebody else was a moment faster
        refuse_entered(form)
    return receipt


def refuse_entered(form: PaperForm) -> None:
    """Raise Refused if this form was entered already."""
    if there := form.matter():
        at = f"{timezone.localtime(there.filed_at):%Y-%m-%d %H:%M}"
        raise Refused(
            _("Form %(serial)s was entered already: %(number)s, %(at)s. One form is one matter.")
            % {"serial": form.shown, "number": there.number, "at": at}
        )


def entered_of(batches: Iterable[FormBatch]) -> dict[int, int]:
    """Return how many forms of each batch came back, in one query."""
    keys = {form.key: batch.pk for batch in batches for form in sheets_of(batch)}
    counts: dict[int, int] = {}
    for key in Matter.objects.filter(form_key__in=list(keys)).values_list("form_key", flat=True):
        if key is not None:
            counts[keys[key]] = counts.get(keys[key], 0) + 1
    return counts


def grouped(serial: str) -> str:
    return " ".join(serial[at : at + GROUP] for at in range(0, len(serial), GROUP))


def check_digit(digits: str) -> str:
    """Return what Luhn's formula adds: every wrong digit and nearly every swap is found out."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - DOUBLED_MOST if value > DOUBLED_MOST else value
    return str(-total % 10)
