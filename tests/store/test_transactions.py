"""The desk's word: another one after what a person wrote, the same after what came by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import StoreError
from dragoman.model import Source
from dragoman.store import Store, open_store, source_id


def add(store: Store, number: int) -> bool:
    address = f"https://lake.example/{number}.xml"
    return store.add_source(Source(source_id(address), address, "feed"))


def torn(store: Store) -> None:
    with store.together():
        add(store, 2)
        raise ZeroDivisionError


def test_the_word_changes_with_every_write_but_those_of_what_arrives(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, open_store(tmp_path) as another:
        words = [store.word()]
        add(store, 1)
        words.append(store.word())
        add(another, 2)
        words.append(store.word())
        assert len(set(words)) == 3
        assert another.word() == words[-1]
        before = store.stamp()
        with another.arriving(), another.arriving():
            add(another, 3)
        assert store.stamp() != before
        assert store.word() == words[-1]
        add(another, 4)
        assert store.word() != words[-1]


def test_the_word_stays_where_nothing_was_written(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        add(store, 1)
        before = store.word()
        with store.together():
            pass
        with pytest.raises(ZeroDivisionError):
            torn(store)
        assert store.word() == before


def test_a_desk_that_can_only_be_read_has_a_word_too(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        add(store, 1)
        with open_store(tmp_path, read_only=True) as reader:
            assert reader.word() == store.word() != b""
            with pytest.raises(StoreError, match="reading only"):
                add(reader, 2)
