"""Two hundred decisions in a row, with the server killed in between: none is lost."""

from __future__ import annotations

from desk_of_tests import all_saved, counted, current, desk, somebody
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
        started_at = -1
        for place in range(EACH):
            if place in KILLED_AFTER:
                site.kill()
                started_at = place + STARTED_AFTER
            if place == started_at:
                site.start()
            # One that is decided already would not be decided again.
            expect(current(page).and_(page.locator(":not([data-verdict])"))).to_be_attached()
            page.keyboard.press("j" if place % 3 else "n")
        all_saved(page)
        rejected = len(range(0, EACH, 3))
        assert counted(site, concept) == (EACH - rejected, rejected)
        page.close()
