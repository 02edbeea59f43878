"""Lists as members want them: found by words, narrowed, ordered, saved, with their own columns."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.lists.models import SavedView
from daodi.core.lists.services import save_view
from daodi.core.people.models import Division
from daodi.core.people.services import load_divisions
from daodi.lib.plugs import plugged
from daodi.web.showing.times import moment
from tests.makers import DAY, NOON, make_category, make_ledger, make_matter, make_unit

LAMP, LID = "The lamp at the east gate is dark.", "The manhole lid at the west gate is gone."

# What an app asks to find something of its own: the index, its rows.
QUERIES = {"daodi.apps.duties.finding": 2, "daodi.apps.plans.finding": 1}


@pytest.fixture
def desk(client, operator):
    """Return what asks for a list of the operator's."""
    client.force_login(operator.user)

    def ask(**conditions):
        return client.get(reverse("desk:inbox"), {"list": "all", **conditions})

    return ask


def titles(answer) -> list[str]:
    return [row["title"] for row in answer.context["rows"]]


def test_words_are_found_and_marked(desk) -> None:
    make_matter(f"{LID} Nothing else to say.")
    make_matter(f"{LAMP}\nIt is <b>very</b> dangerous.")
    answer = desk(q="ＤＡＮＧ lamp")
    assert titles(answer) == [LAMP]
    assert b"It is &lt;b&gt;very&lt;/b&gt; <mark>dang</mark>erous." in answer.content
    assert b"The <mark>lamp</mark> at the east" in answer.content
    assert b"Nothing fits" in desk(q="lamp lid").content


@pytest.mark.parametrize("text", ["%", "_", "'\"\\", "👨‍👩‍👧", "\x00", "路" * 3000, "( | & !", "-"])
def test_strange_questions_have_an_answer(desk, matter, text) -> None:
    assert desk(q=text).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_found_with_as_many_queries_as_one(desk, count, django_assert_num_queries) -> None:
    for _ in range(count):
        make_matter(LAMP)
    more = sum(QUERIES[find.__module__] for find in plugged("finds"))
    with django_assert_num_queries(11 + more):
        answer = desk(q="lamp")
    assert titles(answer) == [LAMP] * count


def test_every_condition_narrows_the_list(desk, course, cast) -> None:
    load_divisions([("410221100", "Chengguan", "town"), ("410221100001", "Xiguan", "village")])
    village = Division.objects.get(level="village")
    ledger = make_ledger()
    top = make_category(ledger, "CX", "City")
    make_category(ledger, level=2, parent=top)
    make_matter(LID, ledger=ledger, kind="complaint", now=NOON - DAY, is_confidential=True)
    run = course(make_matter(LAMP, ledger=ledger, division=village)).listed("urgent")
    joint = [make_unit("water")]
    run.step("dispatch", "operator", lead=make_unit("lamps", "bureau"), joint=joint)
    run.step("accept", "handler").step("hand_in", "handler", account="Done.", answer="Done.")
    run.step("send_back", "caller", text="Still dark.")
    run.step("hand_in", "handler", account="Done.", answer="Done.")
    run.step("judge", "caller", solved="yes", satisfied="yes")
    day = timedelta(days=1)
    today = NOON.date()
    narrowing = {
        "state": "handed_in",
        "urgency": "urgent",
        "ledger": ledger.pk,
        "category": top.pk,
        "unit": make_unit("bureau").pk,
        "division": Division.objects.get(level="town").pk,
        "kind": "help",
        "channel": "web",
        "satisfied": "yes",
        "filed_from": today,
        "filed_to": today,
        "joint": "on",
        "redone": "on",
    }
    for name, value in narrowing.items():
        assert titles(desk(**{name: value})) == [LAMP], name
    assert titles(desk(**narrowing)) == [LAMP]
    others = {
        "state": "cleared", "urgency": "long", "kind": "consult", "channel": "api",
        "unit": make_unit("water").pk, "card": "red", "satisfied": "no", "bounced": "on",
        "filed_to": today - day, "filed_from": today + day, "due_from": today,
        "confidential": "on",
    }  # fmt: skip
    for name, value in others.items():
        assert titles(desk(**{name: value})) == [], name


