"""The sections on what was not good enough: done again, filed again, judged badly."""

from collections import Counter
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from daodi.core.figures.counting import count, facts_in
from daodi.core.figures.formulas import Basis, formula
from daodi.core.ledgers.kinds import Satisfied
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Division
from daodi.core.reports.brief import FEW, Brief, Draft, joined, sentences
from daodi.core.reports.rows import MOST_ROWS, add_row, matters_of, short_moment
from daodi.core.reports.sources import cite
from daodi.core.workflow.models import Judgement
from daodi.lib.days import begin_of_day, end_of_day
from daodi.lib.text import listed

MOST_CLUSTERS, CLUSTER = 5, 3


def repeated(brief: Brief) -> Draft:
    """What had to be done again, was sent back, or comes from the same place again."""
    redone = _share_of(
        brief,
        "redo",
        _("Of %(of)s answered matters %(hits)s were done again."),
        _("Of %(of)s answered matters %(hits)s were done again (%(value)s)."),
    )
    bounced = _share_of(
        brief,
        "bounce",
        _("Of %(of)s dispatched matters %(hits)s were objected to."),
        _("Of %(of)s dispatched matters %(hits)s were objected to (%(value)s)."),
    )
    return Draft(sentences(redone, bounced, _clusters(brief)))


def _share_of(brief: Brief, name: str, few: str, many: str) -> str:
    """Say a rate, with few cases as numbers only; nothing of no case."""
    figure = brief.figure(name)
    if not figure.of:
        return ""
    words = few if figure.of < FEW else many
    return words % {part: brief.cited(name, part) for part in ("of", "hits", "value")}


def _clusters(brief: Brief) -> str:
    """Name what many in one town have filed: it may be one cause."""
    facts = facts_in(brief.scope, Basis.FILED).exclude(town="").exclude(category=None)
    many = facts.order_by().values_list("category", "town").annotate(count=Count("pk"))
    found = list(many.filter(count__gte=CLUSTER).order_by("-count", "town")[:MOST_CLUSTERS])
    if not found:
        return _("Nothing came %(times)s times or more from one town.") % {"times": CLUSTER}
    categories = Category.objects.in_bulk([category for category, _town, _count in found])
    towns = Division.objects.filter(code__in=[town for _category, town, _count in found])
    names = dict(towns.values_list("code", "name"))
    parts = [
        _("%(town)s: %(category)s %(count)s")
        % {
            "town": names.get(town, town),
            "category": categories[category],
            "count": _cluster(brief, categories[category], town, names.get(town, town)),
        }
        for category, town, _count in found
    ]
    return _("Several from one town, perhaps of one cause: %(parts)s.") % {"parts": joined(parts)}


def _cluster(brief: Brief, category: Category, town: str, name: str) -> str:
    scope = brief.scope.narrowed("category", str(category.pk)).narrowed("town", town)
    figure = count(scope, [formula("filed")])[formula("filed").code]
    return cite(brief.sources.figure(figure, scope, f"{name} · {category}"))


def unsatisfied(brief: Brief) -> Draft:
    """What residents judged unsatisfied in the period, and what has become of it."""
    start, end = begin_of_day(brief.scope.first), end_of_day(brief.scope.last)
    said = Judgement.objects.filter(
        matter__ledger=brief.scope.ledger, at__gte=start, at__lt=end, satisfied=Satisfied.NO
    )
    latest = {judgement.matter_id: judgement for judgement in said.order_by("at", "pk")}
    if not latest:
        return Draft(_("No resident was unsatisfied with an answer in the period."))
    matters = matters_of(latest)
    became = Counter(_became(matter, latest[pk].at) for pk, matter in matters.items())
    counted = brief.sources.rows
    words = _("Residents were not satisfied with %(count)s answers: %(became)s.") % {
        "count": cite(counted(_("judged unsatisfied"), len(latest))),
        "became": listed(
            _("%(what)s %(count)s") % {"what": what, "count": cite(counted(what, count))}
            for what, count in became.items()
        ),
    }
    draft = Draft(words, [_("Number"), _("Matter"), _("Unit"), _("Judged on"), _("Since then")])
    for pk, matter in list(matters.items())[:MOST_ROWS]:
        at = latest[pk].at
        add_row(draft, matter, short_moment(at), _became(matter, at))
    return draft


def _became(matter: Matter, judged_at: datetime) -> str:
    """Say what happened to a matter after it was judged badly."""
    if matter.handed_in_at and matter.handed_in_at > judged_at:
        return _("answered anew")
    if matter.cleared_at and matter.cleared_at > judged_at:
        return _("cleared as it was")
    if matter.state in (State.CLEARED, State.HANDED_IN):
        return _("still to be looked at")
    return _("in hand again")
