"""A judgement and its undo in Chromium: signed in, without script, in both languages; and axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.store import open_store
from tests.browser.served import served
from tests.browser.test_screens import DESK, LOOKS, opened, too_wide, violations

NAME, PASSWORD = "Ada", "a lamp on the quay at night"
WHY = "It tells of another visit."


@pytest.fixture(scope="module")
def staffed(demo: Path) -> Iterator[str]:
    with open_store(demo) as store:
        store.add_member(NAME, "editor", PASSWORD, by=None)
    with served(demo) as address:
        yield address


@pytest.fixture(scope="module")
def told(demo: Path) -> str:
    """The event that most reports tell."""
    with open_store(demo) as store:
        return max(store.events(limit=1000), key=lambda one: (len(one.report_ids), one.id)).id


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/en/desk/sign-in")
    page.locator("#name").fill(NAME)
    page.locator("#password").fill(PASSWORD)
    page.locator("#password").press("Enter")
    expect(page).to_have_url(f"{address}/en/desk")


def test_reject_and_undo_without_script(browser: Browser, staffed: str, told: str) -> None:
    faults: list[str] = []
    with opened(browser, *DESK, faults=faults, java_script_enabled=False) as page:
        sign_in(page, staffed)
        page.goto(f"{staffed}/en/event/{told}")
        count = page.locator(".tellings > li:visible").count()
        page.get_by_role("link", name="judge", exact=True).first.click()
        first = page.get_by_role("form", name="Report 1", exact=True)
        first.get_by_label("Why").fill(WHY)
        first.get_by_role("button", name="Reject").press("Enter")
        told_so = page.get_by_text(WHY).first
        expect(told_so).to_contain_text("rejected")
        expect(told_so).to_contain_text(f"by {NAME}")
        told_so.get_by_role("link", name="undo").press("Enter")
        page.get_by_label("Why").fill("It is this visit after all.")
        page.get_by_role("button", name="Undo it").press("Enter")
        expect(page).to_have_url(f"{staffed}/en/event/{told}")
        expect(page.get_by_text(WHY)).to_have_count(0)
        assert page.locator(".tellings > li:visible").count() == count
        page.goto(f"{staffed}/en/desk/judgements?state=undone")
        expect(page.get_by_text("It is this visit after all.")).to_have_count(1)
    assert faults == []


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS)
def test_rooms_of_the_desk(
    browser: Browser,
    staffed: str,
    demo: Path,
    told: str,
    language: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    with open_store(demo) as store:
        event = store.event(told)
        assert event is not None
        store.note_error(told, "who", "It was the deputy.", f"{language}-note")
        story = max(store.stories(limit=100), key=lambda one: one.size).id
    paths = (
        f"/event/{told}",
        f"/event/{told}/judge",
        f"/event/{told}/judge?report={event.report_ids[0]}",
        f"/story/{story}/judge",
        f"/actor/{event.target}/judge",
        "/desk/judgements",
        "/desk/notes",
        "/desk/sources",
    )
    faults: list[str] = []
    with opened(browser, *size, faults=faults, color_scheme=theme) as page:
        sign_in(page, staffed)
        for path in paths:
            faults.append(f"--- {path}")
            page.goto(f"{staffed}/{language}{path}")
            faults += [f"too wide: {one}" for one in too_wide(page)]
            if page.locator("main h1").count() != 1:
                faults.append("not one headline")
            faults += violations(page)
    assert [one for one in faults if not one.startswith("---")] == [], "\n".join(faults)
