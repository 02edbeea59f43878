from typing import ClassVar

from django.apps import AppConfig

from daodi.web.apps import FIRST_STYLES, LAST_STYLES

PORTAL_STYLES = ("daodi/portal.css", "daodi/reading.css", "appeals/filing.css")
# Each after those that it imports.
FILING_SCRIPTS = (
    "outbox", "draft", "hints", "kept", "shrink", "photos", "place", "sending", "voice", "filing",
)  # fmt: skip


class AppealsConfig(AppConfig):
    name = "daodi.apps.appeals"
    mount = ""
    bundles: ClassVar = {
        "portal.css": (*FIRST_STYLES, *PORTAL_STYLES, *LAST_STYLES),
        "filing.mjs": tuple(f"appeals/{name}.js" for name in FILING_SCRIPTS),
    }
