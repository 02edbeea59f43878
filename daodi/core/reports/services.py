"""Make reports, write into them, count them again, send them out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from daodi.core.exceptions import ChangedMeanwhile, Missing, NotYours, Refused
from daodi.core.figures.projecting import project
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Member
from daodi.core.reports.composing import compose, renewed
from daodi.core.reports.models import WRITERS, Report, Section
from daodi.core.reports.sources import CITED, by_number
from daodi.core.reports.windows import title_of
from daodi.lib.text import clean

LONGEST_TEXT = 5000
LONGEST_WINDOW = 366
COVER = ("title", "masthead", "reference", "addressee", "signatory", "copies")


def may_write(member: Member, ledger: Ledger) -> bool:
    """Say whether the member writes reports on this ledger: those who run or supervise it do."""
    near = member.reaches(ledger.unit) or member.reaches(ledger.supervising_unit)
    return member.has(*WRITERS) and near and not ledger.is_confidential


def make_report(
    ledger: Ledger, kind: str, first: date, last: date, *, by: Member | None, now: datetime
) -> Report:
    """Return the report on these days, written from the figures unless it is there already.

    It is written in the site's language, whoever asks for it.
    """
    if by and not may_write(by, ledger):
        raise NotYours
    today = timezone.localtime(now).date()
    if ledger.is_confidential:
        raise Refused(_("There are no reports on a confidential ledger."))
    if not first <= last <= today:
        raise Refused(_("Choose a first and a last day, in this order and not after today."))
    if (last - first).days >= LONGEST_WINDOW:
        raise Refused(_("A report is about a year at the most."))
    project(now)
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        unit = ledger.supervising_unit
        defaults = {
            "as_of": now,
            "title": title_of(kind, ledger, first, last),
            "masthead": _("%(unit)s bulletin") % {"unit": unit},
            "signatory": str(unit),
            "issuing_unit": unit,
            "made_at": now,
            "made_by": by,
        }
        report, is_new = Report.objects.get_or_create(
            ledger=ledger, kind=kind, first=first, last=last, defaults=defaults
        )
        if is_new:
            _write(report)
    return report


def _write(report: Report) -> None:
    Section.objects.bulk_create(
        Section(
            report=report, order=order, kind=each.kind, written=each.text, data=each.data,
            heading=str(Section.Kind(each.kind).label),
        )
        for order, each in enumerate(compose(report), 1)
    )  # fmt: skip


@transaction.atomic
def recount(report: Report, *, by: Member, now: datetime) -> None:
    """Count a draft again as of now; what people wrote stays, with the new numbers in it."""
    project(now)
    _take(report, by, as_of=now)
    report.as_of = now
    old = list(report.sections.all())
    with translation.override(settings.LANGUAGE_CODE):
        written = {each.kind: each for each in compose(report, old)}
    before = by_number(section.figures for section in old)
    after = {source.number: source for each in written.values() for source in each.figures}
    for section in old:
        fresh = written[section.kind]
        if section.edited_at:
            section.edited = renewed(section.edited, before, after)
        section.written, section.data = fresh.text, fresh.data
        section.save(update_fields=["written", "edited", "data"])


@transaction.atomic
def edit_section(
    report: Report, kind: str, *, heading: str, text: str, by: Member, now: datetime
) -> None:
    """Put a person's words in the place of the machine's, which stay recoverable."""
    section = report.sections.get(kind=kind)
    heading = clean(heading, lines=False)
    text = clean(text, lines=True)[:LONGEST_TEXT]
    if not heading or not text:
        raise Missing(_("A section has a heading and a text. To drop it, say so in one sentence."))
    _take(report, by)
    section.heading, section.edited, section.edited_by, section.edited_at = heading, text, by, now
    section.save(update_fields=["heading", "edited", "edited_by", "edited_at"])


@transaction.atomic
def restore_section(report: Report, kind: str, *, by: Member) -> None:
    """Let a section say again what the machine wrote."""
    section = report.sections.get(kind=kind)
    _take(report, by)
    with translation.override(settings.LANGUAGE_CODE):
        section.heading = str(Section.Kind(kind).label)
    section.edited, section.edited_by, section.edited_at = "", None, None
    section.save(update_fields=["heading", "edited", "edited_by", "edited_at"])


@transaction.atomic
def frame(report: Report, cover: Mapping[str, str], *, by: Member) -> None:
    """Set title, red head, document number, addressee, signatory and copies of a draft."""
    values = {name: clean(cover.get(name, ""), lines=False) for name in COVER}
    if not values["title"] or not values["masthead"]:
        raise Missing(_("A report has a title and a red head."))
    _take(report, by, **values)


@transaction.atomic
def issue(report: Report, *, by: Member, now: datetime) -> None:
    """Freeze a report and give it the next number of its kind in the year."""
    if wrong := contradictions(report):
        raise Refused(
            _("In “%(heading)s” stands %(number)s, which is not what was counted. Put it right, "
              "or take the bracket behind it away: then it is your own.") % wrong[0]
        )  # fmt: skip
    # Two that are issued at once wait for each other here: no number is given twice.
    Ledger.objects.select_for_update(of=("self",)).get(pk=report.ledger_id)
    year = timezone.localtime(now).year
    alike = Report.objects.filter(ledger=report.ledger_id, kind=report.kind, year=year)
    number = (alike.aggregate(last=Max("number"))["last"] or 0) + 1
    issued = Report.State.ISSUED
    _take(report, by, state=issued, year=year, number=number, issued_at=now, issued_by=by)


@transaction.atomic
def discard(report: Report, *, by: Member) -> None:
    """Throw a draft away; it can be made again."""
    _take(report, by)
    report.delete()


def contradictions(report: Report) -> list[dict[str, str]]:
    """Return the numbers in texts that are none of those that their source has."""
    found = []
    sections = list(report.sections.all())
    sources = by_number(section.figures for section in sections)
    for section in sections:
        for cited in CITED.finditer(section.text):
            source = sources.get(int(cited["source"]))
            if source is None or not source.part_of(cited["number"]):
                found.append({"heading": section.heading, "number": cited["number"]})
    return found


def _take(report: Report, by: Member, **values: Any) -> None:
    """Change a draft that nobody has changed since it was seen: the version is the lock."""
    if not may_write(by, report.ledger):
        raise NotYours
    seen = Report.objects.drafts().filter(pk=report.pk, version=report.version)
    if not seen.update(version=F("version") + 1, **values):
        raise ChangedMeanwhile(
            _("This report was issued or changed by somebody else a moment ago. Look again.")
        )
    report.version += 1