def test_due_dates_narrow_what_has_one(desk, course) -> None:
    course(make_matter(LID)).cleared()
    due = timezone.localtime(make_matter(LAMP).due_at).date()
    for name, at, after in (("due_from", due, due + DAY), ("due_to", due, due - DAY)):
        assert (titles(desk(**{name: at})), titles(desk(**{name: after}))) == ([LAMP], [])


@pytest.mark.parametrize(
    ("order", "numbers"),
    [("due", [1, 2, 0, 3]), ("newest", [3, 2, 1, 0]), ("oldest", [0, 1, 2, 3])],
)
def test_pages_in_any_order_show_every_row_once(desk, order, numbers, monkeypatch) -> None:
    monkeypatch.setattr("daodi.web.paging.SIZE", 1)
    days = [2, 0, 1, 3]
    made = [make_matter(f"Lamp {n} is dark", now=NOON + days[n] * DAY).number for n in range(4)]
    seen, after = [], {}
    for _ in made:
        page = desk(order=order, q="lamp", **after).context
        seen += [made.index(row["number"]) for row in page["rows"]]
        older = QueryDict(page["page"].older_url.removeprefix("?"))
        after = {"after": older.get("after", "")}
    assert (seen, after) == (numbers, {"after": ""})


def test_all_conditions_are_there_on_request(desk) -> None:
    unit = make_unit("bureau")
    assert b"Filed up to" not in desk().content
    assert b"Filed up to" in desk(more="1").content
    # What is chosen is shown, and not the long list it was chosen from.
    chosen = desk(unit=unit.pk).content
    assert (b">Bureau</option>" in chosen, b">Centre</option>" in chosen) == (True, False)
    assert b">Centre</option>" in desk(unit=unit.pk, more="1").content


def test_categories_to_choose_from(desk) -> None:
    def of_form(answer):
        return answer.context["form"].fields["category"].queryset

    ledger, other = make_ledger(), make_ledger("tasks")
    top = ledger.categories.get()
    low = make_category(ledger, "CX0101", "Bulbs", level=3, parent=top)
    offered = {
        name: [category.pk for category in of_form(desk(more="1", **given))]
        for name, given in {
            "all": {}, "chosen": {"category": low.pk}, "ledger": {"ledger": ledger.pk},
        }.items()
    }  # fmt: skip
    upper = [top.pk, other.categories.get().pk]
    assert offered == {
        "all": upper,
        "chosen": [top.pk, low.pk, upper[1]],
        "ledger": [top.pk, low.pk],
    }


def test_a_view_is_saved_shown_renamed_and_removed(client, desk, operator) -> None:
    make_matter(LAMP)
    query = desk(state="received", order="oldest", after="1").context["view_form"]["query"].value()
    assert query == "list=all&state=received&order=oldest"
    given = {"name": "Fresh", "query": f"{query}&after=9&evil=1", "is_shared": "on"}
    answer = client.post(reverse("desk:view_new"), given)
    assert answer.url == f"{reverse('desk:inbox')}?{query}"
    (view,) = client.get(answer.url).context["views"]
    assert (view["label"], view["current"]) == ("Fresh", True)
    pk = SavedView.objects.get().pk
    client.post(reverse("desk:view", args=[pk]), {f"{pk}-name": "Newest"})
    assert SavedView.objects.values_list("name", "is_shared").get() == ("Newest", False)
    wrong = client.post(reverse("desk:view", args=[pk]), {f"{pk}-name": ""})
    assert (wrong.status_code, b"field is required" in wrong.content) == (422, True)
    client.post(reverse("desk:view_remove", args=[pk]))
    assert not SavedView.objects.exists()


def test_a_view_that_cannot_be_saved_is_not_lost(client, desk, monkeypatch) -> None:
    monkeypatch.setattr("daodi.core.lists.services.MOST_VIEWS", 0)
    given = {"name": "Mine", "query": "list=all&urgency=urgent"}
    answer = client.post(reverse("desk:view_new"), given)
    assert answer.status_code == 422
    assert b'value="list=all&amp;urgency=urgent"' in answer.content


