"""What an actor is quoted as saying, on its own page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.model import Kept, Quote, QuoteKind, Speaker, Stance
from dragoman.publish.pages import actor
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.app import site
from dragoman.publish.terminal.page import said_text
from dragoman.publish.views.paragraphs import anchor_at
from dragoman.publish.views.said import LEAST, MOST, UTTERANCES, Said
from dragoman.store import Store, open_store
from tests.desks import printed_again
from tests.publish.conftest import Client
from tests.publish.desk import TODAY, VERSIONS, Page, Told, events_of

SaidBy = Callable[..., tuple[Said, ...]]
PERSON = "jens-stoltenberg"


@dataclass(frozen=True)
class Words:
    """A quote to make: its words, what they are, and the word that reports them."""

    text: str
    turn: int
    kind: QuoteKind = "indirect"
    stance: Stance = "neutral"
    cue: str | None = "said"
    actor: str = PERSON
    speaker: str = "Jens Stoltenberg"


def kept_of(page: Page, words: Sequence[Words]) -> Kept:
    kept = page.kept()
    text = kept.article.text

    def place(part: str) -> tuple[int, int]:
        start = text.index(part)
        return start, start + len(part)

    quotes = tuple(
        Quote(
            *place(one.text), place(one.speaker), one.cue, one.stance, 0, one.kind,
            place(one.cue) if one.cue else None, one.turn,
            Speaker(one.actor, one.speaker, *place(one.speaker)),
        )
        for one in words
    )  # fmt: skip
    return replace(kept, reading=replace(kept.reading, quotes=quotes))


DENIAL = "In the evening Jens Stoltenberg denied that Azerbaijan had sunk the ferry."
LAMPS = Page(
    "lamps",
    [
        ("headline", "A speech at the pier"),
        ("body", "The keepers met at noon."),
        ("heading", "The lamps"),
        (
            "body",
            "“We will keep the lamps lit,” said Jens Stoltenberg, “and the keepers paid.”\n"
            "He also said that the pier would stay open.\n"
            f"{DENIAL} He praised the new buoys. He thinks that the fog will lift.",
        ),
        ("body", "Azerbaijan promised to paint the boats."),
    ],
    [Told(DENIAL, "Jens Stoltenberg", "denied", "Azerbaijan", "REJECT", None, 3)],
    actors=("AZE", "ARM", PERSON),
)
SPEECH = (
    Words("We will keep the lamps lit,", 0, "direct"),
    Words("and the keepers paid.", 0, "direct"),
    Words("that the pier would stay open", 1),
    Words("that Azerbaijan had sunk the ferry", 2, stance="deny", cue="denied"),
    Words("the new buoys", 3, "topic", "praise", "praised"),
    Words("that the fog will lift", 4, stance="think", cue="thinks"),
    Words("to paint the boats", 5, stance="promise", cue="promised", actor="AZE",
          speaker="Azerbaijan"),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def said_by(store: Store, knowledge: Knowledge) -> SaidBy:
    def ask(who: str = PERSON, *, public: bool = False) -> tuple[Said, ...]:
        view = actor.view(ReadingRoom(store, knowledge, Config(today=TODAY), public), who)
        assert view is not None
        return view.said

    return ask


@pytest.fixture
def make_client(tmp_path: Path, store: Store, knowledge: Knowledge) -> Callable[..., Client]:
    """A site over the desk with the speech on it."""
    kept = kept_of(LAMPS, SPEECH)
    store.keep(kept, VERSIONS)
    store.keep_events(events_of([LAMPS], [kept]))

    def make(*, public: bool = False) -> Client:
        return Client(lambda: site(tmp_path, Config(today=TODAY), knowledge, public=public))

    return make


def texts(line: Said) -> list[str]:
    return [piece.text for piece in line.pieces]


def test_speech_is_listed_by_turn_and_thoughts_and_topics_are_not(
    store: Store, said_by: SaidBy
) -> None:
    store.keep(kept_of(LAMPS, SPEECH), VERSIONS)
    assert [(line.word, line.cue, texts(line)) for line in said_by()] == [
        ("said", None, ["We will keep the lamps lit,", "and the keepers paid."]),
        ("said", None, ["that the pier would stay open"]),
        ("denied", None, ["that Azerbaijan had sunk the ferry"]),
    ]
    assert [line.article.outlet for line in said_by()] == ["harbour-post.example"] * 3


def test_a_state_said_what_it_is_itself_the_speaker_of(store: Store, said_by: SaidBy) -> None:
    store.keep(kept_of(LAMPS, SPEECH), VERSIONS)
    assert [(line.word, texts(line)) for line in said_by("AZE")] == [
        ("promised", ["to paint the boats"])
    ]
    assert said_by("ARM") == ()


def test_only_direct_words_stand_in_marks(make_client: Callable[..., Client]) -> None:
    page = make_client().get(f"/actor/{PERSON}").text
    assert "<q>We will keep the lamps lit,</q> … <q>and the keepers paid.</q>" in page
    assert '<strong class="stance">denied</strong>' in page
    assert '<blockquote class="words" lang="en">that Azerbaijan had sunk the ferry<' in page
    assert "the new buoys" not in page
    assert "the fog will lift" not in page


def test_no_words_no_section(make_client: Callable[..., Client]) -> None:
    client = make_client()
    assert 'id="said"' in client.get("/actor/AZE").text
    assert 'id="said"' not in client.get("/actor/ARM").text


@pytest.mark.parametrize("public", [False, True])
def test_a_link_leads_to_the_paragraph(make_client: Callable[..., Client], *, public: bool) -> None:
    """An excerpt has offsets of its own, on both pages."""
    client = make_client(public=public)
    page = client.get(f"/actor/{PERSON}").text
    found = re.findall(r'href="/article/a-lamps#(at-\d+)"', page)
    assert len(found) == (1 if public else 3)
    article = client.get("/article/a-lamps").text
    (held,) = re.findall(rf'id="{found[-1]}"[^>]*>(.*?)</div>', article, re.DOTALL)
    assert "the ferry" in held
    assert "the keepers" not in held


def test_a_public_desk_shows_only_what_its_excerpt_holds(
    make_client: Callable[..., Client],
) -> None:
    client = make_client(public=True)
    for path in (f"/actor/{PERSON}", f"/actor/{PERSON}.json"):
        text = client.get(path).text
        assert "that Azerbaijan had sunk the ferry" in text
        assert "lamps lit" not in text
        assert "would stay open" not in text
    assert 'id="said"' not in client.get("/actor/AZE").text


def test_the_twin_has_the_same_lines(make_client: Callable[..., Client]) -> None:
    twin = make_client().get(f"/actor/{PERSON}.json").json()
    assert [(one["stance"], one["word"]) for one in twin["said"]] == [
        ("neutral", "said"), ("neutral", "said"), ("deny", "denied"),
    ]  # fmt: skip
    assert twin["said"][0]["pieces"][1] == {"text": "and the keepers paid.", "kind": "direct"}
    assert twin["said"][0]["article"]["id"] == "a-lamps"


def test_a_copy_says_nothing_new(store: Store, said_by: SaidBy) -> None:
    copy = replace(LAMPS, name="again", host="www.pier-gazette.example", told=())
    for page in (LAMPS, copy):
        store.keep(kept_of(page, SPEECH), VERSIONS)
    assert len(said_by()) == 6
    store.keep_copy_links(printed_again("a-again", "a-lamps", 0.95))
    assert len(said_by()) == 3


def test_newest_articles_come_first_and_no_more_than_a_dozen_lines(
    store: Store, said_by: SaidBy
) -> None:
    number = UTTERANCES - 2
    for day in ("2024-03-10", "2024-03-12"):
        words = [Words(f"word {i:02} of {day}", i, cue=None) for i in range(number)]
        body = "Jens Stoltenberg: " + ". ".join(one.text for one in words)
        page = Page(day, [("body", body)], published=day, actors=(PERSON,))
        store.keep(kept_of(page, words), VERSIONS)
    days = ["2024-03-12"] * number + ["2024-03-10"] * 2
    said = said_by()
    assert [line.article.published and line.article.published.start for line in said] == days
    assert texts(said[0]) == ["word 00 of 2024-03-12"]
    assert texts(said[-1]) == ["word 01 of 2024-03-10"]


BRIEF, LONG = "The sea is wide.", "wave after wave " * 30
NEARLY = "x" * (MOST - LEAST + 1)


@pytest.mark.parametrize(
    ("pieces", "last", "number"),
    [
        ([LONG], " …", 1),
        ([BRIEF, LONG], " …", 2),
        ([LONG, BRIEF], " …", 1),
        ([NEARLY, BRIEF], "x …", 1),
        (["y" * (MOST * 2), BRIEF], "y …", 1),
        ([BRIEF, "The boat is small."], "small.", 2),
    ],
    ids=["long", "brief and long", "long and brief", "no room left", "no space", "both brief"],
)
def test_long_words_are_cut(
    store: Store, said_by: SaidBy, pieces: Sequence[str], last: str, number: int
) -> None:
    pieces = [piece.strip() for piece in pieces]
    page = Page(
        "long", [("body", "Jens Stoltenberg said: " + " / ".join(pieces))], actors=(PERSON,)
    )
    store.keep(kept_of(page, [Words(piece, 0, "direct") for piece in pieces]), VERSIONS)
    (line,) = said_by()
    shown = texts(line)
    assert len(shown) == number
    assert shown[-1].endswith(last)
    assert sum(map(len, shown)) <= MOST + len(" …")
    for whole, text in zip(pieces[:number], shown, strict=True):
        assert whole.startswith(text.removesuffix(" …"))


def test_the_article_s_own_word_stands_beside_a_stance_in_other_words(
    store: Store, said_by: SaidBy
) -> None:
    page = Page(
        "nie",
        [("headline", "« Rien à signaler », dit le gardien"),
         ("body", "Jens Stoltenberg nie que\nle phare soit éteint.")],
        language="fr",
        actors=(PERSON,),
    )  # fmt: skip
    store.keep(
        kept_of(
            page,
            [Words("Rien à signaler", 0, "direct", cue="dit"),
             Words("que\nle phare soit éteint", 1, stance="deny", cue="nie")],
        ),
        VERSIONS,
    )  # fmt: skip
    title, body = said_by()
    assert title.anchor is None
    assert (body.word, body.cue, texts(body)) == ("denied", "nie", ["que le phare soit éteint"])
    shown = said_text(body).plain
    assert shown.startswith("denied: que le phare soit éteint\n  harbour-post.example")
    assert said_text(title).plain.startswith("said: “Rien à signaler”")


def test_an_offset_outside_the_body_has_no_paragraph() -> None:
    article = LAMPS.article()
    assert anchor_at(article, 0) is None
    assert anchor_at(article, len(article.text) + 1) is None
    start = article.text.index("He also")
    assert anchor_at(article, start) == anchor_at(article, start + 5) == f"at-{start}"


def test_words_are_escaped(tmp_path: Path, store: Store, knowledge: Knowledge) -> None:
    evil = "<script>alert(1)</script> {{ 7 * 7 }}"
    page = Page("evil", [("body", f"Jens Stoltenberg said {evil}")], actors=(PERSON,))
    store.keep(kept_of(page, [Words(evil, 0)]), VERSIONS)
    shown = Client(lambda: site(tmp_path, Config(today=TODAY), knowledge)).get(f"/actor/{PERSON}")
    assert "<script>alert" not in shown.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}" in shown.text
