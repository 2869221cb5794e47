"""The demo desk, served to a browser on a port of this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from dragoman.cli.app import knowledge_of
from dragoman.config import load_config
from dragoman.publish.site.app import site
from dragoman.store import Store, open_store


@contextmanager
def served(home: Path, *, public: bool = False) -> Iterator[str]:
    """The address of the site while it is up."""
    config = uvicorn.Config(
        site(home, load_config(home), knowledge_of(home), public=public),
        host="127.0.0.1",
        port=0,
        log_level="error",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the site did not start"
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@dataclass(frozen=True, slots=True)
class Screen:
    """A page to be looked at: its name, and its address on the demo desk."""

    name: str
    address: str


def screens(home: Path) -> list[Screen]:
    """Each screen once, with what the demo desk tells most about."""
    with open_store(home) as store:
        told = max(store.events(limit=1000), key=lambda one: (len(one.report_ids), one.id))
        story = max(store.stories(limit=100), key=lambda row: (_members(store, row.id), row.id)).id
        article = max(
            store.article_ids(), key=lambda one: (len(store.reports_of_article(one)), one)
        )
        links = [link for one in store.article_ids() for link in store.copy_links(one)]
        copy = min(links, key=lambda link: (link.kind != "cut", link.article_id))
    return [
        Screen("today", "/"),
        Screen("article", f"/article/{article}"),
        Screen("story", f"/story/{story}"),
        Screen("event", f"/event/{told.id}"),
        Screen("actor", f"/actor/{told.target}"),
        Screen("pair", f"/pair/{told.source}/{told.target}"),
        Screen("explore", "/explore?q=peace"),
        Screen("map", "/explore?as=map"),
        Screen("table", "/explore?as=table&q=nato"),
        Screen("network", "/explore?as=network"),
        Screen("brief", "/brief?since=7d"),
        Screen("sources", "/sources"),
        Screen("method", "/method"),
        Screen("stories", "/stories"),
        Screen("changes", f"/changes/{copy.article_id}/{copy.origin_id}"),
        Screen("api", "/api"),
        Screen("embed", f"/embed/pair/{told.source}/{told.target}"),
        Screen("error", "/event/none"),
    ]


def _members(store: Store, story: str) -> int:
    found = store.story(story)
    return len(found.members) if found is not None else 0
