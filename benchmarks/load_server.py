"""What ``load.py`` puts under load: an archive, its server, and index runs beside it."""

from __future__ import annotations

import csv
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from archive_ai.archive import Archive, load
from archive_ai.domain import HERE, Role
from archive_ai.sample import BROKEN_FILE, DESCRIPTIONS_FILE, draw_archive

PICTURES = (".jpg", ".png", ".tif")
PROGRAM = (sys.executable, "-m", "archive_ai")


class Held:
    """An archive that answers, and drawn pictures that are not in it yet.

    It is made below ``folder`` if it is not there; ``later`` says whether more will be indexed.
    """

    def __init__(self, folder: Path, photos: Path | None, later: bool) -> None:
        self.archive = folder / "archive"
        self.shelf = folder / "pictures"
        if not self.archive.exists():
            self._make(photos)
        with Archive.open(load(archive=self.archive)) as opened:
            self.photos = [str(one.photo.id) for one in opened.seen_by(HERE).photos("", 100_000)]
            self.tokens = [
                opened.tokens.create(f"{role.value} {time.time_ns()}", role, "load.py")
                for role in (Role.READER, Role.ARCHIVIST)
            ]
        self._waiting = _drawn(self.shelf) if later else []

    def add(self, count: int) -> int:
        """Put that many more pictures where they will be indexed; return how many were left."""
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        for path in taken:
            path.rename(path.with_suffix(""))
        return len(taken)

    def _make(self, photos: Path | None) -> None:
        draw_archive(self.shelf, 1)
        with Archive.create(load(archive=self.archive)) as opened:
            opened.index([self.shelf], "sample")
            if photos is not None:
                opened.index([photos], "old")
            opened.describing.import_table(_descriptions(self.shelf))
            opened.tag()


def _descriptions(shelf: Path) -> Path:
    """Write the German titles and descriptions of the sample archive as an archive has them."""
    table = shelf.with_suffix(".csv")
    with (shelf / DESCRIPTIONS_FILE).open(newline="") as there, table.open("w", newline="") as ours:
        rows = csv.writer(ours)
        rows.writerow(["path", "page", "title", "description", "date"])
        for row in csv.DictReader(there):
            rows.writerow(
                row[one] for one in ("path", "page", "title_de", "description_de", "year")
            )
    return table


def _drawn(shelf: Path) -> list[Path]:
    """Draw a sample archive of a seed that was not used yet, under names that are not indexed."""
    seed = 2 + len(list(shelf.glob("later-*")))
    folder = shelf / f"later-{seed}"
    draw_archive(folder, seed)
    (folder / BROKEN_FILE).unlink()
    found = [path for path in sorted(folder.rglob("*")) if path.suffix in PICTURES]
    return [path.rename(f"{path}.later") for path in found]


class Server:
    """A process that serves."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.port = port

    def resident(self) -> float:
        """Return the memory that the process holds, in MiB."""
        text = Path(f"/proc/{self._process.pid}/status").read_text()
        line = next(line for line in text.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def cpu(self) -> float:
        """Return the processor time of the process so far, in seconds."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid


@contextmanager
def serving(archive: Path) -> Iterator[Server]:
    """Serve an archive with any number of requests a minute."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = os.environ | {
        "ARCHIVE_AI_REQUESTS_PER_MINUTE": "0",
        "ARCHIVE_AI_PICTURES_PER_MINUTE": "0",
    }
    log = archive.parent / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [*PROGRAM, "serve", "--archive", str(archive), "--port", str(port)],
            env=environment,
            stderr=errors,
        )
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30):
                    break
            except OSError:
                time.sleep(0.1)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(60)
        if "Traceback" in log.read_text("utf-8", "replace"):
            print("the server's log has a traceback:", log.read_text("utf-8", "replace")[-4000:])


class Indexing:
    """Index runs one after the other, each in a process of its own, each with new pictures."""

    def __init__(self, held: Held, pictures: int) -> None:
        self._held = held
        self._pictures = pictures
        self._stop = Event()
        self._thread = Thread(target=self._run, daemon=True)
        self.indexed: list[int] = []
        self.failed: list[str] = []

    def __enter__(self) -> Indexing:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Let the run at work end, and begin none after it."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        archive = str(self._held.archive)
        command = (*PROGRAM, "index", str(self._held.shelf), "--archive", archive, "--json")
        while not self._stop.is_set() and self._held.add(self._pictures):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            try:
                self.indexed.append(json.loads(done.stdout)["indexed"])
            except ValueError:
                self.failed.append(done.stderr[-500:])
