"""The whole demo site, as a reader finds it by following links: on a private and on a public desk,
each in one language and with some pages of the other; in both languages in `make soak`. Nothing is
dead, left over, foreign or in the wrong language."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from babel.messages.pofile import read_po
from lxml import html

from dragoman.config import load_config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.publish.site.files import is_file
from dragoman.publish.wording import LANGUAGES, LOCALE
from dragoman.store import open_store
from tests.publish.conftest import staying
from tests.publish.site.crawl import Crawl, Crawler, Shown, bare

LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{\$|%\(\w+\)|\bNone\b(?! of th)|\b(?:undefined|Undefined|NaN)\b"
)
IDENTITIES = "www.wikidata.org"
"""Says who somebody is; every other host is one that an article was found at."""
SAID_ELSEWHERE = "//q | //blockquote | //cite"
READ_OUT = ("title", "aria-label", "placeholder", "alt")
WORDS = {
    "en": re.compile(
        r"\b(?:the|of|and|with|is|are|was|were|this|that|from|by|to|in|what|which|who|not|has|have)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:le|la|les|des|du|une|et|est|sont|dans|avec|pour|par|sur|qui|que|aux|ces|cette|ont)\b"
        r"|\b[ldnqs][’']",
        re.IGNORECASE,
    ),
}
"""Small words that no sentence does without, and that the other language doesn't have."""
NO_WORDS = re.compile(r"\S*[^\s.][.:/=][^\s.]\S*|\S+…$")
"""Addresses, hosts, and conditions of a query."""
EXPLAINED = re.compile(r"\b(?:lexicon|examples|obj|subj|pp|target|source)\b.*[:→]")
"""The reasons of the coder are English and quote a lexicon and a text of any language."""


# Some two thousand pages are asked; a slow machine may need its time.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(
    scope="module",
    params=[
        ("private", ["en"]),
        ("public", ["fr"]),
        pytest.param(("private", list(LANGUAGES)), marks=pytest.mark.soak),
        pytest.param(("public", list(LANGUAGES)), marks=pytest.mark.soak),
    ],
    ids=lambda one: f"{one[0]}-{'-'.join(one[1])}",
)
def crawled(request: pytest.FixtureRequest, demo: Path, knowledge: Knowledge) -> Crawl:
    with open_store(demo) as store:
        told_of = {side for one in store.events(limit=10_000) for side in (one.source, one.target)}
    config = load_config(demo).model_copy(update={"rate": 0})
    door, wholly = request.param
    application = site(demo, config, knowledge, public=door == "public")
    with staying(application) as client:
        return Crawler(client, {one for one in told_of if one}, wholly).crawl(f"/{wholly[0]}/")


def wrong(crawl: Crawl, faults: Callable[[Shown], Iterator[str]]) -> list[str]:
    """Each fault once, with the number of pages and one of them."""
    seen: dict[str, list[str]] = {}
    for page in crawl.pages.values():
        for fault in faults(page):
            seen.setdefault(fault, []).append(page.address)
    return [f"{fault} ({len(on)} pages, as {on[0]})" for fault, on in seen.items()]


def test_every_link_leads_somewhere(crawled: Crawl, knowledge: Knowledge) -> None:
    assert crawled.dead == []
    assert crawled.of_atlas <= set(knowledge.atlas.actors)
    kinds = Counter(page.address.split("/")[2].partition("?")[0] for page in crawled.pages.values())
    assert {"", "stories", "story", "article", "changes", "actor", "pair", "event", "explore",
            "sources", "method", "api"} <= set(kinds)  # fmt: skip
    assert {page.language for page in crawled.pages.values()} == {"en", "fr"}
    assert len(crawled.files) > 60


def test_every_fragment_is_on_its_page(crawled: Crawl) -> None:
    def lost(page: Shown) -> Iterator[str]:
        for link in page.links:
            target = crawled.pages.get(link.to)
            if link.fragment and target is not None and link.fragment not in target.ids:
                yield f"#{link.fragment} at {link.to}"

    assert wrong(crawled, lost) == []


def test_nothing_is_left_over(crawled: Crawl) -> None:
    assert wrong(crawled, lambda page: iter(LEFT_OVER.findall(page.text))) == []
    for address, text in crawled.files.items():
        if "parquet" in address:
            continue  # packed: any bytes may follow one another
        assert not re.search(r"\{\{|\{%|\bundefined\b|>None<|\bNaN\b", text), address
        path = bare(urlsplit(address).path)
        if path.endswith(".json") and not is_file(path):
            json.loads(text)


def test_ids_are_given_once(crawled: Crawl) -> None:
    def twice(page: Shown) -> Iterator[str]:
        return (one for one, count in Counter(page.ids).items() if count > 1)

    assert wrong(crawled, twice) == []


