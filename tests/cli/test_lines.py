"""`dragoman read --jsonl`: one object for each line, in order, whatever a line holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ran, Run, Write
from tests.cli.inputs import assert_one_sentence
from tests.contract import checked
from tests.desks import BORDER_EN, BORDER_FR

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
    pytest.param('{"id": true, "text": "Kenya."}', id="id is a truth value"),
    pytest.param('{"id": 1.5, "text": "Kenya."}', id="id is a fraction"),
    pytest.param('{"id": ["b"], "text": "Kenya."}', id="id is a list"),
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
