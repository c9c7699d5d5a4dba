"""What every page has around its content, and addresses within this server."""

from __future__ import annotations

from urllib.parse import urlencode

from archive_ai_service.pages.markup import Markup, element, joined
from archive_ai_service.pages.words import Words


def frame(words: Words, title: str, switch: str, *content: str) -> str:
    """Return a whole page; ``switch`` is the same page in the other language."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="icon", href="/static/icon.svg", type="image/svg+xml"),
        element("link", rel="stylesheet", href="/static/style.css"),
    )
    other = "de" if words.lang == "en" else "en"
    top = element(
        "header",
        element("a", words.title, href=page_address(words), class_="name"),
        element("a", words.switch, href=switch, lang=other, hreflang=other, class_="switch"),
        class_="top",
    )
    foot = element(
        "footer",
        "archive-ai · ",
        element("a", words.interface, href="/docs"),
        " · ",
        element("a", words.sign_in, href=f"/sign-in?lang={words.lang}"),
        class_="foot",
    )
    skip = element("a", words.skip, href="#content", class_="skip")
    body = element("body", skip, top, element("main", *content, id="content"), foot)
    return "<!doctype html>\n" + element("html", head, body, lang=words.lang)


def page_address(words: Words, **query: str | int) -> str:
    """Return the address of the search page, in the language of ``words``."""
    given = {name: value for name, value in query.items() if value}
    if words.lang != "de":
        given["lang"] = words.lang
    return f"/?{urlencode(given)}" if given else "/"


def search_forms(words: Words, text: str = "") -> Markup:
    """Return the field for words and, folded away, the one for a picture."""
    language = element("input", type="hidden", name="lang", value=words.lang)
    by_words = element(
        "form",
        element("label", words.query, for_="q"),
        element(
            "div",
            element(
                "input", id="q", name="q", type="search", value=text, required=True,
                maxlength=1000, placeholder=words.placeholder, autocomplete="off",
            ),
            element("button", words.search, type="submit"),
            class_="field",
        ),
        language if words.lang != "de" else "",
        action="/", method="get", role="search", class_="ask",
    )  # fmt: skip
    by_picture = element(
        "details",
        element("summary", words.by_picture),
        element(
            "form",
            element("label", words.choose_picture, for_="picture"),
            element(
                "input", id="picture", name="picture", type="file", required=True,
                accept="image/*,.tif,.tiff,.jp2,.psd",
            ),
            element("button", words.search_picture, type="submit"),
            element("p", words.not_kept, class_="quiet"),
            action=page_address(words), method="post", enctype="multipart/form-data",
        ),
        class_="by-picture",
    )  # fmt: skip
    return joined([by_words, by_picture])
