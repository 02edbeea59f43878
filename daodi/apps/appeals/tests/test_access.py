import uuid

from tests.access import Page, check, check_complete


def test_access(matter, cast, outsider) -> None:
    """Without the code of a matter, being staff opens nothing on the portal."""
    pages = [
        Page("appeals:file", stranger=200, others=200),
        Page("appeals:receipt", [uuid.uuid4()], stranger=404),
        Page("appeals:track", stranger=200, others=200),
        Page("appeals:course", [matter.number], stranger=302, others=302),
        Page("appeals:move", [matter.number, "write"], method="post", stranger=404),
        Page("appeals:resident_file", ["x.jpg"], stranger=404),
        Page("appeals:places", stranger=200, others=200),
        Page("appeals:token", stranger=200, others=200),
        Page("appeals:offline", stranger=200, others=200),
        Page("appeals:manifest", stranger=200, others=200),
        Page("appeals:icon", [192], stranger=200, others=200),
        Page("appeals:service_worker", stranger=200, others=200),
        Page("appeals:roots", stranger=200, others=200),
    ]
    check(pages, {**cast, "outsider": outsider})
    check_complete("appeals", pages)
