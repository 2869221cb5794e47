"""`--store` wherever there is `--home`: the desk elsewhere, its settings at home, no word of its
password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import dragoman
from dragoman.cli.app import app
from dragoman.config import Config, load_config, named_store, stored_at
from dragoman.errors import StoreError
from dragoman.store import open_store, shown_address
from tests.cli.conftest import Run, Write
from tests.cli.inputs import PAGE_EN
from tests.publish.desk import PAGES, settle

SECRET = "tide-table"
PLAIN = f"postgresql://ada:{SECRET}@127.0.0.1:9/desk"


def commands(of: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    for word, one in getattr(of, "commands", {}).items():
        yield from commands(one, f"{name} {word}".strip())
    if not hasattr(of, "commands"):
        yield name, of


def test_whatever_has_a_home_may_have_a_store_elsewhere() -> None:
    both = {
        name: {"--home", "--store"} & {word for option in one.params for word in option.opts}
        for name, one in commands(typer.main.get_command(app))
    }
    assert sum("--home" in words for words in both.values()) > 50
    assert [name for name, words in both.items() if len(words) == 1] == []


def test_a_desk_is_kept_elsewhere_and_found_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, store = tmp_path / "home", tmp_path / "far/off.sqlite"
    feed = "http://127.0.0.1:9/boxes.xml"
    made = run("sources", "add", feed, "--kind", "feed", "--home", home, "--store", store)
    assert made.code == 0, made.err
    assert store.exists()
    assert not (home / "desk.sqlite").exists()
    for words in (("--store", str(store)), ("--store", f"sqlite:///{store}")):
        found = run("sources", "list", "--json", "--home", home, *words)
        assert feed in found.out
    assert "no desk here" in run("sources", "list", "--home", home).err
    monkeypatch.setenv("DRAGOMAN_STORE", str(store))
    assert run("sources", "list", "--home", home).code == 0
    # What the command says comes before what its surroundings say.
    other = run("sources", "list", "--home", home, "--store", tmp_path / "none.sqlite")
    assert other.code == 1
    assert "none.sqlite: there is no desk here" in other.err
    assert not (tmp_path / "none.sqlite").exists()


def test_what_a_command_names_ends_with_it(tmp_path: Path) -> None:
    with stored_at("one.sqlite"):
        assert load_config(tmp_path).store == "one.sqlite"
        with stored_at(None):
            assert named_store() == "one.sqlite"
        with stored_at("two.sqlite"):
            assert load_config(None).store == "two.sqlite"
    assert named_store() is None
    assert load_config(tmp_path).store is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (PLAIN, "postgresql://ada:***@127.0.0.1:9/desk"),
        (f"postgresql://:{SECRET}@host/desk", "postgresql://:***@host/desk"),
        (f"postgresql://ada:p@/{SECRET}@host/desk", "postgresql://ada:***@host/desk"),
        (f"postgresql://host/desk?user=a&password={SECRET}", "postgresql://host/desk?user=a&password=***"),
        (f"postgresql://host/desk?sslpassword={SECRET}&x=1", "postgresql://host/desk?sslpassword=***&x=1"),
        ("postgresql://host/desk", "postgresql://host/desk"),
        ("a:b@folder", "a:b@folder"),
    ],
)  # fmt: skip
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert shown_address(address) == shown


def faults() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each address that can't be opened with one command, and one address with each."""
    for address in (
        f"postgres://ada:{SECRET}@127.0.0.1:9/desk",
        f"postgresql://ada:{SECRET}@127.0.0.1:nine/desk",
        f"postgresql://127.0.0.1:9/desk?user=ada&password={SECRET}",
        f"mysql://ada:{SECRET}@127.0.0.1/desk",
        f"://ada:{SECRET}@",
        f"sqlite://ada:{SECRET}@host/desk",
    ):
        yield address, ("search", "x", "--json")
    for line in (
        "add {page}", "search x", "serve", "sources list", "fetch", "user list --json", "mcp",
    ):  # fmt: skip
        yield PLAIN, tuple(line.split())


@pytest.mark.parametrize(("address", "words"), list(faults()))
def test_no_password_is_printed(
    run: Run, write: Write, tmp_path: Path, address: str, words: tuple[str, ...]
) -> None:
    made = [word.format(page=write("page.html", PAGE_EN)) for word in words]
    said = run(*made, "--home", tmp_path, "--store", address)
    assert said.code in {1, 2}, said.out
    assert SECRET not in said.out + said.err


@pytest.mark.parametrize("line", [f"store = ['{PLAIN}']", f"stor = '{PLAIN}'"])
def test_no_password_is_printed_of_a_fault_in_the_settings(
    run: Run, tmp_path: Path, line: str
) -> None:
    (tmp_path / "dragoman.toml").write_text(line)
    said = run("search", "x", "--home", tmp_path)
    assert "dragoman.toml" in said.err
    assert SECRET not in said.out + said.err


def test_help_and_settings_show_no_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_STORE", PLAIN)
    said = run("add", "--help")
    assert "DRAGOMAN_STORE" in said.out
    assert SECRET not in said.out
    assert SECRET not in repr(Config(store=PLAIN))


def test_python_opens_an_address_too(tmp_path: Path) -> None:
    home, store = tmp_path / "home", tmp_path / "far.sqlite"
    with open_store(store) as opened:
        settle(opened, PAGES)
    for desk in (
        dragoman.open(f"sqlite:///{store}"),
        dragoman.open(home, store=str(store)),
        dragoman.open(home, store=f"sqlite:///{store}"),
    ):
        with desk:
            assert len(list(desk.articles())) == len(PAGES)
    with pytest.raises(StoreError, match="no desk"):
        dragoman.open(home)
    with pytest.raises(StoreError) as fault:
        dragoman.open(PLAIN)
    assert SECRET not in str(fault.value)


def test_hints_name_the_store(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "far.sqlite"
    open_store(store).close()
    words = ("sources", "add", "http://127.0.0.1:9/b.xml", "--kind", "feed")
    said = run(*words, "--home", tmp_path / "home", "--store", store)
    assert f"--store {store}" in said.out + said.err
