"""Writes a contact sheet: one HTML file with everything in it, to open, keep or send."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Literal

from archive_ai.domain import Strength
from archive_ai.errors import PathMissing
from archive_ai.exchange.sheet_style import STYLE

Language = Literal["de", "en"]

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "de": {
            "strong": "● stark",
            "weak": "◐ schwach",
            "below": "○ unter der Schwelle",
            "none": "Keine Treffer.",
            "legend": "Zeichen",
            "picture": "Bild",
            "gone": "Bild nicht lesbar",
        },
        "en": {
            "strong": "● strong",
            "weak": "◐ weak",
            "below": "○ below the cut-off",
            "none": "No hits.",
            "legend": "Marks",
            "picture": "Picture",
            "gone": "Picture not readable",
        },
    }
)

KINDS = {b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}

PAGE = Template("""<!DOCTYPE html>
<html lang="$lang">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>$title</title>
<style>$style</style>
</head>
<body>
<header>
<h1>$title</h1>
$legend</header>
<main>
$sections</main>
</body>
</html>
""")
SECTION = Template("""<section aria-labelledby="s$number">
<h2 id="s$number">$heading</h2>
$subline$cards</section>
""")
CARD = Template("""<li$strength><figure>
<div class="mat">$picture</div>
<figcaption>$lines$mark</figcaption>
</figure></li>
""")


@dataclass(frozen=True, slots=True)
class Card:
    """One picture: an encoded thumbnail (JPEG, PNG, GIF or WebP) and what stands below it.

    ``lines`` are plain text, the first one the most prominent. ``alt`` says what is seen, for
    those who do not see it; without one the first line is taken. An empty thumbnail is a
    picture that cannot be shown.
    """

    thumbnail: bytes
    lines: tuple[str, ...] = ()
    score: float | None = None
    strength: Strength | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a line below it, and cards; with neither it says that nothing was found."""

    heading: str
    cards: tuple[Card, ...] = ()
    subline: str = ""


def sheet_html(title: str, sections: Sequence[Section], lang: Language = "en") -> str:
    """Return the page: no scripts, no outside addresses, every text escaped."""
    marks = [
        word
        for strength in Strength
        if any(card.strength is strength for section in sections for card in section.cards)
        for word in (WORDS[lang][strength.value],)
    ]
    items = "".join(f"<li>{escape(word)}</li>" for word in marks)
    legend = f'<ul class="legend" aria-label="{WORDS[lang]["legend"]}">{items}</ul>\n'
    return PAGE.substitute(
        lang=lang,
        title=_text(title),
        style=STYLE,
        legend=legend if marks else "",
        sections="".join(
            _section(number, section, lang) for number, section in enumerate(sections, start=1)
        ),
    )


def write_sheet(path: Path, title: str, sections: Sequence[Section], lang: Language = "en") -> None:
    """Write :func:`sheet_html` to ``path``; a sheet that stands there is replaced as a whole.

    Raises PathMissing where the file cannot be written.
    """
    page = sheet_html(title, sections, lang)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(page, encoding="utf-8")
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise PathMissing(
            f"The contact sheet {path} cannot be written: {fault.strerror}.",
            "Name a file in a folder that exists and may be written to.",
        ) from fault


def _section(number: int, section: Section, lang: Language) -> str:
    cards = "".join(_card(place, card, lang) for place, card in enumerate(section.cards, start=1))
    listed = f'<ol class="cards">\n{cards}</ol>\n' if cards else ""
    if not cards and not section.subline:
        listed = f'<p class="none">{WORDS[lang]["none"]}</p>\n'
    return SECTION.substitute(
        number=number,
        heading=_text(section.heading),
        subline=f'<p class="sub">{_text(section.subline)}</p>\n' if section.subline else "",
        cards=listed,
    )


def _card(place: int, card: Card, lang: Language) -> str:
    words = WORDS[lang]
    first = card.lines[0] if card.lines else f"{words['picture']} {place}"
    picture = f'<p class="none">{words["gone"]}</p>'
    if card.thumbnail:
        picture = f'<img alt="{_text(card.alt or first)}" src="{_data(card.thumbnail)}">'
    mark = ""
    if card.strength is not None:
        mark += f"<span>{escape(words[card.strength.value])}</span>"
    if card.score is not None:
        mark += f"<span>{_number(card.score, lang)}</span>"
    return CARD.substitute(
        strength=f' class="{card.strength.value}"' if card.strength is not None else "",
        picture=picture,
        lines="".join(f"<span>{_text(line)}</span>" for line in card.lines),
        mark=f'<p class="mark">{mark}</p>' if mark else "",
    )


def _number(value: float, lang: Language) -> str:
    text = f"{value:.3f}".replace("-", "−")
    return text.replace(".", ",") if lang == "de" else text


def _text(text: str) -> str:
    """Escape, and show bytes of a file name that are no UTF-8 as the replacement character."""
    return escape(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _data(thumbnail: bytes) -> str:
    kind = next((kind for start, kind in KINDS.items() if thumbnail.startswith(start)), "jpeg")
    return f"data:image/{kind};base64,{base64.b64encode(thumbnail).decode()}"
