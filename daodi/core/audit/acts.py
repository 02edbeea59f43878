"""The acts of administration that leave a line."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    UNIT_ADDED = "unit_added", _("Unit added")
    UNIT_CHANGED = "unit_changed", _("Unit changed")
    UNIT_MOVED = "unit_moved", _("Unit moved")
    SIGHT_RENEWED = "sight_renewed", _("Who sees the matters of a moved unit was renewed")
    MEMBER_ADDED = "member_added", _("Member added")
    MEMBERS_ADDED = "members_added", _("Members added")
    MEMBER_CHANGED = "member_changed", _("Roles or place changed")
    MEMBER_LEFT = "member_left", _("Work handed over")
    INVITED = "invited", _("Invitation made")
    INVITATION_REVOKED = "invitation_revoked", _("Invitation revoked")
    INVITATION_USED = "invitation_used", _("Invitation used")
    PASSWORD_SET = "password_set", _("Password set")
    PASSWORD_CHANGED = "password_changed", _("Own password changed")
    FACTOR_SET_UP = "factor_set_up", _("Second factor set up")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    FACTOR_RESET = "factor_reset", _("Second factor reset")
    CODES_RENEWED = "codes_renewed", _("Recovery codes renewed")
    LEDGER_OPENED = "ledger_opened", _("Ledger opened")
    LEDGER_CHANGED = "ledger_changed", _("Ledger changed")
    CATEGORY_ADDED = "category_added", _("Category added")
    CATEGORIES_ADDED = "categories_added", _("Categories added")
    CATEGORY_CHANGED = "category_changed", _("Category changed")
    LINE_ADDED = "line_added", _("Line of the catalogue added")
    LINE_CHANGED = "line_changed", _("Line of the catalogue changed")
    LINE_REMOVED = "line_removed", _("Line of the catalogue removed")
    POLICY_PUBLISHED = "policy_published", _("Clocks published")
    YEAR_ANNOUNCED = "year_announced", _("Calendar changed")
    ORGANISATION_IMPORTED = "organisation_imported", _("Organisation imported")
    CATALOGUE_IMPORTED = "catalogue_imported", _("Catalogue imported")
    AUDIT_EXPORTED = "audit_exported", _("Log exported")
    MODEL_ACTIVATED = "model_activated", _("Other suggestions in use")
    LISTING_BY_ITSELF = "listing_by_itself", _("Listing without an operator changed")
