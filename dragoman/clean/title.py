"""What the article is called, of the several titles that a page states.

In: the titles in JSON-LD, meta elements, h1 and <title>. Out: one, without the site's name. They
often differ (a shorter one for social networks, another for search engines); none is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.clean.lines import key_of
from dragoman.clean.metadata import Stated

SEPARATOR = re.compile(r"\s+(?:[|·•»«/—–-]|::)\s+|\s*\|\s*")
AROUND_SITE = re.compile(rf"{SEPARATOR.pattern}|\s*：\s*")
EDGES = " |·•»«/—–-:："
DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,12}", re.IGNORECASE)
SHORTEST_SITE_WORD = 5
MOST_SITE_WORDS = 5
"""Some pages state their title as the site's name too."""
DAY_AT_END = re.compile(r"\s*[|–—-]\s*\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\s*\Z")


def title_of(
    stated: Stated, headings: Sequence[str], named: str | None, own: Sequence[str]
) -> str | None:
    """The stated title; `headings` are the page's h1, `named` its <title>, `own` its names.

    JSON-LD is believed first, but where og:title and h1 agree against it and <title>, those two
    were written for search engines. What og:title leaves out before the same words is a kicker,
    and of two titles with the same words og:title has the marks that readers see.
    """
    linked = stated.text("headline") or ""
    social = stated.meta("og:title") or ""
    heading = max(headings, key=lambda t: (alike(t, linked or social), len(t)), default="")
    said = [without_site(text, own) for text in (linked, social, heading, named or "")]
    said = ["" if _is_site(text, own) else _without_section(text, said[2]) for text in said]
    heading, twice = said[2], said[0] == said[1]
    linked, social, heading, named = said if twice else (without_tail(t, heading) for t in said)
    for_search = key_of(linked) == key_of(named) != key_of(social) == key_of(heading)
    if social and (for_search or _ends_in(linked, social)):
        return social
    others = (stated.meta("twitter:title", "title", "dc.title") or "",)
    return next((text for text in (linked, social, heading, named, *others) if text), None)


def without_site(title: str, site_names: Sequence[str]) -> str:
    """A page title without " - Site" and all behind it, "Site | " before it, or the day behind."""
    title = DAY_AT_END.sub("", " ".join(title.split())).lstrip(" |·•»—–-")
    parts = [part for part in AROUND_SITE.split(title) if part]
    names = [name for name in site_names if name]
    own = [
        index
        for index, part in enumerate(parts)
        if _names_site(part, names) or (index and DOMAIN.fullmatch(part))
    ]
    if own and own[-1] > 0:
        first = next(index for index in own if index > 0)
        title = title[: title.rindex(parts[first])].rstrip(EDGES)
    if own and own[0] == 0 and len(parts) > len(own):
        title = title[len(parts[0]) :].lstrip(EDGES)
    return title


def _names_site(part: str, site_names: Sequence[str]) -> bool:
    """The part is a name of the site, or begins with the word of its address: "Site News"."""
    key = key_of(part).replace(" ", "")
    words = {label for name in site_names if "." in name for label in name.split(".")[:-1]}
    long_words = tuple(word.casefold() for word in words if len(word) >= SHORTEST_SITE_WORD)
    few = len(part.split()) <= MOST_SITE_WORDS
    return key in {key_of(name).replace(" ", "") for name in site_names} or (
        few and key.startswith(long_words or ("\0",))
    )


def without_tail(title: str, heading: str) -> str:
    """The page's own heading where the title is that and more after a bar: "Heading | Section"."""
    tail = title[len(heading) :]
    return heading if heading and title.startswith(heading) and SEPARATOR.match(tail) else title


def _without_section(title: str, heading: str) -> str:
    """The heading where only "Section |" stands before it."""
    before = title.removesuffix(heading).rstrip()
    return heading if heading and before != title and before.endswith("|") else title


def _is_site(title: str, own: Sequence[str]) -> bool:
    key = key_of(title)
    return len(key.split()) <= MOST_SITE_WORDS and any(key == key_of(name) for name in own)


def alike(one: str, other: str) -> float:
    """Common words as a share of the shorter title's."""
    first, second = set(key_of(one).split()), set(key_of(other).split())
    return len(first & second) / max(1, min(len(first), len(second)))


def _ends_in(title: str, other: str) -> bool:
    """The other is the title, or all of it but for what stands before a break."""
    whole, end = (key_of(text).replace("-", " ") for text in (title, other))
    return bool(end) and (whole == end or whole.endswith(f" {end}"))
