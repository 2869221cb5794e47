"""`dragoman judge …`: every command, in words and as JSON, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli import judging
from tests.cli.conftest import Run, Write
from tests.cli.inputs import PAGE_EN
from tests.contract import checked

COMMANDS = [c.name or c.callback.__name__ for c in judging.app.registered_commands if c.callback]


@pytest.fixture
def home(tmp_path: Path, run: Run, write: Write) -> Path:
    run("add", write("good.html", PAGE_EN), "--home", tmp_path / "desk")
    return tmp_path / "desk"


def report_of(run: Run, home: Path) -> str:
    return checked(run("export", "-f", "articles", "--home", home).out).reports[0].id


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(run: Run, name: str) -> None:
    shown = run("judge", name, "-h")
    assert shown.code == 0
    assert f"dragoman judge {name}" in shown.out


def test_said_listed_and_undone(run: Run, home: Path) -> None:
    report = report_of(run, home)
    said = ("--note", "called off", "--by", "ada", "--home", home)
    made = run("judge", "reject", report, *said)
    assert (made.code, made.err) == (0, "")
    line, anew = made.out.splitlines()
    assert line.startswith("1  2")
    assert line.endswith(f"  {report}  rejected, by ada: called off")
    assert anew == "1 article made anew"
    assert report not in run("export", "--home", home).out
    assert run("judge", "list", report, "--home", home).out == f"{line}\n"
    back = run("judge", "undo", "1", "--why", "it took place", "--by", "bob", "--home", home)
    assert "[undone 2" in back.out
    assert "by bob: it took place]" in back.out
    assert report in run("export", "--home", home).out
    assert run("judge", "list", "--home", home).out == "nothing was judged\n"
    assert run("judge", "list", "--undone", "--home", home).out == back.out.splitlines()[0] + "\n"
    again = run("judge", "undo", "1", "--home", home)
    assert (again.code, "already" in again.err) == (1, True)
    for number in ("2", "0", str(10**30)):
        none = run("judge", "undo", number, "--home", home)
        assert none.code == 1
        assert f"there is no judgement {number}; `dragoman judge list` shows them" in none.err


def test_who_says_it(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_of(run, home)
    monkeypatch.setenv("DRAGOMAN_USER", "the night desk")
    told = json.loads(run("judge", "confirm", report, "--json", "--home", home).out)
    assert (told["kind"], told["by"], told["articles_made_anew"]) == (
        "confirm",
        "the night desk",
        1,
    )
    nobody = run("judge", "unsure", report, "--by", "", "--home", home)
    assert "doubted, by unknown" in nobody.out


def test_what_is_already_so_is_not_kept_twice(run: Run, home: Path) -> None:
    report = report_of(run, home)
    reject = ("judge", "reject", report, "--by", "ada", "--home", home)
    assert "already" not in run(*reject, "--note", "called off").out
    assert "it is already so; nothing was added" in run(*reject).out
    assert json.loads(run(*reject, "--json").out)["already_said"] is True
    run("judge", "confirm", report, "--by", "bob", "--home", home)
    assert "already" not in run(*reject).out  # it counts again, after what bob said
    run("judge", "undo", "3", "--home", home)
    run("judge", "undo", "2", "--home", home)
    run("judge", "undo", "1", "--home", home)
    assert "already" not in run(*reject).out
    listed = run("judge", "list", "--undone", "--home", home).out.splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2", "3", "4"]


def test_a_judgement_on_a_thing_of_another_kind_is_refused(
    run: Run, home: Path, write: Write
) -> None:
    report = report_of(run, home)
    run("judge", "reject", report, "--by", "ada", "--home", home)
    line = run("judge", "export", "--home", home).out
    run("judge", "undo", "1", "--home", home)
    article = json.loads(line)["word"]["articles"][0]
    for bad, good in ((article, report), ("FRA", report), (report, article)):
        file = write("wrong.jsonl", "\n" + line.replace(good, bad))
        made = run("judge", "import", file, "--home", home)
        assert (made.code, made.out) == (2, "1 refused\n")
        assert "wrong.jsonl:2: " in made.err
        assert f"'{bad}' stands where " in made.err
    swapped = json.loads(line) | {"kind": "confirm"}
    other = run("judge", "import", write("kind.jsonl", json.dumps(swapped)), "--home", home)
    assert "kind.jsonl:1: this is no judgement: its kind or target" in other.err
    assert run("judge", "list", "--home", home).out == "nothing was judged\n"


@pytest.mark.parametrize("deep", ["[" * 200_000, '{"word":' * 200_000])
def test_a_line_nested_without_end_is_refused_and_the_next_is_read(
    run: Run, home: Path, write: Write, deep: str
) -> None:
    run("judge", "reject", report_of(run, home), "--by", "ada", "--home", home)
    line = run("judge", "export", "--home", home).out
    made = run("judge", "import", write("deep.jsonl", f"{deep}\n{line}"), "--home", home)
    assert "deep.jsonl:1: this is no judgement (RecursionError)" in made.err
    assert "1 known" in made.out


def test_corrections_from_the_command_line(run: Run, home: Path) -> None:
    report = report_of(run, home)
    made = run("judge", "correct", report, "category=CONSULT", "date=2024-03", "--home", home)
    assert (made.code, "corrected: category, root" in made.out) == (0, True)
    new = checked(run("export", "-f", "articles", "--home", home).out).reports[0]
    assert (new.id, new.category, new.date.precision if new.date else None) == (
        report, "CONSULT", "month",
    )  # fmt: skip
    for value, hint in (("CONSULT", "FIELD=VALUE"), ("category=CONSUTL", "the nearest is CONSULT")):
        wrong = run("judge", "correct", report, value, "--home", home)
        assert wrong.code in {1, 2}
        assert hint in " ".join(wrong.err.split())


def test_actors_from_the_command_line(run: Run, home: Path) -> None:
    made = run("judge", "merge", "Kenya", "UGA", "--home", home)
    assert (made.code, "KEN  is UGA" in made.out) == (0, True)
    assert "1 article made anew" in made.out
    article = checked(run("export", "-f", "articles", "--home", home).out).article.id
    parted = run("judge", "split", "RWA", "--out", article, "--as", "Burundi", "--home", home)
    assert f"RWA  is BDI in {article}" in parted.out
    assert '"BDI"' in run("export", "--home", home).out


def test_out_and_in(run: Run, home: Path, tmp_path: Path, write: Write) -> None:
    run("judge", "reject", report_of(run, home), "--home", home)
    file = tmp_path / "judgements.jsonl"
    assert run("judge", "export", "-o", file, "--home", home).out == ""
    assert run("judge", "export", "--home", home).out == file.read_text("utf-8")
    assert run("judge", "import", file, "--home", home).out == "1 known\n"
    other = tmp_path / "other"
    run("add", write("good.html", PAGE_EN), "--home", other)
    told = json.loads(run("judge", "import", file, "--json", "--home", other).out)
    assert (told["outcome"], told["against"], told["absent"]) == ("added", None, False)
    assert run("judge", "export", "--home", other).out == file.read_text("utf-8")
    bad = run("judge", "import", write("bad.jsonl", "words\n"), "--home", other)
    assert (bad.code, bad.out) == (2, "1 refused\n")
    assert "bad.jsonl:1:" in bad.err
    assert "dragoman judge export" in bad.err


def test_a_category_of_another_desk_alone_is_refused(run: Run, home: Path, write: Write) -> None:
    report = report_of(run, home)
    run("judge", "correct", report, "category=CONSULT", "--home", home)
    run("judge", "undo", "1", "--home", home)
    line = json.loads(run("judge", "export", "--home", home).out)
    line |= {"at": "2024-05-01T00:00:00+00:00"}
    foreign = json.dumps(line).replace('"CONSULT"', '"HARBOUR-DUES"')
    assert '"HARBOUR-DUES"' in foreign
    before = run("export", "--home", home).out
    # One that was taken back elsewhere says nothing of the record, and is kept as history.
    assert run("judge", "import", write("back.jsonl", foreign), "--home", home).code == 0
    standing = json.dumps(
        json.loads(foreign) | {"at": "2024-06-01T00:00:00+00:00", "undone_at": None}
    )
    made = run("judge", "import", write("foreign.jsonl", standing), "--home", home)
    assert (made.code, made.out) == (2, "1 refused\n")
    assert f"{report}: this desk's codebook has no category 'HARBOUR-DUES'; add it" in made.err
    assert run("export", "--home", home).out == before


def test_a_build_finishes_what_was_left(run: Run, home: Path) -> None:
    from dragoman.desk.saying import verdict
    from dragoman.store import open_store

    report = report_of(run, home)
    with open_store(home) as store:  # as a run leaves it that died just after
        store.judge(verdict(store, "reject", report), None, None)
    assert "not carried out yet" in run("judge", "list", "--home", home).out
    assert report in run("export", "--home", home).out
    assert "judgement 1 carried out" in run("build", "--home", home).out
    assert report not in run("export", "--home", home).out
