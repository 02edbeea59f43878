from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from daodi.core.people.roles import Role
from daodi.web.apps import FIRST_STYLES, LAST_STYLES
from daodi.web.entry import Entry


class DutiesConfig(AppConfig):
    name = "daodi.apps.duties"
    mount = "duties/"
    demo = "daodi.apps.duties.demo.fill"
    reindex = "daodi.apps.duties.indexing.reindex"
    finds = "daodi.apps.duties.finding.find"
    public_finds = "daodi.apps.duties.finding.find_for_residents"
    bundles: ClassVar = {
        "guide.css": (
            *FIRST_STYLES, "daodi/portal.css", "daodi/reading.css", "duties/duties.css",
            *LAST_STYLES,
        ),
    }  # fmt: skip
    entries = (
        Entry(_("Work lists"), "duties:duties", "clipboard-list"),
        Entry(
            _("Revision round"),
            "duties:round",
            "checklist",
            (Role.HANDLER, Role.LEADER, Role.OPERATOR),
        ),
    )
    public_entries = (Entry(_("How to get things done"), "duties:guide", "clipboard-list"),)
