"""``archive-ai vocabulary``: what is wrong with one, what a version changes, which are in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_ai.cli.options import archive_option, json_option, open_archive
from archive_ai.cli.output import print_json, print_table

if TYPE_CHECKING:
    from archive_ai.domain import Scheme
    from archive_ai.vocabulary import Fault, SchemeDiff

FAULTY = 1


@click.group()
def vocabulary() -> None:
    """Check, import, export, show and compare vocabularies (Turtle, RDF/XML, JSON-LD, CSV)."""


@vocabulary.command(epilog="Example: archive-ai vocabulary check gnd-extract.ttl own.csv")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--scheme", help="Look at this scheme, where a file describes several.")
@json_option
def check(files: tuple[Path, ...], scheme: str | None, as_json: bool) -> int:
    """List all faults of each of FILES by line; exit status 1 if there is any.

    Warnings are listed too, but a vocabulary with nothing else can be imported.
    """
    from archive_ai.settings import bundled  # noqa: PLC0415 (keeps --help light)
    from archive_ai.vocabulary import check_scheme, read_deny_list  # noqa: PLC0415 (as above)

    deny = read_deny_list(bundled("deny") / "deny.csv")
    checked = [(path, *check_scheme(path, deny, name=scheme)) for path in files]
    if as_json:
        documents = [_check_document(*one) for one in checked]
        print_json({"ok": all(one["ok"] for one in documents), "files": documents})
    else:
        for one in checked:
            _print_check(*one)
    return 0 if all(found is not None for _, found, _ in checked) else FAULTY


def _check_document(path: Path, scheme: Scheme | None, faults: Sequence[Fault]) -> dict[str, Any]:
    def listed(warning: bool) -> list[dict[str, Any]]:
        return [
            {"line": f.line, "concept": f.concept or None, "what": f.what, "advice": f.advice}
            for f in faults
            if f.warning is warning
        ]

    return {
        "path": str(path),
        "ok": scheme is not None,
        "scheme": scheme.id if scheme else None,
        "version": scheme.version if scheme else None,
        "concepts": len(scheme.concepts) if scheme else None,
        "faults": listed(False),
        "warnings": listed(True),
    }


def _print_check(path: Path, scheme: Scheme | None, faults: Sequence[Fault]) -> None:
    for fault in sorted(faults, key=lambda one: one.warning):
        place = ", ".join(filter(None, (str(path), fault.place)))
        kind = "warning: " if fault.warning else ""
        click.echo(f"{place}: {kind}{fault.what} {fault.advice}")
    warnings = sum(fault.warning for fault in faults)
    if scheme is None:
        click.echo(f"{path}: {len(faults) - warnings} fault(s), {warnings} warning(s).")
    else:
        click.echo(
            f"{path}: no fault, {warnings} warning(s); scheme {scheme.id} with "
            f"{len(scheme.concepts)} concepts, version {scheme.version}."
        )


@vocabulary.command(epilog="Example: archive-ai vocabulary diff own-2024.csv own-2025.csv")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--scheme", help="The scheme's name. Default: what OLD says, else its file name.")
@json_option
def diff(old: Path, new: Path, scheme: str | None, as_json: bool) -> None:
    """List what NEW changes against OLD: two files of one vocabulary, in any format.

    Concepts are the same if their ids are. Where NEW says that a concept replaces another
    (dct:replaces; column replaces), the tags of that other go to it.
    """
    from archive_ai.vocabulary import diff_schemes, read_scheme  # noqa: PLC0415 (as above)

    before = read_scheme(old, name=scheme)
    # The same name, or a table that says none would get other addresses by its file name.
    after = read_scheme(new, name=before.id)
    found = diff_schemes(before, after)
    if as_json:
        versions = {
            side: {"scheme": scheme.id, "version": scheme.version}
            for side, scheme in (("old", before), ("new", after))
        }
        print_json({**versions, **asdict(found)})
    elif found:
        print_table(["change", "concept", "what", "before", "after"], _rows(found, before, after))
    else:
        click.echo("No difference.")


def _rows(diff: SchemeDiff, before: Scheme, after: Scheme) -> list[list[str]]:
    old = {concept.id: concept.label("de") for concept in before.concepts}
    new = {concept.id: concept.label("de") for concept in after.concepts}
    rows = [["added", id_, "", "", new[id_]] for id_ in diff.added]
    rows += [["removed", id_, "", old[id_], ""] for id_ in diff.removed]
    rows += [
        ["merged", id_, "", old[id_], f"{new[heir]} ({heir})"] for id_, heir in diff.merged.items()
    ]
    for kind in ("renamed", "moved", "changed"):
        rows += [
            [kind, one.concept, one.what, _shown(one.before), _shown(one.after)]
            for one in getattr(diff, kind)
        ]
    return rows


def _shown(value: Any) -> str:
    """Return what a concept says of one thing as one line."""
    if isinstance(value, dict):
        return "; ".join(f"{language}: {_shown(one)}" for language, one in value.items())
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


@vocabulary.command("import", epilog="Example: archive-ai vocabulary import own.csv --scheme own")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scheme", help="The scheme's name. Default: what FILE says, else its file name.")
@archive_option
@json_option
def import_(file: Path, scheme: str | None, archive: Path | None, as_json: bool) -> None:
    """Make the vocabulary in FILE the current version of its scheme, whole or not at all.

    Several schemes stand side by side. Tags know the version they were made with; where a concept
    replaces another, it takes its tags along.
    """
    with open_archive(archive, index=()) as opened:
        new, found, faults = opened.vocabularies.import_file(file, scheme)
    if as_json:
        print_json(
            {
                "scheme": new.id,
                "version": new.version,
                "concepts": len(new.concepts),
                "difference": asdict(found),
                "warnings": [{"line": f.line, "what": f.what} for f in faults],
            }
        )
        return
    for fault in faults:
        click.echo(f"{', '.join(filter(None, (str(file), fault.place)))}: {fault.what}", err=True)
    click.echo(
        f"Scheme {new.id}, version {new.version}: {len(new.concepts)} concepts "
        f"({len(found.added)} new, {len(found.removed)} gone, {len(found.merged)} merged, "
        f"{len(found.renamed)} renamed)."
    )


@vocabulary.command(epilog="Example: archive-ai vocabulary export own.ttl --scheme own")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--scheme", default="", help="Which scheme. Default: the starter.")
@archive_option
@json_option
def export(file: Path, scheme: str, archive: Path | None, as_json: bool) -> None:
    """Write the current version of a scheme to FILE: .ttl, .rdf, .jsonld or .csv."""
    with open_archive(archive, index=()) as opened:
        found = opened.vocabularies.export(file, scheme)
    if as_json:
        print_json({"scheme": found.id, "version": found.version, "path": str(file)})
    else:
        click.echo(f"{file}: scheme {found.id}, version {found.version}.")


@vocabulary.command(
    epilog="Examples: archive-ai vocabulary show · archive-ai vocabulary show kirche"
)
@click.argument("concept", required=False)
@click.option("--scheme", default="", help="Which scheme. Default: the starter.")
@archive_option
@json_option
def show(concept: str | None, scheme: str, archive: Path | None, as_json: bool) -> None:
    """List the concepts of a scheme, or all that it says about CONCEPT."""
    from archive_ai.domain import scheme_to_json  # noqa: PLC0415 (as above)

    with open_archive(archive, index=()) as opened:
        found = opened.vocabularies.scheme(scheme)
        one = opened.vocabularies.concept(concept, scheme)[1] if concept else None
        versions = [v for v in opened.vocabularies.all() if v["id"] == found.id]
    document = scheme_to_json(found)
    if one is not None:
        (document,) = (c for c in document["concepts"] if c["id"] == one.id)
    if as_json:
        print_json(document if one is not None else {**document, "versions": versions})
    elif one is not None:
        rows = [[name, _shown(value)] for name, value in document.items() if value]
        print_table(["what", "says"], rows, one.label("de"))
    else:
        rows = [
            [c.id, c.label("de"), c.label("en"), ", ".join(c.broader), c.mode.value]
            for c in found.concepts
        ]
        columns = ["concept", "Deutsch", "English", "broader", "mode"]
        print_table(columns, rows, f"{found.id} {found.version}")
