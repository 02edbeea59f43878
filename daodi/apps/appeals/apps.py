from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from daodi.web.apps import FIRST_STYLES, LAST_STYLES
from daodi.web.entry import Entry

PORTAL_STYLES = ("daodi/portal.css", "daodi/reading.css", "appeals/filing.css")
# Each after those that it imports.
FILING_SCRIPTS = (
    "outbox", "draft", "hints", "kept", "shrink", "photos", "place", "sending", "voice", "filing",
)  # fmt: skip


class AppealsConfig(AppConfig):
    name = "daodi.apps.appeals"
    mount = ""
    public_entries = (
        Entry(_("Ask for help"), "appeals:file", "plus"),
        Entry(_("My requests"), "appeals:track", "list-check"),
        Entry(_("What others asked"), "appeals:public", "world"),
        Entry(_("Answers"), "appeals:answers", "books"),
        Entry(_("Who answers"), "appeals:units", "building"),
        Entry(_("Figures"), "appeals:figures", "chart-bar"),
    )
    bundles: ClassVar = {
        "portal.css": (*FIRST_STYLES, *PORTAL_STYLES, *LAST_STYLES),
        "filing.mjs": tuple(f"appeals/{name}.js" for name in FILING_SCRIPTS),
    }
