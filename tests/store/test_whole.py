"""All of an article or nothing: after an error, after a killed process, and beside readers."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import dragoman.store
from dragoman.errors import StoreError
from dragoman.model import Event, Kept, Printing
from dragoman.model.query import Words
from dragoman.store import Store, keeping, open_store

MakeKept = Callable[..., Kept]
SOURCE = Path(dragoman.store.__file__).parents[2]

STOPS_INSIDE = """
import pickle, sys, time
from dragoman.store import keeping, open_store
first, second = pickle.load(open(sys.argv[2], "rb"))
store = open_store(sys.argv[1])
store.keep(first, {"record": "1"})
def stop(*_, now):
    print("inside", flush=True)
    time.sleep(60)
keeping.write_events = stop
store.keep(second, {"record": "1"})
"""
KEEPS_ON = """
import pickle, sys
from dragoman.store import open_store
store = open_store(sys.argv[1])
for number, kept in enumerate(pickle.load(open(sys.argv[2], "rb"))):
    store.keep(kept, {"record": "1"})
    if number == 20:
        print("inside", flush=True)
"""


def start(script: str, address: Path | str, own: Path, kept: list[Kept]) -> subprocess.Popen[bytes]:
    """Run the script on these articles until it says that it is inside."""
    (own / "kept.pickle").write_bytes(pickle.dumps(kept))
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(address), str(own / "kept.pickle")],
        stdout=subprocess.PIPE,
        cwd=SOURCE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"inside\n"
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_an_error_inside_leaves_nothing(
    store: Store, make_kept: MakeKept, versions: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(make_kept(), versions)
    changed = make_kept(body="Quite another text.", reports=("second",))

    def fail(*_arguments: object, now: str) -> bool:
        raise KeyError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "write_events", fail)
        for kept in (changed, make_kept("two")):
            with pytest.raises(KeyError, match="middle"):
                store.keep(kept, versions)
    assert store.kept("a-one") == make_kept()
    assert store.article_ids() == ["a-one"]
    assert store.find_articles(Words(("another",))) == []
    assert store.report("r-one-second") is None
    assert store.keep(changed, versions)


def test_together_is_all_or_nothing(
    store: Store, make_kept: MakeKept, make_event: Callable[..., Event], versions: dict[str, str]
) -> None:
    def keep_and_fail() -> None:
        with store.together():
            store.keep(make_kept(), versions)
            assert store.article_ids() == ["a-one"]
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        keep_and_fail()
    assert store.article_ids() == []
    printing = Printing("a-one", 7, 2, "", "9999", "harbour.example")
    with store.together():
        store.keep(make_kept(), versions)
        with pytest.raises(StoreError):  # this part alone is undone
            store.keep(make_kept("two"), versions, events=[make_event("x", ["r-none"])])
        store.keep_printing(printing, moment="9999 2", period=-1, words=b"", keys=[1, 2])
    assert store.article_ids() == ["a-one"]
    assert store.printing("a-one") == (printing, -1)


def test_a_killed_process_leaves_nothing_of_the_article_it_was_keeping(
    address: Path | str, tmp_path: Path, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    first, second = make_kept(), make_kept("two", reports=("x", "y"))
    kill(start(STOPS_INSIDE, address, tmp_path, [first, second]))
    with open_store(address) as store:
        assert store.kept("a-one") == first
        assert store.article_ids() == ["a-one"]
        assert store.counts()["reports"] == 1
        assert store.articles_of_actor("AZE")[0].article.id == "a-one"
        assert store.keep(second, versions)
        assert store.kept("a-two") == second


def test_killed_at_any_moment_every_article_is_whole(
    address: Path | str, tmp_path: Path, make_kept: MakeKept
) -> None:
    kept = [make_kept(f"n{n}", reports=("x", "y", "z")) for n in range(2000)]
    process = start(KEEPS_ON, address, tmp_path, kept)
    time.sleep(0.1)
    kill(process)
    with open_store(address) as store:
        ids = store.article_ids()
        assert 0 < len(ids) < len(kept)
        assert [store.kept(article_id) for article_id in ids] == kept[: len(ids)]
        assert len(store.find_articles(Words(("lighthouse",)), limit=len(kept))) == len(ids)


def test_others_read_while_one_writes(
    address: Path | str, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    with (
        open_store(address) as writer,
        open_store(address) as reader,
        open_store(address, read_only=True) as looker,
    ):
        writer.keep(make_kept(), versions)
        seen: list[list[str]] = []
        with writer.together():
            writer.keep(make_kept("two"), versions)
            seen += [reader.article_ids(), looker.article_ids()]
            # Another thread of the writing process is another reader.
            other = threading.Thread(target=lambda: seen.append(writer.article_ids()))
            other.start()
            other.join()
        assert seen == [["a-one"]] * 3
        assert reader.article_ids() == looker.article_ids() == ["a-one", "a-two"]


def test_many_threads_read_and_write(
    store: Store, make_kept: MakeKept, versions: dict[str, str]
) -> None:
    def work(number: int) -> int:
        store.keep(make_kept(f"n{number}"), versions)
        store.similar(f"a-n{number}")
        return len(store.articles(limit=100))

    with ThreadPoolExecutor(40) as pool:
        assert max(pool.map(work, range(80))) == 80
    assert store.counts()["articles"] == 80
