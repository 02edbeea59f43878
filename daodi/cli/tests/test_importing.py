"""The commands that take tables in: what they print, where they write, what they say no to."""

import json

import pytest
from typer.testing import CliRunner

from daodi.cli.importing import app
from daodi.cli.running import explain
from daodi.core.exceptions import Refused
from daodi.core.ledgers.models import Category
from daodi.core.matters.models import Matter
from daodi.core.people.models import Division
from daodi.core.transfer.models import ColumnMap
from daodi.core.transfer.tests.makers import ANSWERED, OPEN, make_file
from daodi.lib.sheets import Unreadable, open_table
from tests.makers import make_ledger

WRONG = [3, "王五", "井盖", "2026-13-01", "井盖丢了，很危险。", None, None]


def run(*words: object) -> str:
    """Run a command and return what it printed; what it raises comes out as it is."""
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def last(*words: object) -> dict[str, object]:
    counts = json.loads(run("import", *words, "--json").splitlines()[-1])
    assert counts.pop("seconds") >= 0
    return counts


@pytest.fixture
def ledger(db):
    return make_ledger()


def test_the_last_line_has_the_counts_and_where_the_rows_to_mend_are(tmp_path, ledger) -> None:
    file = make_file(tmp_path / "a.csv", OPEN, OPEN, WRONG, [7, *OPEN[1:]], ANSWERED)
    report = tmp_path / "a.refused.xlsx"
    told = {"read": 5, "doubled": 1, "refused": 1, "same_text": 1, "report": str(report)}
    assert last(file, "--ledger", "appeals", "--dry-run") == told | {"taken": 3}
    assert not ColumnMap.objects.exists()
    assert last(file, "--ledger", "appeals") == told | {"taken": 3}
    (row,) = open_table(report).rows()
    assert row.cells["留言编号"] == "3"
    assert "not in the calendar" in str(row.cells["why"])
    assert last(file, "--ledger", "appeals") == told | {"taken": 0, "doubled": 4}


def test_without_rows_to_mend_there_is_no_report(tmp_path, ledger) -> None:
    file = make_file(tmp_path / "a.xlsx", OPEN)
    text = run("import", file, "--ledger", "appeals")
    assert text == "1 rows read: 1 taken, 0 there already, 0 refused.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_report_of_ones_own_choice_but_not_the_file_itself(tmp_path, ledger) -> None:
    file, report = make_file(tmp_path / "a.xlsx", WRONG), tmp_path / "mend.xlsx"
    assert last(file, "--ledger", "appeals", "--report", report)["report"] == str(report)
    with pytest.raises(Refused, match="would overwrite"):
        run("import", file, "--ledger", "appeals", "--report", file)


def test_names_that_are_not_known_are_told(tmp_path, ledger) -> None:
    rows = [[f"Text number {number}", f"topic {number % 30}"] for number in range(60)]
    file = make_file(tmp_path / "a.csv", *rows, header=["text", "category"])
    lines = run("import", file, "--ledger", "appeals").splitlines()
    assert lines[0] == "category: “topic 0” is not known here, 2 rows keep it as text."
    assert lines[-2] == "… and 10 other names that are not known."


def test_a_matching_given_once_serves_again(tmp_path, ledger) -> None:
    one, two = (
        make_file(tmp_path / f"{name}.csv", [name, text], header=["编号", "事情"])
        for name, text in (("1", "路灯坏了三天"), ("2", "井盖丢了三天"))
    )
    with pytest.raises(Refused, match="The columns are: 编号, 事情"):
        run("import", one, "--ledger", "appeals")
    run("import", one, "--ledger", "appeals", "--map", "text=事情", "--map", "name=")
    run("import", two, "--ledger", "appeals")
    assert Matter.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--ledger", "nowhere"], "no ledger nowhere. There are: appeals"),
        (["--ledger", "appeals", "--map", "text"], "write FIELD=COLUMN"),
    ],
)
def test_says_no_in_words(tmp_path, ledger, words, why) -> None:
    with pytest.raises(Refused, match=why):
        run("import", make_file(tmp_path / "a.csv", OPEN), *words)


def test_a_file_damaged_far_down_changes_nothing_and_is_told_in_one_line(
    tmp_path, ledger, capsys
) -> None:
    file = make_file(tmp_path / "a.csv", *([number, *OPEN[1:]] for number in range(2500)))
    with file.open("a", encoding="gb18030") as more:
        more.write('9,"never closed\n')
    with pytest.raises(Unreadable) as raised:
        run("import", file, "--ledger", "appeals")
    assert not Matter.objects.exists()
    with pytest.raises(Exception, match="1"):
        explain(raised.value)
    assert capsys.readouterr().err.count("\n") == 1


def test_categories(tmp_path, ledger) -> None:
    file = make_file(tmp_path / "a.csv", ["城建", "道路"], header=["一级", "二级"])
    assert run("categories", file, "--ledger", "appeals") == "2 categories are in place.\n"
    assert Category.objects.get(name="道路").parent.name == "城建"


def test_divisions_of_a_file(tmp_path, db) -> None:
    file = make_file(tmp_path / "a.csv", ["411621", "扶沟县"], header=["code", "name"])
    assert run("divisions", file) == "1 divisions are in place.\n"
    assert Division.objects.get().level == "county"
    with pytest.raises(Refused, match="either a file or --prefecture"):
        run("divisions")
