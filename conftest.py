"""What every test stands on: a database, a folder for files, and the cast."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker

from daodi.core.matters.models import Matter
from daodi.core.people.models import Member
from daodi.core.people.roles import Role
from daodi.lib.embedded import ensure_server
from tests.browser import running_browser, wait_until_idle
from tests.makers import Course, StartCourse, make_matter, make_member

# How fast a machine is, and what else it is at, is not what property tests are about.
property_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.load_profile("any machine")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the embedded server before the test database is made in it."""
    if settings.EMBEDDED_DATABASE:
        ensure_server(settings.EMBEDDED_DATABASE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let tests that commit empty the tables after them: only TRUNCATE is allowed, nothing else."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("core_event", "core_eventtext", "core_dayroot", "core_adminevent"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER no_truncate")


@pytest.fixture(scope="session", autouse=True)
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep uploaded files out of the site's own folder."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start the browser once for a file of tests."""
    with running_browser() as browser:
        yield browser


@pytest.fixture
def browser(chromium: Browser, transactional_db: None) -> Iterator[Browser]:
    """Lend the browser to one test: before its tables are emptied, its screens are closed."""
    yield chromium
    for context in chromium.contexts:
        context.close()
    wait_until_idle()


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    """Forget how often an address asked for something in the test before."""
    cache.clear()


# The cast: fixtures that mean the same in every test.


@pytest.fixture
def operator(db: None) -> Member:
    """Lists and dispatches, in the hotline centre."""
    return make_member("operator", Role.OPERATOR, unit="centre")


@pytest.fixture
def handler(db: None) -> Member:
    """Works for the bureau that leads."""
    return make_member("handler", Role.HANDLER)


@pytest.fixture
def leader(db: None) -> Member:
    """Answers for the bureau that leads."""
    return make_member("leader", Role.LEADER)


@pytest.fixture
def supervisor(db: None) -> Member:
    """Rules, presses and grants, in the office that supervises."""
    return make_member("supervisor", Role.SUPERVISOR, unit="oversight")


@pytest.fixture
def caller(db: None) -> Member:
    """Asks residents afterwards, in the hotline centre."""
    return make_member("caller", Role.CALLER, unit="centre")


@pytest.fixture
def manager(db: None) -> Member:
    """Keeps units, members and ledgers for the whole county."""
    return make_member("manager", Role.MANAGER, unit="county", parent=None)


@pytest.fixture
def outsider(db: None) -> Member:
    """Has every role, in another bureau: must never see what is ours."""
    return make_member("outsider", *Role, unit="elsewhere")


@pytest.fixture
def cast(
    operator: Member, handler: Member, leader: Member, supervisor: Member, caller: Member
) -> dict[str, Member]:
    return {
        str(member.user.username): member
        for member in (operator, handler, leader, supervisor, caller)
    }


@pytest.fixture
def matter(db: None) -> Matter:
    """A request just filed by a resident."""
    return make_matter()


@pytest.fixture
def course(cast: dict[str, Member]) -> StartCourse:
    """Return what starts a course: of a new matter, or of the one given."""

    def start(matter: Matter | None = None) -> Course:
        matter = matter or make_matter()
        return Course(matter, cast, matter.filed_at)

    return start