@pytest.mark.parametrize("count", [1, 3])
def test_saved_views_on_their_page(
    client, operator, caller, count, django_assert_num_queries
) -> None:
    for number in range(count):
        for who in (operator, caller):
            save_view(name=f"{who} {number}", query="list=all", is_shared=True, by=who)
    client.force_login(operator.user)
    with django_assert_num_queries(4):
        rows = client.get(reverse("desk:views")).context["rows"]
    assert [row["is_own"] for row in rows] == [False] * count + [True] * count


def test_columns_are_chosen_for_a_list(client, desk, course) -> None:
    course(make_matter(LAMP)).handed_in().step("judge", "caller", solved="yes", satisfied="yes")
    usual = ["state", "unit", "clock"]
    assert [column["name"] for column in desk().context["columns"]] == usual
    names = ["redos", "satisfied", "number", "filed", "kind", "channel", "urgency", "category"]
    given = {"list": "all", "names": names, "query": "list=all&state=handed_in"}
    answer = client.post(reverse("desk:columns"), given)
    assert answer.url == f"{reverse('desk:inbox')}?list=all&state=handed_in"
    (row,) = desk().context["rows"]
    assert {cell["name"]: str(cell["text"]) for cell in row["cells"]} == {
        "number": "SQ-20260302-" + f"{row['pk']:06d}", "category": "Street lights",
        "kind": "Request for help", "channel": "Web page", "urgency": "Normal",
        "filed": moment(NOON, timezone.now()), "satisfied": "Satisfied", "redos": "",
    }  # fmt: skip
    assert [column["name"] for column in desk(list="open").context["columns"]] == usual
    client.post(reverse("desk:columns"), {"list": "all"})
    assert [column["name"] for column in desk().context["columns"]] == usual
    assert client.post(reverse("desk:columns"), {"list": "none"}).url == reverse("desk:inbox")


def test_the_palette_offers_matters_pages_views_and_units(client, operator) -> None:
    matter = make_matter(LAMP)
    make_matter(LID)
    save_view(name="Lamps of mine", query="list=all&q=lamp", is_shared=False, by=operator)
    lamps = make_unit("lamps", "bureau")
    client.force_login(operator.user)
    answer = client.get(reverse("desk:find"), {"q": "lamp"})
    assert [each["number"] for each in answer.context["matters"]] == [matter.number]
    assert [each["label"] for each in answer.context["views"]] == ["Lamps of mine"]
    assert [each["label"] for each in answer.context["units"]] == [lamps]
    pages = client.get(reverse("desk:find"), {"q": "open"}).context["pages"]
    assert [str(page["label"]) for page in pages] == ["All open"]
    assert b"Nothing found" in client.get(reverse("desk:find"), {"q": "nothing like it"}).content
    assert client.get(reverse("desk:find"), {"q": "%\x00'👨" * 99}).status_code == 200


def test_the_palette_puts_first_what_is_called_so(client, operator) -> None:
    called, said = make_matter(LAMP), make_matter("It is dark here. " * 9 + LAMP)
    client.force_login(operator.user)
    answer = client.get(reverse("desk:find"), {"q": "lamp gate"})
    assert [each["number"] for each in answer.context["matters"]] == [called.number, said.number]


def test_the_palette_finds_answers_of_the_knowledge_base(client, operator) -> None:
    editor = make_editor()
    entry = make_entry("Who mends lamps?", answer="Within two days.", by=editor)
    make_entry("Who mends roads?", by=editor)
    make_entry("A draft.", answer="Within two days.", by=editor, published=False)
    client.force_login(operator.user)
    (hits,) = client.get(reverse("desk:find"), {"q": "two days"}).context["elsewhere"]
    assert [(row.url, row.label) for row in hits.rows] == [
        (reverse("desk:knowledge_entry", args=[entry.pk]), "Who mends lamps?")
    ]
    assert [row["entry"] for row in client.get(hits.url).context["rows"]] == [entry]


def test_the_palette_shows_nobody_what_they_may_not_see(client, matter, outsider) -> None:
    client.force_login(outsider.user)
    answer = client.get(reverse("desk:find"), {"q": matter.number})
    assert answer.context["matters"] == []
