"""A member's searches in Chromium: saved from Explore, counted on Today, opened; an alert made; all
by keyboard and without script, in both languages, with what axe calls no violation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dragoman.store import open_store
from tests.browser.served import served
from tests.browser.test_members import sign_in
from tests.browser.test_screens import DESK, LOOKS, opened, too_wide, violations
from tests.publish.desk import COPY, WIRE, Page, Told, settle
from tests.publish.members.people import people


def tug(number: int) -> Page:
    said = f"Armenia thanked Azerbaijan for tugboat {number}."
    return Page(
        f"tug-{number}",
        [("headline", "A tugboat"), ("body", said)],
        [Told(said, "Armenia", "thanked", "Azerbaijan", day="2024-03-19")],
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("searches")
    with open_store(made) as store:
        settle(store, [WIRE, COPY])
    people(made)
    return made


@pytest.fixture(scope="module")
def desk(home: Path) -> Iterator[str]:
    with served(home) as found:
        yield found


@pytest.mark.parametrize(("script", "name"), [(True, "Rosa"), (False, "Milo")])
def test_a_search_from_saving_to_its_counter_and_an_alert(
    browser: Browser, desk: str, home: Path, script: bool, name: str
) -> None:
    faults: list[str] = []
    with opened(browser, *DESK, faults=faults, java_script_enabled=script) as page:
        sign_in(page, desk, name)
        page.goto(f"{desk}/explore?q=pair:ARM,AZE")
        page.get_by_text("Save this search").click()
        page.locator("#save-name").fill("Ferries")
        page.keyboard.press("Enter")
        page.get_by_text("The search is saved.").wait_for()
        page.goto(f"{desk}/")
        nav = page.get_by_role("navigation", name="Your searches")
        assert nav.locator(".new").count() == 0
        with open_store(home) as store:
            settle(store, [tug(1 + script)])
        page.reload()
        assert nav.locator(".new").inner_text() == "1 new event"
        nav.get_by_role("button", name="Ferries").click()
        page.wait_for_url("**/explore?q=pair*")
        page.get_by_text(f"tugboat {1 + script}").first.wait_for()
        page.goto(f"{desk}/")
        assert nav.locator(".new").count() == 0
        nav.get_by_role("link", name="All searches and alerts").click()
        page.get_by_text("Be told of what is new").click()
        page.get_by_label("As a feed").check()
        page.get_by_role("button", name="Make the alert").click()
        page.get_by_text("The alert is made.").wait_for()
        feed = page.locator("a.address").get_attribute("href") or ""
        assert "/alerts/" in feed
    assert [one for one in faults if "401 (Unauthorized)" not in one] == []


@pytest.mark.parametrize("path", ["/pair/ARM/AZE", "/actor/nato"])
def test_keyboard_watches_a_page(browser: Browser, desk: str, path: str) -> None:
    faults: list[str] = []
    with opened(browser, *DESK, faults=faults, java_script_enabled=False) as page:
        sign_in(page, desk, "Edda")
        page.goto(desk + path)
        page.locator(".watch button").focus()
        page.keyboard.press("Enter")
        page.get_by_text("The search is saved.").wait_for()


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS)
def test_pages_for_members_hold_what_axe_asks(
    browser: Browser, desk: str, home: Path, language: str, size: tuple[int, int], theme: str
) -> None:
    with open_store(home) as store:
        member = store.member("Edda").id
        search = store.save_search(member, "Quays", "actor:ARM")
        store.add_alert(member, search.id, "feed", None, 2, language="en")
        number = store.add_alert(
            member, search.id, "webhook", "https://hooks.example/a", 2, language="en"
        )
        if number not in store.last_messages():
            store.queue_message(number, [("e-met", "new")], {"e-met": "x"})
            store.message_failed(1, "the server answered 500", "2999-01-01T00:00:00+00:00")
    faults: list[str] = []
    found: list[str] = []
    with opened(browser, *size, faults=faults, color_scheme=theme) as page:
        sign_in(page, desk, "Edda", language=f"/{language}")
        for path in ("/desk/searches", "/", "/explore?q=ferry", "/pair/ARM/AZE", "/desk/republish"):
            page.goto(f"{desk}/{language}{path}")
            for fold in page.locator("details").all():
                fold.evaluate("one => one.open = true")
            found += [f"{path}: {one}" for one in violations(page) + too_wide(page)]
    assert found == []
    assert [one for one in faults if "401 (Unauthorized)" not in one] == []
