"""What a page states of itself: JSON-LD and meta elements, read into one record.

In: a parsed page. Out: `Stated`, plain strings. Broken JSON-LD is passed over, never guessed at;
which statement to believe is decided elsewhere.
"""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from dragoman.clean.decode import without_surrogates

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

ARTICLE_TYPES = frozenset({
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "liveblogposting",
    "blogposting", "advertisercontentarticle", "scholarlyarticle", "socialmediaposting", "report",
})  # fmt: skip
AUTHOR = re.compile(r"(?:\A|[._:-]|article)(?:authors?|creator|byl|byline)\Z")
CREDITED = ("creditText", "copyrightHolder", "author", "creator", "copyrightNotice")
LONGEST_LIFE = 1000
"""Characters."""
MOST_JSON = 2_000_000
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Stated:
    """`metas`: contents by lower-case name or property, in order of the page."""

    metas: Mapping[str, list[str]] = field(default_factory=dict)
    article: Mapping[str, Json] = field(default_factory=dict)
    """The JSON-LD object of the article, if any."""
    article_type: str = ""
    people: tuple[str, ...] = ()
    """Names of the article's authors, looked up where only an id stands in their place."""
    lives: Mapping[str, str] = field(default_factory=dict)
    """What JSON-LD says of a person, by name: a description, else post and affiliation."""
    canonical: str | None = None
    language: str | None = None

    @property
    def own_names(self) -> list[str]:
        """What the page calls the site it stands on, the site's own word first."""
        said = [self.meta("og:site_name"), self.meta("application-name"), self.text("publisher")]
        return [name for name in said if name]

    @property
    def signed(self) -> tuple[str, ...]:
        """Authors in meta elements, whatever system wrote them: "dc.creator", "x:author"."""
        named = (n for n in self.metas if AUTHOR.search(n) and not n.startswith("twitter:"))
        said = (value for name in named for value in self.metas[name])
        return tuple(dict.fromkeys(v for v in said if "://" not in v and not v.startswith("@")))

    @property
    def pictures(self) -> list[tuple[str, str | None]]:
        """Address and credit of the pictures that JSON-LD tells of."""
        value = self.article.get("image")
        members = value if isinstance(value, list) else [value]
        told = [member for member in members if isinstance(member, dict)]
        return [
            (address, _first(thing, *CREDITED))
            for thing in told
            for address in [_first(thing, "contentUrl", "url", "@id")]
            if address
        ]

    def meta(self, *names: str) -> str | None:
        return next((v for name in names for v in self.metas.get(name, ()) if v), None)

    def text(self, key: str) -> str | None:
        """A JSON-LD value as a string: itself, or the first name, address or value in it."""
        return next(strings(self.article.get(key)), None)

    def texts(self, key: str) -> list[str]:
        return list(strings(self.article.get(key)))


def _first(thing: Mapping[str, Json], *keys: str) -> str | None:
    return next((text for key in keys for text in strings(thing.get(key))), None)


def read_stated(root: HtmlElement) -> Stated:
    metas: dict[str, list[str]] = defaultdict(list)
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content and content.strip():
            metas[name.strip().lower()].append(without_surrogates(" ".join(content.split())))
    things = list(_things(root))
    kind, article = _article(things)
    canonical = next(
        (e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower()),
        None,
    )
    authors = list(_people(article.get("author") or article.get("creator"), things))
    lives = {name: life for name, life in authors if life}
    people = tuple(name for name, _ in authors)
    return Stated(metas, article, kind, people, lives, canonical, root.get("lang"))


def _people(
    value: Json, things: Sequence[Mapping[str, Json]], depth: int = 0
) -> Iterator[tuple[str, str]]:
    """Names, each with what is said of its person; looked up where only an id stands."""
    if isinstance(value, list) and depth < DEEPEST:
        for member in value:
            yield from _people(member, things, depth + 1)
    elif isinstance(value, str):
        if "://" not in value:
            yield from ((name, "") for name in strings(value))
    elif isinstance(value, dict):
        named = (t for t in things if t.get("@id") == value.get("@id") and t.get("name"))
        found = value if _called(value) else next(named, {})
        names = _called(found)
        yield from ((name, _life(found) if len(names) == 1 else "") for name in names)


def _called(person: Mapping[str, Json]) -> list[str]:
    """A person's name, or what it is put together of."""
    parts = (part for key in ("givenName", "familyName") for part in strings(person.get(key)))
    return list(strings(person.get("name"))) or list(filter(None, [" ".join(parts)]))


def _life(person: Mapping[str, Json]) -> str:
    described = _first(person, "description")
    if described and len(described) <= LONGEST_LIFE and "<" not in described:
        return described
    posts = [_first(person, "jobTitle"), _first(person, "affiliation", "worksFor")]
    return ", ".join(post for post in posts if post and "://" not in post)


def strings(value: Json, depth: int = 0) -> Iterator[str]:
    """All strings that a JSON-LD value stands for: names before addresses."""
    if isinstance(value, str):
        clean = without_surrogates(" ".join(html.unescape(value).split()))
        if clean:
            yield clean
    elif isinstance(value, list) and depth < DEEPEST:
        for member in value:
            yield from strings(member, depth + 1)
    elif isinstance(value, dict) and depth < DEEPEST:
        for key in ("name", "@value", "url", "@id"):
            found = list(strings(value.get(key), depth + 1))
            if found:
                yield found[0]
                return


def _article(things: Sequence[Mapping[str, Json]]) -> tuple[str, Mapping[str, Json]]:
    """The first object of an article's type; the one with most to say among equals."""
    best: tuple[str, Mapping[str, Json]] = ("", {})
    for thing in things:
        for kind in strings(thing.get("@type")):
            if kind.lower() in ARTICLE_TYPES and len(thing) > len(best[1]):
                best = (kind.lower(), thing)
    return best


def _things(root: HtmlElement) -> Iterator[Mapping[str, Json]]:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        raw = script.text or ""
        if len(raw) > MOST_JSON:
            continue
        try:
            parsed: Json = json.loads(raw.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(parsed)


def _objects(value: Json) -> Iterator[Mapping[str, Json]]:
    stack: list[tuple[Json, int]] = [(value, 0)]
    while stack:
        current, depth = stack.pop()
        if isinstance(current, dict):
            yield current
            members = [current.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage")]
        elif isinstance(current, list):
            members = list(current)
        else:
            continue
        if depth < DEEPEST:
            stack.extend((member, depth + 1) for member in members)
