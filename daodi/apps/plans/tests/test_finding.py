"""Plans are found by the search of the desk."""

import pytest
from django.urls import reverse

from daodi.apps.plans.tests.makers import issued_plan, task

pytestmark = pytest.mark.django_db


def test_the_desk_finds_a_plan_by_its_words_and_nobody_else_does(
    client, operator, outsider
) -> None:
    plan = issued_plan(operator, task(), title="Flood season", source_number="扶政办〔2026〕7号")
    for member, found in ((operator, [plan.title]), (outsider, [])):
        client.force_login(member.user)
        for words in ("season flood", "〔2026〕7"):
            shown = client.get(reverse("desk:find"), {"q": words}).context["elsewhere"]
            assert [row.label for hits in shown for row in hits.rows] == found
