"""The page to sign in at with a token, and to sign out."""

from __future__ import annotations

from urllib.parse import urlencode

from archive_ai_service.pages.frame import frame
from archive_ai_service.pages.markup import Markup, element
from archive_ai_service.pages.words import GERMAN, Words, words_for


def sign_in_page(language: str, way_on: str = "/", failure: str = "", name: str = "") -> str:
    """Return the page; ``failure`` is the code of what went wrong before, ``name`` who is in.

    ``way_on`` is where a person wanted to go, an address on this server.
    """
    words = words_for(language)
    said = words.failures.get(failure, words.failures[""]) if failure else ""
    return frame(
        words,
        f"{words.sign_in} · {words.title}",
        _address("en" if words is GERMAN else "de", way_on),
        element(
            "div",
            element("h1", words.sign_in),
            element("p", said, class_="honest", role="alert") if said else "",
            _signed_in(words, name) if name else _form(words, way_on),
            class_="start",
        ),
    )


def _form(words: Words, way_on: str) -> Markup:
    return element(
        "form",
        element("p", words.sign_in_why),
        element("label", words.token, for_="token"),
        element(
            "div",
            element(
                "input", id="token", name="token", type="password", required=True,
                maxlength=200, autocomplete="current-password", spellcheck="false",
            ),
            element("button", words.sign_in, type="submit"),
            class_="field",
        ),
        element("input", type="hidden", name="way_on", value=way_on),
        element("p", words.token_from, class_="quiet"),
        action=_address(words.lang), method="post",
    )  # fmt: skip


def _signed_in(words: Words, name: str) -> Markup:
    return element(
        "form",
        element("p", words.signed_in.format(name)),
        element("button", words.sign_out, type="submit"),
        action=f"/sign-out?lang={words.lang}",
        method="post",
    )


def _address(language: str, way_on: str = "/") -> str:
    given = {"lang": language} | ({"way_on": way_on} if way_on != "/" else {})
    return f"/sign-in?{urlencode(given)}"
