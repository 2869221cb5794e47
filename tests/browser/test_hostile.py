"""A desk of which every word is meant to harm, in Chromium: nothing runs, nothing is asked of
another host, with the site's policy and without it. All payloads: `python -m benchmarks.xss`."""

from __future__ import annotations

from pathlib import Path
from random import Random

from playwright.sync_api import Browser

from tests.browser.hostile import FORBIDDEN, visit, watched
from tests.browser.payloads import payloads

SAMPLE, SEED = 4, 11


def test_nothing_runs(browser: Browser, tmp_path: Path) -> None:
    found = visit(browser, tmp_path / "desk", Random(SEED).sample(payloads(), SAMPLE))
    assert found.faults == []
    assert found.said > found.pages / 2


def test_what_runs_is_seen(browser: Browser) -> None:
    """The control: these words, put into a page as they are, are found out."""
    faults: list[str] = []
    with watched(browser, faults, policy=False) as page:
        page.set_content("<img src=x onerror='window.__hit=1'><iframe srcdoc=x></iframe>")
        page.wait_for_function("window.__hit === 1")
        wrong = page.evaluate(FORBIDDEN)
        assert {"IMG onerror", "IFRAME", "ran 1"} <= set(page.evaluate(FORBIDDEN, True))
    assert {"IMG onerror", "IFRAME", "ran 1"} <= set(wrong)
    assert not faults
