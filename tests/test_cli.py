"""The command line from outside: what goes in, what comes out, and what is said of bad inputs."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.cli import COMMANDS, main
from dragoman.knowledge import Knowledge
from tests.contract import checked
from tests.desks import BORDER_EN, BORDER_FR, ROOT, bare, dump, page, write_pages

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4
BARE_FR = bare("Des tirs sur le lac", BORDER_FR)
PAGE_EN = page("Shots on the lake", BORDER_EN, host="lake.example", day="2024-03-13")


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], knowledge: Knowledge
) -> Run:
    """The program in this process, from its entry point, with the knowledge of all tests."""
    monkeypatch.setattr("dragoman.pipeline.Knowledge", lambda: knowledge)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("DRAGOMAN_HOME", raising=False)

    def call(*arguments: object, given: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def make(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


Write = Callable[[str, str | bytes], Path]


# --- help ------------------------------------------------------------------------------------


def test_help_shows_groups_in_order(run: Run) -> None:
    shown = run("--help")
    groups = re.findall(r"^╭─ (\w+) ─", shown.out, re.MULTILINE)
    assert (shown.code, groups) == (0, ["Options", "Read", "Keep", "Look", "Export", "Run"])
    assert list(COMMANDS) == groups[1:]


@pytest.mark.parametrize("name", [c.__name__ for group in COMMANDS.values() for c in group])
def test_each_command_has_help(run: Run, name: str) -> None:
    shown = run(name, "--help")
    assert shown.code == 0
    assert f"dragoman {name}" in shown.out


def test_runs_as_a_module(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "dragoman", "read", "-", "--json"],
        input=BARE_FR.encode(),
        capture_output=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert (made.returncode, made.stderr) == (0, b"")
    assert checked(made.stdout.decode()).article.language == "fr"


# --- read ------------------------------------------------------------------------------------


def test_read_shows_a_card(run: Run, write: Write) -> None:
    made = run("read", write("page.html", PAGE_EN))
    assert (made.code, made.err) == (0, "")
    assert "Shots on the lake" in made.out
    assert "2024-03-13 (page: meta)" in made.out
    assert "Kenya → Rwanda" in made.out
    assert "Home" not in made.out


def test_read_lists_furniture_when_asked(run: Run, write: Write) -> None:
    made = run("read", write("page.html", PAGE_EN), "--furniture")
    assert "About us" in made.out


@pytest.mark.parametrize(("name", "text"), [("page.html", PAGE_EN), ("text.txt", BARE_FR)])
def test_read_json_keeps_the_contract(run: Run, write: Write, name: str, text: str) -> None:
    made = run("read", write(name, text), "--json")
    assert (made.code, made.err) == (0, "")
    line = checked(made.out)
    assert line.id == line.article.id
    assert {"ACCUSE", "SANCTION"} <= {report.category for report in line.reports}


def test_read_json_keeps_every_character_of_bare_text(run: Run, write: Write) -> None:
    text = "Titre\u00a0: l’été 🐘\r\n\r\n\tLe Kenya a condamné le Rwanda.\u2028\n \nFin"
    made = run("read", write("text.txt", text), "--json")
    assert checked(made.out).article.text == text


def test_read_takes_standard_input(run: Run, write: Write) -> None:
    by_file = run("read", write("text.txt", BARE_FR), "--json")
    assert run("read", "-", "--json", given=BARE_FR.encode()) == by_file


def test_read_takes_the_address_of_a_saved_page(run: Run, write: Write) -> None:
    path = write("page.html", PAGE_EN.replace('<link rel="canonical"', "<link rel='x'"))
    made = run("read", path, "--url", "https://www.rfi.fr/en/a", "--json")
    assert checked(made.out).article.url == "https://www.rfi.fr/en/a"


def test_read_needs_a_source(run: Run) -> None:
    made = run("read")
    assert (made.code, made.out) == (2, "")
    assert "--jsonl FILE" in made.err


# --- read --jsonl ----------------------------------------------------------------------------

LINES: tuple[dict[str, object], ...] = (
    {"id": "z", "text": " ".join(BORDER_EN), "language": "en", "published": "2024-03-13"},
    {"id": 7, "text": " ".join(BORDER_FR), "published": "2024-03-13", "source": "a field too many"},
    {"id": "a", "text": "Der Minister sprach gestern in Bonn über die neue Brücke am Rhein."},
)


def jsonl(*lines: object) -> str:
    return "".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines)


def test_jsonl_keeps_order_and_ids(run: Run, write: Write) -> None:
    made = run("read", "--jsonl", write("texts.jsonl", jsonl(*LINES)))
    assert (made.code, made.err) == (0, "")
    lines = [checked(line) for line in made.out.splitlines()]
    assert [line.id for line in lines] == ["z", 7, "a"]
    assert [line.article.text for line in lines] == [line["text"] for line in LINES]
    assert [line.article.language for line in lines] == ["en", "fr", "de"]
    assert all(line.article.id != line.id for line in lines)


def test_jsonl_takes_standard_input(run: Run, write: Write) -> None:
    text = jsonl(*LINES)
    assert run("read", "--jsonl", "-", given=text.encode()) == run(
        "read", "--jsonl", write("texts.jsonl", text)
    )


BROKEN_LINES = [
    pytest.param('{"id": "b", "text": ', id="cut off"),
    pytest.param("[1, 2]", id="a list"),
    pytest.param('"text"', id="a string"),
    pytest.param("null", id="null"),
    pytest.param('{"id": "b"}', id="no text"),
    pytest.param('{"text": "Kenya."}', id="no id"),
    pytest.param('{"id": "b", "text": 5}', id="text is a number"),
    pytest.param('{"id": "b", "text": "Kenya.", "published": "soon"}', id="no date"),
    pytest.param('{"id": "b", "text": ""}', id="empty text"),
    pytest.param('{"id": "b", "text": "a\\u0000b"}', id="binary text"),
    pytest.param("\x00\x01\x02", id="binary"),
]


@pytest.mark.parametrize("broken", BROKEN_LINES)
def test_jsonl_goes_on_after_a_broken_line(run: Run, write: Write, broken: str) -> None:
    path = write("texts.jsonl", jsonl(LINES[0], broken, "", LINES[1]))
    made = run("read", "--jsonl", path)
    first, middle, last = made.out.splitlines()
    assert made.code == 2
    assert [checked(first).id, checked(last).id] == ["z", 7]
    fault = json.loads(middle)
    assert set(fault) == {"id", "error"}
    assert fault["id"] in ("b", 2)
    assert f"{path}:2" in fault["error"]
    assert made.err == "dragoman: 1 of the lines could not be read\n"


@pytest.mark.parametrize("broken", ['{"id": "b", "text": "a \\ud83d b"}'])
def test_jsonl_goes_on_after_half_a_character(run: Run, write: Write, broken: str) -> None:
    made = run("read", "--jsonl", write("texts.jsonl", jsonl(LINES[0], broken, LINES[1])))
    lines = [json.loads(line) for line in made.out.splitlines()]
    assert [line["id"] for line in lines] == ["z", "b", 7]


def test_jsonl_of_nothing(run: Run, write: Write) -> None:
    assert run("read", "--jsonl", write("texts.jsonl", "")) == Ran(0, "", "")


@pytest.mark.parametrize("make_folder", [True, False])
def test_jsonl_that_is_no_file(run: Run, tmp_path: Path, make_folder: bool) -> None:
    path = tmp_path / "texts.jsonl"
    if make_folder:
        path.mkdir()
    assert_one_sentence(run("read", "--jsonl", path), path)


# --- inputs that can't be used ---------------------------------------------------------------


def assert_one_sentence(made: Ran, path: Path | str) -> None:
    assert made.code == 2
    assert made.out == ""
    assert made.err.count("\n") == 1
    assert made.err.startswith(f"dragoman: {path}: ")
    assert "Traceback" not in made.err


UNUSABLE = {
    "empty.html": b"",
    "spaces.txt": b" \n\t\r\n ",
    "zeros.txt": b"\x00" * 300,
    "picture.png": PICTURE,
    "named-as-a-page.html": PICTURE,
    "nul.txt": b"Kenya condemned Rwanda.\x00\x01\x02\x00 And so on.",
    "document.txt": b"%PDF-1.7\n1 0 obj",
    "too-long.txt": b"Kenya condemned Rwanda. " * 900_000,
}


@pytest.mark.parametrize("name", UNUSABLE)
@pytest.mark.parametrize("option", ["--json", "--furniture"])
def test_read_refuses_in_one_sentence(run: Run, write: Write, name: str, option: str) -> None:
    path = write(name, UNUSABLE[name])
    assert_one_sentence(run("read", path, option), path)


def test_read_refuses_what_is_not_there(run: Run, tmp_path: Path) -> None:
    assert_one_sentence(run("read", tmp_path / "none.html"), tmp_path / "none.html")


def test_read_refuses_a_folder(run: Run, tmp_path: Path) -> None:
    assert_one_sentence(run("read", tmp_path), tmp_path)


def test_read_refuses_empty_standard_input(run: Run) -> None:
    assert_one_sentence(run("read", "-"), "-")


def test_read_refuses_other_kinds_of_address(run: Run) -> None:
    assert run("read", "ftp://example.org/a").code != 0
    made = run("read", "file:///etc/hostname")
    assert (made.code != 0, made.out, made.err.count("\n")) == (True, "", 1)


def test_twenty_megabytes_of_text_are_too_many(run: Run, write: Write) -> None:
    path = write("long.txt", b"Kenya condemned Rwanda on Monday. " * 580_000)
    made = run("read", path)
    assert_one_sentence(made, path)


# --- inputs with doubts ----------------------------------------------------------------------

DOUBTFUL = {
    "german.txt": (
        "Der Minister hat am Montag in Bonn über die neue Brücke gesprochen. Die Anwohner "
        "fürchten Lärm und Staub, doch der Bau soll schon im Frühling beginnen.",
        "language",
    ),
    "japanese.html": (
        "<html><body><article><h1>湖での話し合い</h1><p>両国の代表は月曜日に湖のほとりで会い、"
        "漁の決まりについて長い時間話し合った。</p></article></body></html>",
        "language",
    ),
    "undated.html": (page("Shots on the lake", BORDER_EN[2:], host="x.example"), "published"),
    "latin.html": (
        page("Des tirs sur le lac", BORDER_FR, host="x.example", language="fr")
        .encode("cp1252")
        .replace("é".encode("cp1252"), b"\x81\x8d", 3),
        "text",
    ),
    "cut.txt": (("Un été à la mer. " + BARE_FR).encode()[:-2] + b"\xc3", "text"),
    "short.txt": ("Ja.", "language"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_doubts_are_said(run: Run, write: Write, name: str) -> None:
    content, field = DOUBTFUL[name]
    path = write(name, content)
    made = run("read", path, "--json")
    assert (made.code, made.err) == (0, "")
    line = checked(made.out)
    assert any(doubt.field == field for doubt in line.doubts), line.doubts
    shown = run("read", path)
    assert shown.code == 0
    assert "doubts" in shown.out


UNCLOSED = {
    "never-closed.html": "<html><body><article><h1>Shots on the lake<p>" + "<p>".join(BORDER_EN),
    "no-body.html": "<!doctype html><html><head><title>Nothing here</title></head></html>",
    "cut-in-a-tag.html": PAGE_EN[: PAGE_EN.index("Rwanda expelled") + 60] + "<a href='",
    "deep.html": "<html><body>" + "<div>" * 3000 + f"<p>{BORDER_EN[0]}</p>",
    "script-only.html": "<html><body><script>let a = 1</script><style>p {}</style></body></html>",
    "comment-unclosed.html": f"<html><body><h1>Lake</h1><p>{BORDER_EN[0]}</p><!-- and then",
}


@pytest.mark.parametrize("name", UNCLOSED)
def test_broken_markup_is_read_or_refused_plainly(run: Run, write: Write, name: str) -> None:
    path = write(name, UNCLOSED[name])
    made = run("read", path, "--json")
    if made.code == 0:
        line = checked(made.out)
        assert line.reports or line.doubts
    else:
        assert_one_sentence(made, path)


# --- add, build, judge, export ---------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def test_add_keeps_the_good_ones(run: Run, write: Write, tmp_path: Path, home: Path) -> None:
    good = write("good.html", PAGE_EN)
    also = write("also.txt", BARE_FR)
    bad = [write(name, content) for name, content in UNUSABLE.items()]
    made = run("add", good, *bad, tmp_path / "none.html", also, "--home", home)
    assert made.code == 2
    assert made.out == "2 added, 9 failed\n"
    said = made.err.splitlines()
    assert len(said) == 9
    for path in (*bad, tmp_path / "none.html"):
        assert sum(str(path) in line for line in said) == 1
    alone = tmp_path / "alone"
    assert run("add", good, also, "--home", alone).code == 0
    for table in ("articles", "reports", "events", "event_reports"):
        assert without_seq(dump(home), table) == without_seq(dump(alone), table)


def without_seq(rows: dict[str, list[tuple[object, ...]]], table: str) -> list[tuple[object, ...]]:
    """The numbers of arrival differ, and nothing else may."""
    first = 1 if table == "articles" else 0
    return sorted((row[first:] for row in rows[table]), key=repr)


def test_add_says_each_outcome_as_json(run: Run, write: Write, home: Path) -> None:
    good, bad = write("good.html", PAGE_EN), write("bad.png", PICTURE)
    made = run("add", bad, good, "--home", home, "--json")
    said = [json.loads(line) for line in made.out.splitlines()]
    assert made.code == 2
    assert {line["origin"]: line["outcome"] for line in said} == {
        str(bad): "failed",
        str(good): "added",
    }
    again = run("add", good, "--home", home, "--json")
    assert [json.loads(line)["outcome"] for line in again.out.splitlines()] == ["known"]


def test_add_takes_folders(run: Run, tmp_path: Path, home: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    assert run("add", tmp_path / "pages", "--home", home) == Ran(0, f"{len(pages)} added\n", "")
    assert run("add", tmp_path / "pages", "--home", home).out == f"{len(pages)} known\n"


def test_an_empty_folder_does_not_stop_the_others(
    run: Run, write: Write, tmp_path: Path, home: Path
) -> None:
    (tmp_path / "empty").mkdir()
    made = run("add", tmp_path / "empty", write("good.html", PAGE_EN), "--home", home)
    assert made.code == 2
    assert made.out == "1 added, 1 failed\n"


def test_failed_inputs_can_be_tried_again(
    run: Run, write: Write, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.clean import decode

    path = write("good.html", PAGE_EN)
    monkeypatch.setattr(decode, "MOST_RAW_BYTES", 10)
    assert run("add", path, "--home", home).code == 2
    monkeypatch.undo()
    made = run("build", "--home", home)
    assert made.code == 0
    made = run("build", "--failed", "--home", home)
    assert (made.code, made.out) == (0, "1 added\n")
    assert dump(home)["failures"] == []


def test_build_changes_nothing_when_no_rule_changed(run: Run, tmp_path: Path, home: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    run("add", *pages, "--home", home)
    before = dump(home)
    for options in ((), ("--from", "record"), ("--from", "clean"), ("--failed",)):
        made = run("build", *options, "--home", home)
        assert (made.code, made.err) == (0, "")
        assert dump(home) == before


def test_build_refuses_other_steps(run: Run, home: Path) -> None:
    made = run("build", "--from", "publish", "--home", home)
    assert made.code == 2
    assert "clean, read, link, record" in made.err
    assert not home.exists()


def test_judge(run: Run, write: Write, home: Path) -> None:
    run("add", write("good.html", PAGE_EN), "--home", home)
    report = checked(run("export", "--home", home).out).reports[0].id
    made = run("judge", report, "wrong", "--note", "called off", "--by", "ada", "--home", home)
    assert made == Ran(0, f"{report}: wrong\n", "")
    assert [row[1:5] for row in dump(home)["judgements"]] == [
        (report, "wrong", "called off", "ada")
    ]
    assert run("judge", report, "perhaps", "--home", home).code == 2
    unknown = run("judge", "r-0000000000000000", "right", "--home", home)
    assert (unknown.code, unknown.err.count("\n")) == (1, 1)


def test_export_gives_what_read_gives(run: Run, tmp_path: Path, home: Path) -> None:
    pages = write_pages(tmp_path / "pages")
    run("add", *pages, "--home", home)
    out = tmp_path / "desk.jsonl"
    assert run("export", "--home", home, "--out", out) == Ran(0, "", "")
    lines = out.read_text(encoding="utf-8").splitlines()
    assert run("export", "--home", home).out.splitlines() == lines
    single = [checked(run("read", path, "--json").out) for path in pages]
    assert [checked(line) for line in lines] == single


def test_one_article_of_the_desk(run: Run, write: Write, home: Path) -> None:
    path = write("good.html", PAGE_EN)
    run("add", path, "--home", home)
    line = checked(run("read", path, "--json").out)
    assert checked(run("article", line.article.id, "--home", home, "--json").out) == line
    assert "Kenya → Rwanda" in run("article", line.article.id, "--home", home).out
    assert run("article", "a-0", "--home", home).code == 1


@pytest.mark.parametrize(
    "command", [("export",), ("article", "a-0"), ("today",), ("judge", "x", "right")]
)
def test_no_desk_is_made_by_looking(run: Run, home: Path, command: tuple[str, ...]) -> None:
    made = run(*command, "--home", home)
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert not home.exists()


def test_check_of_data(run: Run) -> None:
    made = run("check", "--data")
    assert (made.code, made.err) == (0, "")
    assert re.search(r"^atlas: \d{3,} actors", made.out, re.MULTILINE)
    assert "16 categories" in made.out
    assert "languages: en, fr" in made.out


def test_check_of_a_desk(run: Run, write: Write, home: Path) -> None:
    run("add", write("good.html", PAGE_EN), "--home", home)
    made = run("check", "--home", home)
    assert made.code == 0
    assert "parser fr: ready" in made.out
    assert "1 articles" in made.out


def test_a_broken_setting_is_named_with_its_file(run: Run, write: Write, home: Path) -> None:
    home.mkdir()
    (home / "dragoman.toml").write_text("titel = 'x'\n", encoding="utf-8")
    made = run("add", write("good.html", PAGE_EN), "--home", home)
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert str(home / "dragoman.toml") in made.err
