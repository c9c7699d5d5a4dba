"""What every page without a script has around its content, and addresses within this server."""

from __future__ import annotations

from urllib.parse import urlencode

from archive_ai_service.pages.markup import element
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
    """Return the address of the page, in the language of ``words``."""
    given = {name: value for name, value in query.items() if value}
    if words.lang != "de":
        given["lang"] = words.lang
    return f"/?{urlencode(given)}" if given else "/"
