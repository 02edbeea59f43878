"""Keep templates, and fill them from a matter."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.people.roles import Role
from daodi.core.wording.models import AnswerTemplate
from daodi.lib.text import listed

PLACE = re.compile(r"\{([a-z_]+|[\u4e00-\u9fff]+)\}")
# What a place may be called too, for those who write in Chinese.
CHINESE = {
    "编号": "number", "标题": "title", "主办单位": "unit", "期限": "due", "提交日期": "filed",
    "地点": "place", "分类": "category", "称呼": "resident",
}  # fmt: skip
# What stands for each place, said to whoever writes a template.
PLACES = {
    "number": gettext_lazy("number of the matter"),
    "title": gettext_lazy("its title"),
    "unit": gettext_lazy("lead unit"),
    "due": gettext_lazy("by when it is promised"),
    "filed": gettext_lazy("the day it was filed"),
    "place": gettext_lazy("where it is"),
    "category": gettext_lazy("its category"),
    "resident": gettext_lazy("how the resident is addressed"),
}


def fill(text: str, matter: Matter, unit: Unit | None = None) -> str:
    """Return a template's text for a matter; a place of which nothing is known stays as it is.

    The resident is addressed without their name: that is read through `read_contact` only.
    """
    lead = unit or matter.unit
    known: dict[str, object] = {
        "number": matter.number,
        "title": matter.title,
        "unit": lead,
        "due": _day(matter.promised_at),
        "filed": _day(matter.filed_at),
        "place": " ".join(str(x) for x in (matter.division, matter.address) if x),
        "category": matter.category,
        "resident": _("Dear resident"),
    }
    return PLACE.sub(lambda found: str(known.get(_name(found[1])) or found[0]), text)


def places() -> dict[str, object]:
    """Return what stands for each place, under its name in the language of the reader."""
    if get_language() == "en":
        return dict(PLACES)
    return {chinese: PLACES[name] for chinese, name in CHINESE.items()}


@transaction.atomic
def save_template(template: AnswerTemplate, *, by: Member) -> AnswerTemplate:
    """Store a template, new or changed; raise Refused for a place that nobody knows."""
    if unknown := {each for each in PLACE.findall(template.text) if _name(each) not in PLACES}:
        raise Refused(
            _("Nothing stands for %(places)s. Known are: %(known)s.")
            % {
                "places": listed(f"{{{name}}}" for name in sorted(unknown)),
                "known": listed(f"{{{name}}}" for name in places()),
            }
        )
    if template.pk and not AnswerTemplate.objects.get(pk=template.pk).is_editable_by(by):
        raise NotYours
    if template.scope == AnswerTemplate.Scope.SITE and not by.has(Role.MANAGER):
        raise Refused(_("Only a manager makes templates for everybody."))
    if template.category and template.category.ledger_id != template.ledger_id:
        raise Refused(_("This category belongs to another ledger."))
    if template.pk:
        names: list[Any] = ["name", "text", "move", "ledger", "category", "scope"]
        template.save(update_fields=names)
    else:
        template.owner, template.unit = by, by.unit
        template.save(force_insert=True)
    return template


def remove_template(template: AnswerTemplate, *, by: Member) -> None:
    """Take a template away; texts made from it stay."""
    if not template.is_editable_by(by):
        raise NotYours
    template.delete()


def is_place(name: str) -> bool:
    """Say whether something stands for a place of this name."""
    return _name(name) in PLACES


def _name(place: str) -> str:
    return CHINESE.get(place, place)


def _day(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""
