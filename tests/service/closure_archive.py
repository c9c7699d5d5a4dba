"""An archive of which much is closed, and its twin in which what is closed never was."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from sqlalchemy import delete, insert, update

from archive_ai.archive import Archive, load
from archive_ai.catalogue import schema
from archive_ai.domain import PhotoId, Role, Ruling, Verdict, Viewer
from made_scans import write_picture

POSTCARDS, TOWN, VAULT = "Postkarten", "Stadt", "Tresorbestand"
OPEN = {f"offen/blatt-{number}.png": number for number in range(6)} | {
    f"lager/haus-{number}.png": 10 + number for number in range(4)
}
"""Path of each open picture → its seed."""

VISIBLE, SHOWN = "offen/blatt-0.png", "offen/blatt-1.png"
"""Open pictures of which the first has a closed near-duplicate, the second a closed neighbour."""

CLOSED = {
    "visibility": "offen/Quarzhummel.png",
    "embargo": "offen/Pfauenzwirn.png",
    "years": "lager/Nebelkrapfen.png",
    "undated": "lager/Wachtelfunk.png",
    "pair": "lager/Distelorgel-1.png",
    "other of the pair": "lager/Distelorgel-2.png",
    "vault": "tresor/Kupferwal.png",
    "other of the vault": "tresor/Kupferwal-kind.png",
    "near-duplicate": "offen/Moosziegel.png",
    "copy": "lager/Dohlenkamm.png",
    "neighbour": "offen/Erlenzipfel.png",
}
"""Why each closed picture is closed, or what else is odd about it → its path."""

COPY = "offen/Dohlenkamm-abzug.png"
ACCEPTED, SUGGESTED = "kettenschiff", "trappensee"
"""Concepts that only a closed photo has: one accepted, the other suggested."""

EMBARGO = "2999-06-30"
TAGGED, HINTED = "platz", "strassenbahn"
"""Concepts of open photos: accepted, and suggested."""

TO_SAVE = ("Blatt", "sichtbarkeit:gesperrt", "status:accepted", "jahr:1990..1990")
HEADER = [
    "path",
    "signature",
    "title",
    "description",
    "place",
    "date",
    "visibility",
    "closed_until",
    "keywords",
]


@dataclass(frozen=True)
class Made:
    """An archive, the tokens that open it, and its photos by the names of their files."""

    archive: Archive
    reader: str
    boss: str
    ids: dict[str, PhotoId]
    scans: Path
    saved: tuple[str, ...]

    def closed(self) -> dict[str, PhotoId]:
        """The closed photos, by why they are."""
        return {why: self.ids[Path(path).name] for why, path in CLOSED.items()}


def word(path: str) -> str:
    """The word that nothing else in the archive has."""
    return Path(path).stem.partition("-")[0]


def make(root: Path, model: str, with_closed: bool) -> Made:
    """Make the archive, or its twin, and open it."""
    scans = root / "scans"
    for path, seed in OPEN.items():
        write_picture(scans / path, seed)
    print_of = scans / "lager" / "haus-0-abzug.jpg"
    with Image.open(scans / "lager/haus-0.png") as picture:
        picture.resize((72, 60)).save(print_of)
    if with_closed:
        _draw_closed(scans)
    settings = load(
        archive=root / "archive", model=model, workers=1, unknown_date_closed=True,
        closure_years=50, requests_per_minute=0, pictures_per_minute=0, failed_sign_ins=100_000,
        anonymous_role="reader", person="test", public_url="https://bilder.example",
    )  # fmt: skip
    archive = Archive.create(settings)
    for folder, collection in (("offen", POSTCARDS), ("lager", TOWN), ("tresor", VAULT)):
        if (scans / folder).is_dir():
            archive.index([scans / folder], collection)
    _describe(
        archive, root / "open.csv", [_open(path) for path in [*OPEN, "lager/haus-0-abzug.jpg"]]
    )
    if with_closed:
        _describe_closed(archive, root)
    ids = {path.name: archive.searching.find(str(path), 1).id for path in scans.rglob("*.*")}
    _tag(archive, ids)
    archive.map.draw()
    boss = archive.tokens.create("boss", Role.ADMIN, "test")
    reader = archive.tokens.create("room", Role.READER, "test")
    if with_closed:
        archive.jobs.post("index", {"paths": [str(scans / CLOSED["vault"])]}, "boss")
    return Made(archive, reader, boss, ids, scans, tuple(_save(archive)))


def _draw_closed(scans: Path) -> None:
    for number, path in enumerate(CLOSED.values()):
        write_picture(scans / path, 100 + number)
    with Image.open(scans / VISIBLE) as picture:
        picture.resize((72, 60)).save(scans / CLOSED["near-duplicate"])
    with Image.open(scans / SHOWN) as one, Image.open(scans / CLOSED["visibility"]) as other:
        Image.blend(one, other, 0.4).save(scans / CLOSED["neighbour"])
    (scans / COPY).write_bytes((scans / CLOSED["copy"]).read_bytes())


def _open(path: str) -> dict[str, str]:
    name = Path(path).stem
    # Of two open pictures of one thing the same leads in both archives, as one answers better.
    place = "Weinsberg" if name.endswith("abzug") else "Heilbronn"
    return {
        "path": path, "signature": f"S {name}", "title": f"Ansicht {name}", "place": place,
        "description": "Ein Blatt aus der Sammlung", "date": "1910", "keywords": "Blatt",
    }  # fmt: skip


def _describe_closed(archive: Archive, root: Path) -> None:
    rows = []
    for why, path in CLOSED.items():
        if why in {"pair", "other of the pair"}:
            continue
        only = word(path)
        row = {
            "path": path, "signature": f"{only} 7", "title": f"{only} im Bild",
            "description": f"Der {only} steht hier", "place": only, "date": "1911",
            "keywords": only, "visibility": "gesperrt",
        }  # fmt: skip
        if why == "embargo":
            row |= {"visibility": "offen", "closed_until": EMBARGO}
        elif why == "years":
            row |= {"visibility": "offen", "date": "1990"}
        elif why == "undated":
            row |= {"visibility": "offen", "date": ""}
        rows.append(row)
    _describe(archive, root / "closed.csv", rows)
    both = word(CLOSED["pair"])
    _describe(
        archive,
        root / "pair.csv",
        [
            {
                "signature": both, "title": both, "description": f"{both} und {both}",
                "place": both, "date": "1912", "keywords": both, "visibility": "gesperrt",
            }
        ],
    )  # fmt: skip


def _save(archive: Archive) -> Iterator[str]:
    """Save queries as an archivist, who sees what is closed."""
    seen = archive.seen_by(Viewer("ada", Role.ARCHIVIST))
    for text in TO_SAVE:
        yield seen.save_query(text).id


def _describe(archive: Archive, table: Path, rows: Iterable[dict[str, str]]) -> None:
    rows = list(rows)
    header = [name for name in HEADER if name in rows[0] or name != "path"]
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
    archive.describing.import_table(table)


def _tag(archive: Archive, ids: dict[str, PhotoId]) -> None:
    """Let a run speak whose suggestions are the same in both archives, and decide some."""
    run = archive.tag().number
    suggested = [("blatt-2.png", HINTED), ("blatt-3.png", HINTED), ("haus-1.png", TAGGED)]
    accepted = [("blatt-2.png", TAGGED), ("haus-0.png", TAGGED), ("blatt-4.png", HINTED)]
    hidden = Path(CLOSED["visibility"]).name
    if hidden in ids:
        suggested += [(hidden, SUGGESTED), (hidden, HINTED)]
        accepted += [(hidden, ACCEPTED), (Path(CLOSED["pair"]).name, TAGGED)]
    rows = [
        {"run": run, "photo_id": ids[name], "concept": concept, "score": 0.5, "probability": 0.8}
        for name, concept in suggested
    ]
    with archive._engine.begin() as connection:
        connection.execute(delete(schema.suggestion))
        connection.execute(insert(schema.suggestion), rows)
        table = schema.tagging_run
        connection.execute(update(table).values(suggestions=len(suggested)))
    for name, concept in accepted:
        archive.reviewing.decide([Ruling(ids[name], concept, Verdict.ACCEPTED)], "ada")
