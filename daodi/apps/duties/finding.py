"""What the searches of the desk and of the portal find in the work lists."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.apps.duties.models import Duty
from daodi.apps.duties.querysets import GUIDE, DutyQuerySet
from daodi.core.people.models import Member
from daodi.core.search.similar import similar
from daodi.lib.pairs import fold
from daodi.web.showing.elsewhere import Hit, Hits

# A page is long: a sentence shares little of it.
MOST_LIKE, MOST_COMPARED, TWOS, LEAST = 5, 30, 24, 0.05


def find(member: Member, asked: str, most: int) -> Hits:
    """Return the duties that a member may read and that have these words."""
    seen = Duty.objects.visible_to(member).in_force().saying(asked)
    return _hits(_("Work lists"), seen, "duty", "duties", asked, most)


def find_for_residents(asked: str, most: int) -> Hits:
    """Return what residents can have done that has these words."""
    found = Duty.objects.public().saying_to_residents(asked)
    return _hits(_("How to get things done"), found, "guide_page", "guide", asked, most)


def guides_like(text: str) -> list[Duty]:
    """Return what residents can have done that is most like what somebody wrote.

    For whoever writes a sentence, of which no page has all the words. Where a title is alike, only
    those count: in the papers to bring, many pages are alike.
    """
    among = Duty.objects.public()
    found = similar(text, among, MOST_COMPARED, kind=GUIDE, twos=TWOS, least=LEAST)
    words = {alike.pk: alike.words for alike in found}
    duties = among.for_list().in_bulk(list(words))
    rows = [duties[pk] for pk in words if pk in duties]
    named = [duty for duty in rows if any(word in fold(duty.title) for word in words[duty.pk])]
    return (named or rows)[:MOST_LIKE]


def _hits(label: str, found: DutyQuerySet, page: str, every: str, asked: str, most: int) -> Hits:
    rows = [
        Hit(reverse(f"duties:{page}", args=[duty.pk]), duty.title, str(duty.unit))
        for duty in found.select_related("unit").in_order()[:most]
    ]
    url = f"{reverse(f'duties:{every}')}?{urlencode({'q': asked})}"
    return Hits(label, "clipboard-list", url, rows)
