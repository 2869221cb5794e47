"""An address `postgresql://user:password@host:port/database?sslmode=…` as the driver takes it.

Out: the driver's options, and the address as it may be printed. Refuses an address without a
database and settings that it does not know.
"""

from __future__ import annotations

import getpass
import os
import ssl
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from dragoman.errors import StoreError

SCHEMES = ("postgresql", "postgres")
PORT = 5432
CONNECT_SECONDS = 10
"""How long a server is waited for that does not answer."""
KNOWN = ("host", "sslmode", "sslrootcert", "options")


@dataclass(frozen=True, slots=True)
class Address:
    url: URL

    @property
    def shown(self) -> str:
        """The address without its password, and without settings."""
        shown = self.url.set(drivername="postgresql", query={})
        return (shown.set(password="***") if self.url.password else shown).render_as_string(
            hide_password=True
        )

    def options(self) -> dict[str, Any]:
        """What the driver connects with."""
        query = {name: str(value) for name, value in self.url.query.items()}
        host, port = self.url.host or query.get("host") or "localhost", self.url.port or PORT
        found: dict[str, Any] = {
            "user": self.url.username or os.environ.get("PGUSER") or getpass.getuser(),
            "password": self.url.password or os.environ.get("PGPASSWORD"),
            "database": self.url.database,
            "application_name": "dragoman",
        }
        if host.startswith("/"):
            found["unix_sock"] = f"{host}/.s.PGSQL.{port}"
        else:
            found |= {"host": host, "port": port}
        found["ssl_context"] = _tls(query.get("sslmode", "prefer"), query.get("sslrootcert"))
        if host.startswith("/"):
            found["ssl_context"] = False
        if "options" in query:
            found["startup_params"] = {"options": query["options"]}
        return found


def address_of(text: str) -> Address:
    """The address in a text, its settings checked."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "this is not a database address; write postgresql://user@host/database"
        ) from error
    address = Address(url)
    if not url.database:
        raise StoreError(f"{address.shown} names no database; write postgresql://host/database")
    for name in url.query:
        if name not in KNOWN:
            raise StoreError(
                f"{address.shown}: {name} is no setting of an address; known are {', '.join(KNOWN)}"
            )
    address.options()
    return address


def _tls(mode: str, root: str | None) -> ssl.SSLContext | bool | None:
    match mode:
        case "disable":
            return False
        case "allow" | "prefer":
            return None  # where the server offers it
        case "require" if root is None:
            return True
        case "require" | "verify-ca" | "verify-full":
            try:
                context = ssl.create_default_context(cafile=root)
            except (OSError, ssl.SSLError) as error:
                raise StoreError(f"sslrootcert {root} can't be read: {error}") from error
            context.check_hostname = mode == "verify-full"
            return context
    raise StoreError(
        f"sslmode={mode} is not known; use disable, prefer, require, verify-ca or verify-full"
    )
