"""A list among the settings, as the environment can say it."""

from __future__ import annotations

import pytest

from archive_ai.archive import load
from archive_ai.errors import UsageError


@pytest.mark.parametrize(
    ("said", "folders"),
    [
        ("/scans", ("/scans",)),
        ("/scans, /more", ("/scans", "/more")),
        ('["/scans"]', ("/scans",)),
        ('["/scans, old", "/more"]', ("/scans, old", "/more")),
        ("", ()),
    ],
)
def test_a_list_is_read_with_commas_or_as_json(
    monkeypatch: pytest.MonkeyPatch, said: str, folders: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ARCHIVE_AI_FOLDERS", said)
    assert load().folders == folders


def test_half_a_list_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_AI_FOLDERS", '["/scans')
    with pytest.raises(UsageError, match="folders"):
        load()
