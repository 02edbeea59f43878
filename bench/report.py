"""What was measured: a table, the goals, and the page docs/performance.md."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

Found = list[dict[str, Any]]
MOST_SLOWER, MOST_IDLE_MS, MOST_MB = 1.5, 5, 200
# Pages of figures count more where there is more: they have a limit of their own.
FIGURES, MOST_FIGURES_MS = ("figures", "wall board"), 300
# A search is what people wait for while they think: nearly all of them have a limit.
SEARCH, MOST_SEARCH_MS = "finding", 100
ACTS = ("file", "list", "dispatch", "idle sweep")
SLACK_MS = 2  # what a page may be slower however quick it is: less cannot be measured

PAGE = """\
# How fast Daodi is

Measured on {date} by `make bench` on {cores} cores ({cpu}) with {memory:.0f} GB of memory,
PostgreSQL {postgresql} (embedded, as set up by `make setup`), Python {python}. The county has
{units} units with their staff; its matters are the demonstration's stories many times over, each
with a history that verifies.

{table}

Times are milliseconds inside one process: Django's test client with everything between address and
page, one call at a time; *finding* is a search without its page. *first* is the very first call of
its kind in the process, *median* and *p95* those of the {calls} after a few more; the files of the
database were read once before. *queries* counts all statements of one call, those of the session
included. Pages of matters are asked for from all of the table.

| | {sizes} |
|---|{lines}|
| open matters | {open} |
| sweep with all of these due: matters | {due} |
| … seconds | {seconds} |
| … matters a second | {rate} |
| one web process after 1,000 pages, RSS / PSS (MB) | {rss} |
| … pages a second, one caller | {pages} |

{goals}

Repeat it with `make bench`; `bench/run.py --help` lists sizes and shares. Load by many callers at
once, beside other systems, is measured by a driver of its own with `bench/peer_daodi.py`.
"""


def missed(found: Found) -> list[str]:
    """Print all figures; return, and print, the goals that are missed."""
    print("\n".join(_lines(found)))
    for each in found:
        print(each["size"], "sweep", each["sweep"], "memory", each["memory"])
    wrong = [f"MISSED: {text}" for text, ok in _goals(found) if not ok]
    print("\n".join(wrong) or "All goals are met.")
    return wrong


def write_page(path: Path, found: Found) -> None:
    last = found[-1]
    server = last["postgresql"]
    path.parent.mkdir(exist_ok=True)
    text = PAGE.format(
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        cores=os.cpu_count(),
        cpu=_cpu(),
        memory=psutil.virtual_memory().total / 2**30,
        postgresql=f"{server // 10000}.{server % 10000}",
        python=platform.python_version(),
        units=last["units"],
        table="\n".join(_lines(found)),
        calls=next(iter(last["figures"].values()))["calls"],
        sizes=_row(f"{each['size']:,}" for each in found),
        lines="|".join("--:" for _each in found),
        open=_row(f"{each['open']:,}" for each in found),
        due=_row(f"{each['sweep']['due']:,}" for each in found),
        seconds=_row(f"{each['sweep']['seconds']:.1f}" for each in found),
        rate=_row(f"{each['sweep']['due'] / each['sweep']['seconds']:,.0f}" for each in found),
        rss=_row(f"{each['memory']['rss']:.0f} / {each['memory']['pss']:.0f}" for each in found),
        pages=_row(f"{each['memory']['per_second']:.0f}" for each in found),
        goals="\n".join(
            f"- {text}: {'met' if ok else '**missed**'}." for text, ok in _goals(found)
        ),
    )
    path.write_text(text, encoding="utf-8")


def _row(cells: Any) -> str:
    return " | ".join(cells)


def _lines(found: Found) -> list[str]:
    sizes = [f"{each['size']:,}" for each in found]
    heads = [f"{size}: first | median | p95" for size in sizes]
    lines = [f"| | queries | {_row(heads)} |", "|---|--:|" + "--:|" * 3 * len(found)]
    for name, last in found[-1]["figures"].items():
        cells = [
            f"{figures[kind]:.1f}"
            for figures in (each["figures"][name] for each in found)
            for kind in ("first", "median", "p95")
        ]
        lines.append(f"| {name} | {last['queries']} | {_row(cells)} |")
    return lines


def _goals(found: Found) -> list[tuple[str, bool]]:
    """Return what is asked for, and whether it is so."""
    small, large = found[0], found[-1]
    goals = []
    for name, figure in large["figures"].items():
        if name.startswith(SEARCH):
            text = f"{name}: {figure['p95']:.1f} ms (p95) of {MOST_SEARCH_MS}"
            goals.append((text, figure["p95"] < MOST_SEARCH_MS))
        elif name.startswith(FIGURES):
            text = f"{name}: {figure['median']:.1f} ms of {MOST_FIGURES_MS}"
            goals.append((text, figure["median"] < MOST_FIGURES_MS))
        elif not name.startswith(ACTS):
            before, now = small["figures"][name]["median"], figure["median"]
            text = (
                f"{name}: {now:.1f} ms at {large['size']:,}, {before:.1f} ms at {small['size']:,}"
            )
            most = max(MOST_SLOWER * before, before + SLACK_MS)
            goals.append((text, now <= most))
    idle = large["figures"]["idle sweep"]["median"]
    goals.append(
        (f"a sweep with nothing due: {idle:.1f} ms of {MOST_IDLE_MS}", idle < MOST_IDLE_MS)
    )
    most = max(each["memory"]["rss"] for each in found)
    goals.append((f"one web process: {most:.0f} MB of {MOST_MB}", most < MOST_MB))
    return goals


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
