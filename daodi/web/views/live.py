from functools import partial

from django.http import HttpResponse
from django.utils.translation import get_language

from daodi.lib.bridge import GO_ON
from daodi.web.live.hub import Subscriber, hub
from daodi.web.live.watches import WATCHES
from daodi.web.pages import MemberRequest, member_page

NOTHING_TO_COME = 204  # browsers do not ask again


@member_page
def live(request: MemberRequest) -> HttpResponse:
    """Tell an open page what happens; say that nothing comes where the server cannot go on."""
    watches = [watch for watch in (make(request) for make in WATCHES) if watch]
    go_on, user = request.META.get(GO_ON), request.member.hand.user_id
    if go_on is None or not watches or not hub.has_room(user):
        return HttpResponse(status=NOTHING_TO_COME)
    subscriber = Subscriber(user, get_language() or "", watches)
    go_on.append(partial(hub.stream, subscriber))
    answer = HttpResponse(content_type="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer
