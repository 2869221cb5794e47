"""Tokens with which a member's programs ask: shown once, kept as a hash, of a scope and a time.

Out: a token, once; the account it stands for, with the lesser of its scope and the role that its
member has now. A token that is revoked stays in the list, with when it was last used.
"""

from __future__ import annotations

from typing import cast

from sqlalchemy import select, update

from dragoman.errors import AccountError
from dragoman.model.account import Account, Role, lesser, may, written_name
from dragoman.store.databases.dialects import insert
from dragoman.store.handed_out import TOKEN_PREFIX, digest_of, later, new_secret
from dragoman.store.rows import ApiToken
from dragoman.store.schema_accounts import api_tokens, members
from dragoman.store.transactions import Transactions

LONGEST_DAYS = 366
LONGEST_LABEL = 60
NOTED_AFTER = 0.1
"""Hours, as for sessions."""
_ROWS = (
    select(
        members.c.name.label("member"),
        *(one for one in api_tokens.c if one.name not in {"digest", "member_id", "nonce"}),
    )
    .join(members, members.c.id == api_tokens.c.member_id)
    .order_by(api_tokens.c.id.desc())
)


class ApiTokens(Transactions):
    def make_token(
        self, member: int, name: str, scope: Role, days: int, *, nonce: str | None = None
    ) -> str | None:
        """The token, which nobody is told again; None where the form of this nonce made one before.
        Raises AccountError for no member, a closed one, a scope above the role, a bad label or
        time."""
        label = written_name(name)
        if not 0 < len(label) <= LONGEST_LABEL or not label.isprintable():
            raise AccountError("name", f"what a token is for takes 1 to {LONGEST_LABEL} characters")
        if not 1 <= days <= LONGEST_DAYS:
            raise AccountError("token", f"a token is for 1 to {LONGEST_DAYS} days")
        secret, now = new_secret(), self._clock()
        row = {
            "digest": digest_of(secret),
            "member_id": member,
            "name": label,
            "scope": scope,
            "made_at": now,
            "until": later(now, days=days),
            "nonce": nonce,
        }
        with self._writing() as connection:
            query = select(members.c.role, members.c.closed_at).where(members.c.id == member)
            of = connection.execute(query).one_or_none()
            if of is None or of.closed_at is not None:
                raise AccountError("closed", "a token is of a member whose account is open")
            if not may(of.role, scope):
                raise AccountError("scope", f"a token of a {of.role} can't have the scope {scope}")
            made = insert(api_tokens).values(row).on_conflict_do_nothing()
            if not connection.execute(made).rowcount:
                return None
        return TOKEN_PREFIX + secret

    def bearer(self, token: str) -> Account | None:
        """Who sends it, with what it may do; None for one that is not ours, revoked, too old, or of
        a closed account."""
        digest = digest_of(token.removeprefix(TOKEN_PREFIX))
        if digest is None or not token.startswith(TOKEN_PREFIX):
            return None
        now = self._clock()
        query = (
            select(
                members.c.id,
                members.c.name,
                members.c.role,
                api_tokens.c.scope,
                api_tokens.c.used_at,
            )
            .join(members, members.c.id == api_tokens.c.member_id)
            .where(
                api_tokens.c.digest == digest,
                api_tokens.c.until > now,
                api_tokens.c.revoked_at.is_(None),
                members.c.closed_at.is_(None),
            )
        )
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.used_at is None or row.used_at < later(now, hours=-NOTED_AFTER):
            mine = update(api_tokens).where(api_tokens.c.digest == digest)
            self._note(mine.values(used_at=now))
        return Account(row.id, row.name, lesser(cast(Role, row.role), cast(Role, row.scope)))

    def tokens(self, member: int | None = None) -> list[ApiToken]:
        """Newest first, of one member or of all; those that are revoked or too old too."""
        query = _ROWS if member is None else _ROWS.where(api_tokens.c.member_id == member)
        with self._reading() as connection:
            return [ApiToken(**row._mapping) for row in connection.execute(query)]

    def revoke_token(self, number: int, *, of: int | None = None) -> ApiToken:
        """`of`: the member whose it must be. Raises AccountError where there is none, or it is
        revoked."""
        mine = (api_tokens.c.id == number) & api_tokens.c.revoked_at.is_(None)
        if of is not None:
            mine &= api_tokens.c.member_id == of
        with self._writing() as connection:
            done = connection.execute(
                update(api_tokens).where(mine).values(revoked_at=self._clock())
            )
            if not done.rowcount:
                raise AccountError(
                    "token", f"no token {number} is in use; `dragoman user tokens` shows all"
                )
            row = connection.execute(_ROWS.where(api_tokens.c.id == number)).one()
            return ApiToken(**row._mapping)
