"""A table to be taken in."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from daodi.core.exceptions import Refused
from daodi.core.exchange.trial import Line
from daodi.core.exchange.typed import read_typed
from daodi.core.ledgers.models import Ledger
from daodi.lib.sheets import Unreadable

MOST_BYTES = 20 * 2**20


class TableForm(forms.Form):
    """A file that is read while the form is checked."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Nothing is changed before you have seen what it would do."),
    )

    def __init__(
        self,
        read: Callable[[Path], list[Line]],
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        accept: str = ".xlsx,.xls,.ods,.csv",
    ) -> None:
        super().__init__(data, files)
        self.use_required_attribute = False
        self.read = read
        self.fields["file"].widget.attrs["accept"] = accept

    def clean_file(self) -> tuple[str, list[Line]]:
        """Return the name of the file, and what was read from it."""
        given: UploadedFile = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 20 MB."))
        with tempfile.NamedTemporaryFile(suffix=Path(given.name or "").suffix) as copy:
            shutil.copyfileobj(given, copy)
            copy.flush()
            try:
                return given.name or "", self.read(Path(copy.name))
            except (Refused, Unreadable) as error:
                raise forms.ValidationError(str(error)) from error


class TypedForm(TableForm):
    """Requests typed into a table for one of the ledgers that the operator's house runs."""

    def __init__(
        self,
        ledgers: Sequence[Ledger],
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
    ) -> None:
        super().__init__(self._read, data, files)
        self.ledgers = {str(ledger.pk): ledger for ledger in ledgers}
        choices = [(pk, str(ledger)) for pk, ledger in self.ledgers.items()]
        self.fields["ledger"] = forms.ChoiceField(label=_("Ledger"), choices=choices)
        # The file is read by what the ledger knows.
        self.order_fields(["ledger", "file"])

    def clean_ledger(self) -> Ledger:
        return self.ledgers[self.cleaned_data["ledger"]]

    def _read(self, path: Path) -> list[Line]:
        if "ledger" not in self.cleaned_data:
            raise Refused(_("Choose the ledger first."))
        return read_typed(path, self.cleaned_data["ledger"])
