"""Few files instead of many: what is in them, and that they are made anew."""

import os
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles.finders import find, get_finder

from daodi.web.bundles import join

FINDER = "daodi.web.bundles.BundleFinder"
SHARED = """import "./outbox.js";
import { one, two } from "./numbers.js";
if (one + two() !== 3) throw one;
"""
NUMBERS = "export const one = 1;\nconst hidden = 1;\nexport function two() { return hidden + 1; }\n"


def test_a_style_sheet_keeps_its_media() -> None:
    parts = [("a.css", "p { color: red; }\n"), ("b.css print", "p { color: black; }\n")]
    assert join("x.css", parts) == ("p { color: red; }\n\n@media print {\np { color: black; }\n}\n")


def test_modules_find_each_other_and_keep_what_is_theirs(tmp_path) -> None:
    other = "const hidden = 3;\nif (hidden !== 3) throw hidden;\n"
    bundle = tmp_path / "x.mjs"
    bundle.write_text(
        join("x.mjs", [("numbers.js", NUMBERS), ("other.js", other), ("shared.js", SHARED)])
    )
    run = subprocess.run([node(), str(bundle)], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")


def test_every_bundle_is_made_of_files_that_there_are() -> None:
    made = {path: storage.path(path) for path, storage in get_finder(FINDER).list(None)}
    assert {path: find(path) for path in made} == made
    for path in made.values():
        if Path(path).suffix != ".css":
            run = subprocess.run([node(), "--check", path], capture_output=True, check=False)
            assert (run.returncode, run.stderr) == (0, b"")


def test_one_whose_parts_changed_is_made_anew() -> None:
    made = Path(find("bundles/portal.css"))
    before = made.read_text()
    made.write_text("old")
    assert Path(find("bundles/portal.css")).read_text() == before


def test_one_that_stayed_as_it_was_is_not_written_again() -> None:
    made = Path(find("bundles/portal.css"))
    os.utime(made, (1, 1))
    assert Path(find("bundles/portal.css")).stat().st_mtime == 1


def node() -> str:
    return str(Path(sys.executable).with_name("node"))
