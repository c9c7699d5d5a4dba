"""What the pages without a script say, in German and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; ``{}`` stands for what is filled in."""

    lang: str
    title: str
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
    failures: Mapping[str, str]


GERMAN = Words(
    lang="de",
    title="Bildarchiv",
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
    failures={
        "unknown-photo": "Dieses Bild gibt es in diesem Archiv nicht.",
        "not-found": "Unter dieser Adresse ist nichts zu finden.",
        "sign-in-needed": "Dieser Zugangsschlüssel gilt hier nicht: unvollständig kopiert, "
        "abgelaufen oder zurückgezogen.",
        "not-allowed": "Dafür fehlt die Berechtigung.",
        "too-many-requests": "Zu viele Anfragen in kurzer Zeit. Bitte etwas warten.",
        "wrong-host": "Dieser Dienst wird unter einem anderen Namen aufgerufen, als er kennt.",
        "": "Die Anfrage konnte nicht beantwortet werden.",
    },
)

ENGLISH = Words(
    lang="en",
    title="Picture archive",
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
    failures={
        "unknown-photo": "This archive does not hold that picture.",
        "not-found": "There is nothing at this address.",
        "sign-in-needed": "This token does not count here: it was copied in part, has run out, "
        "or was taken back.",
        "not-allowed": "You may not do that here.",
        "too-many-requests": "Too many requests in a short time. Please wait a little.",
        "wrong-host": "This service is called by a name that it does not know.",
        "": "The request could not be answered.",
    },
)


def words_for(language: str) -> Words:
    """Return the words of a language; German where it is not English."""
    return ENGLISH if language == "en" else GERMAN
