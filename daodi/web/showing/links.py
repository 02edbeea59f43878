"""What else can be made of a matter: an entry of the knowledge base, a page for everybody."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from daodi.core.knowledge.rights import WRITERS
from daodi.core.matters.models import Matter
from daodi.core.matters.states import State
from daodi.core.people.models import Member
from daodi.core.publishing.services import may_decide
from daodi.lib.plugs import plugged

Links = list[tuple[str, str, str]]


def places_of(matter: Matter, member: Member) -> Links:
    """Return where a matter belongs in domain apps: their config names a function as `links`."""
    return [link for links in plugged("links") for link in links(matter, member)]


def links_of(matter: Matter, member: Member) -> Links:
    """Return icon, address and words of each."""
    if matter.state != State.CLEARED or matter.is_confidential or not matter.answer:
        return []
    links: Links = []
    if matter.may_publish and matter.ledger.is_public and may_decide(matter, member):
        decided = matter.publication_round == matter.round
        words = _("What is public of it") if decided else _("Decide whether it becomes public")
        links.append(("world", reverse("desk:publication", args=[matter.number]), words))
    if member.has(*WRITERS):
        url = f"{reverse('desk:knowledge_new')}?{urlencode({'matter': matter.number})}"
        links.append(("books", url, _("Make an entry of the knowledge base of it")))
    return links
