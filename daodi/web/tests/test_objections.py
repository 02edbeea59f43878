"""Whoever rules on an objection has both sides' words before them, and what was before."""

from django.urls import reverse

from daodi.core.ledgers.catalogue import add_line
from tests.makers import make_category, make_ledger, make_matter, make_unit


def objected(course, lamps):
    run = course(make_matter("The street lamp is dark."))
    run.step("list", "operator", category=lamps, kind="help", urgency="normal")
    run.step("dispatch", "operator", lead=make_unit("bureau"), content="Please mend it.")
    return run.step("object", "handler", text="The estate's lamp.", basis="List 3")


def test_both_sides_and_what_else_is_known(client, course, cast) -> None:
    lamps = make_category(make_ledger())
    add_line(make_ledger(), category=lamps, lead=make_unit("bureau"), basis="Duties, 3")
    for _ in range(3):
        course(make_matter("Another lamp")).dispatched(lead=make_unit("elsewhere"))
    run = objected(course, lamps).step("overrule", "supervisor", text="The gate is public.")
    run.step("accept", "handler")
    again = objected(course, lamps)
    client.force_login(cast["supervisor"].user)
    page = client.get(reverse("desk:matter", args=[again.matter.number]))
    found = page.context["objection"]
    assert (found["sent_words"], str(found["sent"].by)) == ("Please mend it.", "Operator")
    assert (found["decision"].reason, found["decision"].basis) == ("The estate's lamp.", "List 3")
    assert (found["line"].number, found["line_is_theirs"], found["before"]) == (1, True, [])
    assert [(each["unit"].code, each["times"]) for each in found["went"]] == [("elsewhere", 3)]
    assert (found["instead"]["unit"].code, found["instead"]["reason"]) == (
        "elsewhere", "3 of 3 such matters went there",
    )  # fmt: skip
    body = page.content.decode()
    for name in ("uphold", "overrule"):
        assert f'formaction="/desk/matters/{again.matter.number}/{name}/"' in body


def test_an_objection_before_is_told_with_its_ruling(client, course, cast) -> None:
    lamps = make_category(make_ledger())
    run = objected(course, lamps).step("uphold", "supervisor", text="It is the estate's.")
    run.step("dispatch", "operator", lead=make_unit("bureau"), content="After all.")
    run.step("object", "handler", text="Still not ours.", basis="List 3")
    client.force_login(cast["supervisor"].user)
    page = client.get(reverse("desk:matter", args=[run.matter.number]))
    found = page.context["objection"]
    assert found["sent_words"] == "After all."
    assert [(each["reason"], each["ruling"]) for each in found["before"]] == [
        ("The estate's lamp.", "stood It is the estate's.")
    ]


def test_a_ruling_without_words_is_asked_for_where_it_is_written(client, course, cast) -> None:
    run = objected(course, make_category(make_ledger()))
    client.force_login(cast["supervisor"].user)
    page = client.post(reverse("desk:move", args=[run.matter.number, "uphold"]), {"text": ""})
    assert page.status_code == 422
    assert "error-summary" in page.content.decode().split('class="panel objection')[1]
