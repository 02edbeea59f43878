"""Words that every ledger shares: what a resident wants, and how much it presses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the person who files it wants (诉求类型)."""

    CONSULT = "consult", _("Question")
    HELP = "help", _("Request for help")
    OPINION = "opinion", _("Opinion")
    SUGGESTION = "suggestion", _("Suggestion")
    COMPLAINT = "complaint", _("Complaint")
    REPORT = "report", _("Report of a wrong")
    TASK = "task", _("Task")


class Urgency(models.TextChoices):
    CRITICAL = "critical", _("Critical")
    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    LONG = "long", _("Long")


class Solved(models.TextChoices):
    YES = "yes", _("Solved")
    PARTLY = "partly", _("Partly solved")
    NO = "no", _("Not solved")


class Satisfied(models.TextChoices):
    YES = "yes", _("Satisfied")
    BASICALLY = "basically", _("Basically satisfied")
    NO = "no", _("Not satisfied")


class Channel(models.TextChoices):
    """How a matter came in."""

    WEB = "web", _("Web page")
    PHONE = "phone", _("Telephone")
    COUNTER = "counter", _("Counter")
    INSPECTION = "inspection", _("Inspection")
    IMPORT = "import", _("Import")
    API = "api", _("Other system")


# The steps for which a ledger may ask for a photo or a file; a hand-in that a leader signs is one.
EVIDENCE_STEPS = ("contact", "report", "hand_part", "hand_in", "object", "answer_order")
