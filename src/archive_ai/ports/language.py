"""What knows words: which are forms of one, and which are put together from others."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Protocol

from archive_ai.domain import Word

Split = Callable[[str], tuple[str, ...]]
"""Takes a word's form, gives the stems of all words it is put together from; () if of none."""


class Language(Protocol):
    """Analyses text of any language for search; knows German and English."""

    def words(self, text: str) -> Sequence[Word]:
        """Return the words of a text in order; never raises."""

    def splitting(self, own: Container[str] = ()) -> Split:
        """Return what takes compounds apart, with ``own`` stems known beside its own."""
