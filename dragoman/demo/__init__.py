"""The demo desk: a folder of pages of our own writing, and the settings of a desk that shows them.

In: a home folder. Out: the folder, with a `dragoman.toml` unless it holds one. The pages are not
read here; the outlets on them are invented and stand in `outlets/demo-*.toml`.
"""

from __future__ import annotations

from pathlib import Path

PAGES: Path = Path(__file__).with_name("pages")

# The last day of the tour that most of the pages tell of is 19 March 2024.
SETTINGS = 'title = "Dragoman demo"\ntoday = "2024-03-20"\ncomments.on = true\n'


def settle(home: Path) -> None:
    """Make the home and its settings; settings that are already there are left as they are."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "dragoman.toml"
    if not path.exists():
        path.write_text(SETTINGS, encoding="utf-8")
