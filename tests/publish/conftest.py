"""The site over a small desk, asked in-process: no socket is opened."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlencode

import anyio
import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.store import open_store
from tests.desks import printed_again
from tests.publish.desk import FERRIES, PAGES, TODAY, settle, tell_story


class Client:
    """Asks an application and gives its answers; it starts and stops with each question."""

    def __init__(self, make: Callable[[], Starlette], *, is_started: bool = False) -> None:
        self._make = make
        self._is_started = is_started

    def get(
        self,
        path: str,
        accept: str = "text/html",
        *,
        host: str = "localhost",
        language: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return anyio.run(self._ask, "GET", path, accept, host, language, headers)

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """A form as a browser sends it."""
        sent = {"content-type": "application/x-www-form-urlencoded", **(headers or {})}
        return anyio.run(
            self._ask, "POST", path, "text/html", "localhost", "", sent, urlencode(fields)
        )

    def fill(
        self,
        path: str,
        fields: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Open a form, fill it in and send it: with what it carries, unless `fields` says else."""
        page = self.get(path, headers=headers)
        assert page.status_code == 200, page.text
        carried = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        return self.post(path, {**carried, **fields}, headers)

    def head(self, path: str) -> httpx.Response:
        return anyio.run(self._ask, "HEAD", path, "*/*", "localhost")

    async def _ask(
        self,
        method: str,
        path: str,
        accept: str,
        host: str,
        language: str = "",
        more: Mapping[str, str] | None = None,
        body: str | None = None,
    ) -> httpx.Response:
        application = self._make()
        transport = httpx.ASGITransport(application, raise_app_exceptions=False)
        life = application.router.lifespan_context(application)
        async with (
            nullcontext() if self._is_started else life,
            httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
        ):
            headers = {"accept": accept, "host": host, "accept-language": language, **(more or {})}
            return await client.request(method, path, headers=headers, content=body)


@contextmanager
def staying(application: Starlette) -> Iterator[Client]:
    """Asks one application again and again before it stops."""
    life = application.router.lifespan_context(application)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(life):
        yield Client(lambda: application, is_started=True)


@pytest.fixture(scope="session")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with four articles: one is a copy, and three tell one story. To be copied."""
    home = tmp_path_factory.mktemp("ferries") / "desk"
    with open_store(home) as store:
        settle(store, PAGES)
        store.keep_copy_links(printed_again("a-copy", "a-wire", 0.93))
        tell_story(store, "s-ferries", FERRIES, "2024-03-18")
    return home


@pytest.fixture
def home(ferries: Path, tmp_path: Path) -> Path:
    """That desk, for one test."""
    return shutil.copytree(ferries, tmp_path, dirs_exist_ok=True)


@pytest.fixture
def client(home: Path, knowledge: Knowledge) -> Client:
    return Client(lambda: site(home, Config(today=TODAY), knowledge))


@pytest.fixture
def empty(tmp_path: Path, knowledge: Knowledge) -> Client:
    return Client(lambda: site(tmp_path / "new", Config(today=TODAY), knowledge))
