"""Threads of this process: decoders and encoders release the interpreter while they work."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class LocalEngine:
    """Implements ``ports.Engine`` with a pool of threads."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item]
    ) -> Generator[Result, None, None]:
        """Yield ``work(item)`` in the order of ``items``; see ``ports.Engine``."""
        pool = ThreadPoolExecutor(self._workers, thread_name_prefix="archive-ai-worker")
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > 2 * self._workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
