"""Two hundred decisions in a row, with the server killed in between: none is lost."""

from __future__ import annotations

from desk_of_tests import PATIENCE, all_saved, counted, desk, somebody
from playwright.sync_api import expect
from site_of_tests import Site, Visitor

CONCEPTS = ("kirche", "markt")
EACH = 100
KILLED_AFTER = (30, 70)
STARTED_AFTER = 20


def test_two_hundred_decisions_survive_a_server_that_is_killed(
    visitor: Visitor, site: Site
) -> None:
    site.ask(f"/api/v1/review/{CONCEPTS[0]}")
    context = somebody(visitor)
    for concept in CONCEPTS:
        page = desk(context, concept)
        answered = 0
        started_at = -1
        for place in range(EACH):
            if place in KILLED_AFTER:
                site.kill()
                started_at = place + STARTED_AFTER
            if place == started_at:
                site.start()
            # A new sheet may have to be fetched, which takes the server to be there.
            if page.locator("[data-desk] [role=option][aria-selected=true]").count() == 0:
                expect(page.locator("[data-desk] [role=option]").first).to_be_visible(
                    timeout=PATIENCE
                )
            page.keyboard.press("j" if place % 3 else "n")
            answered += 1
        all_saved(page)
        assert answered == EACH
        rejected = len(range(0, EACH, 3))
        assert counted(site, concept) == (EACH - rejected, rejected)
        page.close()
