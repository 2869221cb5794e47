"""A light language is a folder of data, loaded when a text in it comes, and no program knows it."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.light import LightLanguage, brought_names, load_light
from dragoman.knowledge.times import load_times
from dragoman.pipeline import Steps
from dragoman.read.times import find_times

LANGUAGES = DATA / "languages"
LIGHT = sorted(path.parent for path in LANGUAGES.glob("*/light.toml"))
ALLOWED = frozenset({".toml", ".tsv"})
STEPS = ("read", "link", "record", "knowledge", "desk")
NEW = """\
capitals = true
given = ["Saskia"]

[sentences]
abbreviations = ["dhr"]
"""


@pytest.fixture(scope="module")
def with_dutch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge with one more language, of which there is a `light.toml` and nothing else."""
    root = tmp_path_factory.mktemp("knowledge")
    for folder in ("atlas", "codebook", "layout", "outlets"):
        (root / folder).symlink_to(DATA / folder)
    shutil.copytree(LANGUAGES, root / "languages")
    (root / "languages" / "nl").mkdir()
    (root / "languages" / "nl" / "light.toml").write_text(NEW, "utf-8")
    return root


@pytest.mark.parametrize("folder", LIGHT, ids=lambda folder: folder.name)
def test_a_folder_holds_data_alone(folder: Path) -> None:
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} <= ALLOWED


@pytest.mark.parametrize(
    "folder", [one for one in LIGHT if one.name != "de"], ids=lambda folder: folder.name
)
def test_no_step_names_the_language(folder: Path) -> None:
    """Not as a string of its own in any module of a step, nor of the knowledge, but those that tell
    how letters sound; of `clean`, where "tr" is a row of a table, in the one for languages. German
    is passed over: "de" is a word of French."""
    modules = [
        path
        for step in STEPS
        for path in (DATA / step).rglob("*.py")
        if path.name not in {"letters.py", "sounds.py"}
    ]
    modules.append(DATA / "clean" / "language.py")
    assert modules
    naming = [
        path.name
        for path in modules
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value == folder.name
    ]
    assert naming == []


def test_one_file_makes_a_light_language(with_dutch: Path) -> None:
    steps = Steps(knowledge=Knowledge(with_dutch))
    text = "Dhr. De Wit ontmoette gisteren in Lyon een zekere Saskia Overdiep. Duitsland zweeg."
    kept = steps.in_hand(text, "nl", "2024-03-20")
    assert (kept.tier, kept.reports, kept.reading.times) == ("light", (), ())
    assert len(kept.reading.sentences) == 2
    found = {r.mention.text: r.actor for r in kept.references}
    assert found["Duitsland"] == "DEU"
    assert found["Saskia Overdiep"] is None


def test_a_parser_makes_it_full(with_dutch: Path) -> None:
    knowledge = Knowledge(with_dutch)
    assert (knowledge.tier("nl"), knowledge.tier("en"), knowledge.tier("el")) == (
        "light",
        "full",
        "none",
    )
    (with_dutch / "languages" / "nl" / "language.toml").write_text("", "utf-8")
    try:
        assert Knowledge(with_dutch).tier("nl") == "full"
        assert "nl" not in Knowledge(with_dutch).light
    finally:
        (with_dutch / "languages" / "nl" / "language.toml").unlink()


def test_no_language_is_loaded_before_it_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman import knowledge as room

    loaded: list[str] = []

    def load(folder: Path) -> LightLanguage:
        loaded.append(folder.name)
        return load_light(folder)

    monkeypatch.setattr(room, "load_light", load)
    steps = Steps(knowledge=Knowledge())
    assert steps.text("The ministers met in the capital on Monday evening.").language == "en"
    assert steps.knowledge.tier("hy") == "light"
    assert loaded == []
    assert steps.knowledge.light["hy"].capitals
    assert not steps.knowledge.light["ka"].capitals
    assert steps.knowledge.light["hy"].code == "hy"
    assert loaded == ["hy", "ka"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("no-such-thing\tNitni\t-", "no actor and no place"),
        ("nato\t-\t-", "has no names"),
        ("nato\tNATO", "2 cells where 3 are due"),
    ],
)
def test_a_faulty_name_is_told(tmp_path: Path, knowledge: Knowledge, row: str, fault: str) -> None:
    (tmp_path / "actors.tsv").write_text(f"id\tnames\tsector\n{row}\n", "utf-8")
    with pytest.raises(DataFileError, match=fault) as raised:
        list(brought_names(tmp_path, knowledge.atlas))
    assert "actors.tsv:2" in str(raised.value)


def test_an_unknown_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "light.toml").write_text("capitals = true\ncolour = 'red'\n", "utf-8")
    with pytest.raises(DataFileError, match="no such key"):
        load_light(tmp_path)


def test_times_may_leave_out_what_the_language_lacks(tmp_path: Path) -> None:
    """Without words for tenses, joins and ranges nothing fits everywhere."""
    path = tmp_path / "times.toml"
    path.write_text(
        'language = "xx"\nnumeric_order = "dmy"\n[words.month]\nbrim = 3\n'
        '[[pattern]]\nkind = "date"\nforms = ["<day> <month> <year>"]\n',
        "utf-8",
    )
    text = "den 17 brim 2024, och 18 brim 2024"
    found = find_times(text, 0, len(text), load_times(path), published=None)
    assert [t.value for t in found] == ["2024-03-17", "2024-03-18"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("<month> moon(?:en|ens)? <year>", "i ibrim moonen 2024"),
        ("<month>(?:en|et)? <year>", "i ibrimen 2024"),
        ("<month>(?: moon)? <year>", "İbrim moon 2024"),
    ],
)
def test_endings_may_be_left_open_and_dots_stand_on_capitals(
    tmp_path: Path, form: str, text: str
) -> None:
    path = tmp_path / "times.toml"
    path.write_text(
        'language = "xx"\nnumeric_order = "dmy"\n[words.month]\nibrim = 3\n'
        f'[[pattern]]\nkind = "date"\nforms = ["{form}"]\n',
        "utf-8",
    )
    found = find_times(text, 0, len(text), load_times(path), published=None)
    assert [t.value for t in found] == ["2024-03"]


NAMES_OF_STATES = {
    "tr": "Fransa",
    "az": "Fransa",
    "hy": "Ֆրանսիա",
    "ka": "საფრანგეთი",
    "uk": "Франція",
}


@pytest.mark.parametrize(("code", "name"), NAMES_OF_STATES.items())
def test_states_have_the_names_of_cldr(knowledge: Knowledge, code: str, name: str) -> None:
    assert {c.id for c in knowledge.names(code).look_up(name)} == {"FRA"}


@pytest.mark.parametrize("folder", LIGHT, ids=lambda folder: folder.name)
def test_no_name_of_its_own_stands_for_two(folder: Path, knowledge: Knowledge) -> None:
    """But a part of a state may bear its name, and a city that of its region."""
    owners: dict[str, set[str]] = {}
    for name, candidate in brought_names(folder, knowledge.atlas):
        if candidate.kind not in {"surname", "metonym"}:
            owners.setdefault(name, set()).add(candidate.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
