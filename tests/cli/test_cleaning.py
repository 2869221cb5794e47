"""`dragoman clean`: every page and line gets its own line, in order, whatever it holds."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dragoman.collect.lines import capture_lines
from dragoman.model import BODY_LABELS, Capture
from dragoman.pipeline import Steps
from tests.cli.conftest import Ran, Run, Write
from tests.cli.inputs import BARE_FR, PAGE_EN, PICTURE
from tests.contract import Article
from tests.desks import BORDER_EN, BORDER_FR, ROOT, TALKS_EN, bare, page

SCRAPE = bare("Des tirs sur le lac", (*BORDER_FR, "Laisser un commentaire", "Nom *",
    "Votre adresse e-mail ne sera pas publiée.", "Site web",
    "Champs obligatoires marqués avec *",
    "Ce site utilise Akismet contre les indésirables."))  # fmt: skip


def said(made: Ran) -> list[dict[str, Any]]:
    return [json.loads(line) for line in made.out.splitlines()]


def body_of(article: Mapping[str, Any]) -> str:
    """The body by the blocks that the line itself gives."""
    text, blocks = article["text"], article["blocks"]
    return "\n".join(text[b["start"] : b["end"]] for b in blocks if b["label"] in BODY_LABELS)


def test_pages_in_the_order_given(run: Run, write: Write, tmp_path: Path) -> None:
    packed = write("b.html.gz", gzip.compress(PAGE_EN.encode()))
    paths = [write("z.html", PAGE_EN), write("a.txt", BARE_FR), packed]
    made = run("clean", *paths, "--json")
    assert (made.code, made.err) == (0, "")
    lines = said(made)
    assert [line["path"] for line in lines] == [str(path) for path in paths]
    for line in lines:
        assert set(line) == {"path", "article", "body"}
        Article.model_validate_json(json.dumps(line["article"]))
        assert line["body"] == body_of(line["article"])
    assert lines[0]["body"] == "\n".join(BORDER_EN)
    assert lines[2]["body"] == lines[0]["body"]
    assert lines[1]["article"]["language"] == "fr"


def test_it_is_the_article_that_read_gives(run: Run, write: Write) -> None:
    path = write("page.html", PAGE_EN)
    (line,) = said(run("clean", path, "--json"))
    assert line["article"] == json.loads(run("read", path, "--json").out)["article"]


def test_folders_are_walked(run: Run, tmp_path: Path) -> None:
    inner = tmp_path / "pages" / "deep"
    inner.mkdir(parents=True)
    (inner / "b.txt").write_text(BARE_FR, "utf-8")
    (inner.parent / "a.html").write_text(PAGE_EN, "utf-8")
    lines = said(run("clean", inner.parent, "--json"))
    assert [line["path"] for line in lines] == [str(inner.parent / "a.html"), str(inner / "b.txt")]


def test_a_page_that_fails_still_has_its_line(run: Run, write: Write, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    bad = [write("picture.png", PICTURE), tmp_path / "none.html", empty]
    made = run("clean", bad[0], write("good.html", PAGE_EN), *bad[1:], "--json")
    lines = said(made)
    assert made.code == 0
    assert made.err == "dragoman: 3 of 4 could not be read\n"
    assert [line["path"] for line in lines if "error" in line] == [str(path) for path in bad]
    for line in (lines[0], lines[2], lines[3]):
        assert list(line) == ["path", "error", "article", "body"]
        assert (line["article"], line["body"]) == (None, "")
        assert line["path"] in line["error"]


def test_nothing_that_can_be_read_is_an_error(run: Run, write: Write) -> None:
    made = run("clean", write("picture.png", PICTURE), "--json")
    assert (made.code, len(said(made))) == (2, 1)


def test_a_fault_of_our_own_stops_nothing(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Steps.clean

    def failing(self: Steps, capture: Capture) -> object:
        if b"Kenya" in capture.body:
            raise ZeroDivisionError("not foreseen")
        return whole(self, capture)

    monkeypatch.setattr(Steps, "clean", failing)
    other = page("Reindeer", TALKS_EN, host="north.example")
    lines = said(run("clean", write("a.html", PAGE_EN), write("b.html", other), "--json"))
    assert "ZeroDivisionError: not foreseen" in lines[0]["error"]
    assert lines[1]["body"] == "\n".join(TALKS_EN)


# --- lines -----------------------------------------------------------------------------------


def jsonl(*lines: object) -> str:
    return "".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines)


def test_lines_are_scrapes_that_nobody_vouches_for(run: Run, write: Write) -> None:
    path = write("lines.jsonl", jsonl({"id": 7, "text": SCRAPE, "host": "rive.example"}))
    (line,) = said(run("clean", "--jsonl", path, "--json"))
    assert set(line) == {"id", "article", "body"}
    assert line["id"] == 7
    assert line["body"] == "\n".join(BORDER_FR)
    assert line["article"]["title"] == "Des tirs sur le lac"
    # `read` takes the same line for an article's own text.
    path = write("lines.jsonl", jsonl({"id": 7, "text": BARE_FR}))
    vouched = json.loads(run("read", "--jsonl", path).out)["article"]
    (line,) = said(run("clean", "--jsonl", path, "--json"))
    assert {b["label"] for b in vouched["blocks"]} == {"body"}
    assert {b["label"] for b in line["article"]["blocks"]} == {"headline", "body"}


def test_a_line_s_address_is_the_article_s(run: Run, write: Write) -> None:
    one = {"id": "a", "text": SCRAPE, "url": "https://rive.example/1", "seen": [1, {}]}
    (line,) = said(run("clean", "--jsonl", write("lines.jsonl", jsonl(one)), "--json"))
    assert line["article"]["url"] == "https://rive.example/1"


def test_captures_of_lines_are_bare_only_where_vouched_for() -> None:
    raw = jsonl({"id": "a", "text": "Kenya met Rwanda.", "url": "https://a.example/1"})
    (vouched,) = (found for _, found in capture_lines([raw], "f"))
    (scraped,) = (found for _, found in capture_lines([raw], "f", scraped=True))
    assert isinstance(vouched, Capture)
    assert isinstance(scraped, Capture)
    assert (vouched.bare, vouched.url) == (True, None)
    assert (scraped.bare, scraped.url) == (False, "https://a.example/1")


def test_broken_lines_keep_their_place(run: Run, write: Write) -> None:
    path = write(
        "lines.jsonl",
        jsonl({"id": "a", "text": SCRAPE}, '{"id": "b", "text": ', {"id": "c", "text": ""},
              {"id": "d", "text": SCRAPE, "url": "http://[nowhere"}, {"id": "e", "text": SCRAPE}),
    )  # fmt: skip
    made = run("clean", "--jsonl", path, "--json")
    lines = said(made)
    assert made.code == 0
    assert [line["id"] for line in lines] == ["a", 2, "c", "d", "e"]
    assert list(lines[1]) == list(lines[2]) == ["id", "error", "article", "body"]
    assert lines[4]["body"] == lines[0]["body"]


def test_lines_from_standard_input(run: Run, write: Write) -> None:
    text = jsonl({"id": "a", "text": SCRAPE})
    by_file = run("clean", "--jsonl", write("lines.jsonl", text), "--json")
    assert run("clean", "--jsonl", "-", "--json", given=text.encode()) == by_file


# --- the rest --------------------------------------------------------------------------------


def test_in_words_every_block_is_shown(run: Run, write: Write) -> None:
    made = run("clean", write("page.html", PAGE_EN), write("scrape.txt", SCRAPE))
    assert (made.code, made.err) == (0, "")
    for words in ("page.html", "headline", "Shots on the lake", "navigation", "About us"):
        assert words in made.out
    assert "comment_form" in made.out
    assert "spam-filter-notice" in made.out


def test_in_words_control_characters_stay_out(run: Run, write: Write) -> None:
    made = run("clean", write("a.txt", "Kenya \x1b[31mmet\x9b Rwanda [bold]in[/] Nairobi."))
    assert not set("\x1b\x9b") & set(made.out)
    assert "[bold]in[/]" in made.out


@pytest.mark.parametrize("arguments", [(), ("a.html", "--jsonl", "b.jsonl")])
def test_pages_or_lines_but_not_both(run: Run, arguments: tuple[str, ...]) -> None:
    made = run("clean", *arguments)
    assert (made.code, made.out) == (2, "")
    assert "--jsonl FILE" in made.err


def test_more_processes_give_the_same(tmp_path: Path, write: Write) -> None:
    for number in range(5):
        write(f"{number}.html", page(f"Page {number}", BORDER_EN, host=f"n{number}.example"))
    write("9.png.txt", PICTURE)
    made = [
        subprocess.run(
            [sys.executable, "-m", "dragoman", "clean", str(tmp_path), "--json", "--jobs", jobs],
            cwd=ROOT, capture_output=True, check=True,
        )
        for jobs in ("1", "2")
    ]  # fmt: skip
    assert made[0].stdout == made[1].stdout
    assert len(made[0].stdout.splitlines()) == 6


def test_no_parser_is_loaded(tmp_path: Path, write: Write) -> None:
    path = write("page.html", PAGE_EN)
    program = (
        "import sys, dragoman.cli as c\n"
        f"sys.argv = ['dragoman', 'clean', {str(path)!r}, '--json']\n"
        "try: c.main()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(made.stdout)["body"]
    assert not {"spacy", "thinc", "alembic", "fastapi"} & set(made.stderr.split())
