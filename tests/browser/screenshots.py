"""Pictures of the screens for docs/screens/: `python -m tests.browser.screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from dragoman.pipeline import Steps
from tests.browser.served import screens, served
from tests.conftest import fill

FOLDER = Path(__file__).parents[2] / "docs" / "screens"
SIZES = (("desk", 1280, 900), ("phone", 390, 844))
SHOWN = ("today", "article", "story", "event", "actor", "pair", "explore", "sources")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        home = Path(folder)
        fill(home, Steps())
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        with served(home) as address:
            for screen in screens(home):
                if screen.name not in SHOWN:
                    continue
                for size, width, height in SIZES:
                    page = browser.new_page(viewport={"width": width, "height": height})
                    page.goto(f"{address}/en{screen.address}")
                    page.screenshot(path=FOLDER / f"{screen.name}-{size}.png")
                    page.close()
        browser.close()


if __name__ == "__main__":
    main()
