"""Stories: their members with the reason of each, and the ids that another one took in.

Keeps what it is told; which articles tell one story is decided elsewhere. A copy is no member: it
is in the story of the text that it repeats.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, update

from dragoman.model import Member, Story
from dragoman.store.copies import first_origins
from dragoman.store.rows import Membership, StoryRow
from dragoman.store.schema import tombstones
from dragoman.store.schema_joins import stories, story_members, story_redirects
from dragoman.store.signatures import Signatures, drop_story_links, write_story_links
from dragoman.store.transactions import parts

_MEMBERS = select(story_members).where(
    story_members.c.story_id.in_(bindparam("stories", expanding=True))
)
_IN_ORDER = _MEMBERS.order_by(story_members.c.day, story_members.c.article_id)
_STORIES = select(stories).where(stories.c.id.in_(bindparam("stories", expanding=True)))
_HOMES = select(story_members.c.article_id, story_members.c.story_id).where(
    story_members.c.article_id.in_(bindparam("articles", expanding=True))
)
_DROP_MEMBERS = delete(story_members).where(
    story_members.c.article_id.in_(bindparam("articles", expanding=True))
)
_NEW_MEMBERS = insert(story_members)
_NEW_STORY = insert(stories)
_TAKEN = select(
    or_(
        *(
            exists(select(column).where(column == bindparam("story")))
            for column in (stories.c.id, story_redirects.c.old_id, tombstones.c.id)
        )
    )
)
_NEWEST = (stories.c.end_day.desc().nulls_last(), stories.c.id)


class Stories(Signatures):
    def story(self, story_id: str) -> Story | None:
        """The story with this id, or the one it was merged into."""
        with self._reading() as connection:
            current = _current(connection, story_id)
        return self.stories_called([current]).get(current)

    def stories_called(self, story_ids: Sequence[str]) -> dict[str, Story]:
        """The stories with these ids, without those that were merged into others."""
        found: dict[str, Story] = {}
        with self._reading() as connection:
            for some in parts(story_ids):
                members: dict[str, list[Member]] = {}
                for one in connection.execute(_IN_ORDER, {"stories": some}):
                    member = Member(one.article_id, one.score, one.reason)
                    members.setdefault(one.story_id, []).append(member)
                for row in connection.execute(_STORIES, {"stories": some}):
                    own = tuple(members.get(row.id, ()))
                    found[row.id] = Story(row.id, row.start_day, row.end_day, own)
        return found

    def story_of(self, article_id: str) -> str | None:
        """The id of the story that an article, or the text it repeats, belongs to."""
        return self.stories_of_articles([article_id]).get(article_id)

    def stories_of_articles(self, article_ids: Collection[str]) -> dict[str, str]:
        """The stories of these articles; a copy is in the story of the text that it repeats."""
        with self._reading() as connection:
            found = _memberships(connection, article_ids)
            origins = first_origins(connection, set(article_ids) - found.keys())
            homes = _memberships(connection, set(origins.values()))
            found |= {one: homes[origin] for one, origin in origins.items() if origin in homes}
        return found

    def places_in_stories(self, article_ids: Collection[str]) -> dict[str, str]:
        """The stories that these articles are members of themselves; copies are in none."""
        with self._reading() as connection:
            return _memberships(connection, article_ids)

    def stories(
        self,
        *,
        start: str | None = None,
        end: str | None = None,
        least: int = 1,
        limit: int | None = 50,
        offset: int = 0,
    ) -> list[StoryRow]:
        """Those with news last first, undated ones at the end. `start` and `end` keep those whose
        days overlap, `least` those with so many members; without a limit, all of them."""
        query = select(stories.c.id, stories.c.start_day, stories.c.end_day, stories.c.size)
        query = query.where(stories.c.size >= least)
        if start is not None:
            query = query.where(stories.c.end_day >= start)
        if end is not None:
            query = query.where(stories.c.start_day <= end)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(*_NEWEST).limit(limit).offset(offset))
            return [StoryRow(*row) for row in rows]

    def story_members(self, story_ids: Collection[str]) -> dict[str, dict[str, Membership]]:
        """The members of these stories, without redirects."""
        found: dict[str, dict[str, Membership]] = {story: {} for story in story_ids}
        if not found:
            return found
        with self._reading() as connection:
            for row in connection.execute(_MEMBERS, {"stories": sorted(story_ids)}).all():
                place = Membership(row.day, row.nearest, row.score, row.reason)
                found[row.story_id][row.article_id] = place
        return found

    def is_story_free(self, story_id: str) -> bool:
        """Whether no story has this id, had it, or was forgotten with it."""
        with self._reading() as connection:
            return not connection.execute(_TAKEN, {"story": story_id}).scalar()

    def stories_taken_in(self, story_ids: Collection[str]) -> dict[str, str]:
        """The ids that these stories took in, each with the one that it leads to now."""
        into = story_redirects.c.story_id
        with self._reading() as connection:
            return {
                row.old_id: row.story_id
                for some in parts(story_ids)
                for row in connection.execute(select(story_redirects).where(into.in_(some)))
            }

    def keep_stories(
        self,
        before: Mapping[str, Mapping[str, Membership]],
        after: Mapping[str, Mapping[str, Membership]],
        redirects: Mapping[str, str],
    ) -> None:
        """Keep stories in place of those that their members were in. Ids of `before` that are not
        in `after` are redirected, or were those of stories that nobody tells any more."""
        with self._writing_along() as connection:
            for story, members in after.items():
                if before.get(story) != members:
                    _write_story(connection, story, members, is_new=story not in before)
            _write_members(connection, before, after)
            for old in set(before) - set(after):
                _end(connection, old, redirects.get(old))

    def keep_story_links(self, article_id: str, links: Mapping[str, float]) -> None:
        """Keep an article's links in place of those before."""
        with self._writing_along() as connection:
            drop_story_links(connection, article_id)
            write_story_links(connection, article_id, links)


