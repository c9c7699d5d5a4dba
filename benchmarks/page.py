"""How fast the page is in a browser: results, a long scroll, and the map.

    python benchmarks/page.py ARCHIVE                    all of it; about ten minutes
    python benchmarks/page.py ARCHIVE --quick            little of everything; a minute
    python benchmarks/page.py ARCHIVE --only map         one part: search, scroll, map, made-up

ARCHIVE is the folder ``archive`` that ``synthetic.py FOLDER --photos 100000 --map`` makes. It is
served on this machine and looked at with headless Chromium, which draws without a graphics card: on
the same processors as everything else. So frames of the map are those of the slowest machine there
is. Nothing is kept in the browser from one visit of the map to the next.

The points of "made-up" are drawn at random and answered beside the server; all else is what the
archive holds.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from load_server import serving
from page_watching import Moved, Watched, browsing, drawing, share
from playwright.sync_api import Browser, Route

QUERIES = (
    "Kirche", "Brücke am Fluss", "Straßenbahn", "Marktplatz", "Schiff", "Winter", "alter Turm",
    "Kinder vor der Schule", "Bahnhof", "Luftbild", "Kirche jahr:1930..1950", "Haus -Auto",
    "Garten", "Menschen bei einem Fest", "Wald",
)  # fmt: skip
PARTS = ("search", "scroll", "map", "made-up")
ASKED = {
    "answer": "search: until the answer is there",
    "results": "from it until results are painted",
    "picture": "from it until a picture is painted",
    "worked": "processor: the page's own thread",
}
OPENED = {
    "painted": "from navigation until painted",
    "after": "from the points until painted",
    "all": "from them until all are painted",
    "worked": "processor: the page's own thread",
    "drawing": "processor: drawing all of it",
}
MARKS = (500, 1000, 2500, 5000)
VISITS = 5
DRAGS, ZOOMS = 20, 12
SCROLL = 150
"""CSS pixels that are scrolled in each frame: ten screens a second, where frames are quick."""

UNTIL_THE_END = 2000
"""Frames without anything new: nothing follows."""

MAP_ADDRESS = re.compile("/api/v1/map(/|$|[?])")

CLUSTERS, LEGEND = 60, 12
LAST = "Math.max(...[...document.querySelectorAll('[aria-posinset]')].map(one => one.ariaPosInSet))"
DRAWN = "document.querySelector('canvas')?.dataset.drawnAt"
ALL_DRAWN = "document.querySelector('canvas')?.dataset.allDrawnAt"
LOADED = "() => document.querySelector('[aria-posinset] img')?.complete"
IN_SIGHT = """() => [...document.querySelectorAll('[aria-posinset] img')].every(one => {
  const { top, bottom } = one.getBoundingClientRect()
  return one.complete || bottom < 0 || top > innerHeight
})"""
PAINTED = "() => pageWatch.results && pageWatch.picture"


@dataclass
class Found:
    """What was measured, and the lines that tell it."""

    figures: dict[str, Any] = field(default_factory=dict)

    def tell(self, what: str, line: str, figures: object) -> None:
        """Keep figures and print their line."""
        self.figures[what] = figures
        print(f"{what:<40} {line}", flush=True)

    def spread(self, what: str, numbers: list[float]) -> None:
        """Keep and print the median and the worst of some milliseconds."""
        median, worst = share(sorted(numbers), 0.5), max(numbers)
        line = f"median {median:.0f} ms, worst {worst:.0f}, of {len(numbers)}"
        self.tell(what, line, {"median": median, "worst": worst, "count": len(numbers)})


def search(browser: Browser, base: str, queries: Sequence[str], found: Found) -> None:
    """Ask one query after the other, as somebody does who stays on the page."""
    watched = Watched(browser, base)
    page = watched.page
    page.goto("/")
    page.wait_for_function(LOADED)
    numbers: dict[str, list[float]] = {name: [] for name in ASKED}
    for query in queries:
        watched.quiet()
        page.fill("#query", query)
        page.evaluate("pageWatch.expect()")
        worked = watched.worked()
        page.press("#query", "Enter")
        page.wait_for_function(PAINTED)
        numbers["worked"].append(watched.worked() - worked)
        answered = watched.answered("/api/v1/search")
        numbers["answer"].append(answered - watched.number("pageWatch.asked"))
        numbers["results"].append(watched.number("pageWatch.results") - answered)
        numbers["picture"].append(watched.number("pageWatch.picture") - answered)
    watched.close()
    for name, what in ASKED.items():
        found.spread(what, numbers[name])


def scroll(browser: Browser, base: str, results: int, found: Found) -> None:
    """Turn the wheel through all pictures, without waiting for those that are passed."""
    watched = Watched(browser, base)
    page = watched.page
    page.goto("/")
    page.wait_for_function(LOADED)
    page.mouse.move(900, 500)
    begun = 0.0
    for mark in [one for one in MARKS if one < results] + [results]:
        start = time.monotonic()
        with watched.moving() as moved:
            last, still = watched.number(LAST), 0
            while last < mark and still < UNTIL_THE_END:
                page.mouse.wheel(0, SCROLL)
                watched.next_frame()
                before, last = last, watched.number(LAST)
                still = 0 if last > before else still + 1
        seconds, what = time.monotonic() - start, f"scrolled to {last:.0f}"
        found.tell(what, f"{seconds:.0f} s, {moved.frames}", asdict(moved) | {"seconds": seconds})
        stopped = time.monotonic()
        page.wait_for_function(IN_SIGHT)
        late = 1000 * (time.monotonic() - stopped)
        found.tell(
            "  until what is then in sight is there", f"{late:.0f} ms", {"milliseconds": late}
        )
        # So that it is what stays, not what is on its way.
        watched.quiet()
        held = watched.held()
        line = f"{held['elements']:.0f} elements, {held['heap']:.1f} MiB of JavaScript; "
        worked = moved.worked / max(last - begun, 1)
        line += f"processor: {worked:.1f} ms a result, by the page's own thread"
        found.tell(f"{last:.0f} loaded", line, held | {"worked": worked})
        begun = last
    watched.close()


def look_around(watched: Watched) -> Iterator[tuple[str, Moved]]:
    """Drag the map and turn the wheel on it; yield what was done and what happened."""
    page = watched.page
    box = page.locator("canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    with watched.moving() as moved:
        for step in range(1, DRAGS + 1):
            page.mouse.move(x + 12 * step, y + 5 * step)
            watched.next_frame()
    page.mouse.up()
    yield "panning", moved
    with watched.moving() as moved:
        for step in range(ZOOMS):
            page.mouse.wheel(0, -100 if step < ZOOMS / 2 else 100)
            watched.next_frame()
    yield "zooming", moved


def visit(browser: Browser, base: str, made: MadeUp | None) -> Watched:
    """Open the map in a browser of its own and wait until its points are painted."""
    watched = Watched(browser, base)
    if made is not None:
        watched.page.route(MAP_ADDRESS, made.answer)
    watched.page.goto("/map?by=collection")
    watched.page.wait_for_function(f"() => {DRAWN}")
    return watched


def visit_map(browser: Browser, base: str, visits: int, made: MadeUp | None, found: Found) -> None:
    """Open the map in new browsers; in the last one look around."""
    if made is None and _mapless(base):
        print("There is no map in this archive.")
        return
    visit(browser, base, made).close()  # warms up
    numbers: dict[str, list[float]] = {name: [] for name in OPENED}
    for left in reversed(range(visits)):
        drawn = drawing(browser)
        watched = visit(browser, base, made)
        watched.page.wait_for_function(f"() => {ALL_DRAWN}")
        answered = watched.answered("/api/v1/map/points")
        numbers["painted"].append(watched.number(DRAWN))
        numbers["after"].append(watched.number(DRAWN) - answered)
        numbers["all"].append(watched.number(ALL_DRAWN) - answered)
        numbers["worked"].append(watched.worked())
        numbers["drawing"].append(drawing(browser) - drawn)
        if left:
            watched.close()
    points = watched.number("document.querySelector('canvas').dataset.points")
    print(f"{points:,.0f} {'made-up ' if made else ''}points, by collection:")
    kind = "made-up: " if made else "map: "
    for name, what in OPENED.items():
        found.spread(kind + what, numbers[name])
    watched.quiet()
    for name, moved in look_around(watched):
        found.tell(f"{kind}{name}, page", str(moved.frames), asdict(moved))
        each = moved.drawing / max(moved.drawn.count, 1)
        line = f"{moved.drawn}; processor: {each:.0f} ms each"
        found.tell(f"{kind}{name}, pictures drawn", line, asdict(moved.drawn))
    watched.quiet()
    held = watched.held() | {"renderer": watched.resident(), "points": points}
    line = f"{held['heap']:.1f} MiB of JavaScript, {held['renderer']:.0f} MiB in all"
    found.tell(f"{kind}memory", line, held)
    watched.close()


def _mapless(base: str) -> bool:
    try:
        urllib.request.urlopen(f"{base}/api/v1/map", timeout=60).close()
    except urllib.error.HTTPError as error:
        return error.code == 404
    return False


class MadeUp:
    """The answers for a map of points that are drawn at random, in groups of several sizes."""

    def __init__(self, points: int) -> None:
        dice = np.random.default_rng(1)
        group = np.minimum(dice.geometric(2 / CLUSTERS, points) - 1, CLUSTERS - 1)
        middles = dice.uniform(-0.8, 0.8, (CLUSTERS, 2))
        widths = dice.uniform(0.02, 0.12, (CLUSTERS, 1))
        places = middles[group] + widths[group] * dice.standard_normal((points, 2))
        self._points = np.clip(places, -1, 1).astype("<f4").tobytes()
        values = np.minimum(group, LEGEND - 1).astype(np.uint8)
        legend = [
            {"value": value, "label": {"de": f"Gruppe {value + 1}"}, "photos": int(photos)}
            for value, photos in enumerate(np.bincount(values, minlength=LEGEND))
        ]
        self._about = {
            "points": points, "version": "made-up", "generation": 1, "placed": 0.9,
            "drawn_at": "2026-11-01T12:00:00+00:00", "unplaced": 0, "stale": False,
            "bounds": [-1, -1, 1, 1],
        }  # fmt: skip
        told = base64.b64encode(values.tobytes()).decode()
        self._values = {"version": "made-up", "legend": legend, "values": told}

    def answer(self, route: Route) -> None:
        """Answer what the page asks for its map."""
        match route.request.url.partition("?")[0].rpartition("/")[2]:
            case "points":
                route.fulfill(body=self._points, content_type="application/octet-stream")
            case "values":
                route.fulfill(json=self._values)
            case "photos":
                route.fulfill(json={"photos": []})
            case _:
                route.fulfill(json=self._about)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archive", type=Path)
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS)
    parser.add_argument("--quick", action="store_true", help="little of everything")
    parser.add_argument("--results", type=int, help="to scroll through: 5000")
    parser.add_argument("--points", type=int, help="to make up: 1000000")
    parser.add_argument("--json", type=Path, help="where to write the figures as well")
    given = parser.parse_args()
    queries, visits, results, points = len(QUERIES), VISITS, MARKS[-1], 1_000_000
    if given.quick:
        queries, visits, results, points = 3, 1, MARKS[0], 100_000
    results, points = given.results or results, given.points or points
    found = Found()
    load = [round(one, 1) for one in os.getloadavg()]
    found.tell("load average before", " ".join(map(str, load)), load)
    found.tell("processors", str(os.cpu_count()), os.cpu_count())
    with serving(given.archive.resolve()) as server, browsing() as browser:
        base = f"http://127.0.0.1:{server.port}"
        if "search" in given.only:
            search(browser, base, QUERIES[:queries], found)
        if "scroll" in given.only:
            scroll(browser, base, results, found)
        if "map" in given.only:
            visit_map(browser, base, visits, None, found)
        if "made-up" in given.only:
            visit_map(browser, base, visits, MadeUp(points), found)
    load = [round(one, 1) for one in os.getloadavg()]
    found.tell("load average after", " ".join(map(str, load)), load)
    if given.json:
        given.json.write_text(json.dumps(found.figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
