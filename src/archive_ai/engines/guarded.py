"""One function in processes of its own: what hangs, crashes or eats memory there harms nobody.

Only bytes go to and fro, so that a process which somebody's file took over can answer nonsense and
nothing worse. Limits on memory hold where the system has them (``RLIMIT_AS``: Linux).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock, Timer

from archive_ai.errors import Busy

Work = Callable[[bytes], bytes]
"""What is run; it must be importable by name, as the process begins anew."""

SECONDS_TO_START = 120.0
SECONDS_TO_BE_GONE = 5.0
MOST_BYTES_BACK = 64 * 1024 * 1024

_DONE, _NO_MEMORY, _FAILED = b"=", b"m", b"!"


class WorkLost(Exception):
    """A process took too long, ran out of memory or ended; ``why`` says which, as a sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Guard:
    """What a process may use, and how many there are at once.

    ``memory`` in bytes of address space beyond what the process begins with; ``waiting`` is how
    many may wait for their turn, each as long as ``seconds``.
    """

    seconds: float
    memory: int
    workers: int = 1
    waiting: int = 8


class GuardedEngine:
    """Runs ``work`` in processes that are kept warm, and replaced once they are lost."""

    def __init__(self, work: Work, guard: Guard) -> None:
        self._work = work
        self._guard = guard
        self._turns = BoundedSemaphore(guard.workers)
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._asking = 0
        self._closed = False

    def run(self, question: bytes) -> bytes:
        """Return ``work(question)``; may be called from several threads.

        Raises WorkLost, or Busy where too many wait already or none was served in time.
        """
        with self._turn():
            worker = self._take()
            try:
                answer = worker.ask(question, self._guard.seconds)
            except BaseException:  # Ctrl-C too: no process stays that nobody waits for
                worker.kill()
                raise
            self._give_back(worker)
            return answer

    def close(self) -> None:
        """End the processes that wait for work; those at work end when they are done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.kill()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            if self._asking >= self._guard.workers + self._guard.waiting:
                raise _busy()
            self._asking += 1
        try:
            if not self._turns.acquire(timeout=self._guard.seconds):
                raise _busy()
            try:
                yield
            finally:
                self._turns.release()
        finally:
            with self._lock:
                self._asking -= 1

    def _take(self) -> _Worker:
        with self._lock:
            while self._idle:
                worker = self._idle.pop()
                if worker.alive():
                    return worker
                worker.kill()
        return _Worker(self._work, self._guard)

    def _give_back(self, worker: _Worker) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(worker)
                return
        worker.kill()


class _Worker:
    """One process and the way to it."""

    def __init__(self, work: Work, guard: Guard) -> None:
        context = multiprocessing.get_context("spawn")
        self._way, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, work, guard), daemon=True, name="archive-ai-guarded"
        )
        self._process.start()
        theirs.close()
        try:
            with self._within(SECONDS_TO_START):
                self._receive()
        except BaseException:  # as above
            self.kill()
            raise

    def alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, question: bytes, seconds: float) -> bytes:
        with self._within(seconds):
            self._way.send_bytes(question)
            return self._receive()

    def kill(self) -> None:
        self._way.close()
        self._process.kill()
        self._process.join(SECONDS_TO_BE_GONE)
        self._process.is_alive()  # takes note of its end even where a child of it lives on

    def _receive(self) -> bytes:
        answer = self._way.recv_bytes(MOST_BYTES_BACK)
        if answer[:1] == _NO_MEMORY:
            raise WorkLost("It needed more memory than it may have.")
        if answer[:1] != _DONE:
            raise WorkLost("The process failed.")
        return answer[1:]

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """End the process unless what is done here is over in time; raise WorkLost for what ends.

        To wait for the first byte only would not do: a process may announce an answer and send
        none of it.
        """
        late = Event()

        def end() -> None:
            late.set()
            self._process.kill()
            self._hang_up()

        timer = Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (EOFError, OSError):
            if not late.is_set():
                raise WorkLost("The process ended.") from None
        finally:
            timer.cancel()
            timer.join()
        if late.is_set():
            raise WorkLost(f"It took longer than {seconds:g} seconds.")

    def _hang_up(self) -> None:
        """Wake whoever reads here, even where a child of the killed process holds the other end."""
        if sys.platform == "win32":
            return  # there the end of a pipe is not handed on
        with suppress(OSError), socket.socket(fileno=os.dup(self._way.fileno())) as way:
            way.shutdown(socket.SHUT_RDWR)


def _busy() -> Busy:
    return Busy("Too many of these are being worked on at once.", "Try again in a few seconds.")


def _serve(way: Connection, work: Work, guard: Guard) -> None:
    """Answer questions until nobody asks any more: the life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    _limit_memory(guard.memory)
    with suppress(EOFError, OSError):
        way.send_bytes(_DONE)
        while True:
            question = way.recv_bytes()
            with _own_deadline(guard.seconds + SECONDS_TO_BE_GONE):
                answer = _answer(work, question)
            way.send_bytes(answer)
            if answer[:1] == _NO_MEMORY:
                return


def _answer(work: Work, question: bytes) -> bytes:
    try:
        return _DONE + work(question)
    except MemoryError:
        return _NO_MEMORY
    except Exception as error:  # of a file that somebody made to break things
        return _FAILED + type(error).__name__.encode()


@contextmanager
def _own_deadline(seconds: float) -> Iterator[None]:
    """End this process if whoever would have stopped it is gone."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(memory: int) -> None:
    """Let allocations of more than ``memory`` bytes from here on fail.

    Where the whole machine is short of memory, this process is the first to be ended.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource  # noqa: PLC0415 (not on every system)

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = pages * resource.getpagesize() + memory
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
