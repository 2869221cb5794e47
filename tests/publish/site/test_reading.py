"""The pages that are read sentence by sentence: credits, roles, marks, how to cite, word diffs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Attribution, Claim, Kept, Reference
from dragoman.publish import gathering
from dragoman.publish.pages import article, event
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.publish.views.lines import may_stand_for
from dragoman.publish.wording import speaking
from dragoman.store import Store, open_store
from tests.desks import printed_again
from tests.publish.conftest import Client
from tests.publish.desk import COPY, TODAY, VERSIONS, WIRE


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(home) as opened:
        yield opened


@pytest.fixture
def room(store: Store, knowledge: Knowledge) -> ReadingRoom:
    return ReadingRoom(store, knowledge, Config(today=TODAY, address="https://desk.example/"))


def said(value: str) -> Claim:
    return Claim(value, None, None, "test")


FIRST = replace(
    COPY,
    name="again",
    attribution=Attribution(said("harbour-post.example"), said("The Pier Gazette")),
)


def test_credits_read_like_a_newspapers(client: Client, store: Store) -> None:
    store.keep(FIRST.kept(), VERSIONS)
    page = client.get("/article/a-again").text
    first = "First published by harbour-post.example; printed again by The Pier Gazette."
    assert first in page
    assert "18 March 2024, by its page" in client.get("/article/a-wire").text
    assert client.get("/article/a-wire").text.count("printed again by") == 0
    assert "Paru d’abord chez harbour-post.example" in client.get("/fr/article/a-again").text


def test_agency_that_published_first_is_credited_once(client: Client, store: Store) -> None:
    agency = said("Coast News Agency")
    both = Attribution(agency, said("The Pier Gazette"), agency)
    store.keep(replace(FIRST, attribution=both).kept(), VERSIONS)
    assert "Credited to" not in client.get("/article/a-again").text
    assert "Credited to the agency Coast News Agency." in client.get("/article/a-wire").text


def test_canonical_of_a_page_that_prints_anothers_text(room: ReadingRoom, client: Client) -> None:
    """Its first publisher's where the desk holds that; until then its own. Of others none."""
    room.store.keep(FIRST.kept(), VERSIONS)
    own = "https://www.pier-gazette.example/again"
    assert f'<link rel="canonical" href="{own}">' in client.get("/article/a-again").text
    room.store.keep_copy_links(printed_again("a-again", "a-wire", 0.9))
    first = "https://www.harbour-post.example/wire"
    assert f'<link rel="canonical" href="{first}">' in client.get("/article/a-again").text
    assert 'rel="canonical"' not in client.get("/article/a-wire").text


def test_sentences_and_events_link_to_each_other(client: Client) -> None:
    page = client.get("/article/a-wire").text
    for number in (1, 2, 3):
        report = f"r-wire-{number}"
        assert f'<a id="in-{report}" href="#{report}"' in page
        assert f'href="#in-{report}"' in page
        assert f'id="{report}" data-reports="{report}"' in page


def test_author_stands_in_the_byline_with_the_biography_below(client: Client) -> None:
    page = client.get("/article/a-wire").text
    assert re.search(r'class="byline">By <span lang="en">Coast desk</span>', page)
    assert "<strong>Coast desk</strong> writes from the coast" in page


def with_role(role: str, as_of: str | None = None) -> Kept:
    kept = WIRE.kept()
    return replace(kept, references=tuple(_held(one, role, as_of) for one in kept.references))


def _held(one: Reference, role: str, as_of: str | None) -> Reference:
    if one.actor != "jens-stoltenberg":
        return one
    mention = replace(one.mention, kind="PER")
    return replace(one, role=role, role_as_of=as_of, mention=mention)


def test_people_stand_with_their_office_on_that_day(room: ReadingRoom, client: Client) -> None:
    room.store.keep(with_role("secretary_general nato"), VERSIONS)
    view = article.view(room, "a-wire")
    assert view is not None
    first, *others = view.present
    assert (first.actor, first.office, first.body, first.times) == (
        "jens-stoltenberg", "secretary-general", "nato", 1,
    )  # fmt: skip
    assert {one.actor for one in others} == {"AZE", "ARM", "nato"}
    assert not any(one.office for one in others)
    assert "People and bodies, as of 18 March 2024" in client.get("/article/a-wire").text
    assert ", secrétaire général " in client.get("/fr/article/a-wire").text


def test_office_that_is_only_last_known_says_so(room: ReadingRoom, client: Client) -> None:
    room.store.keep(with_role("secretary_general nato", "2023-06-01"), VERSIONS)
    assert "as last known (2023-06-01)" in client.get("/article/a-wire").text


