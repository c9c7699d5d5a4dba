"""A guarded process: limits hold, what is lost is replaced, and nobody waits for ever."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive_ai.engines.guarded import Guard, GuardedEngine, WorkLost
from archive_ai.errors import Busy
from misbehaving import echo, misbehave

MEGABYTES = 1024 * 1024
LINUX = sys.platform.startswith("linux")


@pytest.fixture
def engine() -> Iterator[GuardedEngine]:
    found = GuardedEngine(misbehave, Guard(seconds=2, memory=512 * MEGABYTES))
    yield found
    found.close()


def who(answer: bytes) -> int:
    return int(answer.rsplit(b" ", 1)[1])


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_is_another_process_that_stays_warm_until_it_is_closed(engine: GuardedEngine) -> None:
    first = who(engine.run(b"hello"))
    assert first != os.getpid()
    assert who(engine.run(b"again")) == first
    engine.close()
    assert not alive(first)


@pytest.mark.parametrize("question", [b"hang", b"spin", b"crash", b"leave", b"fail"])
def test_what_goes_wrong_is_said_and_the_next_is_answered(
    engine: GuardedEngine, question: bytes
) -> None:
    first = who(engine.run(b"hello"))
    with pytest.raises(WorkLost) as lost:
        engine.run(question)
    assert lost.value.why.endswith(".")
    assert "secret" not in lost.value.why
    assert not alive(first)
    assert who(engine.run(b"hello")) != first


@pytest.mark.skipif(not LINUX, reason="memory is limited on Linux")
@pytest.mark.parametrize("question", [b"eat", b"eat slowly"])
def test_memory_is_limited(engine: GuardedEngine, question: bytes) -> None:
    with pytest.raises(WorkLost, match="memory"):
        engine.run(question)
    assert engine.run(b"hello").startswith(b"hello")


@pytest.mark.skipif(not LINUX, reason="as above")
def test_it_is_the_first_to_go_where_the_machine_lacks_memory(engine: GuardedEngine) -> None:
    pid = who(engine.run(b"hello"))
    assert Path(f"/proc/{pid}/oom_score_adj").read_text().strip() == "1000"
    limits = Path(f"/proc/{pid}/limits").read_text()
    assert any(line.split()[4] == "0" for line in limits.splitlines() if "core file" in line)


def test_more_than_may_wait_are_sent_away_at_once() -> None:
    engine = GuardedEngine(misbehave, Guard(seconds=30, memory=512 * MEGABYTES, waiting=1))
    try:
        engine.run(b"hello")
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: _outcome(engine, b"slow"), range(6)))
        assert answers.count("answered") == 2
        assert answers.count("busy") == 4
        assert _outcome(engine, b"hello") == "answered"
    finally:
        engine.close()


def test_who_waits_too_long_is_sent_away_too() -> None:
    engine = GuardedEngine(misbehave, Guard(seconds=1, memory=512 * MEGABYTES, waiting=5))
    try:
        engine.run(b"hello")
        with ThreadPoolExecutor(2) as pool:
            answers = sorted(pool.map(lambda _: _outcome(engine, b"hang"), range(2)))
        assert answers in (["busy", "lost"], ["lost", "lost"])
    finally:
        engine.close()


def test_as_many_work_at_once_as_there_are_processes() -> None:
    engine = GuardedEngine(echo, Guard(seconds=30, memory=512 * MEGABYTES, workers=2))
    together = threading.Barrier(2)

    def ask(_: int) -> int:
        together.wait(60)
        return who(engine.run(b"hello"))

    try:
        with ThreadPoolExecutor(2) as pool:
            assert len(set(pool.map(ask, range(2)))) <= 2
    finally:
        engine.close()


def _outcome(engine: GuardedEngine, question: bytes) -> str:
    try:
        engine.run(question)
    except Busy:
        return "busy"
    except WorkLost:
        return "lost"
    return "answered"


@pytest.mark.skipif(not LINUX, reason="takes the way between the processes for a socket")
@pytest.mark.parametrize("question", [b"announce", b"announce with a child"])
def test_who_announces_an_answer_and_sends_none_of_it_is_ended(
    engine: GuardedEngine, question: bytes
) -> None:
    first = who(engine.run(b"hello"))
    with pytest.raises(WorkLost, match="longer than 2 seconds"):
        engine.run(question)
    assert not alive(first)
    assert who(engine.run(b"hello")) != first
