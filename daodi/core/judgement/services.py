"""Suggest a category, and keep what was learnt: try it, take it into use, go back."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note, note_change
from daodi.core.exceptions import Refused
from daodi.core.judgement.keywords import Guess, guess_by_words
from daodi.core.judgement.learning import Trial
from daodi.core.judgement.machine import drop, guess_with, keep, tree_in
from daodi.core.judgement.models import LEAST_SURE, MOST_SURE, Learning, ModelVersion
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member

KEPT = 10  # versions a ledger


def guesses_for(
    matter: Matter, categories: Sequence[Category]
) -> tuple[ModelVersion | None, list[Guess]]:
    """Return the likeliest categories of a matter and the version that says so; None: keywords."""
    version = active_version(matter.ledger)
    tree = tree_in(version) if version else None
    if version and tree:
        return version, guess_with(tree, matter.title, matter.text, categories)
    return None, guess_by_words(matter.title, matter.text, categories)


def active_version(ledger: Ledger) -> ModelVersion | None:
    return ModelVersion.objects.of(ledger).active().first()


@transaction.atomic
def add_version(ledger: Ledger, trial: Trial, *, now: datetime) -> ModelVersion:
    """Keep what was learnt; take it into use if it did better and nobody has gone back."""
    name, size = keep(trial.tree)
    last = ModelVersion.objects.of(ledger).aggregate(last=Max("number"))["last"] or 0
    version = ModelVersion.objects.create(
        ledger=ledger,
        number=last + 1,
        made_at=now,
        file=name,
        size=size,
        rows=trial.rows,
        figures=trial.figures,
        rival=trial.rival,
    )
    if trial.is_better and not Learning.objects.filter(ledger=ledger, is_held=True).exists():
        activate(version)
    _forget_old(ledger)
    return version


@transaction.atomic
def activate(version: ModelVersion, *, by: Member | None = None) -> None:
    """Let a version speak from now on, be it new or an older one that one goes back to.

    Who goes back to an older one stops newer ones from taking over; who takes the newest lets them.
    """
    ledger = Ledger.objects.select_for_update().get(pk=version.ledger_id)
    before = active_version(ledger)
    if before == version:
        raise Refused(_("This version is in use already."))
    ModelVersion.objects.of(ledger).active().update(is_active=False)
    ModelVersion.objects.of(ledger).filter(pk=version.pk).update(is_active=True)
    version.is_active = True
    if by:
        newer = ModelVersion.objects.of(ledger).filter(number__gt=version.number)
        _hold(ledger, is_held=newer.exists())
    note_change(
        Act.MODEL_ACTIVATED,
        ledger,
        {"version": before.number if before else None},
        {"version": version.number},
        by=by,
        unit=ledger.unit,
    )


@transaction.atomic
def use_keywords(ledger: Ledger, *, by: Member) -> None:
    """Let no version speak: back to the words of the category scheme, until a person says so."""
    before = active_version(ledger)
    if before is None:
        raise Refused(_("Nothing that was learnt is in use."))
    ModelVersion.objects.of(ledger).active().update(is_active=False)
    _hold(ledger, is_held=True)
    after = {"version": None}
    note(Act.MODEL_ACTIVATED, ledger, by=by, unit=ledger.unit,
         before={"version": before.number}, after=after)  # fmt: skip


@transaction.atomic
def list_from(ledger: Ledger, percent: int | None, *, by: Member) -> None:
    """Say from which confidence filings are listed without an operator; None: never."""
    if percent is not None and not LEAST_SURE <= percent <= MOST_SURE:
        raise Refused(
            _("Choose a confidence from %(least)s to %(most)s %%.")
            % {"least": LEAST_SURE, "most": MOST_SURE}
        )
    row, _is_new = Learning.objects.get_or_create(ledger=ledger)
    before = {"list_from": row.list_from}
    row.list_from = percent
    row.save(update_fields=["list_from"])
    note_change(Act.LISTING_BY_ITSELF, ledger, before, {"list_from": percent}, by=by,
                unit=ledger.unit)  # fmt: skip


def _hold(ledger: Ledger, *, is_held: bool) -> None:
    Learning.objects.update_or_create(ledger=ledger, defaults={"is_held": is_held})


def _forget_old(ledger: Ledger) -> None:
    """Delete the versions beyond the newest, but never the one in use."""
    for version in ModelVersion.objects.of(ledger).newest_first()[KEPT:]:
        if not version.is_active:
            version.delete()
            transaction.on_commit(partial(drop, version.file))
