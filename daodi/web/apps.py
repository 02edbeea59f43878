from typing import ClassVar

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from daodi.core.people.roles import Role
from daodi.web.entry import Entry

MANAGERS = (Role.MANAGER,)
WRITERS = (Role.OPERATOR, Role.HANDLER, Role.LEADER, Role.MANAGER)
LOG_READERS = (Role.MANAGER, Role.SUPERVISOR)
FILERS = (Role.OPERATOR, Role.INSPECTOR, Role.SUPERVISOR)
PRINTERS = (*FILERS, Role.HANDLER, Role.LEADER, Role.MANAGER)
DAY_READERS = (Role.LEADER, Role.SUPERVISOR)
REPORT_READERS = (Role.EDITOR, Role.SUPERVISOR, Role.MANAGER, Role.LEADER)
ADVISED = (Role.OPERATOR, Role.MANAGER)
TOPIC_READERS = (Role.OPERATOR, Role.LEADER, Role.SUPERVISOR)
OFFLINE = (Role.OPERATOR, Role.HANDLER)
PUBLISHERS = (Role.OPERATOR, Role.EDITOR)


# What every page begins with. The rules for paper come last, so that they win.
FIRST_STYLES = (
    "daodi/tokens.css",
    "daodi/dark.css screen and (prefers-color-scheme: dark)",
    "daodi/base.css",
    "daodi/components.css",
)
LAST_STYLES = ("daodi/print.css print",)
DESK_STYLES = ("desk", "lists", "reading", "sort", "live", "roles", "write", "topics")
DESK_SCRIPTS = ("daodi", "keys", "write", "pick", "choose", "palette", "live", "print")


class WebConfig(AppConfig):
    name = "daodi.web"
    bundles: ClassVar = {
        "desk.css": (*FIRST_STYLES, *(f"daodi/{name}.css" for name in DESK_STYLES), *LAST_STYLES),
        "desk.js": tuple(f"daodi/{name}.js" for name in DESK_SCRIPTS),
    }
    entries = (
        Entry(_("Inbox"), "desk:inbox", "inbox"),
        Entry(_("My unit today"), "desk:lead", "gavel", (Role.LEADER,)),
        Entry(_("First things first"), "desk:first", "list-check", (Role.HANDLER,)),
        Entry(_("Follow-up calls"), "desk:follow_up", "headset", (Role.CALLER,)),
        Entry(_("Supervision"), "desk:supervision", "eye", (Role.SUPERVISOR,)),
        Entry(_("Next item"), "desk:next", "player-track-next", (Role.OPERATOR,)),
        Entry(_("Hot topics"), "desk:topics", "flame", TOPIC_READERS),
        Entry(_("New matter"), "desk:new", "plus", FILERS),
        Entry(_("Paper forms"), "desk:forms", "qrcode", PRINTERS),
        Entry(_("Without network"), "desk:offline", "table-import", OFFLINE),
        Entry(_("Knowledge"), "desk:knowledge", "books"),
        Entry(_("To publish"), "desk:publishing", "world", PUBLISHERS),
        Entry(_("Figures"), "desk:figures", "chart-bar"),
        Entry(_("The day in one page"), "desk:today", "news", DAY_READERS),
        Entry(_("Reports"), "desk:reports", "file-text", REPORT_READERS),
        Entry(_("Suggestions"), "desk:judgement", "bulb", ADVISED),
        Entry(_("Templates"), "desk:templates", "template", WRITERS),
        Entry(_("Management"), "desk:manage", "home", MANAGERS),
        Entry(_("Units and members"), "desk:units", "building", MANAGERS),
        Entry(_("Ledgers"), "desk:ledgers", "list-details", MANAGERS),
        Entry(_("Gazetteer"), "desk:gazetteer", "map-pin", MANAGERS),
        Entry(_("Follow-up rules"), "desk:follow_up_rules", "headset", LOG_READERS),
        Entry(_("Calendar"), "desk:calendar", "calendar", MANAGERS),
        Entry(_("Log"), "desk:log", "history", LOG_READERS),
    )

    def ready(self) -> None:
        """Stop the start when the site asks a role for a second factor that is none."""
        if unknown := set(settings.SECOND_FACTOR_ROLES) - set(Role.values):
            raise ImproperlyConfigured(f"SECOND_FACTOR_ROLES: {min(unknown)!r} is no role")
