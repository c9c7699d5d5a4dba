"""The process that listens: one address, a graceful stop."""

from __future__ import annotations

import errno
import signal
import socket
import sys
import threading
from types import FrameType

import uvicorn
from fastapi import FastAPI

from archive_ai.archive import Settings
from archive_ai.errors import UsageError


class _Server(uvicorn.Server):
    """Stops in two steps: first ``/readyz`` says so, and after a while nobody is let in any more.

    A second signal skips the while.
    """

    def __init__(self, config: uvicorn.Config, stopping: threading.Event, drain: int) -> None:
        super().__init__(config)
        self._stopping = stopping
        self._drain = drain

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take a signal to stop."""
        if self._drain and not self._stopping.is_set():
            self._stopping.set()
            later = threading.Timer(self._drain, super().handle_exit, (sig, frame))
            later.daemon = True
            later.start()
            return
        self._stopping.set()
        super().handle_exit(sig, frame)


def run(app: FastAPI, settings: Settings) -> None:
    """Serve ``app`` until Ctrl-C or SIGTERM; raise UsageError where the address cannot be had."""
    config = uvicorn.Config(
        app,
        log_config=None,  # the journal takes what uvicorn says
        access_log=False,  # it would keep what people search for
        server_header=False,
        ws="none",
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )
    server = _Server(config, app.state.stopping, settings.drain_seconds)

    def stop(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    where = address(settings.host, settings.port)
    with listening(settings.host, settings.port) as listener:
        # uvicorn puts its own handlers in front while it runs and calls these once it is done.
        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            sys.stderr.write(f"Open {where} in a browser. Ctrl-C stops.\n")
            server.run(sockets=[listener])
            sys.stderr.write("Stopped.\n")
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def address(host: str, port: int) -> str:
    """Return what a person opens on this machine."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{here}]:{port}/" if ":" in here else f"http://{here}:{port}/"


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raise UsageError where the address cannot be had."""
    try:
        family, *_, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise UsageError(
            f"{host} is no address of this machine.", "Try --host 127.0.0.1."
        ) from None
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _refused(host, port, error) from None
    return listener


def _refused(host: str, port: int, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(
            f"Port {port} of {host} is in use by another program.",
            f"Stop that one, or choose another port: archive-ai serve --port {port + 1}.",
        )
    if error.errno == errno.EACCES:
        return UsageError(
            f"This account may not listen on port {port}.", "Choose one from 1024 on: --port 8000."
        )
    return UsageError(
        f"{host}, port {port}, cannot be listened on ({error.strerror}).",
        "Try --host 127.0.0.1.",
    )
