"""Who may come in: each namespace lists its pages, and one check goes through the list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from daodi.core.people.models import Member

TO_SIGN_IN, NOT_THERE = 302, 404


@dataclass(frozen=True)
class Page:
    """A page, and what each of the cast gets to see; whoever is not named gets `others`."""

    name: str
    args: list[Any] = field(default_factory=list)
    method: str = "get"
    answers: Mapping[str, int] = field(default_factory=dict)
    others: int = NOT_THERE
    stranger: int = TO_SIGN_IN


def check(pages: list[Page], cast: Mapping[str, Member]) -> None:
    """Try each page as a stranger and as everybody of the cast."""
    for page in pages:
        url = reverse(page.name, args=page.args)
        visits = [(None, "stranger", page.stranger)]
        visits += [(m, who, page.answers.get(who, page.others)) for who, m in cast.items()]
        for member, who, expected in visits:
            client = Client()
            if member:
                client.force_login(member.user)
            status = getattr(client, page.method)(url).status_code
            assert status == expected, f"{page.name} as {who}: {status} instead of {expected}"


def check_complete(namespace: str, pages: list[Page]) -> None:
    """A page that nobody listed is a page that nobody checked."""
    resolver = get_resolver().namespace_dict[namespace][1]
    names = {
        f"{namespace}:{pattern.name}"
        for pattern in resolver.url_patterns
        if isinstance(pattern, URLPattern)
    }
    assert names == {page.name for page in pages}
