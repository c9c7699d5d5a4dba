"""``archive-ai vocabulary``: what is wrong with a vocabulary, and what a new version changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive_ai.cli.options import json_option
from archive_ai.cli.output import print_json, print_table

if TYPE_CHECKING:
    from archive_ai.domain import Scheme
    from archive_ai.vocabulary import Fault, SchemeDiff

FAULTY = 1


@click.group()
def vocabulary() -> None:
    """Check vocabularies (Turtle, RDF/XML, JSON-LD, CSV) and compare their versions."""


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
