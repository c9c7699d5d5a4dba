"""Vocabularies: reading them, what no machine may tag, and what no archive holds.

Only :func:`read_scheme` needs rdflib; it is loaded when it is asked for, so that the import of
this package stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_ai.vocabulary.background import read_background_queries
from archive_ai.vocabulary.denying import (
    Denied,
    DenyEntry,
    DenyList,
    Offence,
    check_denied,
    machine_taggable,
    read_deny_list,
)

if TYPE_CHECKING:
    from archive_ai.vocabulary.skos import read_scheme

__all__ = [
    "Denied",
    "DenyEntry",
    "DenyList",
    "Offence",
    "check_denied",
    "machine_taggable",
    "read_background_queries",
    "read_deny_list",
    "read_scheme",
]


def __getattr__(name: str) -> object:
    """Load :func:`read_scheme` when it is asked for; it alone needs rdflib."""
    if name == "read_scheme":
        from archive_ai.vocabulary.skos import read_scheme  # noqa: PLC0415 (lazy on purpose)

        return read_scheme
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
