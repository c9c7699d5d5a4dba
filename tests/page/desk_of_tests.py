"""The review desk as tests use it: opened by somebody, and what the server has of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect
from site_of_tests import Site, Visitor

PATIENCE = 60_000
"""Milliseconds: the first queue of a server loads the model, on a machine that may be busy."""

# Nothing is judged by how quick it is: a machine may do other things at the same time.
expect.set_options(timeout=30_000)


def somebody(visitor: Visitor, name: str = "Erika", **options: Any) -> BrowserContext:
    """Return the browser of somebody who has said who decides."""
    context = visitor.context(**options)
    if name:
        # A page that is empty yet has no storage.
        context.add_init_script(
            "if (location.protocol.startsWith('http'))"
            f" localStorage.setItem('archive-ai.signer', '{name}')"
        )
    return context


def desk(context: BrowserContext, concept: str, order: str = "teach", language: str = "de") -> Page:
    """Open the desk of a concept, and wait until pictures lie on it."""
    page = context.new_page()
    page.goto(f"/review?concept={concept}&order={order}&lang={language}")
    expect(candidates(page).first).to_be_visible(timeout=PATIENCE)
    return page


def candidates(page: Page) -> Locator:
    return (
        page.get_by_role("listbox", name="Bilder, über die")
        .or_(page.get_by_role("listbox", name="Pictures to decide on"))
        .get_by_role("option")
    )


def current(page: Page) -> Locator:
    return page.locator("[data-desk] [role=option][aria-selected=true]")


def all_saved(page: Page) -> None:
    """Wait until the server has every decision."""
    expect(page.locator("[data-waiting='0']")).to_be_attached(timeout=PATIENCE)


def counted(site: Site, concept: str, token: str = "") -> tuple[int, int]:
    """Return how many were accepted and rejected, as the server says."""
    found = site.ask(f"/api/v1/review/{concept}/progress", token=token)
    return found["accepted"], found["rejected"]
