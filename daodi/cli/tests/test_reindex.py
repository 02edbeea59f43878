"""Making the index anew says how far it came, and goes on from there."""

import pytest
from typer.testing import CliRunner

from daodi.cli.ledger import app
from daodi.core.search import writing
from daodi.core.search.models import Indexed
from tests.makers import make_matter


def run(*words: object) -> str:
    return CliRunner().invoke(app, ["reindex", *map(str, words)]).stdout


@pytest.fixture
def keys(db, monkeypatch) -> list[int]:
    """Three matters without an index, which is made one by one."""
    monkeypatch.setattr(writing, "BATCH", 1)
    made = [make_matter(f"Lamp {number} is dark").pk for number in range(3)]
    Indexed.objects.all().delete()
    return made


def indexed() -> list[int]:
    return list(Indexed.objects.order_by("ref").values_list("ref", flat=True))


def test_all_or_a_range_of_keys(keys) -> None:
    assert run("--after", keys[0], "--up-to", keys[1]) == f"The index is new up to key {keys[1]}.\n"
    assert indexed() == [keys[1]]
    assert run() == f"The index is new up to key {keys[2]}.\n"
    assert indexed() == keys


def test_a_stopped_run_says_where_to_go_on(keys, monkeypatch) -> None:
    store = writing.rows_of

    def stop_at_the_last(matters):
        if matters[0].pk == keys[2]:
            raise KeyboardInterrupt
        return store(matters)

    monkeypatch.setattr(writing, "rows_of", stop_at_the_last)
    assert run() == f"The index is new up to key {keys[1]}.\n"
    assert indexed() == keys[:2]
