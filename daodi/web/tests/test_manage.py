"""The manager's pages: units and members, ledgers, categories, catalogue, calendar."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from daodi.core.clocks.models import CalendarDay, CalendarYear
from daodi.core.clocks.services import announce_year
from daodi.core.deadlines.models import Clock
from daodi.core.ledgers.catalogue import add_line
from daodi.core.ledgers.models import Ledger
from daodi.core.people.models import Division, Member, Unit, User
from daodi.core.people.roles import Role, usual_filers
from daodi.core.people.services import set_password
from daodi.web.forms.calendar import read_days
from tests.makers import (
    SHANGHAI,
    make_calendar,
    make_category,
    make_ledger,
    make_matter,
    make_member,
    make_policy,
    make_unit,
)


@pytest.fixture
def page(client: Client, manager: Member) -> Client:
    client.force_login(manager.user)
    return client


@pytest.fixture
def ledger(db: None) -> Ledger:
    return make_ledger()


def url(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def pages_of(ledger: Ledger, bureau: Unit, member: Member) -> list[str]:
    category = ledger.categories.get()
    line = add_line(ledger, category=category, lead=bureau)
    return [
        url("unit", bureau.pk),
        url("unit_new", bureau.pk),
        url("member_new", bureau.pk),
        url("member", member.pk),
        url("ledger", ledger.pk),
        url("categories", ledger.pk),
        url("category", ledger.pk, category.pk),
        url("catalogue", ledger.pk),
        url("line_remove", ledger.pk, line.number),
    ]


def general_pages(ledger: Ledger) -> list[str]:
    names = ("units", "ledgers", "ledger_new", "calendar")
    return [*(url(name) for name in names), url("policy", ledger.policy_id)]


# Access


def test_a_manager_comes_in_and_all_others_do_not(client, manager, ledger, handler) -> None:
    addresses = [*general_pages(ledger), *pages_of(ledger, make_unit("bureau"), handler)]
    for address in addresses:
        assert client.get(address).headers["Location"] == f"/login/?next={address}"
    for member, status in ((manager, 200), (handler, 404)):
        client.force_login(member.user)
        assert [client.get(address).status_code for address in addresses] == [status] * len(
            addresses
        )


def test_a_manager_of_another_house_finds_nothing_of_ours(
    client, ledger, handler, outsider
) -> None:
    client.force_login(outsider.user)
    ours = pages_of(ledger, make_unit("bureau"), handler)
    assert [client.get(address).status_code for address in ours] == [404] * len(ours)
    assert [client.post(address).status_code for address in ours] == [404] * len(ours)
    category = ledger.categories.get()
    steps = [
        url("member_place", handler.pk),
        url("member_password", handler.pk),
        url("category_new", ledger.pk),
        url("categories_many", ledger.pk),
        url("category_use", ledger.pk, category.pk),
    ]
    assert [client.post(address).status_code for address in steps] == [404] * len(steps)
    assert list(client.get(url("ledgers")).context["ledgers"]) == []
    assert [each["unit"] for each in client.get(url("units") + "?q=u").context["rows"]] == []


# Units


def test_units_are_found_by_name_and_seen_level_by_level(page, manager) -> None:
    town = make_unit("town")
    village = make_unit("village", "town")
    top = page.get(url("units"))
    assert [row["unit"] for row in top.context["rows"]] == [town]
    found = page.get(url("units"), {"q": "villa"})
    assert [(row["unit"], row["parent"]) for row in found.context["rows"]] == [(village, town)]
    below = page.get(url("unit", town.pk))
    assert [row["unit"] for row in below.context["rows"]] == [village]
    assert [label for label, _url in below.context["crumbs"]] == ["Units and members", "County"]
    assert "No unit of your house has this name" in page.get(url("units"), {"q": "x"}).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_of_units_ask_as_often_for_many_as_for_one(
    page, manager, count, django_assert_num_queries
) -> None:
    for number in range(count):
        make_unit(f"bureau{number}")
        make_member(f"member{number}", Role.HANDLER, unit="county", parent=None)
    with django_assert_num_queries(5):
        assert len(page.get(url("units")).context["rows"]) == count
    with django_assert_num_queries(9):
        shown = page.get(url("unit", manager.unit_id)).context
    assert (len(shown["rows"]), len(shown["members"])) == (count, count + 1)


def test_a_long_list_of_units_goes_on_behind_the_last_one(page, manager, monkeypatch) -> None:
    monkeypatch.setattr("daodi.web.views.units.SIZE", 2)
    units = [make_unit(f"bureau{number}") for number in range(3)]
    first = page.get(url("units")).context
    assert [row["unit"] for row in first["rows"]] == units[:2]
    rest = page.get(url("units") + first["next_url"]).context
    assert ([row["unit"] for row in rest["rows"]], rest["next_url"]) == (units[2:], "")


def test_a_unit_is_changed(page) -> None:
    area = Division.objects.create(code="410221", name="Qi", level="county")
    bureau = make_unit("bureau")
    given = {"name": "Water bureau", "name_en": "Water", "kind": "town", "division": "410221000000"}
    answer = page.post(url("unit", bureau.pk), given, follow=True)
    assert answer.redirect_chain == [(url("unit", bureau.pk), 302)]
    bureau.refresh_from_db()
    assert (bureau.name, bureau.name_en, bureau.kind) == ("Water bureau", "Water", "town")
    assert (bureau.division, bureau.is_active) == (area, False)


def test_a_unit_whose_area_is_unclear_keeps_what_was_typed(page) -> None:
    for code in ("410221100", "410221200"):
        Division.objects.create(code=code, name="Chengguan", level="town")
    bureau = make_unit("bureau")
    for area, error in (("Chengguan", "Write the code"), ("999999", "No area has this code")):
        answer = page.post(
            url("unit", bureau.pk), {"name": "Typed", "kind": "town", "division": area}
        )
        assert answer.status_code == 422
        assert error in answer.text
        assert 'value="Typed"' in answer.text
    bureau.refresh_from_db()
    assert bureau.name == "Bureau"


def test_a_unit_is_added_once_under_its_code(page) -> None:
    bureau = make_unit("bureau")
    assert 'value="bureau-1"' in page.get(url("unit_new", bureau.pk)).text
    given = {"name": "Station", "kind": "section", "code": "station"}
    page.post(url("unit_new", bureau.pk), given)
    station = Unit.objects.get(code="station")
    assert station.is_within(bureau)
    again = page.post(url("unit_new", bureau.pk), {**given, "name": "Other"})
    assert again.status_code == 422
    assert "There is already a unit with the code station." in again.text
    assert 'value="Other"' in again.text


def test_a_unit_is_moved_with_all_below_it(page, manager) -> None:
    bureau, office = make_unit("bureau"), make_unit("office")
    wrong = page.post(url("unit_move", bureau.pk), {"to": "nowhere"})
    assert (wrong.status_code, 'value="nowhere"' in wrong.text) == (422, True)
    refused = page.post(url("unit_move", bureau.pk), {"to": "bureau"})
    assert "A unit cannot be put below itself." in refused.text
    page.post(url("unit_move", bureau.pk), {"to": "Office"})
    assert Unit.objects.get(pk=bureau.pk).is_within(Unit.objects.get(pk=office.pk))


# Members


def test_a_member_is_added_and_signs_in_with_the_password_shown_once(page) -> None:
    bureau = make_unit("bureau")
    given = {"username": "wang", "name": "Wang", "roles": ["handler", "leader"]}
    answer = page.post(url("member_new", bureau.pk), given)
    password = answer.context["password"]
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert password in answer.text
    wang = Member.objects.get(user__username="wang")
    assert (wang.unit, wang.roles) == (bureau, ["handler", "leader"])
    assert wang.user.check_password(password)


def test_an_account_that_is_there_keeps_its_password(page, outsider) -> None:
    set_password(outsider, "its own password")
    given = {"username": "outsider", "name": "X", "roles": ["handler"], "password": "mine-all-mine"}
    answer = page.post(url("member_new", make_unit("bureau").pk), given)
    assert "was there already" in answer.text
    assert User.objects.get(username="outsider").check_password("its own password")


def test_a_member_that_makes_no_sense_keeps_what_was_typed(page, handler) -> None:
    address = url("member_new", handler.unit_id)
    weak = page.post(address, {"username": "wang", "name": "Wang", "password": "123"})
    assert weak.status_code == 422
    assert set(weak.context["form"].errors) == {"roles", "password"}
    assert 'value="Wang"' in weak.text
    twice = page.post(address, {"username": "handler", "name": "Wang", "roles": ["leader"]})
    assert "is a member of this unit already" in twice.text


def test_roles_change_and_a_membership_ends_and_begins_again(page, handler) -> None:
    page.post(url("member", handler.pk), {"roles": ["leader"]})
    page.post(url("member_place", handler.pk), {"is_active": "no"})
    handler.refresh_from_db()
    assert (handler.roles, handler.is_active) == (["leader"], False)
    assert "membership ended" in page.get(url("member", handler.pk)).text
    page.post(url("member_place", handler.pk), {"is_active": "yes"})
    handler.refresh_from_db()
    assert handler.is_active


def test_a_manager_cannot_lock_themselves_out(page, manager) -> None:
    answer = page.post(url("member", manager.pk), {"roles": ["editor"]})
    assert answer.status_code == 422
    assert "You cannot take the manager&#x27;s role from yourself" in answer.text
    page.post(url("member_place", manager.pk), {"is_active": "no"})
    manager.refresh_from_db()
    assert (manager.roles, manager.is_active) == (["manager"], True)


def test_a_new_password_is_shown_once(page, handler) -> None:
    answer = page.post(url("member_password", handler.pk), {"password": ""})
    handler.user.refresh_from_db()
    assert handler.user.check_password(answer.context["password"])
    weak = page.post(url("member_password", handler.pk), {"password": "123"})
    assert (weak.status_code, 'value="123"' in weak.text) == (422, True)


def test_nobody_gets_hold_of_an_account_by_taking_it_into_their_house(client, manager) -> None:
    little = make_member("little", Role.MANAGER)
    client.force_login(little.user)
    client.post(
        url("member_new", little.unit_id),
        {"username": "manager", "name": "X", "roles": ["handler"]},
    )
    mine = Member.objects.get(user=manager.user, unit=little.unit)
    answer = client.post(url("member_password", mine.pk), {"password": "now-it-is-mine"})
    assert answer.status_code == 422
    assert "has a place outside your house too" in answer.text
    manager.user.refresh_from_db()
    assert not manager.user.check_password("now-it-is-mine")


# Ledgers


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_ledgers_asks_as_often_for_many_as_for_one(
    page, count, django_assert_num_queries
) -> None:
    ledgers = [make_ledger(f"ledger{number}") for number in range(count)]
    with django_assert_num_queries(4):
        assert list(page.get(url("ledgers")).context["ledgers"]) == ledgers


def test_a_ledger_is_opened_from_a_preset_as_often_as_needed(page) -> None:
    make_policy("13710-days")
    given = {"preset": "tasks", "unit": make_unit("bureau").pk}
    given |= {"supervising_unit": make_unit("oversight").pk}
    page.post(url("ledger_new"), given)
    page.post(url("ledger_new"), {**given, "name": "Ours", "prefix": "abc"})
    rows = Ledger.objects.values_list("code", "name", "prefix")
    assert list(rows) == [("tasks", "重点任务台账", "RW"), ("tasks-2", "Ours", "ABC")]


def test_a_blank_ledger_needs_what_a_preset_would_bring(page) -> None:
    policy = make_policy("13710-days")
    given = {"preset": "blank", "unit": make_unit("bureau").pk, "name": "Lamps"}
    given |= {"supervising_unit": make_unit("oversight").pk}
    wrong = page.post(url("ledger_new"), {**given, "prefix": "1"})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"prefix", "policy"}
    assert 'value="Lamps"' in wrong.text
    page.post(url("ledger_new"), {**given, "prefix": "LD", "policy": policy.pk})
    ledger = Ledger.objects.get()
    assert (ledger.name, ledger.kinds, ledger.policy) == ("Lamps", ["help"], policy)


def settings_of(ledger: Ledger, **changed: object) -> dict[str, object]:
    given = {
        "name": "Requests", "purpose": "All of them", "prefix": "AB", "unit": ledger.unit_id,
        "supervising_unit": ledger.supervising_unit_id, "policy": ledger.policy_id,
        "kinds": ["help", "report"], "residents_file": "on", "is_active": "on",
        "filing_roles": usual_filers(),
        "clear_after_satisfied": 1, "clear_after_silence": "", "reopen_days": 5,
        "decline_reasons": "Not ours\n\n No law for it ",
        "field-TOTAL_FORMS": 0, "field-INITIAL_FORMS": 0,
    }  # fmt: skip
    return given | changed


def test_everything_about_a_ledger_is_changed(page, ledger, operator, handler) -> None:
    row = {"field-0-label": "Point", "field-0-label_en": "No. of point", "field-0-type": "choice"}
    row |= {"field-TOTAL_FORMS": 2, "field-1-type": "text"}
    row |= {"field-0-required": "on", "field-0-choices": "A，B\nC, A"}
    page.post(url("ledger", ledger.pk), settings_of(ledger, confidants=[operator.pk], **row))
    ledger.refresh_from_db()
    assert (ledger.name, ledger.prefix, ledger.kinds) == ("Requests", "AB", ["help", "report"])
    assert (ledger.residents_file, ledger.is_public) == (True, False)
    assert (ledger.clear_after_satisfied, ledger.clear_after_silence) == (1, None)
    assert ledger.decline_reasons == ["Not ours", "No law for it"]
    assert list(ledger.confidants.all()) == [operator]
    assert ledger.fields == [
        {
            "name": "no_of_point", "label": "Point", "label_en": "No. of point", "type": "choice",
            "required": True, "choices": ["A", "B", "C"],
        }
    ]  # fmt: skip
    assert "A\nB\nC" in page.get(url("ledger", ledger.pk)).text


def test_a_field_keeps_its_name_and_a_new_one_gets_a_free_one(page, ledger) -> None:
    Ledger.objects.update(
        fields=[{"name": "field", "label": "点位"}, {"name": "old", "label": "Old"}]
    )
    rows = {"field-TOTAL_FORMS": 3, "field-INITIAL_FORMS": 2}
    for number, (name, label) in enumerate([("field", "新名"), ("old", "Old"), ("", "标准")]):
        rows |= {f"field-{number}-name": name, f"field-{number}-label": label}
        rows |= {f"field-{number}-type": "text"}
    rows["field-1-DELETE"] = "on"
    page.post(url("ledger", ledger.pk), settings_of(ledger, **rows))
    ledger.refresh_from_db()
    assert [(each.name, each.label) for each in ledger.extra_fields()] == [
        ("field", "新名"),
        ("field_1", "标准"),
    ]


def test_a_ledger_that_makes_no_sense_keeps_what_was_typed(page, ledger, handler) -> None:
    row = {"field-TOTAL_FORMS": 1, "field-0-label_en": "Point", "field-0-type": "choice"}
    answer = page.post(
        url("ledger", ledger.pk),
        settings_of(ledger, kinds=[], unit=999, reopen_days=99999, confidants=[handler.pk], **row),
    )
    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"__all__", "kinds", "unit", "reopen_days", "confidants"}
    assert form.errors["__all__"] == [
        "Extra field 1, Label: This field is required.",
        "Extra field 1, Choices: Write what can be chosen.",
    ]
    assert 'value="Requests"' in answer.text
    ledger.refresh_from_db()
    assert ledger.name == "Appeals"


def test_the_prefix_stays_while_there_are_matters(page, ledger) -> None:
    make_matter()
    page.post(url("ledger", ledger.pk), settings_of(ledger))
    ledger.refresh_from_db()
    assert (ledger.name, ledger.prefix) == ("Requests", "SQ")


def test_a_policy_says_its_clocks_in_words(page, ledger) -> None:
    shown = page.get(url("policy", ledger.policy_id)).context["clocks"]
    resolve = next(clock for clock in shown if clock["label"] == "Resolve")
    assert resolve["facts"] == [
        ("Runs for", "The lead unit"),
        ("Starts with", "Dispatch, Objection fails: final dispatch, Reopen"),
        ("Stops with", "Hand in, Sign and hand in"),
        ("Ends without result with", "Object"),
        ("Pauses while", "Suspended, Waiting for the resident"),
    ]
    assert resolve["limits"] == [
        "Critical: 1 day, every hour counts",
        "Question: 3 working days",
        "Complaint, Report of a wrong: 10 working days",
        "5 working days",
    ]
    assert resolve["alarms"][-1] == (
        "At 150 % of the time, told: "
        "Unit leader, Supervisor, leader of the unit above · red card · an order"
    )


# Categories


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_of_categories_asks_as_often_for_many_as_for_one(
    page, ledger, count, django_assert_num_queries
) -> None:
    top = ledger.categories.get()
    for number in range(count):
        make_category(ledger, f"CX01{number}", f"Lamp {number}", parent=top, level=2)
    with django_assert_num_queries(6):
        rows = page.get(url("category", ledger.pk, top.pk)).context["rows"]
    assert [row["category"].code for row in rows] == [f"CX01{n}" for n in range(count)]
    with django_assert_num_queries(5):
        rows = page.get(url("categories", ledger.pk), {"q": "lamp"}).context["rows"]
    assert [row["way"] for row in rows] == ["Street lights"] * count


def test_categories_are_added_one_by_one_and_as_a_list(page, ledger) -> None:
    top = ledger.categories.get()
    page.post(url("category_new", ledger.pk), {"name": "Heating"})
    page.post(url("category_new", ledger.pk, top.pk), {"name": "Lamp out"})
    page.post(
        url("categories_many", ledger.pk),
        {"lines": "Heating / Pipes / Leak\nHeating\tPipes\tCold\n\nWater"},
    )
    names = [" / ".join(map(str, each.way())) for each in ledger.categories.order_by("pk")]
    assert names == [
        "Street lights", "Heating", "Street lights / Lamp out", "Heating / Pipes",
        "Heating / Pipes / Leak", "Heating / Pipes / Cold", "Water",
    ]  # fmt: skip


def test_refused_categories_keep_what_was_typed(page, ledger) -> None:
    twice = page.post(url("category_new", ledger.pk), {"name": "Street lights"})
    assert (twice.status_code, 'value="Street lights"' in twice.text) == (422, True)
    assert "There is already a category “Street lights” here." in twice.text
    deep = page.post(url("categories_many", ledger.pk), {"lines": "Typed\na/b/c/d"})
    assert (deep.status_code, "Typed" in deep.text) == (422, True)
    assert "Line 2 has more than three levels." in deep.text
    other = make_category(ledger, "CX02", "Heating")
    renamed = page.post(url("category", ledger.pk, other.pk), {"name": "Street lights"})
    assert (renamed.status_code, 'value="Street lights"' in renamed.text) == (422, True)


def test_a_category_is_renamed_and_taken_out_of_use_with_all_below(page, ledger) -> None:
    top = ledger.categories.get()
    below = make_category(ledger, "CX0101", "Lamp out", parent=top, level=2)
    given = {"name": "Lights", "keywords": "lamp，dark", "is_confidential": "on"}
    page.post(url("category", ledger.pk, top.pk), given)
    page.post(url("category_use", ledger.pk, top.pk), {"is_active": "no"})
    top.refresh_from_db()
    below.refresh_from_db()
    assert (top.name, top.keywords, top.is_confidential) == ("Lights", ["lamp", "dark"], True)
    assert (top.is_active, below.is_active) == (False, False)
    page.post(url("category_use", ledger.pk, below.pk), {"is_active": "yes"})
    assert list(ledger.categories.active()) == [top, below]


# Dispatch catalogue


def test_a_line_is_added_where_there_was_a_gap_and_removed_after_a_question(page, ledger) -> None:
    bureau, category = make_unit("bureau"), ledger.categories.get()
    empty = page.get(url("catalogue", ledger.pk)).context
    assert [gap["category"] for gap in empty["gaps"]] == [category]
    given = {"category": category.pk, "lead": bureau.pk, "basis": "List of duties"}
    page.post(url("catalogue", ledger.pk), {**given, "joint": [make_unit("other").pk]})
    shown = page.get(url("catalogue", ledger.pk))
    assert shown.context["gaps"] == []
    assert [(line.number, line.lead, line.basis) for line in shown.context["lines"]] == [
        (1, bureau, "List of duties")
    ]
    address = url("line_remove", ledger.pk, 1)
    assert "Remove line 1?" in page.get(address).text
    page.post(address)
    assert not ledger.catalogue.exists()


def test_a_refused_line_keeps_what_was_typed(page, ledger) -> None:
    bureau, category = make_unit("bureau"), ledger.categories.get()
    add_line(ledger, category=category, lead=bureau)
    given = {"category": category.pk, "lead": bureau.pk, "basis": "Typed"}
    answer = page.post(url("catalogue", ledger.pk), given)
    assert (answer.status_code, 'value="Typed"' in answer.text) == (422, True)
    assert "There is a line for this category and area already" in answer.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_asks_as_often_for_many_as_for_one(
    page, ledger, count, django_assert_num_queries
) -> None:
    for number in range(count):
        category = make_category(ledger, f"H{number}", "Heating")
        add_line(ledger, category=category, lead=make_unit("bureau"), joint=[make_unit("other")])
        make_category(ledger, f"G{number}", "Gap")
    with django_assert_num_queries(10):
        shown = page.get(url("catalogue", ledger.pk)).context
    assert (len(shown["lines"]), len(shown["gaps"])) == (count, count + 1)


# Calendar


LINES = "2027-01-01 休 元旦\n2027-10-01~2027-10-07 off National Day\n2027/10/9 班 补班\n"


def test_announcing_a_year_settles_what_waited_for_it(page, course) -> None:
    make_calendar()
    last = CalendarYear.objects.order_by("-year").first().year
    announce_year(last, {}, "test")
    matter = make_matter(now=datetime(last, 12, 29, 12, tzinfo=SHANGHAI))
    course(matter).dispatched()
    assert Clock.objects.filter(is_provisional=True).exists()
    day = f"{last + 1}-01-04"
    given = {"year": last + 1, "source": "Notice 1", "days": f"{day} off Something"}
    answer = page.post(url("calendar"), given, follow=True)
    assert not Clock.objects.filter(is_provisional=True, stopped_at=None).exists()
    assert "became definite" in answer.text
    assert (answer.context["year"].year, answer.context["year"].source) == (last + 1, "Notice 1")


def test_a_year_shows_its_days_as_spans_and_can_be_corrected(page) -> None:
    days, wrong = read_days(2027, LINES)
    assert wrong == []
    announce_year(2027, days, "Notice 1")
    shown = page.get(url("calendar"), {"year": 2027})
    assert [(span["when"], span["count"], span["name"]) for span in shown.context["spans"]] == [
        ("01-01 Fri", "1 day", "元旦"),
        ("10-01 Fri – 10-07 Thu", "7 days", "National Day"),
        ("10-09 Sat", "1 day", "补班"),
    ]
    assert "2027-10-01~2027-10-07 休 National Day" in shown.text
    page.post(url("calendar"), {"year": 2027, "source": "Notice 2", "days": "2027-01-02 休"})
    assert [day.day for day in CalendarDay.objects.all()] == [date(2027, 1, 2)]


def test_each_wrong_line_is_named_and_nothing_is_lost(page) -> None:
    lines = [
        "2027-01-01 休 元旦", "2027-01-01 休 again", "2027-13-01 休", "nonsense",
        "2026-12-31 休", "2027-02-18 班", "2027-03-03~2027-03-01 休", "2027-05-01~soon off",
    ]  # fmt: skip
    given = {"year": 2027, "source": "Notice", "days": "\n".join(lines)}
    answer = page.post(url("calendar"), given)
    assert answer.status_code == 422
    assert answer.context["form"].errors["days"] == [
        "Line 2: 2027-01-01 stands on an earlier line too.",
        "Line 3: “2027-13-01” is not in the calendar. Please check day and time.",
        "Line 4: write it like “2027-01-01 休 元旦” or “2027-02-20 班 春节调休”.",
        "Line 5: 2026-12-31 is not a day of 2027.",
        "Line 6: 2027-02-18 is no weekend day: it is worked anyway.",
        "Line 7: the last day must come after the first, within a month.",
        "Line 8: “soon” is not a date. Write it like 2019-02-28 or 2019-02-28 11:25.",
    ]
    assert "2027-05-01~soon off" in answer.text
    assert not CalendarYear.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_asks_as_often_for_many_days_as_for_one(
    page, count, django_assert_num_queries
) -> None:
    announce_year(2027, {date(2027, 1, n + 1): (False, f"Day {n}") for n in range(count)}, "Notice")
    with django_assert_num_queries(7):
        assert len(page.get(url("calendar")).context["spans"]) == count


def test_only_managers_of_the_whole_site_announce_a_year(client, db) -> None:
    little = make_member("little", Role.MANAGER)
    client.force_login(little.user)
    assert "Save the year" not in client.get(url("calendar")).text
    client.post(url("calendar"), {"year": 2027, "source": "Mine", "days": "2027-01-02 休"})
    assert not CalendarYear.objects.exists()


def test_one_day_is_corrected(page, manager) -> None:
    announce_year(2027, {}, "Notice")
    page.post(url("calendar_day"), {"day": "2027-05-04", "what": "off", "name": "Typhoon"})
    page.post(url("calendar_day"), {"day": "2027-05-08", "what": "worked", "name": "For it"})
    rows = CalendarDay.objects.values_list("day", "is_worked", "name")
    assert list(rows) == [(date(2027, 5, 4), False, "Typhoon"), (date(2027, 5, 8), True, "For it")]
    shown = page.get(url("calendar"), {"year": 2027}).context
    may = shown["months"][4]["weeks"][1]
    assert [day["look"] for day in may] == ["", "off", "", "", "", "worked", "weekend"]
    assert shown["workdays"] == 261
    page.post(url("calendar_day"), {"day": "2027-05-04", "what": "usual"})
    assert CalendarDay.objects.count() == 1
    for day, what, why in (
        ("2027-05-05", "worked", "it is worked anyway"),
        ("2031-05-05", "off", "is not announced yet"),
    ):
        wrong = page.post(url("calendar_day"), {"day": day, "what": what})
        assert (wrong.status_code, why in wrong.text) == (422, True)


def test_a_missing_year_is_told_on_the_calendar(page, manager) -> None:
    assert "is not announced yet: 0 deadlines are provisional" in page.get(url("calendar")).text
    announce_year(2027, {}, "Notice")
    little = Client()
    little.force_login(make_member("little", Role.MANAGER).user)
    little.post(url("calendar_day"), {"day": "2027-05-04", "what": "off"})
    assert not CalendarDay.objects.exists()
