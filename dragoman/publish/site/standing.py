"""The query that a page stands for: what it lists can be taken away, and followed, by that.

In: a page's ids, and the parameters of its address. Out: a query's text; None where the desk holds
nothing under these ids. It refuses what the query language has no words for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dragoman.model.query import (
    And,
    Between,
    InLanguage,
    OfActor,
    OfCategory,
    OfEvent,
    OfPair,
    OfQuad,
    OfStatus,
    OfStory,
    OfTelling,
    OriginsOf,
    Query,
)
from dragoman.publish.pages.today import HAPPENS, first_day
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.asking import Unanswerable, asked
from dragoman.publish.views.wanted import wanted_of
from dragoman.query import read_query, written
from dragoman.record.dossier import Choice

Parameters = Sequence[tuple[str, str]]
Standing = Callable[[ReadingRoom, Sequence[str], Parameters], str | None]
TOGETHER = "what two did together can't be taken away apart from the rest; leave by=both out"


def of_actor(room: ReadingRoom, ids: Sequence[str], parameters: Parameters) -> str | None:
    """Every event in which the actor is a side, and what of it is asked for."""
    if not room.is_actor(ids[0]):
        return None
    choice = _choice(room, parameters)
    who = {"ab": OfActor((ids[0],), "source"), "ba": OfActor((ids[0],), "target")}
    own = OfActor((ids[0],)) if choice.way is None else who[choice.way]
    return _joined(room, own, choice)


def of_pair(room: ReadingRoom, ids: Sequence[str], parameters: Parameters) -> str | None:
    """The events of a pair's page, and what of them is asked for."""
    a, b = ids
    if a == b or not (room.is_actor(a) and room.is_actor(b)):
        return None
    choice = _choice(room, parameters)
    source, target = (a, b) if choice.way == "ab" else (b, a)
    way = (OfActor((source,), "source"), OfActor((target,), "target")) if choice.way else ()
    return _joined(room, And((OfPair(a, b), *way)), choice)


def of_event(room: ReadingRoom, ids: Sequence[str], _parameters: Parameters) -> str | None:
    event = room.store.event(ids[0])
    return written(OfEvent((event.id,))) if event is not None else None


def of_story(room: ReadingRoom, ids: Sequence[str], _parameters: Parameters) -> str | None:
    story = room.store.story(ids[0])
    return written(OfStory((story.id,))) if story is not None else None


def of_stories(_room: ReadingRoom, _ids: Sequence[str], _parameters: Parameters) -> str | None:
    return written(OfStory())


def of_today(room: ReadingRoom, _ids: Sequence[str], _parameters: Parameters) -> str | None:
    """What is told as news of the days that Today looks back over."""
    days = Between(first_day(room.today), room.today)
    return written(And((OfTelling(("news",)), OfStatus(tuple(sorted(HAPPENS))), days)))


def of_search(_room: ReadingRoom, _ids: Sequence[str], parameters: Parameters) -> str | None:
    return wanted_of(parameters).text


def _choice(room: ReadingRoom, parameters: Parameters) -> Choice:
    book = room.knowledge.codebook
    choice = asked(parameters, lambda name: book.find(name) is not None).choice
    if choice.way == "both":
        raise Unanswerable(TOGETHER)
    return choice


def _joined(room: ReadingRoom, own: Query, choice: Choice) -> str:
    parts: list[Query] = [*own.parts] if isinstance(own, And) else [own]
    if choice.categories:
        parts.append(OfCategory(tuple(choice.categories)))
    if choice.quads:
        parts.append(OfQuad(tuple(choice.quads)))
    if choice.statuses:
        parts.append(OfStatus(tuple(choice.statuses)))  # type: ignore[arg-type]  # checked by asked
    if choice.told_as:
        parts.append(OfTelling(tuple(choice.told_as)))  # type: ignore[arg-type]
    if choice.languages:
        parts.append(InLanguage(tuple(choice.languages)))
    if choice.origins:
        parts.append(OriginsOf(choice.origins, None))
    made = written(And(tuple(parts)))
    for field, moment in (("after", choice.first), ("before", choice.last)):
        made += f" {field}:{moment}" if moment is not None else ""
    # Read and written again, it is the same text for all ways of asking the same.
    return written(read_query(made, room.knowledge))
