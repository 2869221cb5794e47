"""Judge a story: it is one with another, or some of its articles tell of something else.

In: the story, what a member says of it, and why. Out: a judgement that the record follows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.publish.forms.saying import Asked, Fault, Said, fault_of, id_in, kept, said_of
from dragoman.publish.sitting import Filled, Form, Led, Sitting
from dragoman.publish.views.candidates import like_story
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.views.storylines import StoryLine, story_line
from dragoman.publish.wording import gettext

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk
    from dragoman.model import Word


@dataclass(frozen=True, slots=True)
class JudgeStoryPage:
    """`articles`: its own with why each is in it; copies go where the text goes that they copy."""

    id: str
    line: StoryLine
    articles: tuple[tuple[ArticleLine, str], ...]
    candidates: tuple[StoryLine, ...]
    asked: Asked


def view(sitting: Sitting, ids: tuple[str, ...]) -> JudgeStoryPage | None:
    return _page(sitting, ids[0], Asked())


def take(sitting: Sitting, ids: tuple[str, ...], filled: Filled) -> Led | JudgeStoryPage | None:
    said = said_of(filled)
    page = _page(sitting, ids[0], Asked(said))
    if page is None:
        return None
    words = fault_of(filled, said, ("merge", "split")) or _fault(said)
    made = Fault(words) if words is not None else None
    judged = made or kept(sitting, said, lambda desk: _word(desk, page.id, said))
    if isinstance(judged, Fault):
        return replace(page, asked=Asked(said, fault=judged))
    now = sitting.desk.story(page.id)
    return Led(f"/story/{now.id if now is not None else page.id}#judgement-{judged.id}")


def _fault(said: Said) -> str | None:
    if said.what == "merge" and not said.other:
        return gettext("Choose the other story, or give its address.")
    if said.what == "split" and not said.chosen:
        return gettext("Choose the articles that tell of something else.")
    return None


def _word(desk: Desk, story_id: str, said: Said) -> Word:
    from dragoman.desk import saying

    if said.what == "merge":
        return saying.merge(desk, [story_id, id_in(said.other)])
    return saying.split(desk, story_id, said.chosen)


def _page(sitting: Sitting, identity: str, asked: Asked) -> JudgeStoryPage | None:
    room, lines = sitting.room, Lines(sitting.room)
    story = room.store.story(identity)
    if story is None:
        return None
    rows = ((room.store.article(one.article_id), one.reason) for one in story.members)
    articles = tuple((lines.article(row), reason) for row, reason in rows if row is not None)
    return JudgeStoryPage(
        id=story.id,
        line=story_line(room, lines, story),
        articles=articles,
        candidates=like_story(room, lines, story),
        asked=asked,
    )


FORM = Form("/story/{id0}/judge", "judge_story.html", view, take, role="editor")
