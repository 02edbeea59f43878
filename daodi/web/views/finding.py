from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from daodi.core.lists.models import SavedView
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member, Unit
from daodi.core.search.matters import find_matters, number_in
from daodi.lib.marking import marked
from daodi.lib.pairs import LONGEST_QUERY, fold, words_of
from daodi.web.navigation import entries_for
from daodi.web.pages import MemberRequest, member_page
from daodi.web.queues import queues_for
from daodi.web.showing.elsewhere import found_elsewhere
from daodi.web.views.lists import view_url

MOST_MATTERS, MOST_UNITS, MOST_VIEWS = 7, 4, 5
# Of the newest so many, those that are called so come first.
RANKED = 40


@member_page
def find(request: MemberRequest) -> HttpResponse:
    """Offer where to go: matters, pages, views, units and more that fit a few letters."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    member, inbox = request.member, reverse("desk:inbox")
    words = words_of(asked)
    pages = [
        *((queue.label, f"{inbox}?list={queue.name}", "inbox") for queue in queues_for(member)),
        *((each.label, reverse(each.url_name), each.icon) for each in entries_for(member)),
    ]
    context = {
        "asked": asked,
        "all_url": f"{inbox}?{urlencode({'q': asked})}",
        "matters": _matters(asked, words, member) if words else [],
        "pages": [
            {"label": label, "url": url, "icon": icon}
            for label, url, icon in pages
            if all(word in fold(str(label)) for word in words)
        ],
        "views": [
            {"label": view.name, "url": view_url(view)}
            for view in SavedView.objects.visible_to(member).named(asked).for_list()[:MOST_VIEWS]
        ],
        "units": [
            {"label": unit, "url": f"{inbox}?list=all&unit={unit.pk}"}
            for unit in Unit.objects.get_queryset().named(asked).filter(is_active=True)[:MOST_UNITS]
        ]
        if words
        else [],
        "elsewhere": found_elsewhere(member, asked),
    }
    return render(request, "desk/found.html", context)


def _matters(asked: str, words: list[str], member: Member) -> list[dict[str, Any]]:
    found = find_matters(Matter.objects.visible_to(member).for_list(), asked, member)
    number = number_in(asked)
    matters = sorted(
        found.newest_first()[:RANKED],
        key=lambda each: (each.pk != number, not _is_called(each, words)),
    )
    return [
        {
            "number": matter.number,
            "url": reverse("desk:matter", args=[matter.number]),
            "title": marked(matter.title, words),
            "state": matter.state,
            "state_word": matter.get_state_display(),
        }
        for matter in matters[:MOST_MATTERS]
    ]


def _is_called(matter: Matter, words: list[str]) -> bool:
    """Say whether the title has all the words; the others have them further down."""
    title = fold(matter.title)
    return all(word in title for word in words)
