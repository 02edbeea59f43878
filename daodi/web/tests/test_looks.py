"""A look before something is saved: ledgers and policies, as they would be."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import Select
from django.test import Client
from django.urls import reverse

from daodi.core.clocks.models import PolicyVersion
from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.web.tests.test_manage import settings_of
from tests.makers import make_category, make_ledger, make_matter, make_member, make_policy


@pytest.fixture
def page(client: Client, manager: Member) -> Client:
    client.force_login(manager.user)
    return client


@pytest.fixture
def ledger(db) -> Ledger:
    fields = [{"name": "point", "label": "Point"}, {"name": "old", "label": "Old"}]
    return make_ledger(fields=fields)


# Ledgers


def test_a_look_says_what_would_change_and_saves_nothing(page, ledger) -> None:
    for extra in ({"old": "x"}, {"old": "y", "point": "z"}, {}):
        make_matter(extra=extra)
    Matter.objects.filter(extra={}).update(kind="consult")
    rows = {"field-TOTAL_FORMS": 1, "field-INITIAL_FORMS": 1, "field-0-name": "point",
            "field-0-label": "Point", "field-0-type": "text", "field-0-required": "on"}  # fmt: skip
    policy = make_policy("13710-days")
    given = settings_of(ledger, look="yes", policy=policy.pk, **rows)
    shown = page.post(reverse("desk:ledger", args=[ledger.pk]), given)
    changes = {name: (before, after) for name, before, after in shown.context["changes"]}
    assert changes["Name"] == ("Appeals", "Requests")
    assert changes["Extra fields"] == ("Point, Old", "Point *")
    assert changes["Kinds"] == ("Request for help, Question, Complaint",
                                "Request for help, Report of a wrong")  # fmt: skip
    assert shown.context["consequences"] == [
        "3 matters are open.",
        "Matters that run keep the clocks they have; the next step begins the new ones.",
        "“Old” is not asked any more; 2 matters keep what they have there.",
        "“Question” cannot be chosen any more; 1 open matter stays what it is.",
        "“Complaint” cannot be chosen any more; 0 open matters stay what they are.",
        "From now on nobody files without: Point.",
        "Nothing of it is published any more.",
    ]
    assert shown.context["policies"][0]["differs"]
    assert [field.label for field in shown.context["filing"]][-1] == "Point"
    ledger.refresh_from_db()
    assert ledger.name == "Appeals"


def test_what_was_looked_at_is_what_is_saved(page, ledger) -> None:
    given = settings_of(ledger, look="yes")
    shown = page.post(reverse("desk:ledger", args=[ledger.pk]), given)
    again: dict[str, list[str]] = {}
    for name, value in shown.context["fields"]:
        again.setdefault(name, []).append(value)
    assert "look" not in again
    page.post(reverse("desk:ledger", args=[ledger.pk]), again)
    ledger.refresh_from_db()
    assert (ledger.name, ledger.kinds, ledger.fields) == ("Requests", ["help", "report"], [])


def test_a_look_at_nonsense_is_the_form_again(page, ledger) -> None:
    given = settings_of(ledger, look="yes", kinds=[])
    answer = page.post(reverse("desk:ledger", args=[ledger.pk]), given)
    assert (answer.status_code, "kinds" in answer.context["form"].errors) == (422, True)


# A ledger as a file


def send(page, ledger, text: str):
    file = SimpleUploadedFile("ledger.yaml", text.encode())
    return page.post(reverse("desk:ledger_text", args=[ledger.pk]), {"file": file}, follow=True)


def test_a_ledger_goes_out_and_comes_back_unchanged(page, ledger) -> None:
    make_category(ledger, "CX0101", "Lamp out", parent=ledger.categories.get(), level=2)
    text = page.get(reverse("desk:ledger_text_file", args=[ledger.pk])).text
    assert "name: Lamp out" in text
    assert "there is nothing to do" in send(page, ledger, text).text


def test_a_file_is_shown_first_and_taken_in_on_a_yes(page, ledger) -> None:
    make_policy("13710-days")
    text = """
name: 新台账
reopen_days: 7
policy: 13710-days
fields: [{name: point, label: 点位, required: true}]
scheme:
  - {code: CX01, name: Lamps}
  - {code: CX02, name: Heating, below: [{code: CX0201, name: Cold}]}
