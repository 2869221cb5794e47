"""`dragoman audit …` from its entry point, over the small desk of the site's tests."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from dragoman.cli import asking
from dragoman.store import open_store
from tests.cli.conftest import Run
from tests.publish.desk import PAGES, settle


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    with open_store(folder) as store:
        settle(store, PAGES)
    return folder


@pytest.fixture
def drawn(run: Run, home: Path) -> Path:
    made = run("audit", "new", "--n", 6, "--by", "lang", "--name", "ferries", "--home", home)
    assert made.code == 0, made.err
    return home


def test_a_sample_is_drawn_and_listed(run: Run, drawn: Path) -> None:
    assert "ferries: the whole desk, 6 drawn, 0 read" in run("audit", "list", "--home", drawn).out
    made = run("audit", "new", "--home", drawn, "--json")
    assert json.loads(made.out)["name"] == "audit-1"
    (one, _) = json.loads(run("audit", "list", "--json", "--home", drawn).out)["audits"]
    assert (one["name"], one["reports"], one["drawn"], one["read"]) == ("ferries", 8, 6, 0)


def test_faults_name_the_way_out(run: Run, drawn: Path) -> None:
    again = run("audit", "new", "--name", "ferries", "--home", drawn)
    assert (again.code, again.out) == (1, "")
    assert "choose another --name" in again.err
    assert "may not" not in again.err
    assert "--by takes" in run("audit", "new", "--by", "colour", "--home", drawn).err
    assert "raise --n" in run("audit", "new", "--n", 1, "--by", "category", "--home", drawn).err
    assert "--name takes" in run("audit", "new", "--name", "../x", "--home", drawn).err
    assert "there are ferries" in run("audit", "show", "other", "--home", drawn).err
    said = run("audit", "import", "ferries", drawn / "none.csv", "--reader", "A", "--home", drawn)
    assert said.code == 1
    assert "none.csv" in said.err


def test_a_reader_goes_through_the_sentences(run: Run, drawn: Path) -> None:
    keys = b"r\nw\n5 6\nin June\nx\ns\nb\nu\nq\n"
    made = run("audit", "ask", "ferries", "--reader", "Ada", "--home", drawn, given=keys)
    assert made.code == 0, made.err
    assert "1 of 6, 0 read" in made.out
    assert "whether it was done, planned, denied …" in made.out
    assert "3 read, 3 left" in made.out
    assert "0.75" not in made.out
    shown = json.loads(run("audit", "show", "ferries", "--json", "--home", drawn).out)
    assert (shown["read"], shown["right"], shown["wrong"], shown["unsure"]) == (3, 1, 1, 1)
    with open_store(drawn) as store:
        wrong = [one for one in store.audit_verdicts("ferries") if one.verdict == "wrong"]
    assert [(one.wrong, one.note) for one in wrong] == [(("date", "place"), "in June")]
    again = run("audit", "ask", "ferries", "--reader", "Ada", "--home", drawn, given=b"r\nr\nr\n")
    assert "4 of 6, 3 read" in again.out
    assert "6 read, 0 left" in again.out


def test_a_fault_in_what_is_wrong_is_asked_again(run: Run, drawn: Path) -> None:
    keys = b"w\n9\nnote\nw\n\nw\n1\n\n"
    made = run("audit", "ask", "ferries", "--reader", "Ada", "--home", drawn, given=keys)
    assert "not '9'" in made.out
    assert "say what is wrong" in made.out
    assert "1 read, 5 left" in made.out


def test_skipped_sentences_are_told_at_the_end(run: Run, drawn: Path) -> None:
    made = run("audit", "ask", "ferries", "--reader", "A", "--home", drawn, given=b"s\n" * 6)
    assert "6 sentences skipped" in made.out


def test_a_table_goes_out_and_comes_back(run: Run, drawn: Path, tmp_path: Path) -> None:
    file = tmp_path / "for-bela.csv"
    assert run("audit", "export", "ferries", "-o", file, "--home", drawn).code == 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 6
    for row in rows[:5]:
        row["verdict"] = "right"
    rows[0] |= {"verdict": "wrong", "wrong": "target"}
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(reversed(rows[0])))
        writer.writeheader()
        writer.writerows(rows)
    made = run("audit", "import", "ferries", file, "--reader", "Béla", "--home", drawn)
    assert "5 verdicts kept; 1 have none in this file" in made.out
    out = run("audit", "export", "ferries", "--reader", "Béla", "--home", drawn).out
    assert [row["verdict"] for row in csv.DictReader(out.splitlines())].count("right") == 4


def test_what_it_comes_to_is_shown(run: Run, drawn: Path) -> None:
    assert "begins to read" in run("audit", "show", "ferries", "--home", drawn).out
    for reader, keys in (("Ada", b"r\nr\nr\nw\n1\n\nr\nr\n"), ("Bela", b"r\nr\nr\nr\nr\nr\n")):
        run("audit", "ask", "ferries", "--reader", reader, "--home", drawn, given=keys)
    out = run("audit", "show", "ferries", "--home", drawn).out
    assert "ferries: the whole desk, 6 reports drawn of 8 on" in out
    assert "read: 6 by Ada, Bela (5 right, 0 wrong, 1 unsure)" in out
    assert "precision: 100.0 % (" in out
    assert "Ada and Bela: 5 of 6 alike (83.3 %), Cohen's kappa 0.00" in out
    assert "they differ on r-" in out


def test_a_reader_is_named(run: Run, drawn: Path) -> None:
    made = run("audit", "ask", "ferries", "--reader", " ", "--home", drawn)
    assert "--reader takes a name" in made.err


@pytest.mark.parametrize(("typed", "key"), [("R", "r"), ("", "q"), (None, "q")])
def test_a_terminal_gives_one_key_at_a_time(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, key: str
) -> None:
    """The end of its input and Ctrl-C (None here) end the session."""

    class Terminal:
        def isatty(self) -> bool:
            return True

    def pressed() -> str:
        if typed is None:
            raise KeyboardInterrupt
        if not typed:
            raise EOFError
        return typed

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("click.getchar", pressed)
    assert asking.next_key() == key
