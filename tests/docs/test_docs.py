"""The pages tell what the program has: fresh tables, all names, links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import pytest
import typer

from dragoman.cli import COMMANDS, GROUPS
from dragoman.config import Config
from dragoman.knowledge import Knowledge, atlas, tenure
from dragoman.knowledge import frames as lexicon
from dragoman.knowledge.frames import load_frames
from dragoman.knowledge.languages import GovernorsShape, SplitShape, WordsShape
from dragoman.model import (
    BODY_LABELS,
    CREDIT_LABELS,
    FURNITURE_LABELS,
    LABELS,
    READ_LABELS,
    Kind,
    Precision,
    Status,
)
from dragoman.publish.formats.article_json import article_json
from tests.conftest import Coded
from tests.docs.generate import DOCS, TABLES, rewritten, stale

ROOT = DOCS.parent
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s#]*)(?:#([^)\s]+))?\)")
TSV = re.compile(r"^ *```tsv\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
LABEL_ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| (yes|no) \|", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# --- generated tables --------------------------------------------------------------------------


def test_tables_are_fresh(knowledge: Knowledge) -> None:
    assert [path.name for path in stale(knowledge.codebook)] == [], "`make docs` writes them anew"


def test_every_table_has_its_place() -> None:
    marked = re.findall(r"<!-- generated: ([\w-]+) -->", "".join(map(text, _docs())))
    assert sorted(marked) == sorted(TABLES)


def test_a_stale_table_is_seen(knowledge: Knowledge, tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("before\n<!-- generated: contexts -->\nold\n<!-- end -->\nafter\n", "utf-8")
    found = stale(knowledge.codebook, tmp_path)
    assert list(found) == [page]
    assert found[page].startswith("before\n")
    assert found[page].endswith("<!-- end -->\nafter\n")
    assert rewritten(found[page], knowledge.codebook) == found[page]


# --- names -------------------------------------------------------------------------------------


def test_block_labels_are_told_as_they_are_used() -> None:
    groups: dict[str, str] = {
        **dict.fromkeys(BODY_LABELS, "body"),
        **dict.fromkeys(CREDIT_LABELS, "credit"),
        **dict.fromkeys(FURNITURE_LABELS, "furniture"),
        "headline": "headline",
    }
    told = {label: (group, read) for label, group, read in LABEL_ROW.findall(text("docs/json.md"))}
    is_read = {True: "yes", False: "no"}
    assert told == {label: (groups[label], is_read[label in READ_LABELS]) for label in LABELS}


def test_categories_and_modes_are_told(knowledge: Knowledge) -> None:
    page = text("docs/codebook.md")
    for category in knowledge.codebook.categories.values():
        assert f"| {category.id} | {category.quad} " in page
        assert all(f"| {category.id} | `{mode.id}` |" in page for mode in category.modes)


@pytest.mark.parametrize("status", get_args(Status))
def test_statuses_are_told(status: str) -> None:
    assert f"| `{status}` |" in text("docs/codebook.md")


@pytest.mark.parametrize("word", [*get_args(Kind), *get_args(Precision)])
def test_kinds_and_precisions_are_told(word: str) -> None:
    assert re.search(rf"\b{word}\b", text("docs/json.md"))


@pytest.mark.parametrize("command", [one.__name__ for group in COMMANDS.values() for one in group])
def test_commands_are_told(command: str) -> None:
    command = command.replace("_", "-")
    told = [page.name for page in PAGES if f"dragoman {command}" in page.read_text("utf-8")]
    assert [name for name in told if name != "CHANGELOG.md"] != []
    assert f"`dragoman {command}`" in text("CHANGELOG.md")


@pytest.mark.parametrize("command", [one for group in COMMANDS.values() for one in group])
def test_the_help_of_a_command_has_an_example(command: Callable[..., None]) -> None:
    assert "[dim]Example" in (command.__doc__ or "")


@pytest.mark.parametrize("group", [one for groups in GROUPS.values() for one in groups])
def test_commands_of_groups_are_told(group: typer.Typer) -> None:
    said = "".join(map(text, _docs()))
    name = group.info.name
    called = [
        one.name or one.callback.__name__ for one in group.registered_commands if one.callback
    ]
    assert [one for one in called if f"dragoman {name} {one}" not in said] == []
    assert f"`dragoman {name}`" in text("CHANGELOG.md")


@pytest.mark.parametrize("setting", ["polite_delay", "agent_contact", "allow_hosts"])
def test_settings_of_fetching_are_told(setting: str) -> None:
    assert setting in Config.model_fields
    assert f"`{setting} = " in text("docs/collect.md")


def test_the_lexicon_s_terms_are_told() -> None:
    page = text("docs/frames.md")
    terms = {
        *lexicon.COLUMNS, *lexicon.KNOWN_SLOTS, *lexicon.PLAIN_CONDITIONS, *lexicon.FLAGS,
        *GovernorsShape.model_fields,
    }  # fmt: skip
    assert sorted(term for term in terms if f"`{term}`" not in page) == []
    assert all(f"obj:{word}" in page for word in lexicon.BUILT_IN)


def test_small_words_are_told() -> None:
    page = text("docs/frames.md")
    lists = {*WordsShape.model_fields, *SplitShape.model_fields} - {"name", "parser", "sentences"}
    assert sorted(name for name in lists if f"`{name}`" not in page) == []


@pytest.mark.parametrize(
    "columns",
    [
        atlas.STATES,
        atlas.BODIES,
        atlas.PEOPLE,
        atlas.PLACES,
        atlas.METONYMS,
        tenure.ROLES,
        tenure.OFFICES,
        tenure.TITLES,
        tenure.MEMBERSHIPS,
    ],
)
def test_columns_of_the_atlas_are_told(columns: tuple[str, ...]) -> None:
    assert " ".join(f"`{column}`" for column in columns) in text("docs/data-files.md")


def test_fields_of_the_json_are_told(coded: Coded) -> None:
    page = text("docs/json.md")
    made = article_json(coded("Peru lifted the sanctions on Chile on 4 March 2024.", "en"))
    assert made["reports"]
    assert sorted(name for name in _names(made) if f"`{name}`" not in page) == []


def _names(value: object) -> set[str]:
    if isinstance(value, Mapping):
        return set(value).union(*map(_names, value.values()))
    return set().union(*map(_names, value)) if isinstance(value, list) else set()


# --- examples ----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["en", "fr"])
def test_quoted_lines_stand_in_the_lexicon(code: str) -> None:
    quoted = TSV.findall(text("docs/frames.md"))[0 if code == "en" else 1].strip()
    assert quoted in text(f"dragoman/languages/{code}/frames.tsv").splitlines()


@pytest.mark.parametrize(("code", "which"), [("en", 2), ("fr", 3)])
def test_lines_to_add_can_be_loaded(
    code: str, which: int, knowledge: Knowledge, tmp_path: Path
) -> None:
    line = TSV.findall(text("docs/frames.md"))[which].strip()
    header = "\t".join(lexicon.COLUMNS)
    (tmp_path / "frames.tsv").write_text(f"{header}\n{line}\n", "utf-8")
    (tmp_path / "classes.tsv").write_text(text(f"dragoman/languages/{code}/classes.tsv"), "utf-8")
    frames = load_frames(tmp_path, frozenset(knowledge.codebook.categories))
    assert len(frames.get(line.split("\t")[0], "v")) == 1


@pytest.mark.parametrize(
    ("sentence", "code", "category", "source", "target"),
    [
        ("Peru lifted the sanctions on Chile.", "en", "RETREAT", "Peru", "Chile"),
        (
            "Le Paraguay a ouvert le feu sur des pêcheurs boliviens.",
            "fr", "ASSAULT", "Paraguay", "pêcheurs",
        ),
    ],
)  # fmt: skip
def test_worked_examples(
    sentence: str, code: str, category: str, source: str, target: str, coded: Coded
) -> None:
    (report,) = coded(sentence, code).reports
    assert sentence.rstrip(".") in text("docs/frames.md")
    assert report.category == category
    assert ([s.name for s in report.sources], [s.name for s in report.targets]) == (
        [source],
        [target],
    )
    if code == "en":
        assert "\n".join(report.why) in text("docs/frames.md")


# --- links -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_internal_links_resolve(page: Path) -> None:
    assert [one for one in _links(page) if not _leads_somewhere(page, *one)] == []


def _links(page: Path) -> list[tuple[str, str]]:
    found = LINK.findall(FENCED.sub("", page.read_text("utf-8")))
    return [(path, anchor) for path, anchor in found if ":" not in path]


def _leads_somewhere(page: Path, path: str, anchor: str) -> bool:
    target = page.parent / path if path else page
    if not target.exists():
        return False
    return not anchor or anchor in _anchors(target.read_text("utf-8"))


def _anchors(page: str) -> set[str]:
    """Headings as GitHub links to them: lower case, hyphens for spaces, no punctuation."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).strip().replace(" ", "-") for one in headings}


def _docs() -> list[str]:
    return [f"docs/{path.name}" for path in sorted(DOCS.glob("*.md"))]
