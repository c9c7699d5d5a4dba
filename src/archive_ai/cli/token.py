"""``archive-ai token``: who may sign in to the service, and as what."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from archive_ai.cli.options import archive_option, json_option, open_archive
from archive_ai.cli.output import print_json, print_table
from archive_ai.domain import Role


@click.group()
def token() -> None:
    """Make, list and revoke the tokens that people and programs sign in to the service with."""


@token.command(epilog="Example: archive-ai token create reading-room --role reader --expires 365")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="reader: sees what is open; archivist: sees everything and reviews; admin: runs it.",
)
@click.option("--expires", "days", type=int, help="For how many days it is valid. Default: always.")
@json_option
@archive_option
def create(name: str, role: str, days: int | None, as_json: bool, archive: Path | None) -> None:
    """Make a token called NAME and print it, this once: only a hash of it is kept.

    As soon as there is one, everybody must sign in, on this machine too.
    """
    with open_archive(archive) as opened:
        first = not opened.tokens.needed()
        made = opened.tokens.create(name, Role(role), opened.settings.person, days)
        if as_json:
            print_json({"name": name.strip(), "role": role, "token": made})
            return
        click.echo(made)
        click.echo("Keep it now: it cannot be shown again.", err=True)
        if first:
            click.echo("From now on everybody who uses the service must sign in.", err=True)


@token.command(name="list", epilog="Example: archive-ai token list --json")
@json_option
@archive_option
def list_tokens(as_json: bool, archive: Path | None) -> None:
    """List every token that was made: name, role, by whom, and whether it still counts."""
    with open_archive(archive) as opened:
        tokens = opened.tokens.all()
    if as_json:
        print_json({"tokens": [asdict(one) for one in tokens]})
        return
    rows = [
        [
            one.name,
            one.role.value,
            one.by,
            one.created_at,
            one.expires_at or "",
            one.revoked_at or "",
        ]
        for one in tokens
    ]
    print_table(["name", "role", "made by", "made", "expires", "revoked"], rows)


@token.command(epilog="Example: archive-ai token revoke reading-room")
@click.argument("name")
@json_option
@archive_option
def revoke(name: str, as_json: bool, archive: Path | None) -> None:
    """Take the token NAME back, at once; whoever is signed in with it no longer is."""
    with open_archive(archive) as opened:
        opened.tokens.revoke(name)
        needed = opened.tokens.needed()
    if as_json:
        print_json({"name": name, "revoked": True})
        return
    click.echo(f"Revoked {name}.")
    if not needed:
        click.echo(
            "No token is left: on this machine the service now asks nobody to sign in.", err=True
        )
