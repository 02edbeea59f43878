"""The command that takes names of places in, and writes them out."""

from typer.testing import CliRunner

from daodi.cli.gazetteer import app
from daodi.core.exchange.tests.makers import book
from daodi.core.gazetteer.models import PlaceName
from tests.makers import make_town

ROWS = [["地名", "行政区划"], ["幸福小区", "城关镇"]]


def test_a_trial_says_and_the_command_does(db, tmp_path) -> None:
    make_town(name="城关镇")
    path = str(book(tmp_path / "a.xlsx", 地名=ROWS))
    trial = CliRunner().invoke(app, [path, "--dry-run"])
    assert trial.stdout.splitlines() == [
        "地名 2: new 幸福小区 · 城关镇", "1 new, 0 changed, 0 unchanged, 0 wrong.",
    ]  # fmt: skip
    assert PlaceName.objects.count() == 0
    assert CliRunner().invoke(app, [path]).exit_code == 0
    out = str(tmp_path / "b.xlsx")
    assert CliRunner().invoke(app, [out, "--write"]).exit_code == 0
    again = CliRunner().invoke(app, [out])
    assert again.stdout.splitlines() == ["0 new, 0 changed, 1 unchanged, 0 wrong."]


def test_a_wrong_line_is_named_and_ends_with_1(db, tmp_path) -> None:
    done = CliRunner().invoke(app, [str(book(tmp_path / "a.xlsx", 地名=ROWS))])
    assert (done.exit_code, PlaceName.objects.count()) == (1, 0)
    assert "地名 2 行政区划: wrong 幸福小区" in done.stdout
