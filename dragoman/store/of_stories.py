"""Which articles tell a story: its members, and the texts that go back to one of them.

In: ids of stories, also of those that another one took in. Out: a SELECT of articles' ids.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, exists, or_, select

from dragoman.model import HALF
from dragoman.store.schema_joins import copies, stories, story_members, story_redirects

_REPEATS = (copies.c.position == 0, copies.c.share >= HALF)
"""Most of the text stands in the other one."""


def told_in(ids: Sequence[str]) -> Select[str]:
    """The articles of these stories; without ids, of all that more than one page tells."""
    member = story_members.c
    if ids:
        later = select(story_redirects.c.story_id).where(story_redirects.c.old_id.in_(ids))
        condition = or_(member.story_id.in_(ids), member.story_id.in_(later))
    else:
        shared = select(stories.c.id).where(stories.c.size > 1)
        again = exists().where(copies.c.origin_id == member.article_id, *_REPEATS)
        condition = or_(member.story_id.in_(shared), again)
    told = select(member.article_id).where(condition).cte(recursive=True)
    told = told.union(
        select(copies.c.article_id).join(told, copies.c.origin_id == told.c.article_id)
        .where(*_REPEATS)
    )  # fmt: skip
    return select(told.c.article_id)
