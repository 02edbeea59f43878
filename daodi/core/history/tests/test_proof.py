import pytest

from daodi.core.history.models import DayRoot
from daodi.core.history.proof import check_of, prove
from daodi.core.history.roots import close_days
from daodi.core.matters.models import Matter
from tests.makers import DAY, make_matter

pytestmark = pytest.mark.django_db


def test_a_state_on_paper_is_found_and_holds(course) -> None:
    matter = make_matter()
    paper = check_of(matter.head)
    now = course(matter).accepted().now
    found = prove(f" {matter.number.lower()} ", f"{paper[:8]} {paper[8:].upper()}")
    assert (found.event.seq, found.lines, found.is_as_written) == (1, 4, True)
    assert (found.day, found.root_fits) == (None, False)
    close_days(now + DAY)
    rested = prove(matter.number, paper)
    assert (rested.day, rested.root_fits) == (DayRoot.objects.get(), True)


@pytest.mark.parametrize("check", ["", "0" * 16, "xyz", "%" * 16])
def test_what_was_never_on_paper_is_not_found(matter, check) -> None:
    assert prove(matter.number, check) is None
    assert prove("SQ-20200101-000009", check_of(matter.head)) is None


def test_a_rewritten_text_is_told(matter) -> None:
    paper = check_of(matter.head)
    Matter.objects.update(text="I never said that.")
    assert not prove(matter.number, paper).is_as_written
