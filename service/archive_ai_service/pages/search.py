"""The search page: a field to ask in, and the hits with pictures first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from archive_ai.domain import Origin, Strength
from archive_ai_service.models import TagAnswer
from archive_ai_service.pages.frame import frame, page_address, search_forms
from archive_ai_service.pages.markup import Markup, element, joined
from archive_ai_service.pages.words import ENGLISH, GERMAN, Words, words_for
from archive_ai_service.search_answers import HintAnswer, HitAnswer, SearchAnswer

MOST_TAGS = 3
MOST_HITS = 384


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked this page."""

    language: str
    text: str = ""
    like: str = ""
    picture: str = ""
    limit: int = 24


def start_page(asked: Asked, holdings_found: tuple[int, str] | None) -> str:
    """Return the page before anything is asked; with the photos indexed and the model's name."""
    words = words_for(asked.language)
    if holdings_found is None:
        holdings = words.nothing_indexed
    else:
        count = f"{holdings_found[0]:,}".replace(",", words.thousands)
        holdings = words.holdings.format(count, holdings_found[1])
    links = [
        element("li", element("a", query, href=page_address(words, q=query)))
        for query in words.example_queries
    ]
    start = element(
        "div",
        search_forms(words),
        element("div", element("h2", words.examples), element("ul", *links), class_="examples"),
        element("p", holdings, class_="quiet"),
        class_="start",
    )
    return frame(words, words.title, _other(words, asked), start)


def results_page(asked: Asked, answer: SearchAnswer) -> str:
    """Return the page with hits; says so where nothing is certain."""
    words = words_for(asked.language)
    heading, of_photo = _heading(words, asked)
    parts: list[str] = [search_forms(words, asked.text), element("h1", heading)]
    if of_photo is not None:
        parts.append(of_photo)
    parts += [_hint(words, hint) for hint in answer.hints]
    parts.append(_verdict(words, answer))
    parts += _groups(words, answer.hits)
    if len(answer.hits) == asked.limit < MOST_HITS and not asked.picture:
        more = page_address(words, q=asked.text, like=asked.like, limit=2 * asked.limit)
        parts.append(element("p", element("a", words.more, href=more, class_="more")))
    explained = [words.scores_explained]
    if any(hit.tags for hit in answer.hits):
        explained.append(words.tags_explained)
    if answer.hits:
        lines = [element("p", line) for line in explained]
        parts.append(element("section", *lines, class_="explained quiet"))
    return frame(words, f"{heading} · {words.title}", _other(words, asked), *parts)


def _heading(words: Words, asked: Asked) -> tuple[str, Markup | None]:
    if asked.like:
        return words.for_photo, element(
            "p",
            element("img", src=_thumbnail(asked.like, 384), alt=words.for_photo),
            class_="asked",
        )
    if asked.picture:
        return words.for_picture.format(asked.picture), None
    return words.for_text.format(asked.text), None


def _verdict(words: Words, answer: SearchAnswer) -> Markup:
    if not answer.hits:
        return element("p", words.no_hits, class_="honest")
    if answer.total_strong == 0:
        return element("p", words.nothing_certain, class_="honest")
    if answer.total_strong == 1:
        return element("p", words.strong_one, class_="quiet")
    count = f"{answer.total_strong:,}".replace(",", words.thousands)
    return element("p", words.strong_many.format(count), class_="quiet")


def _hint(words: Words, hint: HintAnswer) -> Markup:
    """Say what whoever asked should know, with the query that may be meant to choose."""
    said = hint.en if words is ENGLISH else hint.de
    link = element("a", hint.instead, href=page_address(words, q=hint.instead))
    return element("p", said.removesuffix(hint.instead), link, class_="honest", role="status")


def _groups(words: Words, hits: list[HitAnswer]) -> list[str]:
    """One grid for each strength, and between two of them a line that says what follows."""
    lines = {Strength.STRONG: "", Strength.WEAK: words.weaker, Strength.BELOW: words.below}
    parts: list[str] = []
    for strength in Strength:
        cards = [_card(words, hit) for hit in hits if hit.strength is strength]
        if not cards:
            continue
        if parts:
            parts.append(element("h2", element("span", lines[strength]), class_="line"))
        parts.append(element("ul", *cards, class_=f"grid {strength.value}"))
    return parts


def _card(words: Words, hit: HitAnswer) -> Markup:
    name = PurePath(hit.path).name
    if hit.page > 1:
        name = f"{name}, {words.page.format(hit.page)}"
    labels = [_label(words, tag) for tag in hit.tags[:MOST_TAGS]]
    alt = f"{name}. {words.suggested}: {', '.join(labels)}" if labels else name
    strength = words.strengths[hit.strength]
    score = f"{hit.score:.2f}".replace(".", words.decimal).replace("-", "\N{MINUS SIGN}")
    picture = element(
        "a",
        element("img", src=_thumbnail(hit.photo, 384), alt=alt, loading="lazy"),
        href=_thumbnail(hit.photo, 768),
        title=words.enlarge,
        class_="picture",
    )
    facts = element(
        "p",
        element("span", strength, class_=f"strength {hit.strength.value}"),
        " ",
        element("span", f"{words.score} {score}", class_="score"),
        class_="facts",
    )
    chips = [
        element("li", _chip(words, tag, label))
        for tag, label in zip(hit.tags[:MOST_TAGS], labels, strict=True)
    ]
    similar = page_address(words, like=hit.photo)
    return element(
        "li",
        picture,
        element("p", name, class_="file", title=hit.path),
        facts,
        element("ul", *chips, class_="chips", aria_label=words.suggested) if chips else "",
        element("a", words.similar, href=similar, class_="similar"),
        class_="card",
    )


def _chip(words: Words, tag: TagAnswer, label: str) -> Markup:
    hidden = element("span", words.suggestion, class_="unseen")
    is_suggestion = tag.origin is Origin.MACHINE
    return element(
        "a",
        joined([hidden if is_suggestion else "", label]),
        href=page_address(words, q=label),
        class_="chip suggested" if is_suggestion else "chip",
    )


def _label(words: Words, tag: TagAnswer) -> str:
    return tag.label.get(words.lang) or tag.label.get("de") or tag.concept


def _thumbnail(photo: str, size: int) -> str:
    return f"/api/v1/photos/{photo}/thumbnail?size={size}"


def _other(words: Words, asked: Asked) -> str:
    other = GERMAN if words is ENGLISH else ENGLISH
    return page_address(other, q=asked.text, like=asked.like)
