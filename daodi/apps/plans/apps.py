from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from daodi.core.people.roles import Role
from daodi.web.entry import Entry


class PlansConfig(AppConfig):
    name = "daodi.apps.plans"
    mount = "plans/"
    links = "daodi.apps.plans.links.links"
    finds = "daodi.apps.plans.finding.find"
    story = "daodi.apps.plans.story.story"
    entries = (
        Entry(_("Plans"), "plans:plans", "map"),
        Entry(_("Tasks of our unit"), "plans:ours", "checklist", (Role.HANDLER, Role.LEADER)),
        Entry(
            _("Contact places"),
            "plans:contacts",
            "map-pin",
            (Role.LEADER, Role.SUPERVISOR, Role.MANAGER),
        ),
    )
    public_entries = (Entry(_("Good deeds"), "plans:deeds", "map"),)
