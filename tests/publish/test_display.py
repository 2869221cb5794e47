"""The rule of a public desk, held over every page of the demo desk, in HTML and JSON."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import anyio
import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import outlets_of
from dragoman.model import (
    BODY_LABELS,
    Article,
    Attribution,
    Capture,
    Claim,
    Entry,
    Item,
    Kept,
    Source,
    SourceState,
    Verdict,
)
from dragoman.publish.display import Display
from dragoman.publish.excerpt import excerpt, lead
from dragoman.publish.site.app import site
from dragoman.store import Found, open_store, source_id
from tests.contract import checked
from tests.publish.conftest import Client
from tests.publish.desk import COPY, TODAY, VERSIONS, WIRE, Page, settle

FEWEST_WORDS = 5
"""A run of fewer words may stand anywhere by chance."""
WORD = re.compile(r"[^\W_]+")
Paths = list[str]


@dataclass
class Demo:
    home: Path
    articles: list[Kept]

    def paths(self) -> Paths:
        """Every page that the desk has."""
        with open_store(self.home) as store:
            events = {
                row.event_id
                for kept in self.articles
                for row in store.reports_of_article(kept.article.id)
            }
            made = store.events(limit=1000)
            stories = [row.id for row in store.stories(limit=100)]
            copied = [
                (link.article_id, link.origin_id)
                for kept in self.articles
                for link in store.copy_links(kept.article.id)
            ]
        actors = {one for event in made for one in (event.source, event.target) if one}
        pairs = {(e.source, e.target) for e in made if e.source and e.target}
        return [
            "/today", "/brief", "/stories", "/sources", "/method",
            *(f"/story/{one}" for one in stories),
            *(f"/changes/{copy}/{origin}" for copy, origin in copied),
            *(f"/article/{kept.article.id}" for kept in self.articles),
            *(f"/event/{one}" for one in sorted(filter(None, events))),
            *(f"/actor/{one}" for one in sorted(actors)),
            *(f"/pair/{a}/{b}" for a, b in sorted(pairs) if a != b),
        ]  # fmt: skip


@pytest.fixture(scope="module")
def demo(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    home = shutil.copytree(filled, tmp_path_factory.mktemp("demo") / "desk")
    with open_store(home) as store:
        kept = [found for i in store.article_ids() if (found := store.kept(i)) is not None]
        event = next(row.event_id for row in store.reports_of_article(kept[0].article.id))
        store.judge(
            Verdict("confirm", event or ""), "a note of the desk that is not for others", "a keeper"
        )
    return Demo(home, kept)


@contextmanager
def served(demo: Demo, knowledge: Knowledge, *, public: bool) -> Iterator[Client]:
    """Its site, which stays up from one question to the next."""
    application = site(demo.home, Config(today=TODAY), knowledge, public=public)
    life = application.router.lifespan_context

    @asynccontextmanager
    async def staying(_app: object) -> AsyncIterator[None]:
        yield

    async def stop() -> None:
        async with life(application):
            pass

    application.router.lifespan_context = staying
    try:
        yield Client(lambda: application)
    finally:
        anyio.run(stop)


@cache
def flat(text: str) -> str:
    """Words alone, so that marks and line ends between them don't count."""
    return " " + " ".join(WORD.findall(text.lower())) + " "


def allowed(article: Article, kept: Kept) -> Iterator[str]:
    """What the rule names, taken from the whole article and not by the code that is tested."""
    yield article.title or ""
    yield from (report.evidence_text for report in kept.reports)
    first = lead(article)
    yield article.text[slice(*first)] if first is not None else ""
    yield from (f"{author.name} {author.about or ''}" for author in article.authors)
    yield from (f"{image.caption or ''} {image.credit or ''}" for image in article.images)
    for block in article.blocks:
        if block.label in {"headline", "caption", "credit", "byline", "dateline", "syndication"}:
            yield article.text[block.start : block.end]


def forbidden(demo: Demo) -> set[str]:
    """Sentences of bodies and lines of furniture that stand in nothing that is allowed."""
    may = [flat(text) for kept in demo.articles for text in allowed(kept.article, kept)]
    found = set()
    for kept in demo.articles:
        article = kept.article
        sentences = [article.text[s.start : s.end] for s in kept.reading.sentences]
        rest = (b for b in article.blocks if b.label not in BODY_LABELS)
        lines = [line for b in rest for line in article.text[b.start : b.end].split("\n")]
        # Year and outlet may stand beside each other on any page.
        lines = [line for line in lines if not line.lstrip().startswith("©")]
        found |= {
            flat(one) for one in (*sentences, *lines) if len(flat(one).split()) >= FEWEST_WORDS
        }
    return {one for one in found if not any(one in text for text in may)}


def seen(body: str) -> str:
    """A page's or a twin's text as words; escapes of HTML and JSON undone."""
    return flat(html.unescape(re.sub(r"<sup.*?</sup>|<[^>]+>", "", body)))


