"""What a judgement is of: its page on the site, and a few words that name it.

In: a judgement. Out: a `Subject`. What the desk holds no more goes by its id.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from dragoman.model import Event, OtherActor, SameActor
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import NOBODY
from dragoman.publish.wording import gettext
from dragoman.store.rows import Judgement


@dataclass(frozen=True, slots=True)
class Subject:
    path: str
    words: str
    language: str | None = None
    """Of the words, where they are from an article."""


def subject(room: ReadingRoom, judgement: Judgement) -> Subject:
    """The event of a report that was judged; else the event, story, article or actor itself."""
    word, identity = judgement.word, judgement.target_id
    if isinstance(word, SameActor | OtherActor):
        return Subject(f"/actor/{quote(identity, safe='')}", room.actor_name(identity))
    if identity.startswith("r-"):
        return _of_report(room, identity)
    if identity.startswith("s-"):
        return _of_story(room, identity)
    if identity.startswith("a-"):
        return _of_article(room, identity)
    event = room.store.event(identity)
    return _of_event(room, event) if event is not None else Subject(f"/event/{identity}", identity)


def _of_report(room: ReadingRoom, identity: str) -> Subject:
    row = room.store.report(identity)
    event = room.store.event(row.event_id) if row is not None and row.event_id else None
    if event is not None:
        return _of_event(room, event)
    if row is None:
        return Subject("/desk/judgements", identity)
    return _of_article(room, row.report.article_id)


def _of_event(room: ReadingRoom, event: Event) -> Subject:
    source, target = event.source_name or gettext(NOBODY), event.target_name
    act = room.category(event.category)
    words = f"{source} → {act} → {target}" if target else f"{source} → {act}"
    return Subject(f"/event/{event.id}", words)


def _of_story(room: ReadingRoom, identity: str) -> Subject:
    story = room.store.story(identity)
    first = story.members[0].article_id if story is not None and story.members else None
    title = _of_article(room, first) if first is not None else None
    path = f"/story/{story.id if story is not None else identity}"
    return Subject(path, title.words, title.language) if title else Subject(path, identity)


def _of_article(room: ReadingRoom, identity: str) -> Subject:
    row = room.store.article(identity)
    if row is None:
        return Subject(f"/article/{identity}", identity)
    title = row.article.title or identity
    return Subject(f"/article/{identity}", title, row.article.language)
