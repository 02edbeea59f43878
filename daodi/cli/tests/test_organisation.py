"""The command that takes an organisation in."""

from typer.testing import CliRunner

from daodi.cli.organisation import app
from daodi.core.exchange.tests.makers import book
from daodi.core.people.models import Unit

ROWS = [["单位代码", "单位", "上级单位"], ["QX", "杞县", ""], ["SW", "水务局", "杞县"]]


def test_a_trial_says_and_the_command_does(db, tmp_path) -> None:
    path = str(book(tmp_path / "a.xlsx", 单位=ROWS))
    trial = CliRunner().invoke(app, [path, "--dry-run"])
    assert trial.stdout.splitlines()[-1] == "2 new, 0 changed, 0 unchanged, 0 wrong."
    assert Unit.objects.count() == 0
    assert CliRunner().invoke(app, [path]).exit_code == 0
    assert [str(unit) for unit in Unit.objects.get_queryset()] == ["杞县", "水务局"]


def test_a_wrong_line_is_named_and_ends_with_1(db, tmp_path) -> None:
    rows = [*ROWS, ["X", "某局", "没有"]]
    done = CliRunner().invoke(app, [str(book(tmp_path / "a.xlsx", 单位=rows))])
    assert (done.exit_code, Unit.objects.count()) == (1, 0)
    assert "单位 4 上级单位: wrong X" in done.stdout
