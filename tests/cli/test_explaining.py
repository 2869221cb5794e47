"""`dragoman explain`: the whole chain for a sentence, a report or an event; and clear refusals."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from dragoman.record.acts import Why
from tests.cli.conftest import Run, Write
from tests.cli.inputs import PAGE_EN
from tests.desks import ROOT


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def explained(run: Run, text: str, *options: str) -> dict[str, Any]:
    """The predicates of all sentences by their words."""
    made = run("explain", text, *options, "--json")
    assert (made.code, made.err) == (0, "")
    sentences = json.loads(made.out)["sentences"]
    return {one["text"]: one for sentence in sentences for one in sentence["candidates"]}


def test_the_chain_of_a_coded_sentence(run: Run) -> None:
    one = explained(run, "Kenya was not condemned by Rwanda for the delay.")["condemned"]
    parse = one["predicate"]
    assert (parse["lemmas"][0], parse["voice"], parse["negated"]) == ("condemn", "passive", True)
    assert {"slot": "agent", "start": 27, "end": 33, "text": "Rwanda"} in parse["slots"]
    assert [(s["part"], s["actor"], s["slot"]) for s in one["sides"]] == [
        ("source", "RWA", "agent"),
        ("target", "KEN", "subj"),
    ]
    assert one["outcome"] == "coded"
    assert one["status_cue"] == "negated"
    assert one["report"]["root"] == "ACCUSE"
    assert one["report"]["status"] == "denied"


def test_entries_are_told_with_their_lines(run: Run) -> None:
    entries = explained(run, "Kenya condemned Rwanda's invasion of Uganda.")["condemned"]["entries"]
    assert [one["failed"] for one in entries[-1:]] == [None]
    assert all(one["failed"] for one in entries[:-1])
    assert len(entries) > 1
    for one in entries:
        line = (ROOT / "dragoman" / one["file"]).read_text("utf-8").splitlines()[one["line"] - 1]
        lemmas, pos, category = line.split("\t")[:3]
        assert ("condemn" in lemmas.split("|"), pos, category) == (True, "v", one["category"])


def test_examples_and_the_runner_up(run: Run, steps: Any) -> None:
    one = explained(run, "Kenya condemned Rwanda's invasion of Uganda.")["condemned"]
    texts = {e.text: e.root for e in steps.knowledge.codebook.examples}
    assert all(texts[near["text"]] == near["category"] for near in one["examples"])
    cosines = [near["cosine"] for near in one["examples"]]
    assert cosines == sorted(cosines, reverse=True)
    assert len(cosines) == 3
    best, second = list(one["probabilities"])[:2]
    assert (best, second) == ("ACCUSE", one["runner_up"]["category"])
    assert one["runner_up"]["probability"] == one["probabilities"][second]
    near = one["runner_up"]["example"]
    assert near is None or texts[near["text"]] == second


@pytest.mark.parametrize(
    ("language", "sentence", "word", "outcome"),
    [
        ("en", "Ghana urged Togo to release the prisoners.", "release", "content"),
        ("fr", "Le Ghana a exhorté le Togo à libérer les prisonniers.", "libérer", "content"),
        ("fr", "Un enfant a mangé une pomme.", "mangé", "no-side"),
        ("en", "The teacher thanked the pupils.", "thanked", "not-political"),
        ("en", "The government of Ghana prefers tea.", "prefers", "no-act"),
    ],
)
def test_what_is_not_coded_says_why(
    run: Run, language: str, sentence: str, word: str, outcome: str
) -> None:
    one = explained(run, sentence, "--language", language)[word]
    assert (one["outcome"], one["report"]) == (outcome, None)
    assert one["reason"]


def test_a_sentence_that_comes_twice_is_told_once(run: Run) -> None:
    text = "Kenya condemned Rwanda.\nKenya condemned Rwanda."
    made = run("explain", text, "--language", "en", "--json")
    found = [s["candidates"][0]["outcome"] for s in json.loads(made.out)["sentences"]]
    assert found == ["coded", "told-before"]


def test_every_outcome_is_documented() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    assert [why for why in ("coded", *get_args(Why)) if f"| `{why}` |" not in page] == []


def test_fields_are_documented(run: Run) -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    made = json.loads(run("explain", "Ghana urged Togo to free its prisoners.", "--json").out)
    (sentence,) = made["sentences"]
    names = {*made, *sentence}
    for one in sentence["candidates"]:
        names |= {*one, *one["predicate"]}
        for part in (*one["sides"], *one["entries"], *one["examples"], one["runner_up"] or {}):
            names |= set(part)
    assert sorted(name for name in names if f"`{name}`" not in page) == []


def test_the_coder_and_its_explanation_agree(run: Run, write: Write) -> None:
    text = "Kenya condemned Rwanda. Ghana will sign the treaty with Togo. Nobody sang."
    read = json.loads(run("read", write("a.txt", text), "--json").out)
    reports = [one["report"] for one in explained(run, text).values() if one["report"]]
    assert len(reports) == 2
    for told, made in zip(reports, read["reports"], strict=True):
        assert {k: v for k, v in told.items() if k != "id"} == {
            k: v for k, v in made.items() if k != "id"
        }


def test_shown_at_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    made = run("explain", "La Pologne signera le traité. Des enfants jouent.")
    assert (made.code, made.err) == (0, "")
    assert max(map(len, made.out.splitlines())) <= 80
    flat = " ".join(made.out.split())
    assert "signera AGREE planned" in flat
    assert "planned: future tense" in flat
    assert "SUPPORT, planned → AGREE" in flat
    assert "jouent not coded:" in flat
    assert re.search(r"languages/fr/frames\.tsv:\d+ signer/v", flat)


def test_standard_input(run: Run) -> None:
    text = "Le Kenya a condamné le Rwanda."
    given = run("explain", "-", "--json", given=text.encode())
    assert given == run("explain", text, "--json")


def test_a_sentence_without_predicate(run: Run) -> None:
    made = run("explain", "Ah, Nairobi!", "--language", "en")
    assert made.code == 0
    assert "no predicate" in made.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([""], "the text is empty"),
        ([" \n "], "the text is empty"),
        (["Hm."], "--language"),
        (
            ["El gobierno llamó ayer a todos los embajadores a su sede."],
            "'es', which is not read",
        ),
        (
            ["Die Regierung hat gestern alle Botschafter zu sich gerufen."],
            "'de', which is read lightly, without acts",
        ),
        (["Kenya condemned Rwanda.", "--language", "xx"], "there are en, fr"),
    ],
)
def test_texts_that_cannot_be_explained(run: Run, arguments: list[str], said: str) -> None:
    made = run("explain", *arguments)
    assert (made.code, made.out) == (2, "")
    assert made.err.count("\n") == 1
    assert said in made.err


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00\x01", b"\x00" * 40])
def test_bytes_that_are_no_text(run: Run, garbage: bytes) -> None:
    made = run("explain", "-", given=garbage)
    assert (made.code, made.out, made.err.count("\n")) == (2, "", 1)


def test_a_report_and_its_event(run: Run, write: Write, home: Path) -> None:
    run("add", write("page.html", PAGE_EN), "--home", home)
    (line,) = run("export", "--format", "articles", "--home", home).out.splitlines()
    report = next(r for r in json.loads(line)["reports"] if r["category"] == "ACCUSE")
    made = json.loads(run("explain", report["id"], "--home", home, "--json").out)
    assert (made["id"], made["doubts"]) == (report["id"], [])
    (sentence,) = made["sentences"]
    assert sentence["text"] == report["evidence"]["text"]
    assert report in [one["report"] for one in sentence["candidates"]]
    pair = json.loads(run("pair", "KEN", "RWA", "--home", home, "--json").out)
    event = next(
        entry["line"]["id"]
        for group in pair["dossier"]["chronology"]
        for entry in group["entries"]
        if entry["line"]["category"] == "ACCUSE"
    )
    of_event = json.loads(run("explain", event, "--home", home, "--json").out)
    assert of_event["sentences"] == made["sentences"]


def test_a_report_that_is_no_longer_made(
    run: Run, write: Write, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", write("page.html", PAGE_EN), "--home", home)
    (line,) = run("export", "--format", "articles", "--home", home).out.splitlines()
    identity = json.loads(line)["reports"][0]["id"]
    lack = "no side is political"
    monkeypatch.setattr("dragoman.record.political.Politics.lack", lambda *_: lack)
    made = json.loads(run("explain", identity, "--home", home, "--json").out)
    assert {one["outcome"] for s in made["sentences"] for one in s["candidates"]} >= {
        "not-political"
    }
    (doubt,) = made["doubts"]
    assert identity in doubt
    assert "dragoman build --from record" in doubt


@pytest.mark.parametrize(
    ("identity", "said"),
    [("r-0123456789abcdef", "no such report"), ("a-0123456789abcdef", "dragoman article")],
)
def test_ids_that_lead_nowhere(
    run: Run, write: Write, home: Path, identity: str, said: str
) -> None:
    run("add", write("page.html", PAGE_EN), "--home", home)
    made = run("explain", identity, "--home", home)
    assert (made.code, made.out) == (1, "")
    assert identity in made.err
    assert said in made.err


def test_an_id_needs_a_desk(run: Run, home: Path) -> None:
    made = run("explain", "r-0123456789abcdef", "--home", home)
    assert (made.code, made.out) == (1, "")
    assert "there is no desk here" in made.err


def test_a_narrow_terminal_loses_no_column(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    made = run("explain", "Kenya condemned Rwanda in Nairobi on Monday.")
    assert made.code == 0, made.err
    assert max(map(len, made.out.splitlines())) <= 20
    told = made.out.partition("parse")[2]
    assert all(word in told for word in ("active", "Kenya", "Rwanda"))
