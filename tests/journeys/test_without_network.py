"""No network at all: every command works in a namespace without interfaces."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def _alone(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the program in a network namespace of its own, with an empty home folder."""
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    environment.pop("HF_HUB_OFFLINE", None)
    return subprocess.run(
        ["unshare", "--map-root-user", "--net", sys.executable, "-m", "archive_ai", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
        check=False,
    )


def test_every_command_works_without_a_network(scans: Path, tmp_path: Path) -> None:
    probe = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    shut = subprocess.run(
        ["unshare", "--map-root-user", "--net", sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare" in shut.stderr:
        pytest.fail(f"this machine lets no process have a network of its own: {shut.stderr}")
    assert "Network is unreachable" in shut.stderr
    table = tmp_path / "labels.csv"
    table.write_text(
        "picture,class,label_de,label_en,lang,caption\n"
        "scans/F0/000.png,a,Kirche,church,de,eine Kirche\n"
        "scans/F0/002.tif,b,Brücke,bridge,de,eine Brücke\n",
        "utf-8",
    )
    for arguments in (
        ("index", str(scans)),
        ("search", "Kirche am Fluss", "--sheet", str(tmp_path / "sheet.html")),
        ("similar", str(scans / "F0" / "000.png")),
        ("tag",),
        ("tags", str(scans / "F0" / "000.png")),
        ("runs", "list"),
        ("status", "--failures"),
        ("verify",),
        ("evaluate", "retrieval", str(table)),
        ("evaluate", "zero-shot", str(table), "--minimum", "1", "--look", "film"),
    ):
        done = _alone(*arguments, home=tmp_path / "home")
        assert done.returncode == 0, (arguments, done.stderr)
