"""Writes the API's own description beside this file: what the page's types are held against."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from archive_ai.archive import Archive, load
from archive_ai_service.app import create_app

TARGET = Path(__file__).with_name("openapi.json")


def main() -> None:
    """Describe the API of an empty archive: every archive has the same."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.create(load(archive=Path(folder) / "archive")) as archive,
    ):
        described = create_app(archive).openapi()
    TARGET.write_text(json.dumps(described), "utf-8")


if __name__ == "__main__":
    main()
