"""The visits of a quarter in one report: as a page, a workbook and an official document.

It says what was seen where and what became of it; it neither counts nor compares people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from daodi.apps.plans.contacts import ContactPlace, Visit
from daodi.apps.plans.showing_contacts import (
    ShownConcern,
    ShownVisit,
    quarter_of,
    show_visits,
    unvisited,
)
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.lib.documents.official import Block, Heading, Official, Paragraph, Table
from daodi.lib.text import listed

MONTHS = 3
# A quarter of a prefecture; what is beyond is said, and stands in the workbook.
MOST_SHOWN = 300
MOST_READ = 20_000


@dataclass(frozen=True, slots=True)
class Report:
    """What happened at the contact places of a house in a quarter."""

    title: str
    unit: str
    first: date
    last: date
    places: int
    visits: list[ShownVisit]
    waiting: list[ContactPlace]

    @property
    def concerns(self) -> list[tuple[ShownVisit, ShownConcern]]:
        return [(visit, each) for visit in self.visits for each in visit.concerns]

    @property
    def summary(self) -> str:
        """Say in a few sentences what the report is about."""
        concerns = [each for _visit, each in self.concerns]
        sent = [each for each in concerns if each.number]
        cleared = [each for each in sent if each.state == State.CLEARED]
        return _(
            "From %(first)s to %(last)s there were %(places)s contact places with %(visits)s "
            "visits. %(concerns)s problems were found: %(sent)s of them were sent on as matters, "
            "and %(cleared)s of these are cleared."
        ) % {
            "first": f"{self.first:%Y-%m-%d}", "last": f"{self.last:%Y-%m-%d}",
            "places": self.places, "visits": len(self.visits), "concerns": len(concerns),
            "sent": len(sent), "cleared": len(cleared),
        }  # fmt: skip


def report_of(member: Member, day: date) -> Report:
    """Return the report on the quarter of `day`, about what the member may see."""
    first, last = quarter_of(day)
    seen = ContactPlace.objects.visible_to(member)
    places = list(seen.in_use(first, last).for_list().by_house())
    visits = Visit.objects.visible_to(member).between(first, last).for_list()
    ordered = visits.order_by("place__member__unit__path", "day", "pk")[:MOST_READ]
    title = _("Visits to contact places, quarter %(quarter)s of %(year)s") % {
        "quarter": (first.month - 1) // MONTHS + 1, "year": first.year,
    }  # fmt: skip
    kept = [place for place in places if place.until is None]
    return Report(
        title=title,
        unit=str(member.unit),
        first=first,
        last=last,
        places=len(places),
        visits=show_visits(ordered, member),
        waiting=unvisited(kept, first, last),
    )


def quarters_before(today: date, count: int) -> Iterator[date]:
    """Yield the first day of this quarter and of those before it."""
    day = today
    for _number in range(count):
        first = quarter_of(day)[0]
        yield first
        day = first - timedelta(days=1)


def quarter_words(first: date) -> str:
    return _("Quarter %(quarter)s of %(year)s") % {
        "quarter": (first.month - 1) // MONTHS + 1, "year": first.year,
    }  # fmt: skip


def sheets_of(report: Report) -> list[tuple[str, list[str], list[list[object]]]]:
    """Return the sheets of the workbook: visits, problems, places where nobody was yet."""
    waiting = [[place.member.unit, place, place.member] for place in report.waiting]
    return [
        (_("Visits"), _visit_head(), [_visit_cells(each) for each in report.visits]),
        (_("Problems found"), _concern_head(), [_concern_cells(*pair) for pair in report.concerns]),
        (
            _("Still to be visited"),
            [_("Unit"), _("Contact place"), _("Who looks after it")],
            [[str(cell) for cell in row] for row in waiting],
        ),
    ]


def document_of(report: Report, today: date) -> Official:
    """Return the report as an office sends it out."""
    blocks: list[Block] = [Heading(_("Summary")), Paragraph(report.summary)]
    blocks += _part(_("Visits"), _visit_head(), [_visit_cells(each) for each in report.visits],
                    (2, 2, 1.5, 1.6, 6))  # fmt: skip
    problems = [_concern_cells(*pair) for pair in report.concerns]
    blocks += _part(_("Problems found"), _concern_head(), problems, (5, 2, 1.6, 2.6, 1.6))
    if report.waiting:
        words = listed(f"{place.member.unit}：{place}" for place in report.waiting)
        blocks += [Heading(_("Still to be visited")), Paragraph(words)]
    return Official(
        title=report.title,
        blocks=blocks,
        signatory=report.unit,
        date=date_format(today, pgettext("a day of a year", "j F Y")),
        language=str(get_language() or "")[:2],
    )


def _part(
    title: str, head: list[str], rows: list[list[object]], widths: Sequence[float]
) -> list[Block]:
    if not rows:
        return [Heading(title), Paragraph(_("None in these days."))]
    texts = [[str(cell) for cell in row] for row in rows]
    return [Heading(title), Table(head, texts, widths)]


def _visit_head() -> list[str]:
    return [
        _("Unit"),
        _("Contact place"),
        _("Who was there"),
        _("Day"),
        _("What was seen and heard"),
    ]


def _visit_cells(shown: ShownVisit) -> list[object]:
    place = shown.visit.place
    day = f"{shown.visit.day:%Y-%m-%d}"
    return [str(place.member.unit), str(place), str(place.member), day, shown.visit.seen]


def _concern_head() -> list[str]:
    return [_("Problem"), _("Contact place"), _("Day"), _("Number"), _("State")]


def _concern_cells(shown: ShownVisit, concern: ShownConcern) -> list[object]:
    day = f"{shown.visit.day:%Y-%m-%d}"
    state = concern.word or _("not sent on")
    return [concern.concern.text, str(shown.visit.place), day, concern.number, state]
