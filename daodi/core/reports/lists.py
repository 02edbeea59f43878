"""The sections on what is late, ordered, suspended, and what comes next."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from daodi.core.deadlines.models import Clock
from daodi.core.figures.counting import facts_in
from daodi.core.figures.formulas import Basis, formula
from daodi.core.figures.models import Fact
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.reports.brief import Brief, Draft, moment_words, sentences
from daodi.core.reports.rows import (
    MOST_ROWS,
    add_row,
    length_words,
    matters_of,
    short_moment,
)
from daodi.core.reports.sources import cite
from daodi.core.workflow.models import Decision, Order, OrderQuerySet
from daodi.lib.days import begin_of_day, end_of_day


def overdue(brief: Brief) -> Draft:
    """The red list: what is past its deadline, the latest first."""
    late = facts_in(brief.stock, Basis.STOCK).filter(formula("overdue").hit())
    rows = list(late.order_by("due_at", "pk")[:MOST_ROWS])
    others = _other_cards(brief, late)
    words = _("No matter is overdue.")
    if rows:
        words = _(
            "At %(at)s, %(count)s matters are overdue; those that it has cost most are on top."
        ) % {"at": moment_words(brief.at), "count": brief.cited("overdue", "hits")}
    if count := others.count():
        more = _("%(count)s more have a red card for another deadline; they stand at the end.") % {
            "count": cite(brief.sources.rows(_("red cards for another deadline"), count))
        }
        words = sentences(words, more)
    draft = Draft(sentences(words, _first_of(max(late.count(), count))))
    draft.head = [_("Number"), _("Matter"), _("Unit"), _("Was due"), _("Overdue by")]
    matters = matters_of(fact.matter_id for fact in rows)
    for fact in rows:
        matter = matters[fact.matter_id]
        due = fact.due_at or matter.due_at
        add_row(draft, matter, short_moment(due), length_words(brief.at - due))
    _add_cards(brief, draft, others.order_by("due_at", "pk")[:MOST_ROWS])
    return draft


def _other_cards(brief: Brief, late: QuerySet[Fact]) -> QuerySet[Matter]:
    """Keep what has a red card although its first result is not late: a step or an order is."""
    red = Matter.objects.with_card().filter(ledger=brief.scope.ledger, card="red")
    return red.filter(due_at__lt=brief.at).exclude(pk__in=late.values("matter"))


def _add_cards(brief: Brief, draft: Draft, found: Iterable[Matter]) -> None:
    """Add a row for each matter, with the clock that is late for longest."""
    matters = matters_of(matter.pk for matter in found)
    running = Clock.objects.running().filter(matter__in=matters, paused_at=None)
    labels = {clock.matter_id: clock.rule.title for clock in running.order_by("-due_at", "-pk")}
    for pk, label in ((pk, labels[pk]) for pk in matters if pk in labels):
        length = length_words(brief.at - matters[pk].due_at)
        by = _("%(clock)s: %(length)s") % {"clock": label, "length": length}
        add_row(draft, matters[pk], short_moment(matters[pk].due_at), by)


def _first_of(count: int) -> str:
    """Say of a table that it does not have all of them."""
    return _("The first %(count)s of them:") % {"count": MOST_ROWS} if count > MOST_ROWS else ""


def orders(brief: Brief) -> Draft:
    """What the supervisors ordered in the period, and what is not answered."""
    start, end = begin_of_day(brief.scope.first), end_of_day(brief.scope.last)
    here = Order.objects.filter(matter__ledger=brief.scope.ledger)
    was_written, was_answered = (
        Q(at__gte=start, at__lt=end),
        Q(answered_at__gte=start, answered_at__lt=end),
    )
    waits = Q(pk__in=here.open().values("pk"))
    concerned = here.filter(was_written | was_answered | waits)
    if not concerned.exists():
        return Draft(_("No order was written or answered in the period, and none waits."))
    counted = brief.sources.rows
    words = _("%(written)s orders were written in the period, %(answered)s answered.") % {
        "written": cite(counted(_("orders written"), here.filter(was_written).count())),
        "answered": cite(counted(_("orders answered"), here.filter(was_answered).count())),
    }
    draft = Draft(sentences(words, _waiting(brief, here), _first_of(concerned.count())))
    draft.head = [_("Number"), _("Matter"), _("Unit"), _("Ordered on"), _("Answer")]
    unanswered_first = F("answered_at").asc(nulls_first=True)
    for order in concerned.for_list().order_by(unanswered_first, "due_at", "pk")[:MOST_ROWS]:
        add_row(draft, order.matter, short_moment(order.at), _answer_of(order))
    return draft


def _waiting(brief: Brief, here: OrderQuerySet) -> str:
    """Say how many orders wait for an answer, and how many of them for too long."""
    waiting, late = here.open().count(), here.late(brief.at).count()
    if not waiting:
        return _("None waits for an answer.")
    counted = brief.sources.rows
    return _("%(waiting)s wait for an answer, %(late)s of them past their limit.") % {
        "waiting": cite(counted(_("orders that wait for an answer"), waiting)),
        "late": cite(counted(_("orders past their limit"), late)),
    }


def _answer_of(order: Order) -> str:
    if order.answered_at:
        return _("given %(at)s") % {"at": short_moment(order.answered_at)}
    if order.closed_at:
        return _("closed without one")
    return _("due %(at)s") % {"at": short_moment(order.due_at)}


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
    words = sentences(words, _first_of(due.count()))
    draft = Draft(words, [_("Number"), _("Matter"), _("Unit"), _("Due")])
    matters = matters_of(fact.matter_id for fact in rows)
    for fact in rows:
        add_row(draft, matters[fact.matter_id], short_moment(fact.due_at))
    return draft


def _due(brief: Brief, until: datetime) -> QuerySet[Fact]:
    facts = facts_in(brief.stock, Basis.STOCK).filter(formula("open").over, answered_at=None)
    return facts.filter(due_at__gt=brief.at, due_at__lte=until)
