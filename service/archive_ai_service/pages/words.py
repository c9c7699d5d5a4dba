"""What the pages say, in German and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive_ai.domain import Strength


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; ``{}`` stands for what is filled in."""

    lang: str
    title: str
    query: str
    placeholder: str
    search: str
    by_picture: str
    choose_picture: str
    search_picture: str
    not_kept: str
    examples: str
    example_queries: tuple[str, ...]
    holdings: str
    nothing_indexed: str
    for_text: str
    for_photo: str
    for_picture: str
    strong_one: str
    strong_many: str
    nothing_certain: str
    no_hits: str
    weaker: str
    below: str
    strengths: Mapping[Strength, str]
    score: str
    suggested: str
    suggestion: str
    similar: str
    enlarge: str
    page: str
    more: str
    scores_explained: str
    tags_explained: str
    failed: str
    back: str
    verbatim: str
    sign_in: str
    sign_in_why: str
    token: str
    token_from: str
    signed_in: str
    sign_out: str
    interface: str
    switch: str
    skip: str
    decimal: str
    thousands: str
    failures: Mapping[str, str]


GERMAN = Words(
    lang="de",
    title="Bildarchiv",
    query="Was ist auf dem Bild?",
    placeholder="z. B. Kirche am Fluss",
    search="Suchen",
    by_picture="Mit einem Bild suchen",
    choose_picture="Bilddatei auswählen",
    search_picture="Ähnliche Bilder finden",
    not_kept="Das Bild dient nur dieser Suche und wird danach gelöscht.",
    examples="Zum Beispiel",
    example_queries=("Kirche am Fluss", "Straßenbahn", "Weinberg", "Gruppenbild", "Marktplatz"),
    holdings="{} Fotografien im Archiv, durchsucht mit dem Modell {}.",
    nothing_indexed="In diesem Archiv ist noch nichts erfasst. Ein Ordner wird so aufgenommen: "
    "archive-ai index ORDNER",
    for_text="Treffer für „{}“",
    for_photo="Bilder, die diesem ähnlich sind",
    for_picture="Bilder, die „{}“ ähnlich sind",
    strong_one="Ein starker Treffer im ganzen Archiv.",
    strong_many="{} starke Treffer im ganzen Archiv.",
    nothing_certain="Nichts Sicheres gefunden. Vielleicht gibt es das hier nicht; am nächsten "
    "kommen die folgenden Bilder.",
    no_hits="Kein Bild gefunden.",
    weaker="ab hier schwächere Treffer",
    below="ab hier unsicher",
    strengths={
        Strength.STRONG: "stark",
        Strength.WEAK: "schwach",
        Strength.BELOW: "unsicher",
    },
    score="Wert",
    suggested="Vorschläge der Maschine",
    suggestion="Vorschlag: ",
    similar="Ähnliche Bilder",
    enlarge="vergrößern",
    page="Seite {}",
    more="Mehr Bilder zeigen",
    scores_explained="Der Wert misst Treffer an dem, was dieses Archiv auf bedeutungslose Anfragen "
    "antwortet: ab 1 hebt sich ein Treffer deutlich davon ab („stark“), unter 0 nicht mehr "
    "(„unsicher“); ab 2 steht alles Gesuchte in der Beschreibung oder in geprüften Begriffen.",
    tags_explained="Gestrichelt umrandete Begriffe sind Vorschläge der Maschine; noch hat sie "
    "niemand geprüft.",
    failed="Das ging nicht",
    back="Zur Suche",
    verbatim="Meldung im Wortlaut (englisch)",
    sign_in="Anmelden",
    sign_in_why="Dieses Archiv ist nur für angemeldete Personen zu sehen.",
    token="Zugangsschlüssel",
    token_from="Der Schlüssel beginnt mit aai_. Es vergibt ihn, wer das Archiv verwaltet.",
    signed_in="Sie sind angemeldet als {}.",
    sign_out="Abmelden",
    interface="Schnittstelle (API)",
    switch="English",
    skip="Zum Inhalt",
    decimal=",",
    thousands=".",
    failures={
        "nothing-indexed": "In diesem Archiv ist noch nichts erfasst, das durchsucht werden kann.",
        "unreadable-picture": "Diese Datei ist kein Bild, das hier gelesen werden kann.",
        "unknown-photo": "Dieses Bild gibt es in diesem Archiv nicht.",
        "usage": "Die Anfrage ist leer oder zu lang.",
        "invalid-request": "Die Anfrage ist unvollständig. Bitte ein Suchwort eingeben oder eine "
        "Bilddatei auswählen.",
        "too-large": "Die Datei ist zu groß. Bitte eine kleinere Fassung verwenden.",
        "not-found": "Unter dieser Adresse ist nichts zu finden.",
        "sign-in-needed": "Dieser Zugangsschlüssel gilt hier nicht: unvollständig kopiert, "
        "abgelaufen oder zurückgezogen.",
        "not-allowed": "Dafür fehlt die Berechtigung.",
        "too-many-requests": "Zu viele Anfragen in kurzer Zeit. Bitte etwas warten.",
        "busy": "Gerade werden zu viele Bilder untersucht. Bitte in einigen Sekunden noch einmal "
        "versuchen.",
        "wrong-host": "Dieser Dienst wird unter einem anderen Namen aufgerufen, als er kennt.",
        "": "Die Anfrage konnte nicht beantwortet werden.",
    },
)

