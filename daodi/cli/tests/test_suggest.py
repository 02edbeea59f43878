import csv
import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from daodi.cli.suggest import app
from daodi.core.exceptions import Refused
from daodi.lib.learning.tests.makers import messages
from daodi.lib.sheets import write_table

USUAL = ("留言主题", "留言详情", "一级标签")


def run(*words: object) -> dict:
    done = CliRunner().invoke(app, ["suggest", *map(str, words), "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def table(path: Path, each: int, seed: int = 1, columns: tuple[str, ...] = USUAL) -> Path:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        for (title, text), label in zip(*messages(each, seed), strict=True):
            rows.writerow((title, text, label))
    return path


def test_a_table_is_learnt_and_another_one_tells_how_well(tmp_path: Path) -> None:
    model = tmp_path / "model"
    learnt = run("train", table(tmp_path / "a.csv.gz", 20), "--model", model)
    assert learnt["rows"] == 60
    assert learnt["classes"] == ["health", "roads", "schools"]
    assert learnt["bytes"] == model.stat().st_size
    found = run("test", table(tmp_path / "b.csv", 10, seed=2), "--model", model)
    assert (found["rows"], found["macro_f1"], found["accuracy"]) == (30, 1, 1)
    assert set(found["classes"]["roads"]) == {"precision", "recall", "f1", "rows"}
    assert sum(each["rows"] for each in found["bins"]) == 30
    assert found["seconds"]["each"] < 0.02


def test_other_columns_are_named_and_excel_is_read(tmp_path: Path) -> None:
    model, file = tmp_path / "model", tmp_path / "a.xlsx"
    rows = [(label, *message) for message, label in zip(*messages(20), strict=True)]
    write_table(file, ["归口", "题", "正文"], rows, title="1")
    named = ("--map", "title=题", "--map", "text=正文", "--map", "label=归口")
    assert run("train", file, "--model", model, *named)["rows"] == 60
    assert run("test", file, "--model", model, *named)["accuracy"] == 1
    with pytest.raises(Refused, match="归口, 题, 正文"):
        run("test", file, "--model", model)


def test_a_text_cut_into_words_stands_in_for_the_text(tmp_path: Path) -> None:
    model, file = tmp_path / "model", tmp_path / "a.csv"
    run("train", table(file, 20), "--model", model)
    file.write_text(
        "留言主题,留言详情,一级标签,分词\n,,roads,路灯 不亮 公交 改线\n,,,路灯\n,,roads,\n"
    )
    found = run("test", file, "--model", model)
    assert (found["rows"], found["accuracy"]) == (1, 1)
