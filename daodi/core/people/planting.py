"""Put a whole tree of units in at once: a county has hundreds of them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.core.people.models import Division, Unit


@dataclass(frozen=True, slots=True)
class Seedling:
    """A unit to come; `parent` is the code of one before it, or empty: right below the top."""

    code: str
    name: str
    kind: str = Unit.Kind.DEPARTMENT
    parent: str = ""
    division: Division | None = None
    name_en: str = ""


@transaction.atomic
def plant(top: Unit, seedlings: Iterable[Seedling]) -> list[Unit]:
    """Put units below `top`, which must have none yet; parents come before their children."""
    if top.numchild:
        raise Refused(_("There are units below %(unit)s already.") % {"unit": top})
    paths, children = {"": str(top.path)}, Counter[str]()
    units = []
    for each in seedlings:
        above = paths[each.parent]
        children[above] += 1
        paths[each.code] = path = above + _step(children[above])
        units.append(
            Unit(
                code=each.code,
                name=each.name,
                name_en=each.name_en,
                kind=each.kind,
                division=each.division,
                path=path,
                depth=len(path) // Unit.steplen,
            )
        )
    for unit in (top, *units):
        unit.numchild = children[unit.path]
    top.save(update_fields=["numchild"])
    return Unit.objects.bulk_create(units)


def _step(number: int) -> str:
    """Write a child's place among its siblings as the tree does in its paths."""
    digits = ""
    while number:
        number, rest = divmod(number, len(Unit.alphabet))
        digits = Unit.alphabet[rest] + digits
    return digits.rjust(Unit.steplen, Unit.alphabet[0])
