"""The Sources page: each source with its state in words, the worst first, and who prints whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import outlets_of
from dragoman.model import Attribution, Claim, Entry, Item, Source, SourceState
from dragoman.publish.pages import sources
from dragoman.publish.pages.sources import SourceLine
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.store import Found, Store, open_store, source_id
from tests.desks import printed_again
from tests.publish.conftest import Client
from tests.publish.desk import COPY, TODAY, VERSIONS, WIRE, Page

TRIED = "2024-03-20T09:00:00+00:00"
KEYED = "https://user:word@harbour.example/feed?key=secret"
MakeRoom = Callable[..., ReadingRoom]


def add(store: Store, address: str, state: SourceState | None = None, **fields: object) -> Source:
    made = Source(source_id(address), address, "feed", state=state or SourceState())
    made = replace(made, **fields)  # type: ignore[arg-type]
    store.add_source(made)
    return made


def bring(store: Store, source: Source, days: range, monkeypatch: pytest.MonkeyPatch) -> None:
    """One entry a day in March, seen an hour after it was published."""
    for day in days:
        seen = f"2024-03-{day:02d}T09:00:00+00:00"
        monkeypatch.setattr(store, "_clock", lambda seen=seen: seen)
        entry = Entry(source.address, published=f"2024-03-{day:02d}T08:00:00+00:00")
        item = Item(f"k{day}", f"https://pages.example/{source.id}/{day}", entry)
        store.keep_visit(
            source.id, replace(source.state, succeeded=seen, tried=seen), [Found(item)]
        )


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def settled(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    add(store, "https://new.example/feed")
    add(store, "https://paused.example/feed", title="Paused Weekly", active=False)
    quiet = add(store, "https://quiet.example/feed", title="Quiet Gazette")
    bring(store, quiet, range(1, 8), monkeypatch)
    well = add(store, "https://www.bbc.com/feed", title="World news", licence="CC BY 4.0")
    bring(store, well, range(1, 21), monkeypatch)
    fault = f"{KEYED}: the server says that there is nothing here (404)"
    broken = SourceState(tried=TRIED, failures=2.0, error=fault, error_kind="gone")
    add(store, KEYED, broken, title="Gone Courier")
    return store


@pytest.fixture
def make_room(store: Store, knowledge: Knowledge) -> MakeRoom:
    def make(*, public: bool = False) -> ReadingRoom:
        return ReadingRoom(store, knowledge, Config(today=TODAY), public)

    return make


def by_title(made: sources.SourcesPage) -> dict[str, SourceLine]:
    return {line.title: line for line in made.sources}


def test_the_worst_come_first_and_each_says_its_state(settled: Store, make_room: MakeRoom) -> None:
    view = sources.view(make_room())
    assert [(line.title, line.state) for line in view.sources] == [
        ("Gone Courier", "failing"), ("Quiet Gazette", "silent"), ("new.example", "new"),
        ("World news", "well"), ("Paused Weekly", "paused"),
    ]  # fmt: skip
    assert view.states == (
        ("failing", 1), ("silent", 1), ("new", 1), ("well", 1), ("paused", 1),
    )  # fmt: skip


def test_what_is_told_of_each(settled: Store, make_room: MakeRoom) -> None:
    lines = by_title(sources.view(make_room()))
    well = lines["World news"]
    assert (well.outlet, well.licence, well.kind) == ("BBC", "CC BY 4.0", "feed")
    assert (well.lag, well.rhythm, well.copies) == ("60 min", "1 a day", "–")
    assert (well.entries, well.waiting) == (20, 20)
    assert well.last_success == "2024-03-20T09:00:00+00:00"
    assert well.address == "https://www.bbc.com/feed"
    assert "nothing new for 13 days" in lines["Quiet Gazette"].notes[0]
    assert "nothing here (404)" in lines["Gone Courier"].notes[0]
    assert lines["new.example"].last_success is None


def test_an_outlet_s_licence_is_its_sources_too(
    store: Store, make_room: MakeRoom, knowledge: Knowledge
) -> None:
    known = knowledge.outlets.by_id["bbc"]
    free = Knowledge(knowledge.root)
    free.__dict__["outlets"] = outlets_of([replace(known, licence="CC BY 4.0")])
    add(store, "https://www.bbc.com/feed")
    (line,) = sources.view(replace(make_room(), knowledge=free)).sources
    assert (line.outlet, line.licence) == ("BBC", "CC BY 4.0")


def test_others_do_not_see_addresses_with_their_keys(
    settled: Store, make_room: MakeRoom, home: Path, knowledge: Knowledge
) -> None:
    lines = by_title(sources.view(make_room(public=True)))
    assert {line.address for line in lines.values()} == {None}
    assert lines["Gone Courier"].notes == (
        "harbour.example: the server says that there is nothing here (404)",
    )
    client = Client(lambda: site(home, Config(today=TODAY), knowledge, public=True))
    for path in ("/sources", "/sources.json"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "secret" not in answer.text
        assert "user:word" not in answer.text


def test_others_do_not_see_why_entries_were_passed_over(store: Store, make_room: MakeRoom) -> None:
    add(store, "https://lake.example/feed")
    entry = Item("1", "https://lake.example/1", Entry("https://lake.example/feed"))
    passed = Found(entry, passed="it was forgotten, a person asked")
    store.keep_visit(source_id("https://lake.example/feed"), SourceState(), [passed])
    said = "1 of its entries were passed over"
    (line,) = sources.view(make_room(public=True)).sources
    assert line.notes == (said,)
    (line,) = sources.view(make_room()).sources
    assert line.notes == (f"{said} (the last: it was forgotten, a person asked)",)


def test_states_stand_in_words(settled: Store, client: Client) -> None:
    text = client.get("/sources").text
    shown = re.findall(r'<span class="state">([\w ]+)</span>', text)
    assert shown == ["failing", "silent", "new", "well", "paused"]
    assert "5 sources: 1 failing, 1 silent, 1 new, 1 well, 1 paused." in text
    assert "licence CC BY 4.0" in text
    assert text.count("never") == 3
    assert client.get("/sources.json").json()["states"][0] == ["failing", 1]


def test_an_address_that_is_no_link_is_none(store: Store, make_room: MakeRoom) -> None:
    add(store, "javascript:alert(1)")
    (line,) = sources.view(make_room()).sources
    assert line.address is None


def test_a_desk_without_sources_says_how_to_add_one(empty: Client) -> None:
    text = empty.get("/sources").text
    assert "dragoman sources add" in text
    assert "No article of the desk credits another outlet" in text


def test_every_page_leads_to_it(client: Client) -> None:
    for path in ("/", "/article/a-wire", "/none"):
        assert '<a href="/sources">Sources</a>' in client.get(path).text
    assert client.get("/method").text.count('href="/sources"') == 2


# --- who prints whom -------------------------------------------------------------------------


def named(name: str, host: str, **claims: str) -> Page:
    given = {key: Claim(value, None, None, "test") for key, value in claims.items()}
    return replace(WIRE, name=name, host=host, told=(), attribution=Attribution(**given))


def test_who_prints_whom(store: Store, make_room: MakeRoom) -> None:
    """By the name that a page credits, or by whose text it repeats; outlets under one name."""
    own = named("own", "www.pier-gazette.example")
    for page in (
        named("a", "www.bbc.com", agency="AFP"),
        named("b", "www.bbc.co.uk", agency="Agence France-Presse"),
        named("c", "www.bbc.com", first_publisher="Harbour Letters"),
        named("d", "www.bbc.com", first_publisher="BBC News"),
        own,
        replace(own, name="repeat", host="www.harbour-post.example"),
    ):
        store.keep(page.kept(), VERSIONS)
    store.keep_copy_links(printed_again("a-repeat", "a-own", 0.9))
    prints = {one.outlet: one for one in sources.view(make_room()).prints}
    assert (prints["BBC"].articles, dict(prints["BBC"].of)) == (3, {"AFP": 2, "Harbour Letters": 1})
    assert dict(prints["harbour-post.example"].of) == {
        "Coast News Agency": 1,  # the wire of every test
        "pier-gazette.example": 1,
    }
    assert dict(prints["pier-gazette.example"].of) == {"Coast News Agency": 1}
    assert COPY.host == "www.pier-gazette.example"


def test_only_the_newest_are_counted(
    store: Store, make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(named("last", "www.bbc.com", agency="AFP").kept(), VERSIONS)
    monkeypatch.setattr(sources, "ARTICLES", 1)
    assert [one.outlet for one in sources.view(make_room()).prints] == ["BBC"]
    monkeypatch.setattr(sources, "ARTICLES", 5000)
    monkeypatch.setattr(sources, "PRINTERS", 1)
    view = sources.view(make_room())
    assert (len(view.prints), view.more_printers) == (1, 2)


def test_a_cell_leads_to_the_newest_article_of_its_kind(
    store: Store, make_room: MakeRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page in (
        named("a", "www.bbc.com", agency="AFP"),
        named("b", "www.bbc.com", agency="AFP"),
        named("c", "www.bbc.com", first_publisher="Harbour Letters"),
    ):
        store.keep(page.kept(), VERSIONS)
    monkeypatch.setattr(sources, "ORIGINS", 2)
    view = sources.view(make_room())
    assert view.columns == ("AFP", "Coast News Agency")
    assert view.has_others
    (bbc,) = [one for one in view.prints if one.outlet == "BBC"]
    afp, none, rest = bbc.cells
    assert none is None
    assert afp is not None
    assert rest is not None
    assert (afp.of, afp.articles, afp.newest, afp.level) == ("AFP", 2, "a-b", 2)
    assert (rest.of, rest.articles, rest.newest, rest.level) == (None, 1, "a-c", 1)


def test_how_much_of_an_outlet_is_others_text(store: Store, make_room: MakeRoom) -> None:
    for page in (
        named("a", "www.bbc.com", agency="AFP"), named("b", "www.bbc.co.uk"),
        named("c", "www.bbc.com"),
    ):  # fmt: skip
        store.keep(page.kept(), VERSIONS)
    view = sources.view(make_room())
    first = view.outlets[0]
    assert (first.outlet, first.articles, first.printed) == ("BBC", 3, 1)
    assert first.bar == 33.3
    assert [one.articles for one in view.outlets[1:]] == [2, 1, 1]


def test_languages_say_how_far_they_are_read(store: Store, make_room: MakeRoom) -> None:
    store.keep(replace(named("ru", "www.quay.example"), language="ka").kept(), VERSIONS)
    store.keep(replace(named("el", "www.mole.example"), language="el").kept(), VERSIONS)
    found = {one.code: one for one in sources.view(make_room()).languages}
    assert (found["en"].articles, found["fr"].articles, found["ka"].articles) == (3, 1, 1)
    tiers = [found[code].tier for code in ("en", "fr", "ka", "el")]
    assert tiers == ["full", "full", "light", "none"]
    assert sum(one.share for one in found.values()) == pytest.approx(1)


def test_the_page_speaks_french(settled: Store, make_room: MakeRoom, client: Client) -> None:
    page = client.get("/fr/sources").text
    assert "Qui imprime qui" in page
    assert "1 par jour" in page
    assert (
        '<span class="note-line">rien de nouveau depuis 13 jours\u202f; elle apportait d’ordinaire '
        "1 par jour</span>" in page
    )
