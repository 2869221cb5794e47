"""Scoring origins: what is right follows from what was planted, not from what the desk says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.copy_origins import groups_of
from benchmarks.copy_set import CopySet, Parent, Planted, Story
from benchmarks.copy_text import Piece, Text
from benchmarks.link_origins import scores
from dragoman.knowledge.outlets import Outlet, outlets_of
from dragoman.model import Article, Attribution, Block, Claim, Dated, Genre

OUTLETS = [
    Outlet("agency", "Coast Agency", domains=("agency.example",), kind="agency"),
    Outlet("lake", "Lake", domains=("lake.example",), kind="newspaper"),
    Outlet("port", "Port", domains=("port.example",), kind="newspaper", owner="Pier Press"),
    Outlet("pier", "Pier", domains=("pier.example",), kind="newspaper", owner="Pier Press"),
]
LINES = {
    "boats": "The boats that carry flour across the inner bay were tied up again this morning",
    "tide": "because the tide has stood higher at the old mole than in any spring since the war",
    "bread": "so bakers on the northern shore sold what was left of rye and closed before noon",
    "choir": "A choir of schoolchildren practised in the empty customs hall with its doors open",
    "lamps": "while two electricians changed the lamps along the sea wall one after the other",
    "fair": "and posters for the cattle fair were pasted over those of the cancelled regatta",
}


def planted(
    name: str, host: str, keys: str, minute: int, parent: str = "", **more: object
) -> Planted:
    words: Text = (Piece(f"{name} title", name), *(Piece(k, LINES[k]) for k in keys.split()))
    body = " ".join(piece.text for piece in words[1:])
    when = f"2024-03-05T10:{minute:02}+00:00"
    article = Article(
        name, f"c-{name}", body, "en", url=f"https://{host}.example/{name}",
        blocks=(Block("body", 0, len(body), "planted"),),
        published=Dated(when, when, "minute", "given"),
    )  # fmt: skip
    parents = (Parent(frozenset({parent}), "cut", "time"),) if parent else ()
    one = Planted(article, "dev", "s", parents, fetched="2024-03-06T00:00Z", words=words)
    return replace(one, **more)  # type: ignore[arg-type]


def story(*members: Planted) -> CopySet:
    ids = tuple(one.article.id for one in members)
    outlets = outlets_of(OUTLETS)
    told = [one for one in members if one.article.genre.value != "opinion"]
    known, unknown = groups_of(told, {one.article.id: one for one in members}, outlets)
    counts = len(known), len(unknown), len(members) - len(told)
    return CopySet(members, (Story("s", "dev", ids, *counts, (*known, *unknown)),), outlets)


def crediting(one: Planted, outlet: str, name: str) -> Planted:
    given = Attribution(agency=Claim(name, None, None, "planted"))
    return replace(one, article=replace(one.article, attribution=given), credited=outlet)


ROOT = planted("a", "lake", "boats tide bread", 0)
COPY = planted("b", "port", "boats tide", 9, "a")
OWN = planted("c", "pier", "choir lamps fair", 5)
CASES = [
    ((ROOT, OWN), (2, 0)),
    ((ROOT, COPY), (1, 0)),
    ((ROOT, COPY, OWN), (2, 0)),  # who prints a copy is not its source
    ((planted("d", "port", "boats tide", 1), OWN), (1, 0)),  # one owner
    ((planted("e", "nowhere", "boats tide", 1), OWN), (1, 1)),
    ((ROOT, crediting(planted("f", "nowhere", "choir fair", 1), "agency", "Coast Agency"),
      crediting(OWN, "agency", "Coast Agency")), (2, 0)),
    ((ROOT, replace(OWN, article=replace(OWN.article, genre=Genre("opinion", "x")))), (1, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("members", "count"), CASES)
def test_what_is_right(members: tuple[Planted, ...], count: tuple[int, int]) -> None:
    (one,) = story(*members).stories
    assert (one.independent, one.unknown) == count


def test_the_desk_is_scored_against_it() -> None:
    found = scores(story(ROOT, COPY, OWN), "dev")
    assert (found["stories"], found["exact"], found["gold_links"]) == (1, 1.0, 1.0)
    same = replace(ROOT.article, id="c", url=OWN.article.url)  # not planted as a copy, but one
    assert scores(story(ROOT, replace(OWN, article=same)), "dev")["exact"] == 0.0
