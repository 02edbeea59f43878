"""What all forms share."""

from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from daodi.core.exceptions import Refused
from daodi.core.matters.attachments import NewFile, examine_files
from daodi.lib.signatures import KINDS

Made = TypeVar("Made")
LONG_TEXT = 5000
ACCEPTED = ",".join(suffix for kind in KINDS.values() for suffix in kind.suffixes)


# Django's own words, said more plainly in our catalogue.
PLAINER = (_("This field is required."), _("username"))


def tried(form: forms.BaseForm, act: Callable[[], Made]) -> Made | None:
    """Carry out an act; a refusal becomes the form's error, so that nothing typed is lost."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files, looked at by their content; cleans to a list of NewFile."""

    def __init__(self, **kwargs: Any) -> None:
        widget = FilesInput(attrs={"accept": ACCEPTED, "multiple": True})
        super().__init__(**{"required": False, "widget": widget, **kwargs})

    def clean(self, data: object, _initial: object = None) -> list[NewFile]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [file for file in given if isinstance(file, UploadedFile)]
        if self.required and not files:
            raise forms.ValidationError(_("Please add at least one photo or file."))
        try:
            return examine_files((file.name or "", cast("BinaryIO", file.file)) for file in files)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})
