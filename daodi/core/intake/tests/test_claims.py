"""Two operators do not sort the same matter without knowing of each other."""

from daodi.core.intake.claims import CLAIM_LASTS, claim, let_go
from daodi.core.intake.models import Claim
from tests.makers import NOON, make_member


def test_the_first_has_it_and_the_second_is_told_whose_it_is(matter, operator) -> None:
    other = make_member("other", "operator", unit="centre")
    assert claim(matter, by=operator, now=NOON).member == operator
    assert claim(matter, by=other, now=NOON).member == operator
    assert list(Claim.objects.live(NOON).of_others(other)) == [Claim.objects.get()]


def test_it_ends_by_itself_unless_it_is_renewed(matter, operator) -> None:
    other = make_member("other", "operator", unit="centre")
    claim(matter, by=operator, now=NOON)
    claim(matter, by=operator, now=NOON + CLAIM_LASTS / 2)
    assert claim(matter, by=other, now=NOON + CLAIM_LASTS).member == operator
    assert claim(matter, by=other, now=NOON + CLAIM_LASTS * 1.5).member == other


def test_one_lets_go_of_ones_own_only(matter, operator) -> None:
    other = make_member("other", "operator", unit="centre")
    claim(matter, by=operator, now=NOON)
    let_go(matter, by=other)
    assert Claim.objects.get().member == operator
    let_go(matter, by=operator)
    assert claim(matter, by=other, now=NOON).member == other