def test_office_without_a_name_is_told_by_its_id(room: ReadingRoom) -> None:
    assert room.office("keeper_of_lights") == "keeper of lights"
    with speaking("fr"):
        assert room.office("prime_minister") == "premier ministre"


def test_nobody_stands_for_a_body_that_is_not_his(room: ReadingRoom) -> None:
    """As where an event's reports name different sides."""
    assert may_stand_for(room, "jens-stoltenberg", "nato")
    assert not may_stand_for(room, "jens-stoltenberg", "GEO")
    assert not may_stand_for(room, "ARM", "AZE")
    assert may_stand_for(room, "nobody-in-the-atlas", "AZE")


def test_every_act_says_that_a_machine_read_it(client: Client) -> None:
    page = client.get("/article/a-wire").text
    assert page.count("Read by machine, confidence 0.75") == len(WIRE.told)
    assert '<a href="/event/e-met/error">report an error</a>' in page
    told = client.get("/event/e-met").text
    assert told.count("Read by machine, confidence") == 3
    assert "Lu par une machine, confiance 0,75" in client.get("/fr/event/e-met").text


def test_status_is_worded_for_readers(client: Client) -> None:
    page = client.get("/article/a-rewrite").text
    assert "told as done</span>" in page
    assert '<span class="status s-planned">planned</span>' in page
    assert '<span class="status s-planned">prévu</span>' in client.get("/fr/article/a-rewrite").text


def test_event_is_counted_and_cited_by_the_address_of_its_exports(
    room: ReadingRoom, client: Client
) -> None:
    view, item = event.view(room, "e-met"), gathering.event(room, "e-met")
    assert view is not None
    assert item is not None
    cited = view.citation
    assert cited.address == item.address == "https://desk.example/event/e-met"
    assert cited.revision == item.revision
    assert cited.day == TODAY
    assert cited.text == (
        "“Jens Stoltenberg → Azerbaijan: Consult, 17 March 2024”, Dragoman, event e-met, "
        f"revision {item.revision}, read on 20 March 2024, https://desk.example/event/e-met"
    )
    page = client.get("/event/e-met").text
    assert "<div><dt>outlets tell it</dt><dd>3</dd></div>" in page
    assert "<div><dt>separate texts</dt><dd>2</dd></div>" in page
    assert 'href="/pair/nato/AZE"' in page


def test_citation_of_what_was_not_done_says_so(room: ReadingRoom) -> None:
    view = event.view(room, "e-rewrite-2")
    assert view is not None
    assert view.citation.title == "Armenia → Azerbaijan: Consult, visit (planned), 10 April 2024"


def test_event_tells_its_revisions_no_better_than_the_store(
    room: ReadingRoom, client: Client
) -> None:
    assert "nothing of it has changed" in client.get("/event/e-wire-2").text
    known = room.store.event("e-wire-2")
    assert known is not None
    room.store.keep_events([replace(known, status="denied")])
    page = client.get("/event/e-wire-2").text
    assert "Revision 2: the desk counts the changes" in page


def test_word_diff_tells_what_changed_by_more_than_colour(client: Client, store: Store) -> None:
    """Who left out and who added is said only where it is known which text was first."""
    lines = [(label, line.replace("on Sunday", "last night")) for label, line in COPY.lines]
    told = [replace(COPY.told[0], sentence=lines[3][1])]
    store.keep(replace(COPY, name="changed", lines=lines, told=told).kept(), VERSIONS)
    page = client.get("/changes/a-changed/a-wire").text
    assert "only in harbour-post.example: </span>on Sunday" in page
    assert '<li class="added">2 words only in pier-gazette.example</li>' in page
    store.keep_copy_links(printed_again("a-changed", "a-wire", 0.9))
    page = client.get("/changes/a-changed/a-wire").text
    assert re.search(r'<del><span class="unseen" lang="en">left out: </span>on Sunday', page)
    assert re.search(r'<ins><span class="unseen" lang="en">added: </span>last night', page)
    assert '<li class="removed">2 words left out</li>' in page
    assert '<li class="added">2 words added</li>' in page
    assert "2 mots en moins" in client.get("/fr/changes/a-changed/a-wire").text


def test_public_desk_shows_of_an_excerpt_only_whom_it_names(
    home: Path, knowledge: Knowledge
) -> None:
    client = Client(lambda: site(home, Config(today=TODAY), knowledge, public=True))
    page = client.get("/article/a-wire").text
    assert "Shown here are the lead and the sentences" in page
    assert "left out: why" not in page
