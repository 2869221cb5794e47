"""Who is signed in: sessions, each known by the hash of what its browser's cookie says.

In: a member, or a cookie that came back. Out: a cookie, once; the account it stands for. A session
ends after so many days, or so many hours without use, and is then as if it had never been.
"""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from dragoman.model.account import Account
from dragoman.store.clocks import is_near
from dragoman.store.handed_out import digest_of, later, new_secret
from dragoman.store.rows import Session
from dragoman.store.schema_accounts import members, sessions
from dragoman.store.transactions import Transactions

NOTED_AFTER = 0.1
"""Hours: a use is not written down sooner after the last one, so that reading stays reading."""


class Sessions(Transactions):
    def open_session(self, member: int, *, days: float) -> str:
        """A new one, for so many days at most: what its cookie is to say, which nobody is told
        again."""
        secret, now = new_secret(), self._clock()
        row = {
            "id": digest_of(secret),
            "member_id": member,
            "made_at": now,
            "seen_at": now,
            "until": later(now, days=days),
        }
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.until <= now))
            connection.execute(insert(sessions).values(row))
        return secret

    def signed_in(self, session: str, *, hours: float) -> Account | None:
        """Whose session it is, by its id; `hours`: without use after which it has ended."""
        now = self._clock()
        query = (
            select(members.c.id, members.c.name, members.c.role, sessions.c.seen_at)
            .join(members, members.c.id == sessions.c.member_id)
            .where(
                sessions.c.id == session,
                sessions.c.until > now,
                # As far ahead it was noted by a clock that was wrong.
                is_near(sessions.c.seen_at, now, hours=hours),
                members.c.closed_at.is_(None),
            )
        )
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.seen_at < later(now, hours=-NOTED_AFTER):
            self._note(update(sessions).where(sessions.c.id == session).values(seen_at=now))
        return Account(row.id, row.name, row.role)

    def sessions(self, member: int, *, hours: float) -> list[Session]:
        """Those of a member that have not ended, newest first."""
        now = self._clock()
        query = (
            select(sessions.c.id, sessions.c.made_at, sessions.c.seen_at, sessions.c.until)
            .where(
                sessions.c.member_id == member,
                sessions.c.until > now,
                is_near(sessions.c.seen_at, now, hours=hours),
            )
            .order_by(sessions.c.made_at.desc(), sessions.c.id)
        )
        with self._reading() as connection:
            return [Session(**row._mapping) for row in connection.execute(query)]

    def end_session(self, session: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.id == session))

    def end_other_sessions(self, member: int, session: str) -> int:
        """How many ended: all of the member's but this one."""
        others = (sessions.c.member_id == member) & (sessions.c.id != session)
        with self._writing() as connection:
            return connection.execute(delete(sessions).where(others)).rowcount
