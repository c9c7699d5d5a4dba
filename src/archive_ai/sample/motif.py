"""The motifs of the sample archive as plain data: what is drawn, in words of two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

UPRIGHT = (0.66, 0.72, 0.8)
LYING = (1.25, 1.36, 1.5)
EITHER = (0.72, 0.8, 1.25, 1.4)
WIDE = (1.36, 1.5, 1.7)


@dataclass(frozen=True)
class Caption:
    """What a drawer says of what it drew."""

    title_de: str
    title_en: str
    description_de: str
    description_en: str


@dataclass(frozen=True)
class Motif:
    """One motif: its names, the words to search it by, and how its pictures are made.

    ``drawer`` names the module and function under ``sample.motifs``; ``shapes`` are widths
    divided by heights; ``years`` are the first and last year of its pictures.
    ``outdoors`` pictures may have twigs or a hedge at their edge.
    """

    id: str
    label_de: str
    label_en: str
    query_de: str
    query_en: str
    drawer: str
    shapes: tuple[float, ...] = EITHER
    years: tuple[int, int] = (1870, 1965)
    kind: Literal["photograph", "document"] = "photograph"
    outdoors: bool = True


MOTIFS: tuple[Motif, ...] = (
    Motif(
        "church",
        "Kirche",
        "church",
        "Kirche mit Kirchturm",
        "church with a steeple",
        "church:church",
    ),
    Motif(
        "half-timbered-house",
        "Fachwerkhaus",
        "half-timbered house",
        "altes Fachwerkhaus",
        "old half-timbered house",
        "buildings:half_timbered",
    ),
    Motif(
        "tower",
        "Stadttor",
        "town gate",
        "mittelalterliches Stadttor mit Turm",
        "medieval town gate with a tower",
        "fortress:gate_tower",
        UPRIGHT,
    ),
    Motif("ruin", "Ruine", "ruin", "Ruine einer Burg", "ruin of a castle", "fortress:ruin"),
    Motif(
        "windmill",
        "Windmühle",
        "windmill",
        "Windmühle mit Flügeln",
        "windmill with sails",
        "buildings:windmill",
    ),
    Motif(
        "market",
        "Markt",
        "market",
        "Marktstände auf dem Marktplatz",
        "market stalls on the market square",
        "town:market",
        LYING,
    ),
    Motif(
        "street",
        "Straße",
        "street",
        "Straße mit Häusern",
        "street lined with houses",
        "town:street",
    ),
    Motif(
        "town-view",
        "Stadtansicht",
        "town view",
        "Blick über die Dächer der Stadt",
        "view over the roofs of the town",
        "town:town_view",
        WIDE,
    ),
    Motif(
        "fountain",
        "Brunnen",
        "fountain",
        "Brunnen mit Wasserbecken",
        "fountain with a water basin",
        "fountain:fountain",
    ),
    Motif(
        "monument",
        "Denkmal",
        "monument",
        "Denkmal auf einem Sockel",
        "monument on a pedestal",
        "monument:monument",
        UPRIGHT,
    ),
    Motif(
        "cemetery",
        "Friedhof",
        "cemetery",
        "Friedhof mit Grabsteinen",
        "cemetery with gravestones",
        "cemetery:cemetery",
        LYING,
    ),
    Motif(
        "factory",
        "Fabrik",
        "factory",
        "Fabrik mit rauchendem Schornstein",
        "factory with a smoking chimney",
        "works:factory",
        LYING,
    ),
    Motif(
        "building-site",
        "Baustelle",
        "building site",
        "Baustelle mit Gerüst und Kran",
        "building site with scaffolding and a crane",
        "works:building_site",
    ),
    Motif(
        "bridge",
        "Brücke",
        "bridge",
        "Brücke über den Fluss",
        "bridge over the river",
        "bridge:bridge",
        WIDE,
    ),
    Motif(
        "harbour",
        "Hafen",
        "harbour",
        "Schiffe und Kran im Hafen",
        "ships and a crane in the harbour",
        "harbour:harbour",
        LYING,
    ),
    Motif("tram", "Straßenbahn", "tram", "Straßenbahn", "tram", "tram:tram", LYING, (1897, 1965)),
    Motif(
        "locomotive",
        "Dampflokomotive",
        "steam locomotive",
        "Dampflokomotive",
        "steam locomotive",
        "locomotive:locomotive",
        WIDE,
        (1870, 1960),
    ),
    Motif(
        "car",
        "Automobil",
        "car",
        "altes Automobil",
        "old motor car",
        "car:car",
        LYING,
        (1910, 1968),
    ),
    Motif(
        "horse-cart",
        "Pferdefuhrwerk",
        "horse cart",
        "Pferd mit Wagen",
        "horse pulling a cart",
        "cart:horse_cart",
        LYING,
        (1870, 1938),
    ),
    Motif(
        "bicycle",
        "Fahrrad",
        "bicycle",
        "Fahrrad",
        "bicycle",
        "bicycle:bicycle",
        LYING,
        (1890, 1962),
    ),
    Motif(
        "airship",
        "Luftschiff",
        "airship",
        "Luftschiff am Himmel",
        "airship in the sky",
        "air:airship",
        LYING,
        (1908, 1937),
        outdoors=False,
    ),
    Motif(
        "aeroplane",
        "Flugzeug",
        "aeroplane",
        "Doppeldecker in der Luft",
        "biplane in the air",
        "air:aeroplane",
        LYING,
        (1911, 1939),
        outdoors=False,
    ),
    Motif(
        "portrait",
        "Porträt",
        "portrait",
        "Porträt einer Person",
        "portrait of a person",
        "portrait:portrait",
        UPRIGHT,
        outdoors=False,
    ),
    Motif(
        "group",
        "Gruppenbild",
        "group portrait",
        "Gruppenfoto von Menschen",
        "group photograph of people",
        "group:group",
        LYING,
        outdoors=False,
    ),
    Motif(
        "classroom",
        "Klassenzimmer",
        "classroom",
        "Klassenzimmer mit Tafel und Bänken",
        "classroom with a blackboard and desks",
        "interiors:classroom",
        LYING,
        outdoors=False,
    ),
    Motif(
        "map",
        "Stadtplan",
        "town map",
        "gezeichnete Landkarte",
        "drawn map",
        "maps:town_map",
        EITHER,
        (1850, 1940),
        "document",
    ),
    Motif(
        "plan",
        "Bauplan",
        "architectural plan",
        "Bauplan eines Hauses",
        "architectural drawing of a house",
        "plans:plan",
        LYING,
        (1870, 1950),
        "document",
    ),
    Motif(
        "poster",
        "Plakat",
        "poster",
        "Plakat mit großer Schrift",
        "poster with large lettering",
        "poster:poster",
        UPRIGHT,
        (1900, 1960),
        "document",
    ),
    Motif(
        "text-page",
        "Schriftstück",
        "text page",
        "Seite mit Schrift",
        "page of writing",
        "text_page:text_page",
        UPRIGHT,
        (1850, 1955),
        "document",
    ),
    Motif(
        "vineyard",
        "Weinberg",
        "vineyard",
        "Weinberg mit Rebzeilen",
        "vineyard with rows of vines",
        "country:vineyard",
        LYING,
    ),
    Motif(
        "winter",
        "Winter",
        "winter scene",
        "verschneite Winterlandschaft",
        "snowy winter landscape",
        "country:winter",
        LYING,
    ),
)
