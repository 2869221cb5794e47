"""Every payload on every page of a desk, in Chromium (an hour for all of them).

    python -m benchmarks.xss [--n N] [--seed SEED] [--chromium PATH]

Prints JSON, and on stderr how far it is. Ends with 1 if anything ran, was asked of another host, or
became mark-up.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.browser.hostile import visit
from tests.browser.payloads import payloads

AT_ONCE = 20
"""Payloads on one desk."""


def measure(n: int | None = None, seed: int = 7, chromium: str | None = None) -> dict[str, object]:
    """Pages opened, how many repeated harmful words, and what went wrong."""
    every = payloads()
    chosen = Random(seed).sample(every, min(n or len(every), len(every)))
    pages = said = 0
    faults: list[str] = []
    with sync_playwright() as play:
        program = chromium or shutil.which("chromium")
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for start in range(0, len(chosen), AT_ONCE):
            with TemporaryDirectory() as folder:
                found = visit(browser, Path(folder) / "desk", chosen[start : start + AT_ONCE])
            pages += found.pages
            said += found.said
            faults += found.faults
            done = min(start + AT_ONCE, len(chosen))
            print(f"{done}/{len(chosen)} payloads; {pages} pages; {faults}", file=sys.stderr)
        browser.close()
    return {"payloads": len(chosen), "pages": pages, "repeated": said, "faults": faults}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--n", type=int)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--chromium")
    given = parser.parse_args(arguments)
    result = measure(given.n, given.seed, given.chromium)
    print(json.dumps(result, indent=1))
    sys.exit(1 if result["faults"] else 0)


if __name__ == "__main__":
    main()
