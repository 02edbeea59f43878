"""When and from where people signed in: for themselves to see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from daodi.core.people.access import SignIn
from daodi.core.people.models import User

REMEMBERED = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Visit:
    """From where somebody signs in."""

    address: str | None = None
    browser: str = ""


def remember(user: User, result: SignIn.Result, *, now: datetime, visit: Visit) -> None:
    """Keep for half a year when and from where somebody signed in, for themselves to see."""
    user.sign_ins.filter(at__lt=now - REMEMBERED).delete()
    browser = visit.browser[:200]
    SignIn.objects.create(user=user, at=now, result=result, address=visit.address, browser=browser)
