"""Members in Chromium: signing in, another password, signing out, by keyboard and without script,
in both languages; the rooms of the desk have what axe calls no violation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dragoman.store import open_store
from tests.browser.served import served
from tests.browser.test_screens import DESK, LOOKS, opened, too_wide, violations
from tests.publish.desk import PAGES, settle
from tests.publish.members.people import PASSWORD, people

NEW = "another bridge, further on"
ROOMS = ("/desk", "/desk/account", "/desk/members", "/desk/members/1", "/desk/sign-out")


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("staffed")
    with open_store(home) as store:
        settle(store, PAGES)
    people(home)
    return home


@pytest.fixture(scope="module")
def desk(staffed: Path) -> Iterator[str]:
    with served(staffed) as found:
        yield found


def sign_in(page: Page, desk: str, name: str, password: str = PASSWORD, language: str = "") -> None:
    page.goto(f"{desk}{language}/desk")
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.keyboard.press("Enter")
    page.locator("h1", has_text=name).wait_for()


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS)
def test_rooms(
    browser: Browser, desk: str, language: str, size: tuple[int, int], theme: str
) -> None:
    faults: list[str] = []
    with opened(browser, *size, faults=faults, color_scheme=theme) as page:
        page.goto(f"{desk}/{language}/desk/sign-in")
        found = violations(page) + too_wide(page)
        sign_in(page, desk, "Edda", language=f"/{language}")
        for room in ROOMS:
            page.goto(f"{desk}/{language}{room}")
            assert page.locator("main h1").count() == 1, room
            found += [f"{room}: {one}" for one in violations(page) + too_wide(page)]
    # That who was asked to sign in was refused first is what the status says.
    assert [one for one in faults if "401 (Unauthorized)" not in one] == []
    assert found == []


@pytest.mark.parametrize(("script", "name"), [(True, "Rosa"), (False, "Milo")])
def test_from_signing_in_to_signing_out(
    browser: Browser, desk: str, script: bool, name: str
) -> None:
    faults: list[str] = []
    with opened(browser, *DESK, faults=faults, java_script_enabled=script) as page:
        sign_in(page, desk, name)
        page.get_by_role("link", name="Your account").click()
        page.locator("#password").fill(PASSWORD)
        page.locator("#new").fill(NEW)
        page.locator("#again").fill(NEW)
        page.get_by_role("button", name="Change the password").click()
        page.get_by_text("Your password is changed").wait_for()
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.wait_for_url(f"{desk}/")
        assert page.context.cookies() == []
        sign_in(page, desk, name, NEW)


def test_keyboard_alone(browser: Browser, desk: str) -> None:
    """The fields come one after the other, and Enter sends them."""
    faults: list[str] = []
    with opened(browser, *DESK, faults=faults) as page:
        page.goto(f"{desk}/desk/sign-in")
        page.locator("#main").focus()
        page.keyboard.press("Tab")
        page.keyboard.type("Edda")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.locator("h1", has_text="Edda").wait_for()
