"""Turn the starter vocabulary from its table into SKOS.

    python data/vocabulary/make_turtle.py            # writes heilbronn.ttl beside this script
    python data/vocabulary/make_turtle.py --output FILE

The table ``heilbronn-starter.csv`` is the source: edit it, run this, commit both. Concepts come
in the order of the table, every value in a fixed place, and nothing depends on the day or the
machine, so that the same table gives the same bytes. Only the standard library is needed.

How columns become properties: README.md beside this script.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCHEME = "https://archive-ai.example/vocabulary/heilbronn"
COLUMNS = (
    *("id", "broader", "prefLabel_de", "prefLabel_en", "altLabel_de", "altLabel_en"),
    *("prompts_de", "prompts_en", "facet", "mode", "sensitivity", "note"),
)
HEAD = f"""\
# The starter vocabulary of archive-ai, made by make_turtle.py from heilbronn-starter.csv.
# Do not edit it here: edit the table and make it again.

@prefix : <{SCHEME}/> .
@prefix aai: <https://archive-ai.example/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<{SCHEME}>
    a skos:ConceptScheme ;
    dcterms:title "Startvokabular für Fotografien eines Stadtarchivs, Beispiel Heilbronn"@de ,
        "Starter vocabulary for photographs of a city archive, example Heilbronn"@en ;
    dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
    dcterms:rights "CC0-1.0: Verwendung ohne Bedingungen"@de , "CC0-1.0: no conditions on use"@en ;
"""
FROM_MEMORY = "from memory"
UNSOURCED_NOTE = (
    "What the scope note marks “from memory” was written without a source: "
    "find one before relying on it."
)


def main(arguments: list[str] | None = None) -> int:
    """Write the Turtle file."""
    parser = argparse.ArgumentParser(description="heilbronn-starter.csv to SKOS Turtle")
    parser.add_argument("--table", type=Path, default=HERE / "heilbronn-starter.csv")
    parser.add_argument("--output", type=Path, default=HERE / "heilbronn.ttl")
    options = parser.parse_args(arguments)
    turtle = to_turtle(read_table(options.table))
    options.output.write_text(turtle, encoding="utf-8", newline="\n")
    return 0


def read_table(path: Path) -> list[dict[str, str]]:
    """Read the rows; the script ends with a sentence where the output would be wrong."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            sys.exit(f"{path.name}: the columns must be {', '.join(COLUMNS)}.")
        rows = list(reader)
    for row in rows:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
            sys.exit(f"{path.name}: the id “{row['id']}” must be a-z, 0-9 and single hyphens.")
    if len({row["id"] for row in rows}) != len(rows):
        sys.exit(f"{path.name}: an id comes twice.")
    return rows


def to_turtle(rows: list[dict[str, str]]) -> str:
    """Return the whole file: the scheme, then the concepts under a heading for each facet."""
    tops = " ,\n        ".join(f":{row['id']}" for row in rows if not row["broader"])
    parts = [f"{HEAD}    skos:hasTopConcept {tops} .\n"]
    facet = ""
    for row in rows:
        if row["facet"] != facet:
            facet = row["facet"]
            parts.append(f"\n\n# {facet}\n")
        parts.append("\n" + concept(row))
    return "".join(parts)


def concept(row: dict[str, str]) -> str:
    """Return the description of one concept."""
    note = row["note"].strip()
    broader = many(row["broader"])
    lines = [
        "a skos:Concept",
        f"skos:inScheme <{SCHEME}>",
        f"skos:notation {quoted(row['id'])}",
    ]
    if broader:
        lines.append("skos:broader " + " , ".join(f":{id_}" for id_ in broader))
    else:
        lines.append(f"skos:topConceptOf <{SCHEME}>")
    labels = [quoted(row[f"prefLabel_{lang}"], lang) for lang in ("de", "en")]
    lines.append("skos:prefLabel " + " , ".join(labels))
    for name, column, between in (
        ("skos:altLabel", "altLabel", " , "),
        ("aai:prompt", "prompts", " ,\n        "),
    ):
        for lang in ("de", "en"):
            texts = [quoted(text, lang) for text in many(row[f"{column}_{lang}"])]
            if texts:
                lines.append(f"{name} {between.join(texts)}")
    for name in ("facet", "mode", "sensitivity"):
        lines.append(f"aai:{name} {quoted(row[name].strip())}")
    if note:
        lines.append(f"skos:scopeNote {quoted(note, 'en')}")
    if FROM_MEMORY in note.casefold():
        lines.append(f"skos:editorialNote {quoted(UNSOURCED_NOTE, 'en')}")
        lines.append("aai:unsourced true")
    return f":{row['id']}\n    " + " ;\n    ".join(lines) + " .\n"


def many(field: str) -> list[str]:
    """Split a field that holds several values."""
    return [value.strip() for value in field.split("|") if value.strip()]


def quoted(text: str, language: str = "") -> str:
    """Return a Turtle string, with a language if one is given."""
    escaped = text.strip().replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"' + (f"@{language}" if language else "")


if __name__ == "__main__":
    sys.exit(main())