def _write_story(
    connection: Connection, story: str, members: Mapping[str, Membership], *, is_new: bool
) -> None:
    days = [place.day for place in members.values() if place.day]
    values = {
        "start_day": min(days, default=None),
        "end_day": max(days, default=None),
        "size": len(members),
    }
    if is_new:
        # An id that comes back when a merge is undone is one again.
        connection.execute(delete(story_redirects).where(story_redirects.c.old_id == story))
        connection.execute(_NEW_STORY, {"id": story, **values})
    else:
        connection.execute(update(stories).where(stories.c.id == story).values(values))


def _write_members(
    connection: Connection,
    before: Mapping[str, Mapping[str, Membership]],
    after: Mapping[str, Mapping[str, Membership]],
) -> None:
    was, now = _by_article(before), _by_article(after)
    moved = sorted(a for a in {*was, *now} if was.get(a) != now.get(a))
    old = [article for article in moved if article in was]
    for some in parts(old):
        connection.execute(_DROP_MEMBERS, {"articles": some})
    rows = [
        {"article_id": article, "story_id": now[article][0], **asdict(now[article][1])}
        for article in moved
        if article in now
    ]
    if rows:
        connection.execute(_NEW_MEMBERS, rows)


def _by_article(
    stories: Mapping[str, Mapping[str, Membership]],
) -> dict[str, tuple[str, Membership]]:
    return {a: (story, place) for story, members in stories.items() for a, place in members.items()}


def _end(connection: Connection, old: str, heir: str | None) -> None:
    """End a story, redirecting it and what was redirected to it, or with nothing left of it."""
    earlier = story_redirects.c.story_id == old
    if heir is None:
        connection.execute(delete(story_redirects).where(earlier))
    else:
        connection.execute(update(story_redirects).where(earlier).values(story_id=heir))
    connection.execute(delete(stories).where(stories.c.id == old))
    if heir is not None:
        connection.execute(insert(story_redirects).values(old_id=old, story_id=heir))


def _memberships(connection: Connection, article_ids: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in parts(article_ids):
        rows = connection.execute(_HOMES, {"articles": some})
        found.update((article, story) for article, story in rows.all())
    return found


def _current(connection: Connection, story_id: str) -> str:
    """The story an id stands for now; redirects are kept one step long."""
    query = select(story_redirects.c.story_id).where(story_redirects.c.old_id == story_id)
    return connection.execute(query).scalar() or story_id
