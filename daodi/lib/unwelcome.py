"""Why an upload is not taken: each sentence says what is wrong and what to do."""

from django.utils.translation import gettext_lazy as _

from daodi.lib.text import Said


class Unwelcome(Said):
    """The file is not taken; the text tells its owner what to do."""

    message = _("This file cannot be taken. Please choose another.")


class EmptyUpload(Unwelcome):
    message = _("The file is empty. Please choose it again.")


class TooLargeUpload(Unwelcome):
    message = _("The file has %(size)s MB; at most %(limit)s MB can be taken.")


class NotAllowed(Unwelcome):
    message = _("Files of this kind are not taken. Please choose a picture, a PDF or a document.")


class Dangerous(Unwelcome):
    message = _("Programs, scripts and web pages are not taken. Please choose a picture or a PDF.")


class NameMismatch(Unwelcome):
    message = _(
        "By its content the file is %(found)s, but its name ends in %(suffix)s. "
        "Please correct the name or choose another file."
    )


class HasMacros(Unwelcome):
    message = _("The document holds macros. Please save it without them, or as a PDF.")


class ProtectedUpload(Unwelcome):
    message = _("The file is protected by a password. Please save it without one.")


class BrokenUpload(Unwelcome):
    message = _("The file is damaged or incomplete. Please choose it again.")


class ChooseJpeg(Unwelcome):
    message = _("Pictures of this kind cannot be read here. Please choose JPEG.")


class BrokenPicture(Unwelcome):
    message = _("The picture is damaged or incomplete. Please take or choose it again.")


class TooManyPixels(Unwelcome):
    message = _(
        "The picture has %(pixels)s million points; at most %(limit)s million can be taken. "
        "Please make it smaller."
    )
