"""The process that works on jobs beside the server: started when one is posted, one at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Lock, Thread

from archive_ai.archive import Settings

COMMAND = (sys.executable, "-m", "archive_ai", "worker", "--until-idle")
SECONDS_TO_END = 10


class Workers:
    """Starts a worker where there is none, and takes it down with the server."""

    def __init__(self, settings: Settings) -> None:
        self._environment = {
            **os.environ,
            "ARCHIVE_AI_ARCHIVE": str(settings.archive),
            "ARCHIVE_AI_MODEL": settings.model,
            "ARCHIVE_AI_WORKERS": str(settings.workers),
        }
        self._lock = Lock()
        self._wanted = self._stopped = False
        self._watching: Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def wake(self) -> None:
        """Have a worker look for jobs, those that were posted before this call among them."""
        with self._lock:
            self._wanted = not self._stopped
            if self._watching is None and self._wanted:
                self._watching = Thread(target=self._watch, name="archive-ai-jobs", daemon=True)
                self._watching.start()

    def stop(self) -> None:
        """End the worker; the job that it does is interrupted. No other is started after this."""
        with self._lock:
            self._stopped, self._wanted = True, False
            process, watching = self._process, self._watching
        if process is not None:
            process.terminate()
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
        if watching is not None:
            watching.join()

    def _watch(self) -> None:
        """Start workers one after the other, as long as somebody asked since the last start."""
        while True:
            with self._lock:
                if not self._wanted:
                    self._watching = self._process = None
                    return
                self._wanted = False
                # In a session of its own: Ctrl-C is for the server, which passes it on.
                process = self._process = subprocess.Popen(
                    COMMAND,
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    start_new_session=True,
                )
            process.wait()
