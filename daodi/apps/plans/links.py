"""From a matter back to the plan that it is a task of."""

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.apps.plans.models import Line, Plan
from daodi.core.ledgers.kinds import Kind
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member


def links(matter: Matter, member: Member) -> list[tuple[str, str, str]]:
    """Return icon, address and words of the task's page, if the member sees its plan."""
    if matter.kind != Kind.TASK:
        return []
    seen = Plan.objects.visible_to(member)
    line = Line.objects.filter(matter=matter, plan__in=seen).select_related("plan").first()
    if line is None:
        return []
    url = reverse("plans:line", args=[line.plan_id, line.pk])
    return [("map", url, _("In the plan: %(plan)s") % {"plan": line.plan})]
