"""archive-ai: see what is in an archive's photographs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive_ai.archive import Archive

__version__ = "0.1.0"
__all__ = ["Archive", "__version__"]


def __getattr__(name: str) -> object:
    """Load :class:`Archive` when it is asked for, so that the bare import stays light."""
    if name == "Archive":
        from archive_ai.archive import Archive  # noqa: PLC0415 (lazy on purpose)

        return Archive
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
