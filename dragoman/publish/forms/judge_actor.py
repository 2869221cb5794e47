"""Judge an actor: it is the same as another, or somebody else in some articles.

In: the actor, what a member says of it, and why. Out: a judgement, by which all articles that name
the actor are linked and coded anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.publish.forms.saying import Asked, Fault, Said, actor_in, fault_of, kept, said_of
from dragoman.publish.room import ReadingRoom
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.wording import gettext
from dragoman.store.rows import ArticleRow

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk
    from dragoman.model import Word

ARTICLES = 40
"""Newest ones that name the actor; the one that a page leads from is among them at any rate."""


@dataclass(frozen=True, slots=True)
class NamedIn:
    """An article that names the actor, and the first sentence that does, cut at the name."""

    line: ArticleLine
    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class JudgeActorPage:
    id: str
    name: str
    articles: tuple[NamedIn, ...]
    is_all: bool
    """Whether no further article names the actor."""
    names: tuple[str, ...]
    """Of others whom these articles name."""
    asked: Asked


def view(sitting: Sitting, ids: tuple[str, ...]) -> JudgeActorPage | None:
    article = sitting.asked("article")
    return _page(sitting, ids[0], Asked(Said(chosen=(article,) if article else ())))


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | JudgeActorPage | None:
    said = said_of(filled)
    page = _page(sitting, ids[0], Asked(said))
    if page is None:
        return None
    words = fault_of(filled, said, ("merge", "split")) or _fault(said)
    made = Fault(words) if words is not None else None
    judged = made or kept(sitting, said, lambda desk: _word(desk, page.id, said))
    if isinstance(judged, Fault):
        return replace(page, asked=Asked(said, fault=judged))
    return Led(f"/actor/{page.id}#judgement-{judged.id}")


def _fault(said: Said) -> str | None:
    if said.what == "merge" and not said.other:
        return gettext("Say who it is: another actor’s name, id or address.")
    if said.what == "split" and not said.chosen:
        return gettext("Choose the articles in which it is somebody else.")
    return None


def _word(desk: Desk, actor_id: str, said: Said) -> Word:
    from dragoman.desk import saying

    other = actor_in(said.other)
    if said.what == "merge":
        return saying.merge(desk, [actor_id, other])
    return saying.split(desk, actor_id, said.chosen, other or None)


def _page(sitting: Sitting, identity: str, asked: Asked) -> JudgeActorPage | None:
    room = sitting.room
    if not room.is_actor(identity):
        return None
    rows = room.store.articles_of_actor(identity, limit=ARTICLES + 1)
    shown = rows[:ARTICLES]
    shown += [one for one in _chosen(room, asked) if one not in shown]
    found = [(row, _named(room, row, identity)) for row in shown]
    others = {name for _, (_, names) in found for name in names}
    lines = Lines(room)
    return JudgeActorPage(
        id=identity,
        name=room.actor_name(identity),
        articles=tuple(NamedIn(lines.article(row), *words) for row, (words, _) in found),
        is_all=len(rows) <= ARTICLES,
        names=tuple(sorted(others)),
        asked=asked,
    )


def _chosen(room: ReadingRoom, asked: Asked) -> Iterator[ArticleRow]:
    for one in asked.said.chosen:
        row = room.store.article(one)
        if row is not None:
            yield row


def _named(
    room: ReadingRoom, row: ArticleRow, actor: str
) -> tuple[tuple[str, str, str], tuple[str, ...]]:
    """Its first sentence that names the actor, in three parts, and whom else it names."""
    kept = room.store.kept(row.article.id)
    if kept is None:
        return ("", "", ""), ()
    others = (one.actor for one in kept.references if one.actor not in {None, actor})
    names = tuple(dict.fromkeys(room.actor_name(one) for one in others if one is not None))
    text = kept.article.text
    for one in kept.references:
        at = one.mention
        if one.actor != actor or at.sentence >= len(kept.reading.sentences):
            continue
        sentence = kept.reading.sentences[at.sentence]
        parts = (sentence.start, at.start), (at.start, at.end), (at.end, sentence.end)
        before, name, after = (re.sub(r"\s+", " ", text[a:b]) for a, b in parts)
        return (before.lstrip(), name, after.rstrip()), names
    return ("", "", ""), names


FORM = Form("/actor/{id0}/judge", "judge_actor.html", view, take, role="editor", most=60_000)
