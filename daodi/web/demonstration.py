"""What a made-up county does not let its visitors do: its accounts are everybody's."""

from functools import wraps

from django.conf import settings
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.web.pages import Args, MemberRequest, MemberView


def not_in_demonstration(view: MemberView[Args]) -> MemberView[Args]:
    """Refuse what would change the account under whoever visits next, or sign them out."""

    @wraps(view)
    def kept(
        request: MemberRequest, /, *args: Args.args, **kwargs: Args.kwargs
    ) -> HttpResponseBase:
        if settings.DEMO:
            raise Refused(
                _("This is a demonstration: names, passwords and second factors stay as they are, "
                  "because the next visitor uses the same account.")
            )  # fmt: skip
        return view(request, *args, **kwargs)

    return kept
