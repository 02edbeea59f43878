"""Keep views and columns."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from daodi.core.exceptions import NotYours, Refused
from daodi.core.lists.models import LONGEST_NAME, LONGEST_QUERY, ChosenColumns, SavedView
from daodi.core.people.models import Member
from daodi.lib.text import clean

MOST_VIEWS = 30


@transaction.atomic
def save_view(*, name: str, query: str, is_shared: bool, by: Member) -> SavedView:
    """Keep the conditions of a list under a name; the same name again takes their place."""
    name = _name(name)
    if len(query) > LONGEST_QUERY:
        raise Refused(_("These conditions are too long to be saved. Please shorten the words."))
    mine = SavedView.objects.of(by)
    if not mine.filter(name=name).exists() and mine.count() >= MOST_VIEWS:
        raise Refused(_("You have %(most)s saved views. Please remove one.") % {"most": MOST_VIEWS})
    return SavedView.objects.update_or_create(
        member=by, name=name, defaults={"query": query, "is_shared": is_shared}
    )[0]


def change_view(view: SavedView, *, name: str, is_shared: bool, by: Member) -> None:
    """Give a view another name, or share it with one's unit; only whoever saved it may."""
    name = _name(name)
    if view.member_id != by.pk:
        raise NotYours
    if SavedView.objects.of(by).filter(name=name).exclude(pk=view.pk).exists():
        raise Refused(_("You have another view with this name."))
    view.name, view.is_shared = name, is_shared
    view.save(update_fields=["name", "is_shared"])


def remove_view(view: SavedView, *, by: Member) -> None:
    if view.member_id != by.pk:
        raise NotYours
    view.delete()


def choose_columns(list_name: str, names: Sequence[str], *, by: Member) -> None:
    """Show these columns in a list from now on; without any, the usual ones again."""
    chosen = ChosenColumns.objects.filter(member=by, list=list_name)
    if names:
        chosen.update_or_create(
            member=by, list=list_name, defaults={"names": list(dict.fromkeys(names))}
        )
    else:
        chosen.delete()


def columns_for(list_name: str, member: Member) -> list[str]:
    """Return what the member has chosen for a list; nothing: the usual columns."""
    chosen = ChosenColumns.objects.filter(member=member, list=list_name)
    return next(iter(chosen.values_list("names", flat=True)), [])


def _name(given: str) -> str:
    name = clean(given, lines=False)
    if not name or len(name) > LONGEST_NAME:
        raise Refused(
            _("Please give it a name of up to %(most)s letters.") % {"most": LONGEST_NAME}
        )
    return name
