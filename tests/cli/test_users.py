"""`dragoman user`: members are made, changed and closed; secrets are printed once or never."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.store import open_store
from tests.cli.conftest import Run

PASSWORD = "a bridge over the strait"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_store(tmp_path / "desk"):
        return tmp_path / "desk"


def test_password_comes_from_the_standard_input(run: Run, home: Path) -> None:
    made = run(
        "user", "add", "Ada", "--role", "editor", "--password-stdin", "--home", home,
        given=f"{PASSWORD}\n".encode(),
    )  # fmt: skip
    assert (made.code, made.out) == (0, "Ada may sign in as editor.\n")
    with open_store(home) as store:
        assert store.known_by("ada", PASSWORD) is not None


def test_password_made_by_chance_is_printed_once(run: Run, home: Path) -> None:
    made = run("user", "add", "Ada", "--role", "editor", "--generate", "--home", home, "--json")
    password = json.loads(made.out)["password"]
    with open_store(home) as store:
        assert store.known_by("Ada", password) is not None
    again = json.loads(run("user", "password", "Ada", "--generate", "--home", home, "--json").out)
    assert again["password"] != password
    listed = run("user", "list", "--home", home, "--json").out
    assert 'password":' not in listed.replace("has_password", "")
    assert "hash" not in listed


def test_without_a_terminal_it_says_how_to_give_a_password(run: Run, home: Path) -> None:
    made = run("user", "add", "Ada", "--home", home)
    assert made.code == 1
    assert "--password-stdin" in made.err
    assert "--generate" in made.err


@pytest.mark.parametrize(
    ("given", "why"), [("short", "at least 12 characters"), ("", "at least 12 characters")]
)
def test_weak_password_makes_nobody(run: Run, home: Path, given: str, why: str) -> None:
    made = run("user", "add", "Ada", "--password-stdin", "--home", home, given=given.encode())
    assert made.code == 1
    assert why in made.err
    assert "No member yet" in run("user", "list", "--home", home).out


def test_last_editor_stays(run: Run, home: Path) -> None:
    run("user", "add", "Ada", "--role", "editor", "--generate", "--home", home)
    for words in (("close", "Ada"), ("role", "Ada", "reader")):
        refused = run("user", *words, "--home", home)
        assert refused.code == 1
        assert "dragoman user add NAME --role editor" in refused.err


def test_change_is_kept_with_who_and_why(run: Run, home: Path) -> None:
    run("user", "add", "Ada", "--generate", "--home", home, "--by", "root", "--note", "the first")
    with open_store(home) as store:
        (only,) = store.member_changes()
    assert (only.what, only.by, only.why) == ("added", "root", "the first")


def test_token_is_printed_once_and_revoked(run: Run, home: Path) -> None:
    run("user", "add", "Ada", "--role", "moderator", "--generate", "--home", home)
    refused = run("user", "token", "Ada", "--name", "x", "--scope", "editor", "--home", home)
    assert refused.code == 1
    assert "scope editor" in refused.err
    made = run("user", "token", "Ada", "--name", "nightly", "--home", home)
    value = made.out.split()[0]
    with open_store(home) as store:
        assert store.bearer(value) is not None
    assert value not in run("user", "tokens", "Ada", "--home", home).out
    assert run("user", "revoke", "1", "--home", home).code == 0
    with open_store(home) as store:
        assert store.bearer(value) is None


def test_unknown_names_are_told(run: Run, home: Path) -> None:
    for words in (("close", "Zed"), ("token", "Zed", "--name", "x"), ("revoke", "7")):
        refused = run("user", *words, "--home", home)
        assert refused.code == 1
        assert "dragoman user" in refused.err
