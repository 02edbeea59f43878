"""What a site keeps for so many years is erased by itself, and nothing else is."""

import pytest

from daodi.core.history.retention import erase_old
from daodi.core.history.verify import verify_matters
from daodi.core.matters.contacts import has_contact
from daodi.core.matters.models import Matter
from tests.makers import DAY, make_ledger, make_matter, reread

YEARS = 2 * 366 * DAY


@pytest.fixture
def ended(course, settings):
    settings.ERASE_AFTER_YEARS = 2
    return course().cleared()


def test_after_the_years_it_is_erased_and_the_record_says_why(ended) -> None:
    assert erase_old(ended.now + YEARS - 10 * DAY) == 0
    assert erase_old(ended.now + YEARS) == 1
    matter = reread(ended.matter)
    assert (matter.text, matter.answer, has_contact(matter)) == ("", "", False)
    assert matter.events.last().data == {"reason": "kept for 2 years"}
    assert [faults for _matter, faults in verify_matters()] == [[]]
    assert erase_old(ended.now + YEARS) == 0


def test_what_is_open_or_was_touched_stays(ended, course) -> None:
    make_matter("Still open.")
    again = course(make_matter("It came back.")).cleared()
    again.now = ended.now + YEARS - 20 * DAY
    again.step("reopen", "supervisor", text="It came back.").step("accept", "handler")
    again.step("hand_in", "handler", account="Again.", answer="Again.").step("clear", "caller")
    assert erase_old(ended.now + YEARS) == 1
    assert Matter.objects.exclude(erased_at=None).get() == ended.matter


def test_tasks_of_the_house_stay(settings, course) -> None:
    settings.ERASE_AFTER_YEARS = 2
    run = course(make_matter(ledger=make_ledger("tasks", residents_file=True))).cleared()
    run.matter.ledger.residents_file = False
    run.matter.ledger.save(update_fields=["residents_file"])
    assert erase_old(run.now + YEARS) == 0


def test_a_site_that_set_no_years_keeps_everything(ended, settings) -> None:
    settings.ERASE_AFTER_YEARS = 0
    assert erase_old(ended.now + 50 * YEARS) == 0


def test_one_night_erases_so_many(ended, course, monkeypatch) -> None:
    course(make_matter("Another one.")).cleared()
    monkeypatch.setattr("daodi.core.history.retention.MOST_A_NIGHT", 1)
    assert [erase_old(ended.now + YEARS + DAY) for _ in range(3)] == [1, 1, 0]