def test_nothing_comes_from_elsewhere_and_links_lead_to_sources(crawled: Crawl, demo: Path) -> None:
    with open_store(demo) as store:
        hosts = {IDENTITIES}
        for one in store.article_ids():
            kept = store.kept(one)
            assert kept is not None
            found_at = (kept.article.url, kept.article.canonical)
            hosts |= {urlsplit(at).hostname or "" for at in found_at if at}

    def foreign(page: Shown) -> Iterator[str]:
        for link in page.links:
            is_led_to = link.element in {"a", "canonical"}
            if not link.is_ours and not (is_led_to and urlsplit(link.to).hostname in hosts):
                yield f"{link.element} {link.to}"

    assert wrong(crawled, foreign) == []


def test_headings_are_in_order(crawled: Crawl) -> None:
    def jumbled(page: Shown) -> Iterator[str]:
        levels = [int(one.tag[1]) for one in page.root.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        if levels.count(1) != 1 or levels[0] != 1:
            yield f"headings begin {levels[:3]}"
        for one, after in itertools.pairwise(levels):
            if after > one + 1:
                yield f"h{after} after h{one}"

    assert wrong(crawled, jumbled) == []


def shown_words(page: Shown) -> Iterator[tuple[str, str]]:
    """All that is read or read out on a page, with the language that it is said to be in."""

    def inside(element: html.HtmlElement, language: str) -> Iterator[tuple[str, str]]:
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "code"}:
            return
        own = element.get("lang", language)
        yield from ((own, value) for name in READ_OUT if (value := element.get(name)))
        if element.text:
            yield own, element.text
        for child in element:
            yield from inside(child, own)
            if child.tail:
                yield own, child.tail

    return inside(page.root, "")


def test_what_was_said_elsewhere_names_its_language(crawled: Crawl) -> None:
    def unnamed(page: Shown) -> Iterator[str]:
        for element in page.root.xpath(SAID_ELSEWHERE):
            if not element.xpath("ancestor-or-self::*[@lang][not(self::html)]"):
                yield html.tostring(element, encoding="unicode")[:80]

    assert wrong(crawled, unnamed) == []


@pytest.fixture(scope="module")
def names(demo: Path, knowledge: Knowledge) -> list[str]:
    """Of outlets, actors and those whom the texts name: they are the same in every language, and
    stand in titles that can have one language alone. The longest first."""
    found = {name for one in knowledge.outlets for name in (one.name, one.owner or "")}
    for actor in knowledge.atlas.actors.values():
        found |= {name for some in actor.names.values() for name in some}
    with open_store(demo) as store:
        for article in store.article_ids():
            for row in store.reports_of_article(article):
                found |= {side.name for side in (*row.report.sources, *row.report.targets)}
    return sorted((one for one in found if is_foreign(one, "en") or is_foreign(one, "fr")),
                  key=len, reverse=True)  # fmt: skip


def is_foreign(words: str, language: str) -> bool:
    """Whether it has more small words of another language than of its own."""
    counts = {code: len(small.findall(words)) for code, small in WORDS.items()}
    return language in counts and max(counts.values()) > counts[language]


def test_words_are_in_the_language_that_the_page_names(crawled: Crawl, names: list[str]) -> None:
    @cache
    def fault(language: str, words: str) -> str | None:
        left = NO_WORDS.sub(" ", words.replace("’", "'"))
        if not is_foreign(left, language) or EXPLAINED.search(words):
            return None
        for name in names:
            left = left.replace(name.replace("’", "'"), " ")
        return f"{language}: {words[:100]}" if is_foreign(left, language) else None

    def foreign(page: Shown) -> Iterator[str]:
        if page.root.get("lang") != page.language:
            yield f"the page is in {page.root.get('lang')}"
        for language, words in shown_words(page):
            if (found := fault(language, words)) is not None:
                yield found

    assert wrong(crawled, foreign) == []


def test_no_sentence_of_ours_waits_for_its_translation(crawled: Crawl) -> None:
    with (LOCALE / "fr.po").open("rb") as file:
        ours = {
            string
            for one in read_po(file, locale="fr")
            for string, made in zip(_each(one.id), _each(one.string), strict=True)
            if re.search(r"\w", string) and string != made
        }

    def untranslated(page: Shown) -> Iterator[str]:
        if page.language == "fr":
            yield from (
                text
                for language, words in shown_words(page)
                if language == "fr" and (text := " ".join(words.split())) in ours
            )

    assert wrong(crawled, untranslated) == []


def _each(said: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (said or "",) if said is None or isinstance(said, str) else tuple(said)
