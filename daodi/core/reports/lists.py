"""The sections on what is late, ordered, suspended, and what comes next."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from daodi.core.figures.counting import facts_in
from daodi.core.figures.formulas import Basis, formula
from daodi.core.figures.models import Fact
from daodi.core.matters.states import State
from daodi.core.reports.brief import Brief, Draft, moment_words, sentences
from daodi.core.reports.rows import (
    MOST_ROWS,
    add_row,
    bounds,
    length_words,
    matters_of,
    short_moment,
)
from daodi.core.reports.sources import cite
from daodi.core.workflow.models import Decision, Order


def overdue(brief: Brief) -> Draft:
    """The red list: what is past its deadline, the latest first."""
    late = facts_in(brief.stock, Basis.STOCK).filter(formula("overdue").hit())
    rows = list(late.order_by("due_at", "pk")[:MOST_ROWS])
    if not rows:
        return Draft(_("No matter is overdue."))
    matters = matters_of(fact.matter_id for fact in rows)
    words = _("At %(at)s, %(count)s matters are overdue; those that it has cost most are on top.")
    draft = Draft(words % {"at": moment_words(brief.at), "count": brief.cited("overdue", "hits")})
    draft.head = [_("Number"), _("Matter"), _("Unit"), _("Was due"), _("Overdue by")]
    for fact in rows:
        matter = matters[fact.matter_id]
        due = fact.due_at or matter.due_at
        add_row(draft, matter, short_moment(due), length_words(brief.at - due))
    return draft


def orders(brief: Brief) -> Draft:
    """What the supervisors ordered in the period, and what is not answered."""
    start, end = bounds(brief.scope.first, brief.scope.last)
    here = Order.objects.filter(matter__ledger=brief.scope.ledger)
    written = here.filter(at__gte=start, at__lt=end)
    answered = here.filter(answered_at__gte=start, answered_at__lt=end)
    waiting = list(here.open().for_list()[:MOST_ROWS])
    counted = brief.sources.rows
    if not waiting and not written.exists() and not answered.exists():
        return Draft(_("No order was written or answered in the period, and none waits."))
    late = sum(order.due_at < brief.at for order in waiting)
    words = _(
        "%(written)s orders were written in the period, %(answered)s answered; %(waiting)s wait "
        "for an answer, %(late)s of them past their limit."
    ) % {
        "written": cite(counted(_("orders written"), written.count())),
        "answered": cite(counted(_("orders answered"), answered.count())),
        "waiting": cite(counted(_("orders that wait for an answer"), here.open().count())),
        "late": cite(counted(_("orders past their limit"), late)),
    }
    draft = Draft(words, [_("Number"), _("Matter"), _("Unit"), _("Ordered on"), _("Answer due")])
    for order in waiting:
        add_row(draft, order.matter, short_moment(order.at), short_moment(order.due_at))
    return draft


def suspended(brief: Brief) -> Draft:
    """What waits for conditions that nobody has yet, and when it is looked at again."""
    share = brief.figure("suspended")
    if not share.hits:
        return Draft(_("No matter is suspended."))
    facts = facts_in(brief.stock, Basis.STOCK).filter(state=State.SUSPENDED).order_by("filed_at")
    matters = matters_of(facts.values_list("matter", flat=True)[:MOST_ROWS])
    granted = Decision.objects.filter(
        matter__in=matters, kind=Decision.Kind.SUSPENSION, is_granted=True
    )
    last = {decision.matter_id: decision for decision in granted.order_by("pk")}
    words = _("%(count)s of %(open)s open matters are suspended, each with a plan and a day on "
              "which it is looked at again.")  # fmt: skip
    draft = Draft(words % {"count": brief.cited("suspended", "hits"), "open": brief.cited("open")})
    draft.head = [_("Number"), _("Matter"), _("Unit"), _("Suspended on"), _("Looked at again")]
    for matter in matters.values():
        decision = last.get(matter.pk)
        since, until = (decision.decided_at, decision.until) if decision else (None, None)
        add_row(draft, matter, short_moment(since), short_moment(until))
    return draft


def outlook(brief: Brief) -> Draft:
    """What falls due within as long a time as the report is about."""
    ahead = brief.at + timedelta(days=(brief.scope.last - brief.scope.first).days + 1)
    due = _due(brief, ahead)
    if not due:
        return Draft(_("Nothing falls due until %(until)s.") % {"until": moment_words(ahead)})
    rows = list(due.order_by("due_at", "pk")[:MOST_ROWS])
    units = due.exclude(unit=None).order_by().values("unit").distinct().count()
    words = _(
        "Until %(until)s %(count)s matters of %(units)s units fall due; the units answer for it "
        "that they are done in time."
    ) % {
        "until": moment_words(ahead),
        "count": cite(brief.sources.rows(_("falls due next"), due.count())),
        "units": cite(brief.sources.rows(_("units with matters that fall due next"), units)),
    }
    if due.count() > MOST_ROWS:
        words = sentences(words, _("The first %(count)s of them:") % {"count": MOST_ROWS})
    draft = Draft(words, [_("Number"), _("Matter"), _("Unit"), _("Due")])
    matters = matters_of(fact.matter_id for fact in rows)
    for fact in rows:
        add_row(draft, matters[fact.matter_id], short_moment(fact.due_at))
    return draft


def _due(brief: Brief, until: datetime) -> QuerySet[Fact]:
    facts = facts_in(brief.stock, Basis.STOCK).filter(formula("open").over, answered_at=None)
    return facts.filter(due_at__gt=brief.at, due_at__lte=until)
