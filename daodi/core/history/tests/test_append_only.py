"""The database refuses to rewrite history, whoever asks."""

import pytest
from django.db import ProgrammingError, connection, transaction

from daodi.core.history.models import DayRoot, Event, EventText
from daodi.core.history.record import Line, write
from daodi.core.history.roots import close_days
from daodi.core.matters.states import Side
from tests.makers import DAY, NOON


@pytest.fixture
def kept(matter) -> None:
    write(matter, Line("note", Side.SYSTEM, text="Said."), NOON)
    close_days(NOON + DAY)


@pytest.mark.parametrize(
    ("table", "command"),
    [
        ("core_event", "UPDATE core_event SET name = 'other'"),
        ("core_event", "UPDATE core_event SET hash = hash"),
        ("core_event", "DELETE FROM core_event"),
        ("core_dayroot", "UPDATE core_dayroot SET root = ''"),
        ("core_dayroot", "DELETE FROM core_dayroot"),
        ("core_eventtext", "UPDATE core_eventtext SET text = 'Never said.'"),
        ("core_eventtext", "UPDATE core_eventtext SET text = '', salt = ''"),
        ("core_eventtext", "UPDATE core_eventtext SET erased_at = now()"),
        ("core_eventtext", "UPDATE core_eventtext SET text = '', erased_at = now()"),
        ("core_eventtext", "DELETE FROM core_eventtext"),
    ],
)
def test_no_row_is_changed_or_deleted(kept, table, command) -> None:
    with (
        pytest.raises(ProgrammingError, match=f"{table} is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(command)


@pytest.mark.parametrize("model", [Event, DayRoot, EventText])
def test_nor_through_django(kept, model) -> None:
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")  # noqa: SLF001 -- nothing cascades


def test_words_may_only_be_erased_wholly(kept) -> None:
    words = EventText.objects.filter(text="Said.")
    assert words.update(text="", salt=b"", erased_at=NOON) == 1
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        EventText.objects.filter(text="").update(text="Said.")
