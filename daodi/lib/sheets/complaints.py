"""What can be wrong with a table whose file is sound."""

from django.utils.translation import gettext_lazy as _

from daodi.lib.sheets.refusals import Unreadable


class UnknownSheet(Unreadable):
    message = _("There is no sheet “%(sheet)s”. The sheets are: %(sheets)s.")


class NoHeader(Unreadable):
    message = _(
        "No row with column names was found among the first %(rows)s rows. "
        "Please put the names of the columns in one row above the entries."
    )


class HeaderTwice(Unreadable):
    message = _(
        "Two columns are named “%(name)s” (%(first)s and %(second)s). "
        "Please give each column a name of its own."
    )


class HeaderMerged(Unreadable):
    message = _(
        "The column name “%(name)s” is merged over %(cells)s. "
        "Please give each column its own name in one row."
    )


class NoRows(Unreadable):
    message = _("There is no entry below the column names. Please check the file or the sheet.")


class TooManyRows(Unreadable):
    message = _("The table has more than %(limit)s rows. Please split it.")


class CellTooLong(Unreadable):
    message = _(
        "Row %(row)s holds a text of more than %(limit)s characters. "
        "Please shorten it, or check whether a quotation mark is left open."
    )


class RowTooWide(Unreadable):
    message = _(
        "Row %(row)s has more cells than there are column names (%(cells)s instead of %(names)s). "
        "Please put texts that contain the separator in quotation marks, or send .xlsx."
    )


class QuoteAstray(Unreadable):
    message = _(
        "A quotation mark near row %(row)s is never closed or stands inside a quoted text. "
        "Please correct it, or send .xlsx."
    )
