"""A manager says who may file, dispatch and read, and sees first what would change."""

import pytest
from django.urls import reverse

from daodi.core.ledgers.models import Ledger
from daodi.core.people.roles import Role
from daodi.web.tests.test_manage import settings_of, url
from tests.makers import make_ledger, make_matter, make_member, reread

FILED = {"text": "The lamp is out.", "channel": "phone", "urgency": "normal", "kind": "help"}


@pytest.fixture
def ledger(db) -> Ledger:
    return make_ledger()


def test_what_would_change_is_said_before_it_is_saved(
    client, manager, ledger, operator, supervisor, course
) -> None:
    make_member("head", Role.LEADER, unit="centre")
    bureau = make_member("clerk", Role.OPERATOR).unit
    course().listed()
    client.force_login(manager.user)
    change = {
        "filing_roles": ["operator"], "filing_units": [bureau.pk], "readers": [bureau.pk],
        "leader_dispatches": "on",
    }  # fmt: skip
    look = client.post(url("ledger", ledger.pk), settings_of(ledger, **change, look="yes")).context
    assert [each for each in look["changes"] if each[0] in dict.fromkeys(WHO_MAY)] == [
        (WHO_MAY[0], "Operator, Inspector, Supervisor, Manager, Unit leader", "Operator"),
        (WHO_MAY[1], "—", "Bureau"),
        (WHO_MAY[2], "No", "Yes"),
        (WHO_MAY[3], "—", "Bureau"),
    ]
    assert look["consequences"][-3:] == [
        "Who sees its open matters changes at once.",
        "1 member may file for others then; now it is 6.",
        "1 listed matter then waits for a leader of Centre.",
    ]
    assert Ledger.objects.get().filing_units == []
    client.post(url("ledger", ledger.pk), settings_of(ledger, **change))
    saved = Ledger.objects.get()
    assert (saved.filing_roles, saved.filing_units, saved.readers, saved.leader_dispatches) == (
        ["operator"], [bureau.pk], [bureau.pk], True,
    )  # fmt: skip
    form = client.get(url("ledger", ledger.pk)).context["form"]
    for name in ("readers", "filing_units"):
        assert form[name].value() == [bureau.pk]
        assert form.fields[name].choices[0] == (bureau.pk, bureau)
    (line,) = client.get(reverse("desk:log")).context["rows"][:1]
    assert "Units that read it besides: — → Bureau" in line["changes"]


WHO_MAY = (
    "Roles that file for others",
    "Units that file for others",
    "Operators list, a leader dispatches",
    "Units that read it besides",
)


def test_what_locks_everybody_out_is_refused_with_what_was_typed(client, manager, ledger) -> None:
    client.force_login(manager.user)
    sent = settings_of(ledger, leader_dispatches="on", name="Lamps")
    for look in ({"look": "yes"}, {}):
        page = client.post(url("ledger", ledger.pk), sent | look)
        assert (page.status_code, "Nobody could dispatch" in page.text) == (422, True)
        assert 'value="Lamps"' in page.text
    assert Ledger.objects.get().leader_dispatches is False


def test_who_may_not_file_is_told_who_does(client, operator, ledger) -> None:
    tasks = make_ledger("tasks", prefix="RW", filing_roles=["supervisor"])
    client.force_login(operator.user)
    assert client.get(reverse("desk:new")).context["ledgers"] == [ledger]
    answer = client.get(reverse("desk:new"), {"ledger": tasks.code}, follow=True)
    assert "In this ledger these roles file for others: Supervisor." in answer.text
    Ledger.objects.update(filing_roles=["supervisor"])
    answer = client.get(reverse("desk:new"), follow=True)
    assert "No ledger takes filings from your unit in your role." in answer.text


def test_the_operator_lists_and_the_leader_finds_it(client, operator, ledger) -> None:
    head = make_member("head", Role.LEADER, unit="centre")
    Ledger.objects.update(leader_dispatches=True)
    matter = make_matter()
    client.force_login(operator.user)
    address = reverse("desk:sort", args=[matter.number])
    page = client.get(address)
    assert "a leader of Centre dispatches" in page.text
    assert 'name="lead"' not in page.text
    category = ledger.categories.get()
    sent = {"list": "yes", "version": matter.version, "urgency": "normal", "kind": "help"}
    answer = client.post(address, sent | {"category": category.pk})
    assert (answer.status_code, reread(matter).state) == (302, "listed")
    client.force_login(head.user)
    assert [row["number"] for row in client.get("/desk/lead/").context["waiting"]] == [
        matter.number
    ]
