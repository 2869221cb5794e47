"""Every screen in Chromium: on a desk and on a phone, light and dark, with and without script, in
both languages. None asks another host for anything, breaks the site's own policy, scrolls
sideways, or has what axe calls a violation of WCAG 2.2 AA. Each size comes in each language and
both with and without script; all that can be combined is in `make soak`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.served import Screen

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
ALL_RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
IN_THE_DARK = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What the theme can change of what axe asks."""
DESK, PHONE = (1280, 900), (390, 844)
LOOKS = [
    ("en", DESK, "light"),
    ("fr", PHONE, "dark"),
    pytest.param("en", PHONE, "dark", marks=pytest.mark.soak),
    pytest.param("fr", DESK, "light", marks=pytest.mark.soak),
]
"""Language, size and theme."""


@contextmanager
def opened(
    browser: Browser, width: int, height: int, *, faults: list[str], **options: Any
) -> Iterator[Page]:
    """A page that notes every request to elsewhere, every report of the policy and every error."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))

    def failed(url: str, why: str | None) -> None:
        # What a page still asks for when its reader leaves it is given up, and no fault.
        if why != "net::ERR_ABORTED":
            faults.append(f"failed: {url}")

    def requested(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "data" and parts.hostname != "127.0.0.1":
            faults.append(f"elsewhere: {url}")

    def told(kind: str, text: str) -> None:
        # That a page answered 404 is what the screen of errors is for.
        if kind in {"error", "warning"} and "404 (Not Found)" not in text:
            faults.append(f"console: {text}")

    page.on("requestfailed", lambda request: failed(request.url, request.failure))
    page.on("request", lambda request: requested(request.url))
    page.on("console", lambda message: told(message.type, message.text))
    yield page
    context.close()


def too_wide(page: Page) -> list[str]:
    """What stands out of the window at the side, if the page can be scrolled there."""
    found: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
        .map(e => e.tagName + '.' + (e.getAttribute('class') || '') + ' '
             + (e.textContent || '').trim().slice(0, 40)).slice(0, 5)"""
    )
    return found


WAYS = {
    f"{language}-{name}-{'script' if script else 'no script'}": (language, size, script)
    for language in ("en", "fr")
    for name, size in (("desk", DESK), ("phone", PHONE))
    for script in (True, False)
}
SOME = {"en-desk-script", "fr-phone-script", "fr-desk-no script", "en-phone-no script"}


@pytest.mark.parametrize(
    ("language", "size", "script"),
    [
        pytest.param(*way, id=name, marks=() if name in SOME else pytest.mark.soak)
        for name, way in WAYS.items()
    ],
)
def test_screens(
    browser: Browser,
    address: str,
    every_screen: list[Screen],
    language: str,
    size: tuple[int, int],
    script: bool,
) -> None:
    """Each in light and dark. Without script axe has nothing else to find, and is not asked."""
    faults: list[str] = []
    with opened(
        browser, *size, faults=faults, java_script_enabled=script, reduced_motion="reduce"
    ) as page:
        for screen in every_screen:
            faults.append(f"--- {screen.name}")
            page.emulate_media(color_scheme="light")
            page.goto(f"{address}/{language}{screen.address}")
            if page.locator("main h1").count() != 1:
                faults.append("not one headline")
            faults += [f"too wide: {one}" for one in too_wide(page)]
            if script:
                faults += violations(page)
            page.emulate_media(color_scheme="dark")
            faults += [f"too wide in the dark: {one}" for one in too_wide(page)]
            if script:
                faults += violations(page, IN_THE_DARK)
    assert [one for one in faults if not one.startswith("---")] == [], "\n".join(faults)


def violations(page: Page, rules: Mapping[str, object] = ALL_RULES) -> list[str]:
    """Rules that axe finds broken, each with the first place."""
    # Run from the outside: the site's policy lets no script of others in.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("(rules) => axe.run({runOnly: rules})", rules)
    return [
        f"{one['id']}: {one['help']}: {len(one['nodes'])} × {one['nodes'][0]['html'][:160]}"
        for one in found["violations"]
    ]


def test_a_phone_shows_the_newest_end_of_a_pair(
    browser: Browser, address: str, every_screen: list[Screen]
) -> None:
    """Its marks are large enough to be touched."""
    pair = next(one for one in every_screen if one.name == "pair")
    faults: list[str] = []
    with opened(browser, *PHONE, faults=faults, java_script_enabled=False) as page:
        page.goto(f"{address}{pair.address}")
        seen = page.evaluate(
            """() => { const box = document.querySelector('.two-lanes > .wide');
            const svg = box.querySelector('svg').getBoundingClientRect();
            const marks = [...box.querySelectorAll('a > .touch')]
                .map(e => e.getBoundingClientRect());
            return {end: svg.right - box.getBoundingClientRect().right,
                    scrolls: box.scrollWidth > box.clientWidth,
                    single: box.classList.contains('single'),
                    inside: marks.filter(m => m.left >= box.getBoundingClientRect().left).length,
                    least: Math.min(...marks.flatMap(m => [m.width, m.height]))}; }"""
        )
        assert seen["scrolls"]
        assert abs(seen["end"]) < 2
        assert seen["single"]
        assert seen["inside"]
        assert seen["least"] >= 23.9
    assert faults == []


def test_whole_without_script(browser: Browser, address: str, every_screen: list[Screen]) -> None:
    """What can be read does not depend on our script."""
    told: dict[bool, list[str]] = {}
    for script in (True, False):
        faults: list[str] = []
        with opened(browser, *DESK, faults=faults, java_script_enabled=script) as page:
            told[script] = []
            for screen in every_screen:
                page.goto(f"{address}{screen.address}")
                told[script].append(" ".join(page.locator("main").inner_text().split()))
        assert faults == []
    assert all(told[True])
    assert told[True] == told[False]


def test_keyboard_alone(browser: Browser, address: str, every_screen: list[Screen]) -> None:
    """Tab reaches the skip link first, then the site's navigation, then the page, and is never
    held fast; what has the focus can be seen. A page inside another's has no navigation."""
    for screen in every_screen:
        if screen.address.startswith("/embed/"):
            continue
        faults: list[str] = []
        with opened(browser, *DESK, faults=faults) as page:
            page.goto(f"{address}{screen.address}")
            seen: list[str] = []
            for _ in range(14):
                page.keyboard.press("Tab")
                seen.append(
                    page.evaluate(
                        """() => { const e = document.activeElement;
                        const where = e.closest('header.site') ? 'site' : e.closest('main')
                            ? 'main' : e.className === 'skip' ? 'skip' : e.tagName;
                        const style = getComputedStyle(e);
                        return where + (style.outlineStyle === 'none' ? ' unseen' : ''); }"""
                    )
                )
            assert seen[0] == "skip", (screen, seen)
            assert "site" in seen, (screen, seen)
            assert not [one for one in seen if one.endswith("unseen")], (screen, seen)
            page.goto(f"{address}{screen.address}")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main", screen
