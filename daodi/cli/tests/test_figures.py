import json

import pytest
from typer.testing import CliRunner

from daodi.cli.figures import app
from daodi.core.exceptions import Refused
from daodi.core.figures.counting import Scope, matters_behind
from daodi.core.figures.formulas import formula
from daodi.core.transfer.tests.makers import take
from daodi.core.transfer.tests.test_real_files import real
from tests.makers import NOON, StartCourse, make_ledger


def run(*words: str) -> str:
    done = CliRunner().invoke(app, [*words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def figures(*words: str) -> dict[str, dict]:
    found = json.loads(run(*words, "--json"))
    return {each["name"]: each for each in found["figures"]}


def test_each_figure_says_what_it_is_made_of(course: StartCourse) -> None:
    course().handed_in()
    found = figures("--ledger", "appeals", "--from", "2026-03-01", "--to", "2026-03-07")
    on_time = found["on_time"]
    assert (on_time["numerator"], on_time["denominator"], on_time["value"]) == (1, 1, 1)
    assert on_time["version"] == 1
    assert 0 < on_time["low"] < on_time["high"] == 1
    assert found["satisfaction"]["value"] is None
    shown = run("--ledger", "appeals", "--from", "2026-03-01", "--to", "2026-03-07")
    assert "on_time@1" in shown


def test_another_day_has_other_figures(course: StartCourse) -> None:
    course().handed_in()
    found = figures("--ledger", "appeals", "--from", "2026-03-03", "--to", "2026-03-07")
    assert found["filed"]["value"] == 0


def test_a_past_moment_is_one_of_the_sites_clock(db) -> None:
    make_ledger()
    found = json.loads(run("--ledger", "appeals", "--as-of", "2026-03-05T12:00:00", "--json"))
    assert found["as_of"] == "2026-03-05T12:00:00+08:00"


def test_days_in_the_wrong_order_are_refused(db) -> None:
    make_ledger()
    with pytest.raises(Refused, match="The first day, 2026-03-07, is after the last, 2026-03-01"):
        run("--ledger", "appeals", "--from", "2026-03-07", "--to", "2026-03-01")


def test_an_unknown_ledger_is_named(db) -> None:
    make_ledger()
    with pytest.raises(Refused, match="There are: appeals"):
        run("--ledger", "apeals")


def test_real_replies_are_counted_as_they_are_known(db, supervisor) -> None:
    ledger = make_ledger()
    take(real("answered_requests_2816.xlsx"), ledger)
    found = figures("--ledger", "appeals", "--from", "2010-01-01", "--to", "2026-12-31")
    for name, percent in (("within_7", 35.2), ("within_30", 83.6)):
        assert round(found[name]["value"] * 100, 1) == percent
        assert found[name]["denominator"] == 2816
        behind = matters_behind(
            Scope(ledger, NOON.date().replace(year=2010), NOON.date()),
            formula(name),
            supervisor,
            hits=True,
        )
        assert behind.count() == found[name]["numerator"]
