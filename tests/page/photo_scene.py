"""A photo's view in tests: a photo that is described, who looks at it, and what is seen."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Locator, Page, expect
from site_of_tests import Site, Visitor

HOSTILE = "<img src=x onerror=alert(1)> & „böse“"
SIGNER = """
  if (location.protocol === 'http:') localStorage.setItem('archive-ai.signer', 'Erika')
"""
COLUMNS = ("path", "page", "signature", "title", "description", "date", "place", "fotograf")
PATIENCE = 60_000
"""Milliseconds that a reason may take to be computed on a busy machine."""


def described_church(site: Site, table: Path) -> dict[str, Any]:
    """Return a photo of a church that a table of the archive describes, written to ``table``."""
    found = site.ask(f"/api/v1/search?q={quote('Kirche mit Turm')}&limit=1")["hits"][0]
    described = (
        found["path"], found["page"], "F001-0815", "Kirche am Dorfrand", HOSTILE, "193X",
        "Musterstadt", "<b>Erika</b>",
    )  # fmt: skip
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, described])
    command = [sys.executable, "-m", "archive_ai", "import", "--format", "csv", str(table)]
    subprocess.run([*command, "--archive", str(site.archive)], check=True, timeout=120)
    photo: dict[str, Any] = site.ask(f"/api/v1/photos/{found['photo']}")
    return photo


class Erika(Visitor):
    """Has said already under which name she decides."""

    def context(self, **options: Any) -> BrowserContext:
        """Return her browser."""
        context = super().context(**options)
        context.add_init_script(SIGNER)
        return context


def shown(page: Page) -> Locator:
    """Return the viewer's canvas once its picture is drawn."""
    canvas = page.get_by_role("application")
    expect(canvas).to_be_visible()
    expect(page.locator("img.meanwhile")).to_have_count(0)
    return canvas


def outline(page: Page, condition: str = "true") -> dict[str, float]:
    """Return where the outline of what the model saw is, once ``condition`` holds of its box."""
    page.wait_for_function(f"""() => {{
      const outline = document.querySelector('.outline')
      if (!outline) return false
      const box = outline.getBoundingClientRect()
      return box.width > 0 && ({condition})
    }}""")
    box = page.locator(".outline").bounding_box()
    assert box is not None
    return dict(box)


def tab_to(page: Page, wanted: Locator, backwards: bool = False) -> None:
    """Press Tab until something has the focus."""
    for _ in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{wanted} is never reached")
