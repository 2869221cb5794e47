"""The driver, with one journey to the server for a statement in place of three.

pg8000 waits for an answer after preparing a statement, after describing it and after carrying it
out, and reads each statement letter by letter for its parameters. Here SQLAlchemy writes these as
the server has them (`$1`), nothing is left to be read, and all three go out at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pg8000
from pg8000.converters import make_params
from pg8000.core import DESCRIBE, NULL_BYTE, PORTAL, SYNC_MSG, Context, _flush, _write

PARAMETERS = "numeric_dollar"
"""How statements are to be written for it."""

REFUSED = "23"
"""How the server's codes begin for a row that does not fit what is there."""


class Cursor(pg8000.Cursor):  # type: ignore[misc]
    def execute(self, operation: str, args: Sequence[Any] = (), stream: Any = None) -> Any:
        if not args:
            return super().execute(operation, args, stream)
        connection: Connection = self._c
        if not connection._in_transaction and not connection.autocommit:
            connection.execute_simple("begin transaction")
        try:
            self._context = connection.at_once(operation, args)
        except pg8000.DatabaseError as error:
            said = error.args[0] if error.args else None
            is_refused = isinstance(said, dict) and str(said.get("C")).startswith(REFUSED)
            kind = pg8000.IntegrityError if is_refused else pg8000.ProgrammingError
            raise kind(*error.args) from error
        self._row_iter = iter(self._context.rows or ())
        return self


class Connection(pg8000.Connection):  # type: ignore[misc]
    def __init__(self, **options: Any) -> None:
        try:
            super().__init__(**options)
        except pg8000.InterfaceError as error:
            # Saying goodbye to a server that has closed already hides why it did.
            why: BaseException | None = error
            while why is not None and not isinstance(why, pg8000.DatabaseError):
                why = why.__context__
            if why is None:
                raise
            raise pg8000.ProgrammingError(*why.args) from None

    def close(self) -> None:
        with suppress(pg8000.InterfaceError):  # a server that is gone needs no goodbye
            super().close()

    def cursor(self) -> Cursor:
        return Cursor(self)

    def at_once(self, statement: str, values: Sequence[Any]) -> Any:
        """Prepare a statement, describe it, carry it out; then read all answers."""
        if self._sock is None:
            raise pg8000.InterfaceError("connection is closed")
        context = Context(statement)
        parameters = make_params(self.py_types, values)
        self.send_PARSE(NULL_BYTE, statement)
        self.send_BIND(NULL_BYTE, parameters)
        self._send_message(DESCRIBE, PORTAL + NULL_BYTE)
        self.send_EXECUTE()
        _write(self._sock, SYNC_MSG)
        _flush(self._sock)
        self.handle_messages(context)
        return context
