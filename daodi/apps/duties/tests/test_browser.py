"""The pages of work lists under the rules of WCAG 2.2 AA that a machine can check."""

import pytest
from django.urls import reverse

from daodi.apps.duties.reviewing import comment
from daodi.apps.duties.rounds import open_round
from daodi.apps.duties.tests.makers import content, duty, writer
from daodi.apps.duties.writing import revise
from daodi.core.people.roles import Role
from tests.makers import NOON, make_category, make_ledger, make_member
from tests.test_axe import faults_of, screen

__all__ = ["screen"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pages_can_be_read_and_used_by_everybody(screen) -> None:
    chief = make_member("chief", *Role, unit="county", parent=None)
    ledger = make_ledger()
    found = duty(is_public=True, papers="Identity card", categories=(make_category(ledger),))
    comment(found.current, "cautions-1", "One is enough.", by=chief, now=NOON)
    open_round(by=chief, now=NOON)
    revise(found, content(cautions="All sign."), by=writer(), now=NOON)
    pages = [
        reverse(f"duties:{name}", args=args)
        for name, args in (
            ("duties", []), ("duty", [found.pk]), ("edit", [found.pk]), ("round", []),
            ("changes", [found.pk, 2]), ("catalogue", [ledger.pk]), ("handbook", []),
            ("guide", []),
            ("guide_page", [found.pk]),
        )
    ]  # fmt: skip
    assert faults_of(screen.signed_in(chief), pages) == {}
