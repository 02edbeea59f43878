"""Measure how a page comes up on a slow phone, in a real browser, and print a table.

    .venv/bin/python bench/pages.py http://localhost:8000 / /track/ /public/

These are the quantities behind Lighthouse's score: when something is seen first (FCP) and when the
largest part of it (LCP), how long the page cannot answer a finger (TBT), how far it jumps (CLS),
and what goes over the wire. The processor is slowed down four times; each page comes five times
into a browser that has seen nothing, and the table gives the median, and the bytes of coming again.
The score weighs the four times and shifts as Lighthouse 10 does, without its index of speed.
"""

import math
import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import NormalDist

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PHONE = {"width": 390, "height": 844}
SLOWER, TIMES = 4, 5
SETTLED = 1500  # ms after loading in which layout may still shift
LONG = 50  # ms; what a task takes beyond that keeps a finger waiting
# The network of Lighthouse's slow phone: 1.6 Mbit/s, 150 ms there and back.
SLOW_NET = {
    "offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750,
}  # fmt: skip
# What earns 0.9 and what earns 0.5, and how much it weighs, by Lighthouse's curves for phones.
CURVES = {
    "fcp": (1800, 3000, 10), "lcp": (2500, 4000, 25), "tbt": (200, 600, 30), "cls": (0.1, 0.25, 25),
}  # fmt: skip
WATCH = """
  window.seen = { lcp: 0, cls: 0, long: [] };
  const watch = (type, act) => new PerformanceObserver((list) => {
    list.getEntries().forEach(act);
  }).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { seen.cls += entry.value; });
  watch("longtask", (entry) => { seen.long.push([entry.startTime, entry.duration]); });
"""
READ = """() => ({
  ...seen, fcp: performance.getEntriesByName("first-contentful-paint")[0].startTime,
})"""


@dataclass
class Visit:
    fcp: float
    lcp: float
    tbt: float
    cls: float
    first_bytes: float
    again_bytes: float
    requests: float


def main() -> None:
    base, *paths = sys.argv[1:]
    print("| Page | FCP ms | LCP ms | TBT ms | CLS | kB first | kB again | requests | score |")
    print("|---|---|---|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for path in paths:
            visits = [visit(browser, base + path) for _ in range(TIMES)]
            one = {
                name: statistics.median(getattr(each, name) for each in visits)
                for name in Visit.__dataclass_fields__
            }
            figures = [f"{one[name]:.0f}" for name in ("fcp", "lcp", "tbt")]
            kilobytes = [f"{one[name] / 1000:.1f}" for name in ("first_bytes", "again_bytes")]
            cells = [
                f"`{path}`",
                *figures,
                f"{one['cls']:.3f}",
                *kilobytes,
                f"{one['requests']:.0f}",
                f"{score(one):.0f}",
            ]
            print(f"| {' | '.join(cells)} |", flush=True)


def visit(browser: Browser, url: str) -> Visit:
    """Come once as a stranger and once more with what the browser has kept."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", service_workers="block")
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    with counted(session) as first:
        session.send("Network.emulateNetworkConditions", SLOW_NET)
        seen = come(page, url)
    with counted(session) as again:
        come(page, url)
    context.close()
    blocked = sum(took - LONG for start, took in seen["long"] if start >= seen["fcp"])
    return Visit(seen["fcp"], seen["lcp"], blocked, seen["cls"], sum(first), sum(again), len(first))


def score(one: dict[str, float]) -> float:
    """Return 0 to 100: the share of all pages that are worse, as log-normal curves tell it."""
    earned = 0.0
    for name, (good, middling, weight) in CURVES.items():
        spread = (math.log(middling) - math.log(good)) / NormalDist().inv_cdf(0.9)
        worse = NormalDist(math.log(middling), spread)
        earned += weight * (1 - worse.cdf(math.log(max(one[name], 1e-6))))
    return 100 * earned / sum(weight for *_ends, weight in CURVES.values())


def come(page: Page, url: str) -> dict:
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLED)
    return page.evaluate(READ)


@contextmanager
def counted(session: CDPSession) -> Iterator[list[int]]:
    """Collect the bytes of every answer, heads included, as they come over the wire."""
    sizes: list[int] = []

    def note(event: dict) -> None:
        sizes.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", note)
    session.send("Network.enable")
    yield sizes
    session.remove_listener("Network.loadingFinished", note)


if __name__ == "__main__":
    main()
