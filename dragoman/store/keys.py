"""The desk's own secrets: made once by chance, the same for every process that opens it.

They sign what goes out in a form or a cookie and comes back. They are in no export or snapshot.
"""

from __future__ import annotations

import secrets
from hashlib import blake2b

from sqlalchemy import select

from dragoman.store.databases.dialects import insert
from dragoman.store.schema_people import keys
from dragoman.store.transactions import Transactions

LENGTH = 32
"""Bytes of a key."""
_OF_PROCESS = secrets.token_bytes(LENGTH)


class Keys(Transactions):
    def key(self, name: str) -> bytes:
        """The secret of this name, made where there is none yet. Raises StoreError where there is
        none and the desk is open for reading only. Where nobody may write it, a secret of this
        process stands in: nothing that it signs can come back to be kept."""
        query = select(keys.c.value).where(keys.c.name == name)
        with self._reading() as connection:
            found = connection.execute(query).scalar()
        if found is not None:
            return bytes(found)
        if self._database.barred is not None:
            return blake2b(name.encode(), key=_OF_PROCESS, digest_size=LENGTH).digest()
        made = insert(keys).values(
            name=name, value=secrets.token_bytes(LENGTH), made_at=self._clock()
        )
        with self._writing() as connection:
            connection.execute(made.on_conflict_do_nothing())  # another process was the first
            return bytes(connection.execute(query).scalar_one())
