"""Every table of the core, for Django to find; import a model from its own theme instead."""

from daodi.core.audit.models import AdminEvent
from daodi.core.clocks.models import CalendarDay, CalendarYear, PolicyVersion
from daodi.core.deadlines.models import Clock
from daodi.core.drafts.models import Draft
from daodi.core.exchange.models import Upload
from daodi.core.figures.models import Daily, Fact, Projection
from daodi.core.followup.models import FollowUp, FollowUpRule
from daodi.core.gazetteer.models import PlaceName
from daodi.core.history.models import DayRoot, Event, EventText
from daodi.core.intake.models import Claim, FormBatch, Recurrence
from daodi.core.judgement.models import Advice, Learning, ModelVersion
from daodi.core.knowledge.models import Entry, EntryUse, EntryVersion, Proposal
from daodi.core.ledgers.models import CatalogueLine, Category, Ledger
from daodi.core.lists.models import ChosenColumns, SavedView
from daodi.core.matters.belongings import Attachment, Contact, Part
from daodi.core.matters.models import Matter
from daodi.core.notices.models import Address, Delivery, Notice, OneTimeCode
from daodi.core.people.absences import Absence
from daodi.core.people.access import Invitation, SignIn
from daodi.core.people.models import Division, Member, Unit, User
from daodi.core.people.sessions import Session
from daodi.core.publishing.models import Publication
from daodi.core.reports.models import Report, Section
from daodi.core.search.models import Indexed
from daodi.core.supervision.models import Finding, Reminder, ReminderLine
from daodi.core.surges.models import Replay, Surge
from daodi.core.topics.models import Grouping, Topic, TopicMatter
from daodi.core.transfer.models import ColumnMap
from daodi.core.wording.models import AnswerTemplate
from daodi.core.workflow.models import Decision, Judgement, Order

__all__ = [
    "Absence",
    "Address",
    "AdminEvent",
    "Advice",
    "AnswerTemplate",
    "Attachment",
    "CalendarDay",
    "CalendarYear",
    "CatalogueLine",
    "Category",
    "ChosenColumns",
    "Claim",
    "Clock",
    "ColumnMap",
    "Contact",
    "Daily",
    "DayRoot",
    "Decision",
    "Delivery",
    "Division",
    "Draft",
    "Entry",
    "EntryUse",
    "EntryVersion",
    "Event",
    "EventText",
    "Fact",
    "Finding",
    "FollowUp",
    "FollowUpRule",
    "FormBatch",
    "Grouping",
    "Indexed",
    "Invitation",
    "Judgement",
    "Learning",
    "Ledger",
    "Matter",
    "Member",
    "ModelVersion",
    "Notice",
    "OneTimeCode",
    "Order",
    "Part",
    "PlaceName",
    "PolicyVersion",
    "Projection",
    "Proposal",
    "Publication",
    "Recurrence",
    "Reminder",
    "ReminderLine",
    "Replay",
    "Report",
    "SavedView",
    "Section",
    "Session",
    "SignIn",
    "Surge",
    "Topic",
    "TopicMatter",
    "Unit",
    "Upload",
    "User",
]
