"""Of several titles, the one an article is called by. All titles are our own."""

from __future__ import annotations

import pytest

from dragoman.clean.metadata import Stated
from dragoman.clean.title import title_of, without_site

OWN = ["Harbour Times", "harbourtimes.example"]


def stated(linked: str | None = None, social: str | None = None) -> Stated:
    return Stated({"og:title": [social]} if social else {}, {"headline": linked} if linked else {})


# (JSON-LD, og:title, h1, <title>, the title)
CASES = [
    # the site's name and the day behind it
    (None, "Ferry returns - Harbour Times", None, "", "Ferry returns"),
    (None, "Ferry returns – Harbour Times – 02.03.2026", None, "", "Ferry returns"),
    (None, "フェリー再開へ：Harbour Times", None, "", "フェリー再開へ"),
    (None, "» Ferry returns - Harbourtimes Online", None, "", "Ferry returns"),
    (None, None, None, "Ferry returns | Harbour Times - news of the sea", "Ferry returns"),
    # a colon of the headline's own
    ("Ferry: it returns", None, None, "", "Ferry: it returns"),
    # JSON-LD before a shorter one for social networks
    ("Ferry returns in June", "It is back!", "Ferry returns in June", "", "Ferry returns in June"),
    # JSON-LD and <title> for search engines, against what readers see
    ("Ferry North 2026", "Ferry returns", "Ferry returns", "Ferry North 2026", "Ferry returns"),
    # the same words, with the marks that are shown
    ("Crossing - Ferry returns", "Crossing: Ferry returns", None, "", "Crossing: Ferry returns"),
    # a kicker
    ("North: Ferry returns in June", "Ferry returns in June", None, "", "Ferry returns in June"),
    # a section behind the heading, but not where it is stated twice as the title's own
    (None, "Ferry returns - Sea", "Ferry returns", "", "Ferry returns"),
    ("Ferry - a film", "Ferry - a film", "Ferry", "", "Ferry - a film"),
    # a section before it
    ("Sea | Ferry returns", "Sea | Ferry returns", "Ferry returns", "", "Ferry returns"),
    # the site's name alone is no title
    (None, "Harbour Times", "Ferry returns", "", "Ferry returns"),
    # nothing stated
    (None, None, "Ferry returns", "Home | Harbour Times", "Ferry returns"),
    (None, None, None, "Ferry returns | Harbour Times", "Ferry returns"),
    (None, None, None, None, None),
]


@pytest.mark.parametrize(("linked", "social", "heading", "named", "title"), CASES)
def test_one_of_several_titles(
    linked: str | None,
    social: str | None,
    heading: str | None,
    named: str | None,
    title: str | None,
) -> None:
    headings = [heading] if heading else []
    assert title_of(stated(linked, social), headings, named, OWN) == title


def test_the_heading_that_says_the_title() -> None:
    said = Stated({"og:title": ["Ferry returns | Sea"]})
    assert title_of(said, ["Sea", "Ferry returns"], None, OWN) == "Ferry returns"


def test_a_title_may_be_stated_as_the_sites_name_too() -> None:
    title = "Northern crossing to reopen before the season"
    assert title_of(stated(None, title), [], None, [title]) == title


def test_only_a_site_is_no_title_to_cut() -> None:
    assert without_site("Harbour Times", OWN) == "Harbour Times"
