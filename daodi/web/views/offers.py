"""The steps that are open to a member on the page of a matter, each with its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from daodi.core.drafts.models import Draft
from daodi.core.matters.models import Matter
from daodi.core.matters.moves import MOVES, Move
from daodi.core.people.models import Member
from daodi.core.wording.models import AnswerTemplate
from daodi.core.workflow.models import Decision
from daodi.core.workflow.rights import moves_for
from daodi.web.forms.moves import MoveForm
from daodi.web.forms.typed import give_back, texts_of
from daodi.web.forms.wording import picker, templates_for
from daodi.web.showing.answers import ANSWER, show_preview
from daodi.web.views.meanwhile import SEEN
from daodi.web.views.steps import step_id

Shown = dict[str, Any]
# The step that most often comes next, for the one primary button.
NEXT = ("list", "dispatch", "accept", "sign", "hand_in", "submit", "overrule", "grant_extension",
        "grant_suspension", "close_order", "judge", "clear", "reply", "resume",
        "hand_part")  # fmt: skip
DANGER = ("decline", "merge", "exclude", "withdraw", "drop")
# Single keys of the steps that are taken all day; of two with one key only one is ever open.
KEYS = {
    "accept": "s", "sign": "s", "contact": "c", "hand_in": "h", "submit": "h", "hand_part": "h",
    "ask": "a", "note": "n", "forward": "f", "object": "o", "extend": "e", "suspend": "u",
    "answer_order": "r", "reply": "r", "dispatch": "d", "list": "l", "return_draft": "b",
    "grant_extension": "g", "grant_suspension": "g", "overrule": "g",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tried:
    """A step whose form was sent and is shown again; `move` is the one to show open."""

    move: Move
    form: MoveForm | None = None


def offers_for(
    found: Matter,
    member: Member,
    now: datetime,
    drafts: Mapping[str, Draft],
    tried: Tried | None = None,
) -> list[Shown]:
    """Return the moves that are open to a member, with what was typed before in their forms."""
    open_moves = {move.name: move for move in moves_for(found, member, now)}
    templates = templates_for(found, member) if open_moves else {}
    main = next((name for name in NEXT if name in open_moves), "")
    offers = []
    for name, move in open_moves.items():
        is_tried = tried is not None and name == tried.move.name
        draft = drafts.get(name)
        form = tried.form if tried and is_tried else None
        offer = _offer(found, move, form or _begun(move, found, member, draft), draft)
        url = reverse("desk:move", args=[found.number, name])
        offers.append(
            {
                **offer,
                "picker": _picker(offer["form"], name, templates, url),
                "look": "main" if name == main else "danger" if name in DANGER else "",
                "open": is_tried or (tried is None and (name == main or draft is not None)),
            }
        )
    return offers


def left_over(
    found: Matter, member: Member, drafts: Mapping[str, Draft], offers: list[Shown]
) -> list[Shown]:
    """Return what a member began to write in steps that are not open any more."""
    possible = {offer["name"] for offer in offers}
    return [
        {
            "label": MOVES[name].label,
            "texts": texts_of(_begun(MOVES[name], found, member, draft)),
            "url": reverse("desk:draft_drop", args=[found.number, name]),
        }
        for name, draft in drafts.items()
        if name not in possible and name in MOVES
    ]


def _offer(found: Matter, move: Move, form: MoveForm, draft: Draft | None) -> Shown:
    composes = ANSWER in move.asks
    args = [found.number, move.name]
    return {
        "name": move.name,
        "id": step_id(found, move.name),
        "label": move.label,
        "form": form,
        "url": reverse("desk:move", args=args),
        "key": KEYS.get(move.name, ""),
        "composes": composes,
        "preview": show_preview(form, found) if composes else None,
        "draft": {
            "url": f"{reverse('desk:draft', args=args)}?{SEEN}={found.version}",
            "drop": reverse("desk:draft_drop", args=args),
            "at": draft.updated_at if draft else None,
        }
        if form.fields
        else None,
    }


def _picker(
    form: MoveForm, name: str, templates: dict[str, list[AnswerTemplate]], url: str
) -> Shown | None:
    shown: Shown | None = picker(form, name, templates.get(name, ()), url)
    return shown


def _begun(move: Move, found: Matter, member: Member, draft: Draft | None) -> MoveForm:
    """Return a step's form with what was typed before; a returned draft is worked on."""
    form = MoveForm(move, found, member)
    if draft:
        give_back(form, draft)
    elif move.name == "submit" and (last := _returned(found)):
        form.initial.update({"account": last.account, ANSWER: last.answer})
    return form


def _returned(found: Matter) -> Decision | None:
    signed = found.decisions.filter(kind=Decision.Kind.SIGNATURE, is_granted=False)
    return signed.filter(asked_at__gte=found.dispatched_at).last() if found.dispatched_at else None
