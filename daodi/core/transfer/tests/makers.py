"""Tables of filings as offices send them, and the ways they are taken in."""

import csv
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from daodi.core.history.verify import verify_matters
from daodi.core.ledgers.models import Ledger
from daodi.core.transfer.columns import match_columns
from daodi.core.transfer.services import Outcome, import_table
from daodi.lib.sheets import open_table
from daodi.lib.tests.sheet_makers import make_xlsx

NOW = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADER = ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情", "答复意见", "答复时间"]
OPEN = [1, "张三", "路灯不亮", "2026/2/28 11:25:05", "\n\t 村口的路灯坏了三天。\n", None, None]
ANSWERED = [
    2, "李四", "道路坑洼", "2026-01-05 08:00", "学校门口的路坑洼不平。",
    "您好，已经修好。", "2026年1月9日 17时30分",
]  # fmt: skip


def make_file(path: Path, *rows: Sequence[object], header: Sequence[object] = HEADER) -> Path:
    """Write a table of the kind that the name of the file says."""
    if path.suffix == ".xlsx":
        return make_xlsx(path, [header, *rows])
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def take(path: Path, ledger: Ledger, told: dict[str, str] | None = None, **given) -> Outcome:
    """Import a file as the command does; every chain must hold after something was taken."""
    table = open_table(path)
    matching = match_columns(ledger, table.columns, told)
    done = import_table(
        table, ledger, matching, source=path.name, clock=given.pop("clock", lambda: NOW), **given
    )
    assert done.read == done.taken + done.doubled + len(done.refused)
    if done.taken:
        assert not [fault for _matter, faults in verify_matters() for fault in faults]
    return done


def counts(done: Outcome) -> tuple[int, int, int, int]:
    return done.read, done.taken, done.doubled, len(done.refused)