def leaks(client: Client, paths: Paths, secrets: set[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page, twin = client.get(path), client.get(f"{path}.json")
        if path.startswith("/event/") and "not shown on a public desk" in page.text:
            assert (page.status_code, twin.status_code) == (404, 404), path
            continue
        assert (page.status_code, twin.status_code) == (200, 200), path
        strings = "|".join(flat(one) for one in texts(json.loads(twin.text)))
        for name, words in ((path, seen(page.text)), (f"{path}.json", strings)):
            if told := [one for one in secrets if one in words]:
                found[name] = told
    return found


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


@pytest.fixture(scope="module")
def secrets(demo: Demo) -> set[str]:
    return forbidden(demo) | {flat("a note of the desk that is not for others"), flat("a keeper")}


def test_no_page_shows_more_than_the_rule_allows(
    demo: Demo, secrets: set[str], knowledge: Knowledge
) -> None:
    assert len(secrets) > 100
    with served(demo, knowledge, public=True) as client:
        assert leaks(client, demo.paths(), secrets) == {}


def test_the_test_sees_what_a_private_desk_shows(
    demo: Demo, secrets: set[str], knowledge: Knowledge
) -> None:
    paths = [path for path in demo.paths() if path.startswith("/article/")]
    with served(demo, knowledge, public=False) as client:
        shown = leaks(client, paths, secrets)
    assert {path.removesuffix(".json") for path in shown} == set(paths)
    told = {one for found in shown.values() for one in found}
    assert len(told) > 0.9 * len(secrets)


def test_public_twins_keep_the_contract(demo: Demo, knowledge: Knowledge) -> None:
    with served(demo, knowledge, public=True) as client:
        twins = [client.get(f"/article/{kept.article.id}.json").text for kept in demo.articles]
    for kept, twin in zip(demo.articles, twins, strict=True):
        line = checked(twin)
        with open_store(demo.home) as store:
            shown = store.for_public().kept(kept.article.id)
        assert shown is not None
        assert [r.evidence.text for r in line.reports] == [r.evidence_text for r in shown.reports]
        assert "text" in {doubt.field for doubt in line.doubts}


def test_a_public_page_leads_to_the_whole(home: Path, knowledge: Knowledge) -> None:
    client = Client(lambda: site(home, Config(today=TODAY), knowledge, public=True))
    address = 'href="https://www.harbour-post.example/wire"'
    for path in ("/article/a-wire", "/event/e-met", "/pair/nato/AZE"):
        assert address in client.get(path).text
    text = client.get("/article/a-wire").text
    assert "Read the whole article at its publisher" in text
    assert "The boats will sail" not in text
    assert "<img" not in text
    private = Client(lambda: site(home, Config(today=TODAY), knowledge))
    assert "The boats will sail" in private.get("/article/a-wire").text
    assert "Read the whole article" not in private.get("/article/a-wire").text


# --- licences --------------------------------------------------------------------------------


@pytest.fixture
def licensed(knowledge: Knowledge) -> Knowledge:
    """As the desk knows it, with one outlet of a free licence, and one without."""
    found = Knowledge(knowledge.root)
    free, other = list(knowledge.outlets)[:2]
    found.__dict__["outlets"] = outlets_of(
        [
            replace(free, id="harbour", name="Harbour Post", names=(), feeds=(),
                    domains=("harbour-post.example",), kind="newspaper", licence="CC BY 4.0"),
            replace(other, id="pier", name="Pier Gazette", names=(), feeds=(),
                    domains=("pier-gazette.example",), kind="newspaper", licence=None),
        ]
    )  # fmt: skip
    return found


OWN = replace(WIRE, name="own", attribution=Attribution())


@pytest.mark.parametrize(
    ("page", "licence"),
    [
        (OWN, "CC BY 4.0"),
        (WIRE, None),
        (replace(OWN, host="www.pier-gazette.example"), None),
        (replace(OWN, host="www.unknown.example"), None),
        (
            replace(COPY, attribution=Attribution(Claim("Harbour Post", None, None, "footer"))),
            "CC BY 4.0",
        ),
        (replace(OWN, attribution=Attribution(Claim("Pier Gazette", None, None, "footer"))), None),
    ],
    ids=["its own text", "an agency's text", "no licence", "unknown outlet",
         "a free text printed elsewhere", "another's text"],
)  # fmt: skip
def test_an_outlet_s_licence_covers_its_own_texts(
    tmp_path: Path, licensed: Knowledge, page: Page, licence: str | None
) -> None:
    made = page.kept()
    with open_store(tmp_path) as store:
        store.keep(made, VERSIONS)
        display = Display(store, licensed.outlets, public=True)
        assert display.licence(made.article) == licence
        assert display.shown(made) == (made if licence else excerpt(made))
        assert Display(store, licensed.outlets).shown(made) == made


def test_a_licensed_text_is_shown_whole_with_its_licence(
    tmp_path: Path, licensed: Knowledge
) -> None:
    with open_store(tmp_path) as store:
        settle(store, [OWN])
    client = Client(lambda: site(tmp_path, Config(today=TODAY), licensed, public=True))
    text = client.get("/article/a-own").text
    assert "The boats will sail" in text
    assert "licence: CC BY 4.0" in text
    assert "Read the whole article" not in text
    assert client.get("/article/a-own.json").json()["article"]["text"] == OWN.article().text


def test_a_source_s_licence_is_the_keeper_s_word(tmp_path: Path, knowledge: Knowledge) -> None:
    feed = "https://www.harbour-post.example/feed"
    made = WIRE.kept()
    capture = Capture(made.article.capture_id, "page", "text/html", b"x", url=made.article.url)
    with open_store(tmp_path) as store:
        store.add_source(Source(source_id(feed), feed, "feed", licence="by letter of 2024"))
        store.keep_visit(
            source_id(feed),
            SourceState(),
            [Found(Item("1", made.article.url, Entry(feed)), capture)],
        )
        store.keep(made, VERSIONS)
        display = Display(store, knowledge.outlets, public=True)
        assert display.licence(made.article) == "by letter of 2024"
        assert display.shown(made) == made
