"""Making the index anew says how far it came, and goes on from there."""

import pytest
from typer.testing import CliRunner

from daodi.cli.ledger import app
from daodi.core.knowledge.tests.makers import make_editor, make_entry
from daodi.core.publishing.services import publish
from daodi.core.search import writing
from daodi.core.search.models import COURSE, ENTRY, MATTER, PUBLISHED, Indexed
from tests.makers import NOON, make_matter


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


def test_what_is_public_and_the_knowledge_base_come_along(course, operator) -> None:
    matter = course(make_matter("The east gate is dark.", may_publish=True)).cleared().matter
    words = {"title": "Dark gate", "text": "It is dark.", "answer": "Repaired."}
    publish(matter, **words, by=operator, now=NOON)
    entry = make_entry(by=make_editor())
    before = set(Indexed.objects.values_list("kind", "ref", "text"))
    Indexed.objects.all().delete()
    run()
    assert set(Indexed.objects.values_list("kind", "ref", "text")) == before
    assert {(kind, ref) for kind, ref, _text in before} == {
        (MATTER, matter.pk),
        (COURSE, matter.pk),
        (PUBLISHED, matter.pk),
        (ENTRY, entry.pk),
    }


def test_a_stopped_run_says_where_to_go_on(keys, monkeypatch) -> None:
    store = writing.rows_of

    def stop_at_the_last(matters):
        if matters[0].pk == keys[2]:
            raise KeyboardInterrupt
        return store(matters)

    monkeypatch.setattr(writing, "rows_of", stop_at_the_last)
    assert run() == f"The index is new up to key {keys[1]}.\n"
    assert indexed() == keys[:2]
