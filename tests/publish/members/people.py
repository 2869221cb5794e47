"""Members of a test's desk, and a browser that keeps the cookies it is given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import httpx

from dragoman.model.account import ROLES, Role
from dragoman.store import open_store
from tests.publish.conftest import Client

PASSWORD = "a bridge over the strait"
NAMES: Mapping[Role, str] = {"reader": "Rosa", "moderator": "Milo", "editor": "Edda"}


def people(home: Path) -> None:
    """One member of each role; they all have the same password."""
    with open_store(home) as store:
        for role in ROLES:
            store.add_member(NAMES[role], role, PASSWORD)


def token(home: Path, role: Role, scope: Role) -> str:
    """A new token of the member of a role."""
    with open_store(home) as store:
        made = store.make_token(store.member(NAMES[role]).id, "script", scope, 9)
    assert made is not None
    return made


def cookie(home: Path, role: Role) -> str:
    """A session of the member of a role, as a browser sends it."""
    with open_store(home) as store:
        return "dragoman=" + store.open_session(store.member(NAMES[role]).id, days=1)


class Browser:
    """Asks as one browser does."""

    def __init__(self, client: Client, cookies: Mapping[str, str] | None = None) -> None:
        self._client = client
        self.cookies = dict(cookies or {})

    @property
    def headers(self) -> Mapping[str, str]:
        sent = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"cookie": sent} if sent else {}

    def get(self, path: str, accept: str = "text/html") -> httpx.Response:
        return self._kept(self._client.get(path, accept, headers=self.headers))

    def post(self, path: str, fields: Mapping[str, str]) -> httpx.Response:
        return self._kept(self._client.post(path, fields, self.headers))

    def fill(self, path: str, fields: Mapping[str, str]) -> httpx.Response:
        return self._kept(self._client.fill(path, fields, self.headers))

    def sign_in(
        self, role: Role, password: str = PASSWORD, *, to: str = "", name: str | None = None
    ) -> httpx.Response:
        fields = {"name": name or NAMES[role], "password": password, **({"to": to} if to else {})}
        return self.fill("/desk/sign-in", fields)

    def _kept(self, response: httpx.Response) -> httpx.Response:
        for name in response.cookies:
            self.cookies[name] = response.cookies[name]
        for header in response.headers.get_list("set-cookie"):
            name, _, rest = header.partition("=")
            if "Max-Age=0" in rest:
                self.cookies.pop(name, None)
        return response
