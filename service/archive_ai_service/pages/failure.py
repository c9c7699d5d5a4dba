"""A page that says what went wrong, and leads back to the search."""

from __future__ import annotations

from archive_ai_service.pages.frame import frame, page_address
from archive_ai_service.pages.markup import element
from archive_ai_service.pages.words import ENGLISH, GERMAN, words_for


def failure_page(language: str, code: str, message: str) -> str:
    """Return the page for a problem; ``message`` is its own, English sentence."""
    words = words_for(language)
    said = words.failures.get(code, words.failures[""])
    other = GERMAN if words is ENGLISH else ENGLISH
    return frame(
        words,
        f"{words.failed} · {words.title}",
        page_address(other),
        element("h1", words.failed),
        element("p", said, class_="honest", role="alert"),
        element(
            "details",
            element("summary", words.verbatim),
            element("p", message, lang="en"),
            class_="quiet",
        ),
        element("p", element("a", words.back, href=page_address(words))),
    )
