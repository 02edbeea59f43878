from daodi.apps.duties.ledger import ledger_of
from daodi.apps.duties.reviewing import comment
from daodi.apps.duties.rounds import open_round, running_part
from daodi.apps.duties.tests.makers import draft, duty, handbook
from tests.access import Page, check, check_complete
from tests.makers import NOON, make_ledger, make_member, make_unit


def test_access(cast, outsider, manager) -> None:
    """What is in force is read by all, drafts by their house; what is public by everybody."""
    found, written = duty(is_public=True), draft(title="New")
    everybody = {**cast, "outsider": outsider, "manager": manager}
    operator = cast["operator"]
    open_round(by=operator, now=NOON)
    part = running_part(make_unit())
    said = comment(found.current, "duties-1", "Why?", by=operator, now=NOON)
    kept, far = handbook(operator), handbook(make_member("far", unit="far", parent=None))
    ledger, _own = make_ledger(), ledger_of(operator.unit, by=operator)
    all_of_us = dict.fromkeys(everybody, 200)
    house = dict.fromkeys(("handler", "leader", "manager"), 200)
    args, drafted = [found.pk, 1], [written.duty_id, 1]
    redirected = {"method": "post", "answers": dict.fromkeys(everybody, 302)}
    pages = [
        Page("duties:duties", answers=all_of_us),
        Page("duties:duty_new", answers={**house, "outsider": 200}),
        Page("duties:duty", [found.pk], answers=all_of_us),
        Page("duties:duty", [written.duty_id], answers=house),
        Page("duties:edit", [found.pk], answers=house),
        Page("duties:version", args, answers=all_of_us),
        Page("duties:version", drafted, answers=house),
        Page("duties:changes", args, answers=all_of_us),
        Page("duties:flow", args, answers=all_of_us),
        Page("duties:flow", drafted, answers=house),
        Page("duties:comment", args, method="post", answers=dict.fromkeys(everybody, 422)),
        # Refused with a sentence to whoever may not: the middleware says so and leads back.
        Page("duties:act", [*args, "share"], **redirected),
        Page("duties:act", [*args, "steal"], method="post"),
        Page(
            "duties:comment_answer", [said.pk], method="post", answers=dict.fromkeys(everybody, 302)
        ),
        Page("duties:round", answers={**dict.fromkeys(
            ("operator", "handler", "leader", "outsider"), 200)}),
        Page("duties:round_open", method="post", answers={"operator": 302, "outsider": 302}),
        Page("duties:unchanged", [part.pk], method="post", answers={"handler": 302, "leader": 302}),
        Page("duties:catalogue", [ledger.pk], answers={"manager": 200}),
        Page("duties:handbook", answers=all_of_us),
        Page("duties:handbook_ask", ["docx"], **redirected),
        Page("duties:handbook_ask", ["exe"], method="post"),
        Page("duties:handbook_file", [kept.pk], answers=all_of_us),
        Page("duties:handbook_file", [far.pk]),
        Page("duties:book", ["docx"], answers=all_of_us),
        Page("duties:book", ["exe"]),
        Page("duties:guide", answers=all_of_us, stranger=200),
        Page("duties:guide_page", [found.pk], answers=all_of_us, stranger=200),
        Page("duties:guide_page", [written.duty_id], stranger=404),
        Page("duties:guide_flow", [found.pk], answers=all_of_us, stranger=200),
    ]  # fmt: skip
    check(pages, everybody)
    check_complete("duties", pages)
