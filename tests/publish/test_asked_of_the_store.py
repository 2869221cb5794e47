"""How often a page asks the store: as often for a long list as for a short one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.addresses import find, seen
from dragoman.record.backing import backing_of
from dragoman.store import Store, open_store
from tests.desks import printed_again
from tests.publish.desk import TODAY, VERSIONS, WIRE, events_of, tell_story

SLACK = 6
"""Statements more that a longer list may take: a further step from copy to copy, say."""


@pytest.mark.parametrize(
    "path",
    ["/today", "/stories", "/story/s-one", "/article/a-one-0", "/event/e-met", "/actor/AZE",
     "/actor/jens-stoltenberg", "/pair/ARM/AZE", "/explore", "/explore?of=articles", "/sources"],
)  # fmt: skip
def test_a_longer_list_takes_no_more_questions(
    tmp_path: Path, knowledge: Knowledge, path: str
) -> None:
    asked = []
    for number in (4, 16):
        with open_store(tmp_path / str(number)) as store:
            fill(store, number, knowledge)
            room = ReadingRoom(store, knowledge, Config(today=TODAY))
            with counted() as statements:
                ask(room, path)
            asked.append(len(statements))
    few, many = asked
    assert 0 < many <= few + SLACK


def test_today_reads_no_more_of_more_stories(tmp_path: Path, knowledge: Knowledge) -> None:
    asked = []
    for number in (60, 240):  # more than are shown, and than are read at a time
        with open_store(tmp_path / str(number)) as store:
            for n in range(number):
                pages = [replace(WIRE, name=f"{n}-{side}") for side in ("one", "other")]
                for page in pages:
                    store.keep(page.kept(), VERSIONS)
                told = {f"a-{page.name}": "alike" for page in pages}
                tell_story(store, f"s-{n}", told, "2024-03-18")
            room = ReadingRoom(store, knowledge, Config(today=TODAY))
            with counted() as statements:
                ask(room, "/today")
            asked.append(len(statements))
    assert 0 < asked[1] <= asked[0]


def fill(store: Store, number: int, knowledge: Knowledge) -> None:
    """Stories of so many articles that tell one event together, and each some of its own; every
    second article is printed again."""
    names = [f"{story}-{n}" for story in ("one", "two") for n in range(number)]
    pages = [replace(WIRE, name=name) for name in (*names, *(f"again-{one}" for one in names[::2]))]
    every = [page.kept() for page in pages]
    for kept in every:
        store.keep(replace(kept, backing=backing_of(kept, knowledge)), VERSIONS)
    store.keep_events(events_of(pages, every))
    for one in names[::2]:
        store.keep_copy_links(printed_again(f"a-again-{one}", f"a-{one}", 0.95))
    for story in ("one", "two"):
        told = {f"a-{name}": "alike" for name in names if name.startswith(story)}
        tell_story(store, f"s-{story}", told, "2024-03-18")


def ask(room: ReadingRoom, path: str) -> None:
    plain, _, query = path.partition("?")
    found = find(plain)
    assert found is not None
    parameters = [tuple(part.split("=")) for part in query.split("&") if part]
    assert seen(room, *found, parameters) is not None  # type: ignore[arg-type]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are put to any database."""
    statements: list[str] = []

    def note(*about: object) -> None:
        if about[2] != "BEGIN":
            statements.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
