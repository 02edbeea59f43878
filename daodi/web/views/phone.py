"""On the telephone: who calls has perhaps called before."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from daodi.core.history.contact import read_contact
from daodi.core.matters.contacts import same_phone
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.core.workflow.rights import sides_of
from daodi.web.forms.filing import StaffFilingForm
from daodi.web.forms.wording import keep_typed
from daodi.web.pages import MemberRequest, page_for
from daodi.web.showing.matters import show_rows

FILERS = (Role.OPERATOR, Role.INSPECTOR, Role.SUPERVISOR)
MOST_SHOWN = 8
FEWEST_DIGITS = 7


# A number in an address would stand in every log: it is posted, though nothing changes.
@require_POST
@page_for(*FILERS)
def caller(request: MemberRequest) -> HttpResponse:
    """Show the earlier matters of a caller, for the page that is open."""
    context = earlier(request.member, request.POST.get("phone", ""))
    return render(request, "desk/parts/earlier.html", context)


def earlier(member: Member, phone: str) -> dict[str, Any]:
    """Return the caller's matters that the member may see, the newest first, for the part."""
    digits = sum(letter.isdigit() for letter in phone)
    if digits < FEWEST_DIGITS:
        return {"asked": False, "earlier": []}
    matters = Matter.objects.visible_to(member).for_list().filter(pk__in=same_phone(phone))
    newest = list(matters.newest_first()[:MOST_SHOWN])
    rows = show_rows(newest, timezone.now())
    for row, matter in zip(rows, newest, strict=True):
        row |= {"filed": matter.filed_at, "is_open": matter.is_open}
    return {"asked": True, "earlier": rows}


def typed(form: StaffFilingForm, member: Member, data: QueryDict) -> None:
    """Show in an unbound form what was typed so far; with `carry`, who and where an earlier
    matter of the same caller was.
    """
    keep_typed(form, data)
    if number := data.get("carry"):
        found = get_object_or_404(Matter.objects.visible_to(member).for_page(), number=number)
        form.initial["division"], form.initial["address"] = found.division_id, found.address
        person = read_contact(found, by=member, sides=sides_of(found, member), now=timezone.now())
        form.initial["name"] = person.name
