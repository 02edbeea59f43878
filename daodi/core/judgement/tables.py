"""Messages and their categories from a table of any message board, without a database."""

import gzip
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from daodi.core.exceptions import Refused
from daodi.lib.learning import Message
from daodi.lib.sheets import LIMITS, open_table
from daodi.lib.sheets.refusals import Broken, TooLarge

# What the columns are called, likeliest first; `words` is the text cut into words, read where the
# text itself is missing.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("留言主题", "标题", "主题", "工单标题", "诉求标题", "title", "subject"),
    "text": (
        "留言详情", "诉求内容", "留言内容", "反映内容", "主要内容", "问题描述", "内容",
        "text", "content",
    ),
    "label": ("一级标签", "一级分类", "分类", "标签", "category", "label"),
    "words": ("分词", "words"),
}  # fmt: skip
_GZIP = b"\x1f\x8b"
_AT_ONCE = 2**20


@dataclass(frozen=True, slots=True)
class Sorted:
    """Messages, the category of each, and its text cut into words, or empty."""

    messages: list[Message]
    labels: list[str]
    cut_texts: list[str]


def read_sorted(path: Path, told: Mapping[str, str]) -> Sorted:
    """Return the messages of a .csv, .csv.gz or .xlsx, with their categories.

    `told` says which column a field is in, before the usual names. Rows that lack a text and a
    title, or the category, are left out.
    """
    found = Sorted([], [], [])
    with _unpacked(path) as file:
        table = open_table(file)
        columns = _matched(table.columns, told)
        for row in table.rows():
            said = {field: _text(row.cells[name]) for field, name in columns.items()}
            title, words = said.get("title", ""), said.get("words", "")
            text = said.get("text") or "".join(words.split())
            if (title or text) and said["label"]:
                found.messages.append(Message(title, text))
                found.labels.append(said["label"])
                found.cut_texts.append(words)
    return found


def _matched(columns: Sequence[str], told: Mapping[str, str]) -> dict[str, str]:
    unknown = [name for name in told if name not in NAMES]
    strange = [column for column in told.values() if column not in columns]
    if unknown or strange:
        raise Refused(
            _("“%(wrong)s” is not there. The fields are: %(fields)s. The columns are: %(columns)s.")
            % {
                "wrong": (unknown + strange)[0],
                "fields": ", ".join(NAMES),
                "columns": ", ".join(columns),
            }
        )
    usual = {
        field: next((name for name in names if name in columns), "")
        for field, names in NAMES.items()
    }
    found = {field: column for field, column in (usual | dict(told)).items() if column}
    if not {"text", "title", "words"} & found.keys() or "label" not in found:
        raise Refused(
            _(
                "No column holds the text, or none the category. The columns are: %(columns)s. "
                "Say which ones they are, such as --map text=%(first)s."
            )
            % {"columns": ", ".join(columns), "first": columns[0]}
        )
    return found


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """Give a file as it is, or what is packed in it with gzip, as long as that is not too large."""
    with path.open("rb") as file:
        is_packed = file.read(len(_GZIP)) == _GZIP
    if not is_packed:
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / path.stem
        try:
            with gzip.open(path) as packed, plain.open("wb") as target:
                _copy(packed, target)
        except (gzip.BadGzipFile, EOFError) as error:
            raise Broken from error
        yield plain


def _copy(packed: gzip.GzipFile, target: BinaryIO) -> None:
    size = 0
    while block := packed.read(_AT_ONCE):
        size += len(block)
        if size > LIMITS.file_bytes:
            limit = LIMITS.file_bytes // _AT_ONCE
            raise TooLarge(size=limit, limit=limit)
        target.write(block)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
