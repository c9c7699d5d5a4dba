"""Words for search: folded, stemmed in German and English, compounds taken apart."""

from archive_ai.language.analysis import Analysis

__all__ = ["Analysis"]
