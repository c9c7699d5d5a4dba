"""How often a caller may ask, and an address may fail to sign in: counted in memory."""

from __future__ import annotations

import math
import time

from limits import (
    RateLimitItem,
    RateLimitItemPerHour,
    RateLimitItemPerMinute,
    RateLimitItemPerSecond,
)
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from archive_ai.archive import Settings
from archive_ai_service.permissions import Pace

A_MINUTE = 60
SECONDS_OF_FAILURES = 15 * 60
SAVED_AN_HOUR = 30
"""How many queries a caller may save: each is kept for ever."""


class TooOften(Exception):
    """Somebody asks more often than they may; ``seconds`` until they may again."""

    def __init__(self, what: str, seconds: int) -> None:
        super().__init__(what)
        self.what = what
        self.seconds = seconds


class Pacing:
    """Counts requests and failed sign-ins in windows of fixed length."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._failures = RateLimitItemPerSecond(settings.failed_sign_ins, SECONDS_OF_FAILURES)
        self._limits: dict[Pace, RateLimitItem] = {
            pace: RateLimitItemPerMinute(amount)
            for pace, amount in (
                (Pace.USUAL, settings.requests_per_minute),
                (Pace.PICTURES, settings.pictures_per_minute),
            )
            if amount
        }
        if settings.requests_per_minute:
            self._limits[Pace.SAVING] = RateLimitItemPerHour(SAVED_AN_HOUR)

    def asked(self, who: str, pace: Pace) -> None:
        """Count a request; raise TooOften if it is one too many."""
        limit = self._limits.get(pace)
        if limit is not None and not self._limiter.hit(limit, pace.value, who):
            window = "an hour" if limit.get_expiry() > A_MINUTE else "a minute"
            raise TooOften(
                f"More than {limit.amount} requests came within {window}.",
                self._wait(limit, pace.value, who),
            )

    def failed(self, where: str) -> None:
        """Count a wrong token from an address; raise TooOften if it is one too many."""
        if not self._limiter.hit(self._failures, "failed", where):
            raise self._too_many_failures(where)

    def may_try(self, where: str) -> None:
        """Raise TooOften if too many sign-ins from an address failed."""
        if not self._limiter.test(self._failures, "failed", where):
            raise self._too_many_failures(where)

    def _too_many_failures(self, where: str) -> TooOften:
        return TooOften(
            "Too many sign-ins from this address failed.",
            self._wait(self._failures, "failed", where),
        )

    def _wait(self, limit: RateLimitItem, *who: str) -> int:
        return max(1, math.ceil(self._limiter.get_window_stats(limit, *who)[0] - time.time()))
