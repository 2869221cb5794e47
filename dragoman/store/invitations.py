"""Invitations: a secret with which a member sets a password once, within a few days.

In: a member, or a secret that comes back with a password. Out: a secret, once; the account. A new
invitation takes the place of an older one; using it ends all sessions, as any new password does.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, select

from dragoman.errors import AccountError
from dragoman.model.account import Account
from dragoman.store import passwords
from dragoman.store.accounts import Accounts
from dragoman.store.databases.dialects import insert
from dragoman.store.handed_out import digest_of, later, new_secret
from dragoman.store.schema_accounts import invitations, members

DAYS = 7


class Invitations(Accounts):
    def invite(self, member: int, *, by: str | None = None, why: str | None = None) -> str:
        """The secret, which nobody is told again. Raises AccountError for a closed account."""
        who = self.member(member)
        if who.closed_at is not None:
            raise AccountError("closed", f"the account of {who.name} is closed")
        secret = new_secret()
        row = {"digest": digest_of(secret), "until": later(self._clock(), days=DAYS)}
        made = insert(invitations).values(member_id=member, **row)
        with self._writing() as connection:
            connection.execute(made.on_conflict_do_update(index_elements=["member_id"], set_=row))
            self._log(connection, member, "invited", by, why)
        return secret

    def invited(self, secret: str) -> Account | None:
        """Whom an invitation is for; None for one that was used, replaced, or is too old."""
        with self._reading() as connection:
            row = connection.execute(self._invited(secret)).one_or_none()
        return Account(row.id, row.name, row.role) if row is not None else None

    def accept_invitation(self, secret: str, password: str) -> Account:
        """Set the password. Raises AccountError for a weak one, or an invitation that is none."""
        account = self.invited(secret)
        if account is None:
            raise AccountError("invitation", "this invitation was used, or is too old")
        passwords.require_strong(password, account.name)
        kept = passwords.hashed(password)
        mine = invitations.c.digest == digest_of(secret)
        with self._writing() as connection:
            if not connection.execute(delete(invitations).where(mine)).rowcount:
                raise AccountError("invitation", "this invitation was used")
            self._change(connection, account.id, "password", account.name, None, hash=kept)
        return account

    def _invited(self, secret: str) -> Select[*tuple[Any, ...]]:
        return (
            select(members.c.id, members.c.name, members.c.role)
            .join(invitations, invitations.c.member_id == members.c.id)
            .where(
                invitations.c.digest == (digest_of(secret) or ""),
                invitations.c.until > self._clock(),
                members.c.closed_at.is_(None),
            )
        )
