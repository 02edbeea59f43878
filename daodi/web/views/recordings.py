"""Listening to a resident, and writing down what they say."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daodi.core.matters.belongings import Attachment
from daodi.core.matters.models import Matter
from daodi.core.workflow.transcribing import transcribe
from daodi.web.pages import MemberRequest, member_page


@require_POST
@member_page
def transcript(request: MemberRequest, key: str) -> HttpResponse:
    """Keep what is said in a recording of a matter that the member may see."""
    recording = get_object_or_404(Attachment, key=key)
    visible = Matter.objects.visible_to(request.member).for_page()
    matter = get_object_or_404(visible, pk=recording.matter_id)
    text = request.POST.get("text", "")
    transcribe(matter, recording, text=text, by=request.member, now=timezone.now())
    messages.success(request, _("It is written down; the resident can read it."))
    return redirect("desk:matter", matter.number)
