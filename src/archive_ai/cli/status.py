"""``archive-ai status`` and ``archive-ai verify``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from archive_ai.cli.index import print_failures
from archive_ai.cli.options import archive_option, json_option, open_archive
from archive_ai.cli.output import print_json, print_table


@click.command(epilog="Examples: archive-ai status · archive-ai status --failures")
@click.option("--failures", is_flag=True, help="List what could not be used, with causes.")
@archive_option
@json_option
def status(failures: bool, archive: Path | None, as_json: bool) -> None:
    """Say what the archive holds."""
    with open_archive(archive) as opened:
        found = opened.status()
        failed = opened.failures() if failures else []
    if as_json:
        if failures:
            found["failures"] = [failure.to_json() for failure in failed]
        print_json(found)
        return
    files, generation, model = found["files"], found["generation"], found["model"]
    rows = [
        ["archive", found["archive"]],
        ["photos", str(found["photos"])],
        ["files", ", ".join(f"{count} {state}" for state, count in files.items())],
        [
            "generation",
            f"{generation['number']}, {generation['vectors']} vectors"
            if generation
            else "none yet",
        ],
        *_approximate(generation),
        ["map", _map(found["map"])],
        ["model", f"{model['name']} ({model['fingerprint']})" if model else "none yet"],
        ["tags", ", ".join(f"{count} {state}" for state, count in found["tags"].items())],
    ]
    print_table(["", ""], rows)
    print_failures(failed)


def _approximate(generation: dict[str, Any] | None) -> list[list[str]]:
    """Say what an approximate index finds of the exact answers, where there is one."""
    found = generation["approximate"] if generation else None
    if found is None:
        return []
    recall = f"finds {found['recall@10']:.1%} of the first 10, {found['recall@100']:.1%} of 100"
    return [["approximate index", recall if found["used"] else f"not used: {recall}"]]


def _map(found: dict[str, Any] | None) -> str:
    """Say what there is of a map."""
    if found is None:
        return "none yet: archive-ai map"
    stale = "; it has outgrown its layout: archive-ai map --again" if found["stale"] else ""
    return f"{found['photos']} photos, {found['placed']:.0%} placed by others{stale}"


@click.command(epilog="Example: archive-ai verify")
@archive_option
@json_option
def verify(archive: Path | None, as_json: bool) -> int:
    """Check that nothing is lost or mixed up, by the invariants' names; nothing is changed."""
    with open_archive(archive) as opened:
        checked, problems = opened.verify()
    if as_json:
        found = [asdict(problem) for problem in problems]
        print_json({"ok": not problems, "checked": checked, "problems": found})
    else:
        counted = ", ".join(f"{count} {what}" for what, count in checked.items())
        click.echo(f"Checked: {counted}. {len(problems) or 'No'} problem(s).")
        if problems:
            rows = [[p.rule, p.what, p.path, "yes" if p.repairable else "no"] for p in problems]
            print_table(["rule", "what", "path", "repairable"], rows)
    return 1 if problems else 0
