"""The members of a desk: who may sign in, as what, and what was done to their accounts.

Out: accounts and rows, never a hash. An account is closed, not removed: what its member did keeps
its name. The last editor stays. Each change is logged with who made it and why.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from dragoman.errors import AccountError
from dragoman.model.account import LONGEST_NAME, Account, AccountDeed, Role, name_key, written_name
from dragoman.store import passwords
from dragoman.store.rows import Member, MemberChange
from dragoman.store.schema_accounts import invitations, member_changes, members, sessions
from dragoman.store.transactions import Transactions

_SEEN = (
    select(func.max(sessions.c.seen_at))
    .where(sessions.c.member_id == members.c.id)
    .scalar_subquery()
)
_ROWS = (
    select(
        *(one for one in members.c if one.name not in {"key", "hash"}),
        members.c.hash.is_not(None).label("has_password"),
        _SEEN.label("seen_at"),
        invitations.c.until.label("invited_until"),
    )
    .outerjoin(invitations, invitations.c.member_id == members.c.id)
    .order_by(members.c.key)
)


class Accounts(Transactions):
    def add_member(
        self,
        name: str,
        role: Role,
        password: str | None = None,
        *,
        by: str | None = None,
        why: str | None = None,
    ) -> Account:
        """A new member; without a password they need an invitation. Raises AccountError for a name
        that is taken or none, and a weak password."""
        written = _require_name(name)
        kept = _strong(password, written) if password is not None else None
        row = {
            "name": written,
            "key": name_key(written),
            "role": role,
            "hash": kept,
            "made_at": self._clock(),
        }
        with self._writing() as connection:
            try:
                made = connection.execute(insert(members).values(row))
            except IntegrityError as fault:
                raise AccountError(
                    "taken", f"a member is called {written} already; `dragoman user list` shows all"
                ) from fault
            (number,) = made.inserted_primary_key or (0,)
            self._log(connection, number, "added", by, why, role=role)
        return Account(number, written, role)

    def members(self) -> list[Member]:
        """By name, those whose account is closed too."""
        with self._reading() as connection:
            return [Member(**row._mapping) for row in connection.execute(_ROWS)]

    def member(self, which: int | str) -> Member:
        """By number or name. Raises AccountError where there is none."""
        by_number = isinstance(which, int)
        mine = members.c.id == which if by_number else members.c.key == name_key(str(which))
        with self._reading() as connection:
            row = connection.execute(_ROWS.where(mine)).one_or_none()
        if row is None:
            raise AccountError("unknown", f"no member is {which}; `dragoman user list` shows all")
        return Member(**row._mapping)

    def now(self) -> str:
        """By the clock that says when sessions, tokens and invitations end."""
        return self._clock()

    def has_members(self) -> bool:
        with self._reading() as connection:
            return bool(connection.execute(select(exists(select(members.c.id)))).scalar())

    def known_by(self, name: str, password: str) -> Account | None:
        """The member who signs in so; None for a wrong password, a closed account, and a name that
        nobody has, all at the same cost."""
        query = select(members).where(members.c.key == name_key(name))
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        is_right = passwords.is_right(password, row.hash if row is not None else None)
        if row is None or not is_right or row.closed_at is not None:
            return None
        if passwords.is_outdated(row.hash):
            kept = passwords.hashed(password)
            with self._writing() as connection:
                mine = (members.c.id == row.id) & (members.c.hash == row.hash)
                connection.execute(update(members).where(mine).values(hash=kept))
        return Account(row.id, row.name, row.role)

    def set_role(
        self, member: int, role: Role, *, by: str | None = None, why: str | None = None
    ) -> Member:
        """Sessions end. Raises AccountError for the last editor."""
        with self._writing() as connection:
            row = _row(connection, member)
            if row.role != role:
                if role != "editor":
                    _require_another_editor(connection, row)
                self._change(connection, member, "role", by, why, role=role)
            return self.member(member)

    def set_password(
        self, member: int, password: str, *, by: str | None = None, why: str | None = None
    ) -> Member:
        """Sessions end, and an invitation with them. Raises AccountError for a weak one."""
        kept = _strong(password, self.member(member).name)
        with self._writing() as connection:
            self._change(connection, member, "password", by, why, hash=kept)
            connection.execute(delete(invitations).where(invitations.c.member_id == member))
            return self.member(member)

    def close_account(
        self, member: int, *, by: str | None = None, why: str | None = None
    ) -> Member:
        """Sessions and an invitation end; tokens are refused. Raises AccountError for the last
        editor, and where it is closed already."""
        with self._writing() as connection:
            row = _row(connection, member)
            if row.closed_at is not None:
                raise AccountError("closed", f"the account of {row.name} is closed already")
            _require_another_editor(connection, row)
            self._change(connection, member, "closed", by, why, closed_at=self._clock())
            connection.execute(delete(invitations).where(invitations.c.member_id == member))
            return self.member(member)

    def reopen_account(
        self, member: int, *, by: str | None = None, why: str | None = None
    ) -> Member:
        """With the role and the password it had. Raises AccountError where it is open."""
        with self._writing() as connection:
            row = _row(connection, member)
            if row.closed_at is None:
                raise AccountError("open", f"the account of {row.name} is open")
            self._change(connection, member, "reopened", by, why, closed_at=None)
            return self.member(member)

    def member_changes(self, limit: int = 100, *, of: int | None = None) -> list[MemberChange]:
        """What was done to accounts, or to that of one member, newest first."""
        log = member_changes.c
        query = (
            select(log.at, members.c.name.label("member"), log.what, log.role, log.by, log.why)
            .join(members, members.c.id == log.member_id)
            .order_by(log.id.desc())
            .limit(limit)
        )
        if of is not None:
            query = query.where(log.member_id == of)
        with self._reading() as connection:
            return [MemberChange(**row._mapping) for row in connection.execute(query)]

    def _change(
        self,
        connection: Connection,
        member: int,
        what: AccountDeed,
        by: str | None,
        why: str | None,
        **values: str | None,
    ) -> None:
        connection.execute(update(members).where(members.c.id == member).values(**values))
        connection.execute(delete(sessions).where(sessions.c.member_id == member))
        self._log(connection, member, what, by, why, role=values.get("role"))

    def _log(
        self,
        connection: Connection,
        member: int,
        what: AccountDeed,
        by: str | None,
        why: str | None,
        *,
        role: str | None = None,
    ) -> None:
        row = {
            "member_id": member,
            "what": what,
            "role": role,
            "by": by,
            "why": why or None,
            "at": self._clock(),
        }
        connection.execute(insert(member_changes).values(row))


def _row(connection: Connection, member: int) -> Row[*tuple[Any, ...]]:
    query = select(*(one for one in members.c if one.name != "key"))
    row = connection.execute(query.where(members.c.id == member)).one_or_none()
    if row is None:
        raise AccountError("unknown", f"there is no member {member}")
    return row


def _require_another_editor(connection: Connection, row: Row[*tuple[Any, ...]]) -> None:
    """Only who can sign in counts: somebody must be left to let others in."""
    if row.role != "editor" or row.hash is None or row.closed_at is not None:
        return
    others = select(func.count()).where(
        members.c.role == "editor",
        members.c.closed_at.is_(None),
        members.c.hash.is_not(None),
        members.c.id != row.id,
    )
    if not connection.execute(others).scalar():
        raise AccountError(
            "last-editor",
            f"{row.name} is the last editor who can sign in; "
            "make another one with `dragoman user add NAME --role editor` first",
        )


def _require_name(name: str) -> str:
    written = written_name(name)
    if not 0 < len(written) <= LONGEST_NAME or any(
        unicodedata.category(sign)[0] == "C" for sign in written
    ):
        raise AccountError("name", f"a name has 1 to {LONGEST_NAME} characters that can be seen")
    return written


def _strong(password: str, name: str) -> str:
    passwords.require_strong(password, name)
    return passwords.hashed(password)
