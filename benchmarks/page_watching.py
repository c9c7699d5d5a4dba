"""The browser that ``page.py`` measures with: it notes in the page when things are painted."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Request, sync_playwright
from screenshots import OFFICE

# As browsers work on machines without a graphics card: they put pages together themselves, and only
# WebGL is drawn by what stands in for a card. (That can do all of it, at many times the work.)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
]

# A frame is done where the next one begins; so what is painted is noted rather too late.
# Pictures of the map are told by the fences that follow each of them.
WATCH = """
(() => {
  const RESULT = '#hits li[data-photo] a img'
  const watch = { frames: [], drawn: [], results: 0, picture: 0, gone: false, running: 0 }
  window.pageWatch = watch
  const painted = (name) =>
    requestAnimationFrame(() => requestAnimationFrame((now) => (watch[name] ||= now)))
  watch.expect = () => {
    performance.clearResourceTimings()
    Object.assign(watch, { results: 0, picture: 0, asked: performance.now() })
    watch.gone = !document.querySelector(RESULT)
    watch.waiting = true
  }
  new MutationObserver(() => {
    if (!watch.waiting) return
    const there = document.querySelector(RESULT)
    if (!there) watch.gone = true
    else if (watch.gone) {
      watch.waiting = false
      painted('results')
    }
  }).observe(document, { childList: true, subtree: true })
  document.addEventListener('load', ({ target }) => {
    if (watch.picture || watch.waiting || !target.matches?.(RESULT)) return
    target.decode().then(() => painted('picture'), () => {})
  }, true)
  const frame = (now) => {
    watch.frames.push(now)
    watch.running = requestAnimationFrame(frame)
  }
  watch.begin = () => {
    watch.frames = []
    watch.drawn = []
    watch.running ||= requestAnimationFrame(frame)
  }
  watch.end = () => {
    cancelAnimationFrame(watch.running)
    watch.running = 0
    return { frames: watch.frames, drawn: watch.drawn }
  }
  const fence = WebGL2RenderingContext.prototype.fenceSync
  WebGL2RenderingContext.prototype.fenceSync = function (...given) {
    watch.drawn.push(performance.now())
    return fence.apply(this, given)
  }
  performance.setResourceTimingBufferSize(20000)
})()
"""
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => done()))"
QUIET = 0.5
SLOW = 50.0
"""Milliseconds: a frame that takes longer is seen to."""


@dataclass(frozen=True, slots=True)
class Frames:
    """What frames took while something moved: milliseconds, and the share that is seen to."""

    count: int
    median: float
    p95: float
    worst: float
    slow: float

    @classmethod
    def of(cls, moments: Sequence[float]) -> Frames:
        """Tell by the moments at which frames began."""
        took = sorted(after - before for before, after in pairwise(moments))
        if not took:
            return NOTHING
        slow = sum(one > SLOW for one in took) / len(took)
        return cls(len(took), share(took, 0.5), share(took, 0.95), took[-1], slow)

    def __str__(self) -> str:
        """Write a row of the table."""
        slow = f"{self.slow:.1%} above {SLOW:.0f}"
        return f"median {self.median:.0f} ms, 95 % {self.p95:.0f}, worst {self.worst:.0f}, {slow}"


NOTHING = Frames(0, 0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Moved:
    """What happened while something moved: frames of the page, pictures that the map drew.

    ``worked``, ``drawing``: processor time in milliseconds, of the page's own thread and of what a
    graphics card would do.
    """

    frames: Frames = NOTHING
    drawn: Frames = NOTHING
    worked: float = 0.0
    drawing: float = 0.0


def share(ordered: Sequence[float], part: float) -> float:
    """Return what ``part`` of some sorted numbers do not exceed."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Watched:
    """A page in a browser of its own, with nothing kept from before."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser = browser
        self._context = browser.new_context(viewport=OFFICE, locale="de-DE", base_url=base)
        self._context.add_init_script(WATCH)
        self._context.set_default_timeout(120_000)
        self.page: Page = self._context.new_page()
        self._asked: set[Request] = set()
        self.page.on("request", self._begun)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)
        self._tools: CDPSession = self._context.new_cdp_session(self.page)
        # In processor time of the page's thread, which other work on the machine does not change.
        self._tools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def close(self) -> None:
        """Close it."""
        self._context.close()

    def _begun(self, request: Request) -> None:
        self._asked.add(request)

    def _ended(self, request: Request) -> None:
        self._asked.discard(request)

    def number(self, expression: str) -> float:
        """Return a number that the page works out."""
        return float(self.page.evaluate(expression) or 0)

    def answered(self, path: str) -> float:
        """Return when the last answer of an address had arrived, in the page's milliseconds."""
        return self.number(
            "Math.max(0, ...performance.getEntriesByType('resource').filter(one =>"
            f" new URL(one.name).pathname === '{path}').map(one => one.responseEnd))"
        )

    def next_frame(self) -> None:
        """Wait until the page has made another frame."""
        self.page.evaluate(NEXT_FRAME)

    def quiet(self) -> None:
        """Wait until the page has asked for nothing for a while."""
        since = time.monotonic()
        while time.monotonic() < since + QUIET:
            self.page.wait_for_timeout(50)
            if any(one.resource_type != "eventsource" for one in self._asked):
                since = time.monotonic()

    @contextmanager
    def moving(self) -> Iterator[Moved]:
        """Note what happens meanwhile; it is there afterwards."""
        moved, worked, drawn = Moved(), self.worked(), drawing(self._browser)
        self.page.evaluate("pageWatch.begin()")
        yield moved
        noted: dict[str, list[float]] = self.page.evaluate("pageWatch.end()")
        moved.frames, moved.drawn = (Frames.of(noted[one]) for one in ("frames", "drawn"))
        moved.worked = self.worked() - worked
        moved.drawing = drawing(self._browser) - drawn

    def held(self) -> dict[str, float]:
        """Return what the page holds once rubbish is collected: nodes, and MiB of JavaScript."""
        self._tools.send("HeapProfiler.collectGarbage")
        numbers = self._metrics()
        elements = self.number("document.getElementsByTagName('*').length")
        heap = numbers["JSHeapUsedSize"] / 2**20
        return {"elements": elements, "nodes": numbers["Nodes"], "heap": round(heap, 2)}

    def worked(self) -> float:
        """Return how many milliseconds of a processor the page's own thread has had so far."""
        return 1000 * self._metrics()["TaskDuration"]

    def resident(self) -> float:
        """Return the MiB that the largest of the browser's processes with a page holds."""
        pages = [one["id"] for one in _processes(self._browser) if one["type"] == "renderer"]
        return max((_resident(process) for process in pages), default=0.0)

    def _metrics(self) -> dict[str, float]:
        metrics: dict[str, list[dict[str, Any]]] = self._tools.send("Performance.getMetrics")
        return {one["name"]: float(one["value"]) for one in metrics["metrics"]}


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Debian's Chromium, which draws without a graphics card."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no chromium here: apt-get install chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


def drawing(browser: Browser) -> float:
    """Return the milliseconds of a processor that went into what a graphics card would do."""
    found = [one for one in _processes(browser) if one["type"] == "GPU"]
    return sum(1000 * float(one["cpuTime"]) for one in found)


def _processes(browser: Browser) -> list[dict[str, Any]]:
    session = browser.new_browser_cdp_session()
    processes: dict[str, list[dict[str, Any]]] = session.send("SystemInfo.getProcessInfo")
    session.detach()
    return processes["processInfo"]


def _resident(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
