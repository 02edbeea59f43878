"""Open ledgers, from a preset or by hand, and change them."""

import itertools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.audit.acts import Act
from daodi.core.audit.record import note, note_change
from daodi.core.clocks.models import PolicyVersion
from daodi.core.exceptions import Refused
from daodi.core.ledgers.categories import add_scheme
from daodi.core.ledgers.fields import Field
from daodi.core.ledgers.kinds import EVIDENCE_STEPS, Kind
from daodi.core.ledgers.models import Ledger
from daodi.core.ledgers.who_may import check_who_may
from daodi.core.people.models import Member, Unit

PRESETS = Path(__file__).parent / "presets"
# All that a manager may change, as the database stores it.
FACTS = (
    "code", "name", "name_en", "public_name", "public_name_en", "purpose", "prefix", "unit_id",
    "supervising_unit_id", "policy_id", "kinds", "residents_file", "filing_roles",
    "filing_units", "leader_dispatches", "readers", "is_public", "leader_signs", "evidence",
    "is_confidential", "clear_after_satisfied", "clear_after_silence", "reopen_days",
    "fields", "decline_reasons", "is_active",
)  # fmt: skip
# Those of them that are lists of units.
UNITS = ("filing_units", "readers")


def shipped_ledgers() -> dict[str, dict[str, Any]]:
    """Return the ledger presets that come with Daodi, by code."""
    files = sorted(PRESETS.glob("ledger-*.yaml"))
    return {
        path.stem.removeprefix("ledger-"): yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in files
    }


@transaction.atomic
def open_preset(
    code: str, *, unit: Unit, supervising_unit: Unit, by: Member | None = None
) -> Ledger:
    """Open a ledger as a preset describes it; an existing one of that code is returned as it is."""
    there = Ledger.objects.filter(code=code).first()
    if there:
        return there
    return _open_as(code, by, code=code, unit=unit, supervising_unit=supervising_unit)


@transaction.atomic
def open_another(preset: str, *, by: Member | None = None, **given: Any) -> Ledger:
    """Open a ledger under a code of its own, as `given` says and, for the rest, as a preset does.

    Without a preset, everything that a ledger needs must be given.
    """
    if not preset:
        return open_ledger(by=by, code=_free_code("ledger"), **given)
    return _open_as(preset, by, code=_free_code(preset), **given)


def _free_code(wanted: str) -> str:
    """Return this code, or the first with a number behind it that no ledger has."""
    used = set(Ledger.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    codes = itertools.chain([wanted], (f"{wanted}-{n}" for n in itertools.count(2)))
    return next(code for code in codes if code not in used)


def _open_as(preset: str, by: Member | None, **given: Any) -> Ledger:
    fields = shipped_ledgers()[preset]
    scheme = fields.pop("categories", None)
    policy = newest_policy(fields.pop("policy"))
    ledger = open_ledger(by=by, **{"policy": policy, **fields, **given})
    if scheme:
        add_scheme(ledger, yaml.safe_load((PRESETS / scheme).read_text(encoding="utf-8")))
    return ledger


def newest_policy(code: str) -> PolicyVersion:
    """Return the policy in force under this code; raise Refused if there is none."""
    found = PolicyVersion.objects.filter(code=code).order_by("-version").first()
    if not found:
        raise Refused(_("There is no policy called %(code)s.") % {"code": code})
    return found


@transaction.atomic
def open_ledger(*, by: Member | None = None, **given: Any) -> Ledger:
    """Open a new ledger; `given` are the fields of Ledger. Raise Refused where they do not fit."""
    ledger = Ledger(**given)
    check_ledger(ledger)
    ledger.save(force_insert=True)
    note(Act.LEDGER_OPENED, ledger, by=by, unit=ledger.unit, after=_facts(ledger))
    return ledger


@transaction.atomic
def change_ledger(
    ledger: Ledger, *, confidants: Iterable[Member] | None = None, by: Member | None = None
) -> None:
    """Store a ledger that a manager has edited; matters that run keep the clocks they have."""
    check_ledger(ledger)
    there = Ledger.objects.get(pk=ledger.pk)
    before, after = _facts(there), _facts(ledger)
    ledger.save(force_update=True)
    if confidants is not None:
        before["confidants"] = sorted(there.confidants.values_list("user__username", flat=True))
        ledger.confidants.set(confidants)
        after["confidants"] = sorted(ledger.confidants.values_list("user__username", flat=True))
    note_change(Act.LEDGER_CHANGED, ledger, before, after, by=by, unit=ledger.unit)


def check_ledger(ledger: Ledger) -> None:
    """Raise Refused if the ledger's fields or kinds make no sense."""
    specs = [Field.read(spec) for spec in ledger.fields]
    names = [field.name for field in specs]
    check_who_may(ledger)
    if len(names) != len(set(names)):
        raise Refused(_("Two fields have the same name."))
    if not ledger.kinds or set(ledger.kinds) - set(Kind.values):
        raise Refused(_("Choose at least one kind."))
    if set(ledger.evidence) - set(EVIDENCE_STEPS):
        raise Refused(
            _("Evidence can be asked for these steps only: %(steps)s.")
            % {"steps": ", ".join(EVIDENCE_STEPS)}
        )
    if not re.fullmatch("[A-Z]{1,6}", ledger.prefix):
        raise Refused(_("The prefix of numbers has one to six capital letters, A to Z."))


def _facts(ledger: Ledger) -> dict[str, Any]:
    """Return what a ledger says, as plain values that can be compared, stored and read."""
    facts = {name.removesuffix("_id"): getattr(ledger, name.removesuffix("_id")) for name in FACTS}
    facts |= {name: str(facts[name]) for name in ("unit", "supervising_unit", "policy")}
    for name in UNITS:
        facts[name] = [str(unit) for unit in Unit.objects.filter(pk__in=facts[name])]
    return facts
