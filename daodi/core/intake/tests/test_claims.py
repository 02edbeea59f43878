"""Two operators do not sort the same matter without knowing of each other."""

from daodi.core.intake.claims import CLAIM_LASTS, claim, let_go, next_to_sort
from daodi.core.intake.models import Claim
from tests.makers import HOUR, NOON, make_ledger, make_matter, make_member


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


def test_the_next_one_is_due_first_free_and_of_the_own_ledgers(operator, course) -> None:
    late, first = make_matter("Filed at two", now=NOON + 2 * HOUR), make_matter("Filed at noon")
    between = make_matter("Filed at one", now=NOON + HOUR)
    course(make_matter("Gone", now=NOON - HOUR)).dispatched()
    theirs = make_ledger("theirs", prefix="T")
    theirs.unit = make_member("far", "operator", unit="far").unit
    theirs.save(update_fields=["unit"])
    make_matter("Not ours", ledger=theirs, now=NOON - HOUR)
    claim(between, by=make_member("other", "operator", unit="centre"), now=NOON)
    after, seen = None, []
    for _ in range(3):
        after = next_to_sort(operator, NOON, after)
        seen.append(after)
    assert seen == [first, late, first]
    assert next_to_sort(operator, NOON + CLAIM_LASTS, first) == between


def test_nothing_is_left(operator, matter) -> None:
    assert next_to_sort(operator, NOON, matter) is None
    assert next_to_sort(make_member("far", "operator", unit="far"), NOON) is None
