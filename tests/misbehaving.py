"""Work that a guarded process must survive: run there by name, never by what is shipped."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
import time

import numpy as np


def echo(question: bytes) -> bytes:
    """Say it back, and who said it."""
    return question + b" from %d" % os.getpid()


def _announce(with_a_child: bool) -> None:
    """Say that an answer of 1000 bytes comes, which does not; a child may be left behind."""
    for number in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, struct.pack("!i", 1000) + b"=")
        except OSError:
            continue
    if with_a_child and os.fork():
        os._exit(3)
    time.sleep(20)


def misbehave(question: bytes) -> bytes:
    """Do what is asked for."""
    if question.startswith(b"announce"):
        _announce(with_a_child=question.endswith(b"child"))
    if question == b"hang":
        while True:
            time.sleep(0.01)
    if question == b"spin":  # in C, where no Python runs any more
        while True:
            ctypes.CDLL(None).usleep(1000)
    if question == b"eat":
        return bytes(np.ones(4_000_000_000, np.uint8)[:1])
    if question == b"eat slowly":
        kept = []
        while True:
            kept.append(b"x" * 10_000_000)
    if question == b"crash":
        ctypes.string_at(0)
    if question == b"leave":
        os._exit(3)
    if question == b"fail":
        raise RuntimeError("secret: /home/somebody")
    if question == b"slow":
        time.sleep(1.5)
    return echo(question)
