"""How the service bears many callers: while pictures are indexed, and over many requests.

    python benchmarks/load.py --photos FOLDER             64 clients, with and without indexing
    python benchmarks/load.py --photos FOLDER --requests 100000         the server's memory

The archive is drawn (and holds the pictures of FOLDER as well), indexed and tagged with the bundled
model. The server is ``archive-ai serve`` on this machine's loopback; half of the clients sign in as
readers, half as archivists. An error is every answer that is not what was asked for, and there must
be none.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from load_clients import Client, Counted, ask_at_once
from load_server import Held, Indexing, Server, serving

MIXED = {
    "search": 24, "unusual_search": 6, "filtered_search": 6, "minus_search": 4, "next_page": 5,
    "similar": 10, "photo": 10, "tags": 5, "jpeg": 8, "webp": 8, "unchanged": 6, "info": 4,
    "collections": 2, "vocabularies": 1, "vocabulary": 1,
}  # fmt: skip
CHEAP = {
    "search": 3, "unusual_search": 5, "filtered_search": 1, "minus_search": 1, "next_page": 1,
    "similar": 2, "photo": 19, "tags": 10, "jpeg": 15, "webp": 10, "unchanged": 20, "info": 11,
    "collections": 2,
}  # fmt: skip
UPLOADS = {**MIXED, "upload": 10}
UPLOADERS = 4
"""Clients that send pictures as well: more at once are told to come again later."""

WARM_UP, EVERY = 5000, 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--photos", type=Path, help="a folder of pictures to hold beside drawn ones"
    )
    parser.add_argument("--kept", type=Path, help="where the archive is made once and stays")
    parser.add_argument("--clients", type=int, default=0, help="default: 64, or 8 with --requests")
    parser.add_argument("--seconds", type=float, default=60, help="of each kind, in two parts")
    parser.add_argument("--pictures", type=int, default=3, help="that each index run adds")
    parser.add_argument("--requests", type=int, default=0)
    options = parser.parse_args()
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{os.cpu_count()} processors, load before the run {load}")
    with tempfile.TemporaryDirectory() as name:
        held = Held(options.kept or Path(name), options.photos, not options.requests)
        print(f"{len(held.photos)} photos")
        with serving(held.archive) as server:
            if options.requests:
                over_many(server, held, options.clients or 8, options.requests)
            else:
                under_load(server, held, options)


def under_load(server: Server, held: Held, options: argparse.Namespace) -> None:
    """Let many clients ask, in turn without and with indexing."""
    clients = _clients(server, held, options.clients or 64)
    shares = [UPLOADS if place < UPLOADERS else MIXED for place in range(len(clients))]
    memory = {"started": server.resident()}
    warmed = _asked(clients, shares, _for(10))
    memory["warm"] = server.resident()
    parts: dict[str, list[tuple[Counted, float, float]]] = {"alone": [], "with indexing": []}
    runs: list[int] = []
    for kind in ("alone", "with indexing") * 2:
        with ExitStack() as stack:
            if kind != "alone":
                indexing = stack.enter_context(Indexing(held, options.pictures))
            before, cpu = time.perf_counter(), server.cpu()
            counted = _asked(clients, shares, _for(options.seconds / 2))
            parts[kind].append((counted, time.perf_counter() - before, server.cpu() - cpu))
        if kind != "alone":
            runs += indexing.indexed
            for one in indexing.failed:
                print("an index run failed:", one)
        memory[f"after a part {kind}"] = server.resident()
    for kind, these in parts.items():
        _table(f"{len(clients)} clients, {kind}", these)
    states = set.union(*(one.held for one, *_ in parts["with indexing"]))
    errors = [error for these in parts.values() for one, *_ in these for error in one.errors]
    print(f"\nindex runs: {len(runs)}, which added {sum(runs)} photos")
    print(f"archives of different size that answered while indexing ran: {len(states)}")
    print("server's memory, MiB:", ", ".join(f"{k} {v:.0f}" for k, v in memory.items()))
    print("load after the run", " ".join(f"{one:.1f}" for one in os.getloadavg()))
    _tell(errors + warmed.errors)


def over_many(server: Server, held: Held, clients: int, requests: int) -> None:
    """Print the server's memory over many requests, and by what it grows."""
    asking = _clients(server, held, clients)
    left = requests
    curve: list[tuple[int, float]] = [(0, server.resident())]
    start = time.perf_counter()

    def more() -> bool:
        nonlocal left
        left -= 1
        done = requests - left
        if done % EVERY == 0 and done > curve[-1][0]:
            curve.append((done, server.resident()))
            if done % WARM_UP == 0:
                seconds = time.perf_counter() - start
                print(f"{done:7d} requests {curve[-1][1]:7.1f} MiB {seconds:6.0f} s", flush=True)
        return left >= 0

    counted = _asked(asking, [CHEAP] * clients, more)
    seconds = time.perf_counter() - start
    _table(f"{clients} clients", [(counted, seconds, server.cpu())])
    for name, first in (("the warm-up", WARM_UP), ("half", requests // 2)):
        points = np.array([one for one in curve if one[0] >= first], float)
        slope, _ = np.polyfit(points[:, 0], points[:, 1], 1)
        print(f"memory grows by {10_000 * slope:.2f} MiB in 10,000 requests after {name}")
    _tell(counted.errors)


def _clients(server: Server, held: Held, count: int) -> list[Client]:
    picture = next((held.shelf / "F001").glob("*.jpg")).read_bytes()
    tokens = itertools.islice(itertools.cycle(held.tokens), count)
    return [
        Client(server.port, held.photos, picture, token, seed) for seed, token in enumerate(tokens)
    ]


def _asked(
    clients: Sequence[Client], shares: Sequence[Mapping[str, int]], more: Callable[[], bool]
) -> Counted:
    return asyncio.run(ask_at_once(clients, shares, more))


def _for(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() < end


def _table(title: str, parts: list[tuple[Counted, float, float]]) -> None:
    seconds, cpu = sum(one[1] for one in parts), sum(one[2] for one in parts)
    routes = sorted({route for one, *_ in parts for route in one.milliseconds})
    times = {r: np.array([t for one, *_ in parts for t in one.milliseconds[r]]) for r in routes}
    every = np.concatenate(list(times.values()))
    pace, effort = len(every) / seconds, 1000 * cpu / len(every)
    print(f"\n{title}: {len(every)} requests in {seconds:.0f} s, {pace:.1f} a second")
    print(f"{effort:.1f} CPU ms each in the server")
    print("route                 requests   p50 ms   p95 ms   p99 ms")
    for route, values in [*times.items(), ("all", every)]:
        told = " ".join(f"{one:8.0f}" for one in np.percentile(values, (50, 95, 99)))
        print(f"{route:20s} {len(values):9d} {told}")


def _tell(errors: list[str]) -> None:
    print(f"\nerrors: {len(errors)}")
    for error in errors[:10]:
        print(error)
    if errors:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
