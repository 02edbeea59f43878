"""Second factors: what works, what works once, and what does not help a guesser."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.fernet import Fernet

from daodi.core.audit.models import AdminEvent
from daodi.core.exceptions import Refused
from daodi.core.people.access import SignIn
from daodi.core.people.factors import (
    MOST_WRONG,
    PAUSE,
    PERIOD,
    TooManyCodes,
    WrongCode,
    address_of,
    check_code,
    codes_left,
    has_factor,
    new_secret,
    remove_factor,
    renew_codes,
    set_up_factor,
)
from daodi.core.people.roles import Role
from daodi.core.people.sealing import rotate_factors
from daodi.core.people.visits import Visit
from tests.makers import NOON, make_member

HERE = Visit("10.0.0.1", "Firefox")
LATER = NOON + timedelta(minutes=5)


def code_at(secret: str, moment) -> str:
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // PERIOD))


def check(member, code, now=LATER) -> str:
    return check_code(member.user, code, now=now, visit=HERE)


@pytest.fixture
def secret() -> str:
    return new_secret()


@pytest.fixture
def recovery(manager, secret) -> list[str]:
    return set_up_factor(manager, secret, code_at(secret, NOON), now=NOON)


def test_a_phone_is_set_up_by_the_code_it_shows(manager, secret) -> None:
    assert not has_factor(manager.user)
    with pytest.raises(WrongCode):
        set_up_factor(manager, secret, "000000", now=NOON)
    codes = set_up_factor(manager, secret, code_at(secret, NOON), now=NOON)
    assert has_factor(manager.user)
    assert (len(set(codes)), codes_left(manager.user)) == (10, 10)
    assert f"manager?secret={secret}&issuer=%E5%88%B0%E5%BA%95" in address_of(manager.user, secret)


def test_a_code_works_once_and_none_before_it(manager, secret, recovery) -> None:
    code = code_at(secret, LATER)
    assert check(manager, f" {code[:3]} {code[3:]} ") == SignIn.Result.WITH_CODE
    earlier = code_at(secret, LATER - timedelta(seconds=PERIOD))
    for old in (code, earlier, code_at(secret, NOON)):
        with pytest.raises(WrongCode):
            check(manager, old)
    following = LATER + timedelta(seconds=PERIOD)
    assert check(manager, code_at(secret, following), following) == SignIn.Result.WITH_CODE


@pytest.mark.parametrize(("seconds", "works"), [(-90, False), (-30, True), (30, True), (90, False)])
def test_a_clock_may_be_half_a_minute_wrong(manager, secret, recovery, seconds, works) -> None:
    code = code_at(secret, LATER + timedelta(seconds=seconds))
    if works:
        assert check(manager, code) == SignIn.Result.WITH_CODE
    else:
        with pytest.raises(WrongCode):
            check(manager, code)


def test_the_code_that_set_the_phone_up_does_not_sign_in(manager, secret, recovery) -> None:
    with pytest.raises(WrongCode):
        check(manager, code_at(secret, NOON), NOON)


def test_a_recovery_code_works_once(manager, recovery) -> None:
    assert check(manager, recovery[3]) == SignIn.Result.WITH_RECOVERY
    with pytest.raises(WrongCode):
        check(manager, recovery[3])
    assert codes_left(manager.user) == 9
    fresh = renew_codes(manager)
    with pytest.raises(WrongCode):
        check(manager, recovery[4])
    assert check(manager, fresh[0]) == SignIn.Result.WITH_RECOVERY


def test_codes_cannot_be_tried_out(manager, secret, recovery) -> None:
    for number in range(MOST_WRONG):
        with pytest.raises(WrongCode):
            check(manager, f"00000{number}")
    for code in (code_at(secret, LATER), recovery[0]):
        with pytest.raises(TooManyCodes):
            check(manager, code)
    rested = LATER + PAUSE
    assert check(manager, code_at(secret, rested), rested) == SignIn.Result.WITH_CODE


def test_what_is_no_code_is_a_wrong_one(manager, recovery) -> None:
    for nonsense in ("", "abc", "１２３", "9" * 40):
        with pytest.raises(WrongCode):
            check(manager, nonsense)
    assert manager.user.sign_ins.filter(address="10.0.0.1", browser="Firefox").count() == 4


def test_secrets_are_sealed_and_stay_readable_when_keys_change(
    manager, secret, recovery, settings
) -> None:
    assert secret not in str(list(Authenticator.objects.values("data")))
    fresh = Fernet.generate_key().decode()
    settings.CONTACT_KEYS = [fresh, *settings.CONTACT_KEYS]
    assert rotate_factors() == 2
    settings.CONTACT_KEYS = [fresh]
    assert check(manager, code_at(secret, LATER)) == SignIn.Result.WITH_CODE
    assert check(manager, recovery[0]) == SignIn.Result.WITH_RECOVERY


def test_a_manager_resets_a_lost_phone_of_the_own_house_only(manager, secret) -> None:
    little = make_member("little", Role.MANAGER)
    set_up_factor(little, secret, code_at(secret, NOON), now=NOON)
    stranger = make_member("stranger", Role.MANAGER, unit="elsewhere")
    with pytest.raises(Refused, match="has a place outside your house"):
        remove_factor(little, by=stranger)
    remove_factor(little, by=manager)
    assert (has_factor(little.user), codes_left(little.user)) == (False, 0)
    line = AdminEvent.objects.latest("pk")
    assert (line.what, line.member, line.by) == ("factor_reset", little, manager)
    assert secret not in str(list(AdminEvent.objects.values()))


def test_half_a_year_later_nothing_is_known_of_a_sign_in(manager, secret, recovery) -> None:
    check(manager, code_at(secret, LATER))
    late = LATER + timedelta(days=181)
    check(manager, code_at(secret, late), late)
    assert [each.at for each in manager.user.sign_ins.all()] == [late]
