"""What of the knowledge base has to be looked at again is told once, as each person wants it."""

from datetime import date, datetime, timedelta

import pytest

from daodi.core.knowledge.models import Entry
from daodi.core.knowledge.services import confirm_entry
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.notices.models import Delivery, Notice
from daodi.core.notices.reviews import tell_reviews
from daodi.core.notices.sending import send_due
from daodi.core.notices.services import choose
from daodi.core.notices.tests.servers import mail_server
from daodi.core.notices.times import QUIET_FROM, QUIET_TO
from daodi.core.notices.words import said
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from tests.makers import DAY, HOUR, NOON, SHANGHAI, make_member

DUE = datetime(2027, 3, 2, 6, 35, tzinfo=SHANGHAI)


@pytest.fixture
def editor(db) -> Member:
    return make_editor()


def told() -> list[tuple[str, str]]:
    notices = Notice.objects.order_by("pk").select_related("member__user")
    return [(str(notice.member), said(notice)) for notice in notices]


def test_each_entry_is_told_of_once_for_each_day_set_for_it(editor) -> None:
    first, second = make_entry("Lamps?", by=editor), make_entry("Holes?", by=editor)
    assert (tell_reviews(DUE - DAY), told()) == (0, [])
    assert [tell_reviews(DUE), tell_reviews(DUE + HOUR)] == [2, 0]
    line = "2 answers of the knowledge base should be looked at again, “Lamps?” first"
    assert told() == [("Editor", line)]
    confirm_entry(Entry.objects.get(pk=first.pk), review_on=date(2027, 9, 1), by=editor, now=DUE)
    assert tell_reviews(DUE + 200 * DAY) == 1
    line = "An answer of the knowledge base should be looked at again: “Lamps?”"
    assert told()[1:] == [("Editor", line)]
    assert Entry.objects.get(pk=second.pk).reminded_on == second.review_on


def test_who_is_nearest_is_told_and_only_what_is_in_use_counts(editor) -> None:
    """Editors and managers of the house; where it has none, those above; no other role."""
    make_member("boss", Role.MANAGER, unit="county", parent=None)
    for name, unit in (("operator", "centre"), ("stranger", "water")):
        make_member(name, Role.OPERATOR, Role.HANDLER, unit=unit)
    make_entry("A draft?", by=editor, published=False)
    bureau = make_member("bureaus", Role.EDITOR)
    make_entry("Lamps?", by=editor)
    make_entry("Holes?", by=bureau)
    Member.objects.filter(pk=bureau.pk).update(is_active=False)
    tell_reviews(DUE)
    assert {name for name, _line in told()} == {"Editor", "Boss"}
    assert {line.split("“")[1] for name, line in told() if name == "Boss"} == {"Holes?”"}


def test_they_are_told_as_they_want_it(editor, settings, client) -> None:
    """In the morning, together with all else, and with the way to the list."""
    settings.SITE_URL = "https://12345.example"
    with mail_server() as letters:
        choose(
            "mail", to="editor@qixian.example", pace="morning", quiet=(QUIET_FROM, QUIET_TO),
            by=editor, unit=None,
        )  # fmt: skip
        make_entry("Lamps?", by=editor)
        tell_reviews(DUE)
        waiting = Delivery.objects.get()
        assert send_due(DUE) == 0
        assert send_due(waiting.due_at + timedelta(minutes=1)) == 1
        (text,) = letters.texts()
    assert text.splitlines() == [
        "An answer of the knowledge base should be looked at again: “Lamps?”",
        "https://12345.example/desk/knowledge/?list=due",
    ]
    client.force_login(editor.user)
    page = client.get("/desk/notices/")
    (row,) = page.context["rows"]
    assert (row["title"], row["unread"]) == ("Look at them", True)
    assert client.get(row["url"]).url == "/desk/knowledge/?list=due"
    assert Notice.objects.get().read_at is not None


def test_many_houses_cost_as_many_queries_as_one(editor, django_assert_num_queries) -> None:
    for number in range(3):
        make_entry(f"Lamp {number}?", by=make_member(f"e{number}", Role.EDITOR, unit=f"u{number}"))
    # The entries, who is there, the notices, the mark; and the transaction around them.
    with django_assert_num_queries(6):
        assert tell_reviews(DUE) == 3
    assert NOON < DUE
