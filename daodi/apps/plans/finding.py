"""What the search of the desk finds among plans; their tasks are matters and are found as such."""

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.apps.plans.models import Plan
from daodi.core.people.models import Member
from daodi.lib.pairs import words_of
from daodi.web.showing.elsewhere import Hit, Hits


def find(member: Member, asked: str, most: int) -> Hits:
    """Return the plans that a member may see and that have these words."""
    found = Plan.objects.visible_to(member).saying(words_of(asked)).order_by("-pk")
    rows = [
        Hit(reverse("plans:plan", args=[plan.pk]), plan.title, plan.source) for plan in found[:most]
    ]
    return Hits(_("Plans"), "map", reverse("plans:plans"), rows)