"""
    shown = send(page, ledger, text)
    steps = [(row["step"].verdict, row["step"].label) for row in shown.context["steps"]]
    assert steps == [
        ("new", "scheme"), ("new", "scheme"), ("changed", "name"), ("changed", "reopen_days"),
        ("changed", "fields"), ("changed", "policy"), ("changed", "scheme"),
    ]  # fmt: skip
    ledger.refresh_from_db()
    assert ledger.name == "Appeals"
    mark = {"mark": shown.context["outcome"].mark}
    page.post(reverse("desk:ledger_text_trial", args=[ledger.pk]), mark)
    ledger.refresh_from_db()
    assert (ledger.name, ledger.reopen_days, ledger.policy.code) == ("新台账", 7, "13710-days")
    assert [row.name for row in ledger.categories.all()] == ["Lamps", "Heating", "Cold"]
    assert "there is nothing to do" in send(page, ledger, text).text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a list", "This file describes no ledger."),
        ("name: [", "This is no YAML: look at line"),
        ("name: x\ncolour: red", "A ledger has nothing of this name."),
        ("kinds: [murder]", "murder"),
        ("reopen_days: many", "reopen_days"),
        ("policy: none-such", "There is no policy called none-such."),
        ("fields: [{name: 1}]", "cannot be a field"),
        ("scheme: [{code: A}]", "Each category needs a code and a name."),
        ("scheme: [{code: A, name: a, below: [{code: B, name: b}]}]", "B does not fit"),
    ],
)
def test_a_file_that_makes_no_sense_changes_nothing(page, ledger, text, why) -> None:
    assert why in send(page, ledger, text).text
    mark = {"mark": ""}
    page.post(reverse("desk:ledger_text_trial", args=[ledger.pk]), mark)
    assert Ledger.objects.get().name == "Appeals"


# Policies


def as_sent(field) -> object:
    """Return what a browser sends of an untouched field: of a list its first choice."""
    untouched = field.initial
    if untouched is None and isinstance(field.widget, Select):
        untouched = next(iter(field.choices))[0]
    return untouched


def sent(page, policy, **changed: object) -> dict[str, object]:
    """Return what the form of a policy sends as it is shown, with some of it changed."""
    form = page.get(reverse("desk:policy_edit", args=[policy.pk])).context["form"]
    given: dict[str, object] = dict(form.initial)
    for rows in (rows for clock in form.clocks for rows in (clock["limits"], clock["alarms"])):
        given |= {f"{rows.prefix}-TOTAL_FORMS": rows.total_form_count()}
        given |= {f"{rows.prefix}-INITIAL_FORMS": rows.initial_form_count()}
        for row in rows.forms:
            initial = {**{n: as_sent(f) for n, f in row.fields.items()}, **(row.initial or {})}
            given |= {row.add_prefix(n): v for n, v in initial.items() if v not in (None, False)}
    return given | changed


def test_a_policy_sent_back_as_it_is_says_the_same(page, ledger) -> None:
    for code in ("henan-12345", "13710-hours", "13710-days", "beijing-12345", "rectification"):
        policy = make_policy(code)
        address = reverse("desk:policy_edit", args=[policy.pk])
        shown = page.post(address, sent(page, policy, look="yes"))
        assert (shown.status_code, shown.context["differs"]) == (200, False), code


def test_a_limit_is_written_anew_seen_and_published_as_ones_own(page, ledger) -> None:
    policy = ledger.policy
    address = reverse("desk:policy_edit", args=[policy.pk])
    given = sent(page, policy, name="Ours", **{
        "resolve-limit-1-amount": 2, "resolve-alarm-0-percent": 50, "dispatch-limit-1-DELETE": "on",
        "accept-limit-2-amount": 3, "accept-limit-2-measure": "days",
        "accept-limit-2-counts": "always", "accept-limit-2-kind": ["consult", "help"],
    })  # fmt: skip
    shown = page.post(address, given | {"look": "yes"})
    differing = {row["label"]: row for row in shown.context["rows"] if row["differs"]}
    assert set(differing) == {"Dispatch", "Sign for", "Resolve"}
    assert differing["Resolve"]["old"]["limits"][1] == "Question: 3 working days"
    assert differing["Resolve"]["new"]["limits"][1] == "Question: 2 working days"
    assert PolicyVersion.objects.count() == 1
    page.post(address, given)
    made = PolicyVersion.objects.latest("pk")
    assert (made.code, made.version, made.name) == ("henan-12345-own", 1, "Ours")
    accept = made.rules["clocks"]["accept"]["limits"]
    assert accept[-1] == {"limit": "P3D", "when": {"kind": ["consult", "help"]}}
    assert made.rules["clocks"]["resolve"]["alarms"][0]["at"] == 0.5
    ledger.refresh_from_db()
    assert ledger.policy == policy
    page.post(
        reverse("desk:policy_edit", args=[made.pk]),
        sent(page, made, **{"resolve-limit-1-amount": 4}),
    )
    assert PolicyVersion.objects.latest("pk").version == 2


def test_a_house_makes_its_own_copy_of_the_sites_policy(page, ledger) -> None:
    address = reverse("desk:policy_edit", args=[ledger.policy_id])
    page.post(address, sent(page, ledger.policy, **{"resolve-limit-1-amount": 2}))
    own = PolicyVersion.objects.latest("pk")
    little = Client()
    little.force_login(make_member("little", Role.MANAGER).user)
    given = sent(little, own, **{"resolve-limit-1-amount": 1})
    little.post(reverse("desk:policy_edit", args=[own.pk]), given)
    codes = PolicyVersion.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes)[-1] == "henan-12345-own-own"


def test_a_wrong_number_is_told_beside_its_row(page, ledger) -> None:
    address = reverse("desk:policy_edit", args=[ledger.policy_id])
    given = sent(page, ledger.policy, **{"resolve-limit-0-amount": 0})
    answer = page.post(address, given)
    assert (answer.status_code, PolicyVersion.objects.count()) == (422, 1)
    assert "办理: see below." in answer.text
