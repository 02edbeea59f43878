import uuid

from daodi.core.intake.paper import print_forms, sheets_of
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from tests.access import Page, check, check_complete
from tests.makers import NOON


def test_access(matter, cast, outsider) -> None:
    """Without the code of a matter, being staff opens nothing on the portal."""
    editor = make_editor()
    entry, secret = make_entry(by=editor), make_entry(by=editor, is_public=False)
    batch = print_forms(matter.ledger, 1, by=cast["operator"], now=NOON)
    (form,) = sheets_of(batch)
    pages = [
        Page("appeals:file", stranger=200, others=200),
        Page("appeals:receipt", [uuid.uuid4()], stranger=404),
        Page("appeals:paper", [form.serial], stranger=200, others=200),
        Page("appeals:receipt_pdf", [uuid.uuid4()], stranger=404),
        Page("appeals:track", stranger=200, others=200),
        Page("appeals:phone", stranger=200, others=200),
        Page("appeals:phone_code", stranger=302, others=302),
        Page("appeals:course", [matter.number], stranger=302, others=302),
        Page("appeals:move", [matter.number, "write"], method="post", stranger=404),
        Page("appeals:judge", ["1.1.9999999999.x"], stranger=404),
        Page("appeals:resident_file", ["x.jpg"], stranger=404),
        Page("appeals:places", stranger=200, others=200),
        Page("appeals:token", stranger=200, others=200),
        Page("appeals:offline", stranger=200, others=200),
        Page("appeals:manifest", stranger=200, others=200),
        Page("appeals:icon", [192], stranger=200, others=200),
        Page("appeals:service_worker", stranger=200, others=200),
        *(
            Page(f"appeals:{name}", stranger=200, others=200)
            for name in (
                "roots", "check", "public_map", "marks", "kept", "public", "feed", "figures",
                "units", "answers", "hints",
            )
        ),
        Page("appeals:published", [matter.number], stranger=404),
        Page("appeals:join", [matter.number], stranger=404),
        Page("appeals:unit", ["bureau"], stranger=200, others=200),
        Page("appeals:unit_feed", ["bureau"], stranger=200, others=200),
        Page("appeals:answer", [entry.pk], stranger=200, others=200),
        Page("appeals:answer", [secret.pk], stranger=404),
        Page("appeals:helped", [entry.pk], method="post", stranger=302, others=302),
    ]  # fmt: skip
    check(pages, {**cast, "outsider": outsider})
    check_complete("appeals", pages)
