"""Schemes of chance for properties: valid, and as nasty as texts may be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from archive_ai.domain import Concept, Mode, Scheme, Sensitivity, scheme_version
from archive_ai.domain.folding import caseless
from archive_ai.vocabulary.texts import one_line

LANGUAGES = st.sampled_from(["de", "en", "fr", "de-at", "zh-latn-pinyin", "und"])
NASTY = st.sampled_from(
    [
        *"\"'\\|;,:<>&@^`{}()[]=+-#.\n\t",
        *("\r\n", "ß", "ẞ", "ä", "a\u0308", "\u2028", "\u00ad", "😀", "\x00", "\ufeff"),
        *("]]>", "&amp;", "@de", '"""', "\\u0041", "<b>", "a|b", "\\|", "%7C", "true"),
    ]
)
TEXTS = (
    st.lists(st.one_of(NASTY, st.text(max_size=6)), min_size=1, max_size=6)
    .map("".join)
    .map(one_line)
    .filter(caseless)
)
IDS = st.from_regex(r"[A-Za-z0-9äöüß(][A-Za-z0-9äöüß()_.,;:+*%=&'~!$@-]{0,10}", fullmatch=True)
URIS = IDS.map(lambda id_: f"http://vocab.getty.edu/aat/{id_}")


def unique(key: Callable[[str], str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(TEXTS, max_size=most, unique_by=key).map(tuple)


def by_language(texts: st.SearchStrategy[tuple[str, ...]]) -> Any:
    return st.dictionaries(LANGUAGES, texts.filter(bool), max_size=2)


@st.composite
def concepts(draw: Any, id_: str, number: int, base: str, above: list[str]) -> Concept:
    # The number makes the labels of all concepts differ.
    labels = {lang: f"{draw(TEXTS)} {number}" for lang in draw(st.sets(LANGUAGES, min_size=1))}
    others = {
        lang: [text for text in texts if caseless(text) != caseless(labels.get(lang, ""))]
        for lang, texts in draw(by_language(unique(caseless, 5))).items()
    }
    return Concept(
        id=id_,
        uri=f"{base}{id_}",
        labels=labels,
        alternatives={lang: tuple(texts[:2]) for lang, texts in others.items() if texts[:2]},
        hidden={lang: tuple(texts[2:]) for lang, texts in others.items() if texts[2:]},
        prompts=draw(by_language(unique(str))),
        broader=draw(st.sets(st.sampled_from(above)).map(tuple)) if above else (),
        facet=draw(st.one_of(st.just(""), TEXTS)),
        mode=draw(st.sampled_from(Mode)),
        sensitivity=draw(st.sampled_from(Sensitivity)),
        scope_notes=draw(by_language(unique(str))),
        exact_matches=draw(st.lists(URIS, unique=True, max_size=2).map(tuple)),
        close_matches=draw(st.lists(URIS, unique=True, max_size=2).map(tuple)),
        replaces=draw(st.sampled_from([(), (f"{id_}-alt",), (f"{id_}-1", f"{id_}-2")])),
        unsourced=draw(st.booleans()),
    )


@st.composite
def schemes(draw: Any) -> Scheme:
    ids = draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    uri = draw(st.sampled_from(["https://d-nb.info/gnd", "https://x.example/v#", "urn:x/y"]))
    base = draw(st.sampled_from([f"{uri.rstrip('#')}/", "https://x.example/v#", "urn:a:b/"]))
    made = [draw(concepts(id_, n, base, ids[:n])) for n, id_ in enumerate(ids)]
    # In a replaced concept lies no test of formats: those that another would replace stay out.
    replaced = {old for concept in made for old in concept.replaces}
    made = [c for c in made if c.id not in replaced and not replaced & set(c.broader)]
    kept = {concept.id for concept in made}
    made = [c for c in made if set(c.broader) <= kept] or [Concept("x", f"{base}x", {"de": "x"})]
    return Scheme(
        id=draw(st.sampled_from(["gnd", "v", "Mein.Auszug-1"])),
        uri=uri,
        version=scheme_version(made),
        concepts=tuple(made),
        title=draw(st.dictionaries(LANGUAGES, TEXTS, max_size=2)),
    )
