from daodi.core.ledgers.models import Ledger
from daodi.core.matters.models import Attachment
from tests.access import Page, check, check_complete
from tests.makers import NOON

SEEN = dict.fromkeys(("operator", "handler", "leader", "supervisor", "caller"), 200)
MANAGED = {"manager": 200}


def test_access(course, cast, outsider, manager) -> None:
    matter = course().dispatched().matter
    unit, ledger = manager.unit, Ledger.objects.get()
    Attachment.objects.create(
        matter=matter, seq=1, key="0.txt", name="a", mime="text/plain", size=1, digest=b"",
        added_at=NOON,
    )  # fmt: skip
    everybody = {**SEEN, "outsider": 200, "manager": 200}
    pages = [
        Page("desk:inbox", answers=everybody),
        Page("desk:new", answers={"operator": 200, "supervisor": 200, "outsider": 200}),
        Page("desk:matter", [matter.number], answers={**SEEN, "manager": 200}),
        Page(
            "desk:move", [matter.number, "accept"], method="post",
            # Refused with the page and the reason, but for the handler, whose turn it is.
            answers={**dict.fromkeys(SEEN, 422), "manager": 422, "handler": 302},
        ),
        Page(
            "desk:contact", [matter.number], method="post",
            answers={**SEEN, "manager": 302},
        ),
        Page("desk:file", ["1.txt"]),
    ]  # fmt: skip
    check(pages, {**cast, "outsider": outsider, "manager": manager})
    managed = manage_pages(unit, ledger, manager)
    check(managed, {**cast, "manager": manager})
    check_complete("desk", pages + managed)


def manage_pages(unit, ledger, manager) -> list[Page]:
    return []
