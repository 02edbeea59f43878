"""Why a file cannot be read as a table: each sentence says what is wrong and what to do."""

from django.utils.translation import gettext_lazy as _

from daodi.lib.text import Said


class Unreadable(Said):
    """The file cannot be read as a table; the text tells its owner what to do."""

    message = _("This file cannot be read as a table. Please send it as .xlsx or .csv.")


class NotFound(Unreadable):
    message = _("The file is not there. Please choose it again.")


class EmptyFile(Unreadable):
    message = _("The file is empty. Please check it and choose it again.")


class TooLarge(Unreadable):
    message = _("The file has %(size)s MB; at most %(limit)s MB can be read. Please split it.")


class WrongKind(Unreadable):
    message = _(
        "This is %(found)s, not a table. Please open the table and save it as .xlsx or .csv."
    )


class Protected(Unreadable):
    message = _(
        "The file is protected by a password. Please save it without one and send it again."
    )


class Broken(Unreadable):
    message = _(
        "The file is damaged or incomplete. Please open it, save it again and send it anew."
    )


class Inflated(Unreadable):
    message = _(
        "Unpacked, the file is far larger than a table needs to be. "
        "Please copy the table into a new file and send that."
    )


class Undecodable(Unreadable):
    message = _(
        "The text is neither UTF-8 nor GB18030, or it is damaged. "
        "Please save it as “CSV UTF-8” or as .xlsx."
    )


class HoldsNul(Unreadable):
    message = _("The text holds binary zeros. Please save it as “CSV UTF-8” or as .xlsx.")
