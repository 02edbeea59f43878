"""Looks at tables, as somebody takes them on the command line, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HEAD = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "点赞数", "答复意见"]


def table(folder: Path) -> Path:
    file = folder / "made_up.csv"
    mixer = [
        f"{n},u{n},清河新城搅拌站噪音扰民,2024-06-0{n + 1},"
        f"清河新城旁边的搅拌站第{n}天夜里噪音扰民粉尘大,0,已收到。"
        for n in range(4)
    ]
    other = ["".join(chr(0x4E00 + (31 * n + 977 * k) % 9000) for k in range(20)) for n in range(30)]
    rest = [f"{n},u{n},{text[:9]},2024-06-02,{text},0,您好" for n, text in enumerate(other, 10)]
    file.write_text("\n".join([",".join(HEAD), *mixer, *rest]), "utf-8")
    return file


def run(*given: str | Path) -> Any:
    nowhere = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-m", "daodi.cli", *map(str, given)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=nowhere)
    return json.loads(done.stdout)


def test_topics_of_a_table(tmp_path: Path) -> None:
    (topic,) = run("topics", table(tmp_path), "--json")
    assert (topic["place"], topic["people"], topic["since"]) == ("清河新城", 4, "2024-06-01")
    assert [member["number"] for member in topic["members"]] == ["0", "1", "2", "3"]


def test_repeats_of_a_table(tmp_path: Path) -> None:
    (group,) = run("repeats", table(tmp_path), "--json")
    assert group["rows"] == [2, 3, 4, 5]


def test_replies_of_a_table(tmp_path: Path) -> None:
    found = run("check-reply", table(tmp_path), "--json")
    assert found[0]["row"] == 2
    assert {"lack": "greeting", "words": []} in found[0]["hints"]


def test_what_nothing_can_be_made_of_is_said(tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_text("留言主题,留言详情,留言时间,答复意见\n路灯坏了,路灯坏了,昨天,\n", "utf-8")
    for name in ("topics", "surges"):
        done = subprocess.run(
            [sys.executable, "-m", "daodi.cli", name, file], capture_output=True, text=True
        )
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "2024-06-12 08:30" in done.stderr
    assert run("check-reply", file, "--json") == []


def test_surges_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "surge.csv"
    usual = [f"0,u,咨询滨河花园停车,2024-{month:02}-03,滨河花园停车,0," for month in range(1, 7)]
    sudden = [f"{n},u{n},滨河花园停水,2024-06-2{n % 2},滨河花园停水,0," for n in range(5)]
    file.write_text("\n".join([",".join(HEAD), *usual, *sudden]), "utf-8")
    found = run("surges", file, "--json")
    (surge,) = found["surges"]
    assert (found["replay"]["told"], found["replay"]["by_chance"]) == (1, 0)
    assert (surge["place"], surge["count"], surge["day"]) == ("滨河花园", 5, "2024-06-21")
