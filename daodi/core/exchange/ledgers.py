"""A ledger as a file: what its preset would say, with its categories."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.exchange.trial import Line, Outcome, Step, Verdict, carry_out, told
from daodi.core.ledgers.categories import DEEPEST, add_scheme
from daodi.core.ledgers.models import Category, Ledger
from daodi.core.ledgers.services import newest_policy
from daodi.core.matters.sight import edit_ledger
from daodi.core.people.models import Member

LONGEST_CODE = 12
MOST_BYTES = 2 * 2**20
# What a file says of a ledger; units and members are each site's own.
PLAIN = (
    "name", "name_en", "public_name", "public_name_en", "purpose", "prefix", "kinds",
    "residents_file", "filing_roles", "leader_dispatches", "is_public", "leader_signs",
    "is_confidential", "clear_after_satisfied", "clear_after_silence", "reopen_days", "fields",
    "decline_reasons", "is_active", "evidence",
)  # fmt: skip
POLICY, SCHEME = "policy", "scheme"
NODE = ("code", "name", "name_en", "keywords", "kind_hint", "confidential", "below")


def write_ledger(ledger: Ledger) -> str:
    """Return a ledger as YAML that `take_ledger` takes and changes nothing."""
    facts = {name: getattr(ledger, name) for name in PLAIN}
    rows = list(ledger.categories.all())
    below: dict[int | None, list[Category]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    facts |= {POLICY: ledger.policy.code, SCHEME: _nodes(below, None)}
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)


def read_ledger(path: Path) -> list[Line]:
    """Return the text of a file as one line; raise Refused if it is no ledger."""
    if path.stat().st_size > MOST_BYTES:
        raise Refused(_("The file has more than 2 MB."))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refused(_("This is no text in UTF-8.")) from error
    _parsed(text)
    return [Line("", 1, {"text": text})]


def take_ledger(
    ledger: Ledger,
    lines: list[Line],
    *,
    by: Member | None,
    mark: str | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Make a ledger what the file says, all of it or nothing; what it does not name stays.

    Categories are added and renamed by their codes, never removed.
    """
    given = _parsed(lines[0].get("text"))

    def work() -> Iterator[Step]:
        there = Ledger.objects.select_related("policy").get(pk=ledger.pk)
        steps = list(_settings(there, given))
        if not Outcome(steps).is_wrong and not Outcome(steps).changes_nothing:
            steps += _stored(there, by)
        yield from steps
        if scheme := given.get(SCHEME):
            yield from _categories(there, scheme)

    return carry_out(work, mark=mark, dry_run=dry_run)


def _parsed(text: str) -> dict[str, Any]:
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        row = where.line + 1 if where else 1
        raise Refused(_("This is no YAML: look at line %(row)s.") % {"row": row}) from error
    if not isinstance(given, dict) or not set(given) & {*PLAIN, POLICY, SCHEME}:
        raise Refused(_("This file describes no ledger."))
    return given


def _settings(ledger: Ledger, given: dict[str, Any]) -> Iterator[Step]:
    for name in [key for key in given if key not in (*PLAIN, POLICY, SCHEME)]:
        yield _step(Verdict.WRONG, name, _("A ledger has nothing of this name."))
    for name in [name for name in PLAIN if name in given]:
        yield _setting(ledger, name, given[name])
    if code := given.get(POLICY):
        yield _policy(ledger, str(code))


def _setting(ledger: Ledger, name: str, value: Any) -> Step:
    before = getattr(ledger, name)
    try:
        value = Ledger.fitting(name, value)
    except ValidationError as error:
        return _step(Verdict.WRONG, name, " ".join(error.messages))
    if value == before:
        return _step(Verdict.SAME, name, "")
    if name == "prefix" and ledger.matter_set.exists():
        return _step(Verdict.WRONG, name, _("It stays: there are matters with it."))
    setattr(ledger, name, value)
    return _step(Verdict.CHANGED, name, told({_label(name): (before, value)}))


def _policy(ledger: Ledger, code: str) -> Step:
    if ledger.policy.code == code:
        return _step(Verdict.SAME, POLICY, "")
    before = ledger.policy
    try:
        ledger.policy = newest_policy(code)
    except Refused as refused:
        return _step(Verdict.WRONG, POLICY, str(refused))
    return _step(Verdict.CHANGED, POLICY, told({_label(POLICY): (before, ledger.policy)}))


def _stored(ledger: Ledger, by: Member | None) -> list[Step]:
    try:
        edit_ledger(ledger, by=by)
    except Refused as refused:
        return [_step(Verdict.WRONG, "", str(refused))]
    return []


def _categories(ledger: Ledger, scheme: Any) -> Iterator[Step]:
    before = {row.code: _facts(row) for row in ledger.categories.all()}
    wrong = _misfit(scheme, "", 1)
    if wrong:
        yield _step(Verdict.WRONG, SCHEME, wrong)
        return
    add_scheme(ledger, scheme)
    for row in ledger.categories.all():
        verdict = Verdict.NEW if row.code not in before else Verdict.CHANGED
        if before.get(row.code) != _facts(row):
            yield _step(verdict, SCHEME, f"{row.code} {row.name}")


def _misfit(nodes: Any, above: str, level: int) -> str:
    """Say what is wrong with a tree of categories; nothing when it fits."""
    if not isinstance(nodes, list) or level > DEEPEST:
        return _("Categories are a list, in at most three levels.")
    for node in nodes:
        if not isinstance(node, dict) or not (node.get("code") and node.get("name")):
            return _("Each category needs a code and a name.")
        code = str(node["code"])
        if set(node) - set(NODE) or not code.startswith(above) or len(code) > LONGEST_CODE:
            return _("The category %(code)s does not fit.") % {"code": code}
        if wrong := _misfit(node.get("below", []), code, level + 1) if node.get("below") else "":
            return wrong
    return ""


def _nodes(below: dict[int | None, list[Category]], parent: int | None) -> list[dict[str, Any]]:
    return [_node(row, below) for row in below.get(parent, [])]


def _node(row: Category, below: dict[int | None, list[Category]]) -> dict[str, Any]:
    node: dict[str, Any] = {"code": row.code, "name": row.name, "name_en": row.name_en}
    node |= {"keywords": list(row.keywords), "kind_hint": row.kind_hint}
    node |= {"confidential": row.is_confidential, "below": _nodes(below, row.pk)}
    return {key: value for key, value in node.items() if value}


def _facts(row: Category) -> list[Any]:
    return [row.name, row.name_en, row.keywords, row.kind_hint, row.is_confidential, row.parent_id]


def _step(verdict: str, name: str, why: str) -> Step:
    return Step("", 1, verdict, name, why)


def _label(name: str) -> str:
    return Ledger.label_of(name)
