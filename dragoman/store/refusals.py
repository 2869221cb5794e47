"""What is refused: addresses and bytes of what was forgotten, known by their digests alone.

Works inside the caller's transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, insert, select

from dragoman.addresses import normal_address
from dragoman.store.rows import Tombstone
from dragoman.store.schema import refusals, tombstones
from dragoman.store.transactions import parts


def refusal_of(
    connection: Connection, address: str | None, body: bytes | None = None
) -> Tombstone | None:
    """The tombstone of what had this address, in any spelling, or these bytes."""
    digests = _digests([address], [] if body is None else [body])
    named = select(refusals.c.cause).where(refusals.c.digest.in_(digests))
    return tombstone_where(connection, tombstones.c.id.in_(named))


def refused_among(
    connection: Connection, named: Iterable[tuple[str | None, bytes | None]]
) -> list[bool]:
    """Of several addresses, with bytes where they are at hand: which are refused."""
    own = [_digests([address], [] if body is None else [body]) for address, body in named]
    known: set[str] = set()
    for some in parts(digest for digests in own for digest in digests):
        query = select(refusals.c.digest).where(refusals.c.digest.in_(some))
        known.update(connection.execute(query).scalars())
    return [not known.isdisjoint(digests) for digests in own]


def refuse(
    connection: Connection, cause: str, addresses: Iterable[str | None], bodies: Iterable[bytes]
) -> None:
    """From now on, as long as the tombstone `cause` stands."""
    known = select(refusals.c.digest).where(refusals.c.cause == cause)
    new = _digests(addresses, bodies) - set(connection.execute(known).scalars())
    if new:
        rows = [{"digest": digest, "cause": cause} for digest in sorted(new)]
        connection.execute(insert(refusals), rows)


def tombstone_where(connection: Connection, condition: ColumnElement[bool]) -> Tombstone | None:
    row = connection.execute(select(tombstones).where(condition).limit(1)).mappings().first()
    return None if row is None else Tombstone(**row)


def _digests(addresses: Iterable[str | None], bodies: Iterable[bytes]) -> set[str]:
    normal = {name for address in addresses if (name := normal_address(address)) is not None}
    found = {f"address:{_hex(name.encode('utf-8', 'surrogatepass'))}" for name in normal}
    return found | {f"bytes:{_hex(body)}" for body in bodies}


def _hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