ENGLISH = Words(
    lang="en",
    title="Picture archive",
    query="What is in the picture?",
    placeholder="e.g. church by a river",
    search="Search",
    by_picture="Search with a picture",
    choose_picture="Choose a picture file",
    search_picture="Find similar pictures",
    not_kept="The picture serves this search only and is deleted afterwards.",
    examples="For example",
    example_queries=("church by a river", "tram", "vineyard", "group portrait", "market square"),
    holdings="{} photographs in the archive, searched with the model {}.",
    nothing_indexed="Nothing is indexed in this archive yet. To take in a folder: "
    "archive-ai index FOLDER",
    for_text="Hits for “{}”",
    for_photo="Pictures similar to this one",
    for_picture="Pictures similar to “{}”",
    strong_one="One strong hit in the whole archive.",
    strong_many="{} strong hits in the whole archive.",
    nothing_certain="Nothing certain was found. Perhaps there is no such picture here; these come "
    "nearest.",
    no_hits="No picture found.",
    weaker="weaker hits from here on",
    below="uncertain from here on",
    strengths={Strength.STRONG: "strong", Strength.WEAK: "weak", Strength.BELOW: "uncertain"},
    score="Score",
    suggested="Suggested by the machine",
    suggestion="Suggestion: ",
    similar="Similar pictures",
    enlarge="enlarge",
    page="page {}",
    more="Show more pictures",
    scores_explained="The score measures hits by what this archive answers to queries that mean "
    "nothing: from 1 on a hit stands out clearly (strong), below 0 not at all (uncertain); from 2 "
    "on all that was asked for stands in the description or in checked terms.",
    tags_explained="Terms with a dashed outline are suggestions of the machine; nobody has checked "
    "them yet.",
    failed="That did not work",
    back="Back to the search",
    verbatim="The message in full",
    sign_in="Sign in",
    sign_in_why="Only people who are signed in may see this archive.",
    token="Access token",
    token_from="It begins with aai_. Whoever runs the archive hands it out.",
    signed_in="You are signed in as {}.",
    sign_out="Sign out",
    interface="Interface (API)",
    switch="Deutsch",
    skip="Skip to content",
    decimal=".",
    thousands=",",
    failures={
        "nothing-indexed": "Nothing is indexed in this archive yet.",
        "unreadable-picture": "This file is not a picture that can be read here.",
        "unknown-photo": "This archive does not hold that picture.",
        "usage": "The query is empty or too long.",
        "invalid-request": "The request is incomplete. Please type a word or choose a file.",
        "too-large": "The file is too large. Please use a smaller copy.",
        "not-found": "There is nothing at this address.",
        "sign-in-needed": "This token does not count here: it was copied in part, has run out, "
        "or was taken back.",
        "not-allowed": "You may not do that here.",
        "too-many-requests": "Too many requests in a short time. Please wait a little.",
        "busy": "Too many pictures are being looked at just now. Please try again in some seconds.",
        "wrong-host": "This service is called by a name that it does not know.",
        "": "The request could not be answered.",
    },
)


def words_for(language: str) -> Words:
    """Return the words of a language; German where it is not English."""
    return ENGLISH if language == "en" else GERMAN
