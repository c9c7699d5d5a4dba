"""What the clients of ``load.py`` ask for: frequent words, rare ones, filters, what not."""

from __future__ import annotations

import random

# fmt: off
THINGS = (
    "Kirche", "church", "Brücke", "bridge over the river", "Rathaus", "town hall", "Marktplatz",
    "market", "Straßenbahn", "tram", "Dampflokomotive", "steam locomotive", "Bahnhof", "station",
    "Hafen", "harbour", "Weinberg", "vineyard", "Windmühle", "windmill", "Fabrik", "factory",
    "Porträt", "portrait", "Gruppenbild", "group of people", "Denkmal", "monument", "Brunnen",
    "fountain", "Turm", "tower", "Schloss", "castle", "Ruine", "ruins", "Stadtplan", "map",
    "Plakat", "poster", "Auto", "old car", "Straße", "street", "Haus", "house", "Park", "trees",
    "Fluss", "river", "Schiff", "ship", "Dorfkirche", "Kirchturm", "Stadtmauer", "city wall",
    "Friedhof", "cemetery", "Schule", "school class", "Hochzeit", "wedding", "Soldaten", "soldiers",
)
LOOKS = (
    "", "", "", "alte", "große", "im Winter", "am Fluss", "von oben", "um 1900", "bei Nacht",
    "mit Menschen", "old", "in winter", "from above", "with people", "near the river", "drawing of",
)
FILTERS = (
    "jahr:1900..1940", "jahr:1850..1900", "sammlung:sample", "tag:Kirche", "tag:Bauwerk",
    "format:jpeg", "farbe:schwarzweiss", "signatur:F001", "tag:Straße status:suggested",
)
SYLLABLES = (
    "ba", "bel", "dor", "ei", "fen", "gar", "hau", "in", "kel", "lin", "mau", "nor", "os", "pfer",
    "ren", "sal", "tau", "ul", "wei", "zim",
)
# fmt: on


def plain(dice: random.Random) -> str:
    """Return words as many people ask for; some of them come often."""
    thing = THINGS[min(int(dice.expovariate(1 / 15)), len(THINGS) - 1)]
    return f"{thing} {dice.choice(LOOKS)}".strip()


def unusual(dice: random.Random) -> str:
    """Return words of which hardly any comes twice."""
    made = "".join(dice.choices(SYLLABLES, k=dice.randint(3, 5)))
    return f"{made.capitalize()} {dice.choice(THINGS)}"


def filtered(dice: random.Random) -> str:
    """Return words with a filter."""
    return f"{plain(dice)} {dice.choice(FILTERS)}"


def without(dice: random.Random) -> str:
    """Return words, and others that are not wanted."""
    wanted, unwanted = dice.sample(THINGS, 2)
    return f'{wanted} -"{unwanted}"' if " " in unwanted else f"{wanted} -{unwanted}"
