"""How often one address may file."""

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from daodi.web.throttle import HOUR, is_too_often


def files_too_often(request: HttpRequest, form: BaseForm) -> bool:
    """Count one more filing of an address; when it is one too many, say so in the form."""
    most = settings.FILINGS_AN_HOUR
    if not is_too_often(request, "file", most=most, seconds=HOUR):
        return False
    said = _(
        "More than %(most)s requests came from your connection within an hour. Please try again "
        "in an hour: what you wrote is still here. If it presses, call the hotline."
    )
    form.add_error(None, said % {"most": most})
    return True
