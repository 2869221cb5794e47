"""Every fault in a data file is told with file and line, whatever the table."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from dragoman.errors import DataFileError
from dragoman.knowledge.atlas import load_atlas
from dragoman.knowledge.codebook import EXAMPLE_COLUMNS, NONE_COLUMNS, load_codebook
from dragoman.knowledge.files import read_table, read_toml
from dragoman.knowledge.frames import COLUMNS, load_frames
from tests.knowledge.tables import ADA, LEAGUE, NORWAY, REIGN, Write, row, small_atlas

CATEGORIES = frozenset({"ASSAULT", "CONSULT"})


# --- tables ------------------------------------------------------------------------------------


def test_comments_and_blank_lines_are_passed_over_but_counted(write: Write) -> None:
    path = write("t.tsv", "# a reason\na\tb\n\n# another\n1\t2\n")
    assert [(r.line, r["a"], r["b"]) for r in read_table(path, ("a", "b"))] == [(5, "1", "2")]


def test_members_and_empty_cells(write: Write) -> None:
    path = write("t.tsv", "a\tb\nx | y|\t-\n")
    found = next(iter(read_table(path, ("a", "b"))))
    assert found.members("a") == ("x", "y")
    assert found.members("b") == ()
    assert found.optional("b") is None


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a\tb\n1\t2\t3\n", 2, "3 cells where 2 are due"),
        ("a\tb\n# fine\n1\n", 3, "1 cells where 2 are due"),
        ("a\tc\n1\t2\n", 1, "columns must be a, b"),
        ("# only this\n", 1, "no header"),
    ],
)
def test_bad_tables(text: str, line: int, reason: str, write: Write) -> None:
    path = write("t.tsv", text)
    with pytest.raises(DataFileError, match=reason) as caught:
        list(read_table(path, ("a", "b")))
    assert (caught.value.path, caught.value.line) == (path, line)
    assert f"{path}:{line}: " in str(caught.value)


def test_a_number_that_is_none(write: Write) -> None:
    path = write("t.tsv", "a\nnorth\n")
    with pytest.raises(DataFileError, match="'north' is not a number") as caught:
        next(iter(read_table(path, ("a",)))).number("a")
    assert caught.value.line == 2


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="missing"):
        list(read_table(tmp_path / "none.tsv", ("a",)))


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_bytes(b"a\n\xe9t\xe9\n")
    with pytest.raises(DataFileError, match="not UTF-8"):
        list(read_table(tmp_path / "t.tsv", ("a",)))


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    size: int = 0


@pytest.mark.parametrize(
    ("text", "line"),
    [('name = "x"\nsize = "big"\n', 2), ('name = "x"\ncolour = "red"\n', 2)],
)
def test_toml_faults_name_the_line_of_the_key(text: str, line: int, write: Write) -> None:
    with pytest.raises(DataFileError) as caught:
        read_toml(write("t.toml", text), Shape)
    assert caught.value.line == line


def test_broken_toml(write: Write) -> None:
    with pytest.raises(DataFileError):
        read_toml(write("t.toml", "name = \n"), Shape)


# --- frames ------------------------------------------------------------------------------------


def frames(write: Write, *cells: str) -> None:
    write("classes.tsv", row("class", "lemmas") + row("weapon", "gun|bomb"))
    path = write("frames.tsv", row(*COLUMNS) + "# one\n" + row(*cells))
    load_frames(path.parent, CATEGORIES)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        # unknown category
        (("hit", "v", "HIT", "-", "190", "-", "-", "-", "-"), "'HIT' is not in the codebook"),
        # unknown part of speech
        (("hit", "x", "ASSAULT", "-", "190", "-", "-", "-", "-"), "pos must be v or n"),
        # unknown class
        (("hit", "v", "ASSAULT", "-", "190", "-", "-", "obj:@arm", "-"), "class @arm"),
        # unknown condition
        (("hit", "v", "ASSAULT", "-", "190", "-", "-", "loudly", "-"), "unknown condition"),
        (("hit", "v", "ASSAULT", "-", "190", "-", "-", "with:gun", "-"), "unknown condition"),
        # unknown flag
        (("hit", "v", "ASSAULT", "-", "190", "-", "-", "-", "both"), "unknown flags both"),
        # unknown slot
        (("hit", "v", "ASSAULT", "-", "190", "doer", "-", "-", "-"), "slot"),
    ],
)
def test_bad_frames(cells: tuple[str, ...], reason: str, write: Write) -> None:
    with pytest.raises(DataFileError, match=reason) as caught:
        frames(write, *cells)
    assert caught.value.path.name == "frames.tsv"
    assert caught.value.line == 3


def test_a_class_that_stands_twice(write: Write) -> None:
    write("frames.tsv", row(*COLUMNS))
    path = write("classes.tsv", row("class", "lemmas") + row("a", "b") + row("a", "c"))
    with pytest.raises(DataFileError, match="class a stands twice") as caught:
        load_frames(path.parent, CATEGORIES)
    assert caught.value.line == 3


# --- atlas -------------------------------------------------------------------------------------


def atlas(write: Write, **rows: list[tuple[str, ...]]) -> None:
    load_atlas(small_atlas(write, **rows))


def test_a_small_atlas_loads(write: Write) -> None:
    atlas(write)


# fmt: off
SECOND_LINE_FAULTS: list[tuple[str, tuple[str, ...], tuple[str, ...], str]] = [
    # double ids
    ("states", NORWAY, NORWAY, "actor NOR stands twice"),
    ("people", ADA, ADA, "actor ada-lund stands twice"),
    ("organisations", LEAGUE, LEAGUE, "actor sea-league stands twice"),
    # an id of another table
    ("people", ADA, ("sea-league", *ADA[1:]), "actor sea-league stands twice"),
    # overlapping roles
    ("roles", REIGN, (*REIGN[:4], "2014", "2016", "2016", "-"), "overlaps the same role"),
    ("roles", REIGN, (*REIGN[:4], "2012", "-", "2020", "-"), "overlaps the same role"),
    # roles of nobody, and for nobody
    ("roles", REIGN, ("bo-ek", *REIGN[1:]), "person 'bo-ek' is in no table"),
    ("roles", REIGN, (*REIGN[:2], "SWE", *REIGN[3:]), "actor 'SWE' is in no table"),
    # a role that ends before it begins, or that nobody vouches for
    ("roles", REIGN, (*REIGN[:4], "2018", "2016", "2016", "-"), "ends before it begins"),
    ("roles", REIGN, (*REIGN[:4], "2018", "-", "-", "-"), "known_until is missing"),
    # offices
    ("offices", ("king", "one", "-", "-"), ("king", "one", "-", "-"), "office king stands twice"),
    ("offices", ("king", "one", "-", "-"), ("emir", "1", "-", "-"), "none of one, several and many"),
    # a membership that nobody vouches for
    ("memberships", ("NOR", "sea-league", "1990", "-", "2025", "-"), ("NOR", "sea-league", "1980", "1981", "-", "-"), "known_until is missing"),
    # a territory that CLDR does not know
    ("states", NORWAY, ("XXA", "QX", *NORWAY[2:]), "CLDR knows no territory"),
]
# fmt: on


@pytest.mark.parametrize(("table", "first", "second", "reason"), SECOND_LINE_FAULTS)
def test_bad_atlas(
    table: str, first: tuple[str, ...], second: tuple[str, ...], reason: str, write: Write
) -> None:
    with pytest.raises(DataFileError, match=reason) as caught:
        atlas(write, **{table: [first, second]})
    assert caught.value.path.name == f"{table}.tsv"
    assert caught.value.line == 3


def test_roles_may_follow_each_other(write: Write) -> None:
    atlas(write, roles=[REIGN, (*REIGN[:4], "2014-06", "2016", "2016", "-")])


def test_metonyms_and_memberships_name_known_actors(write: Write) -> None:
    with pytest.raises(DataFileError, match="actor 'SWE'"):
        atlas(write, metonyms=[("Rosenbad", "SWE", "GOV", "-")])
    with pytest.raises(DataFileError, match="organisation 'east-league'"):
        atlas(write, memberships=[("NOR", "east-league", "1990", "-", "2025", "-")])


# --- codebook ----------------------------------------------------------------------------------

CATEGORY = """
id = "ASSAULT"
quad = 4
not_this = []
[label]
en = "Assault"
[definition]
en = "Force is used."
"""
SENTENCE = row("Niger shelled a town.", "shelled", "Niger", "-", "happened", "-", "-", "-")


def codebook(write: Write, *rows: str, category: str = CATEGORY) -> Path:
    """A folder with one category, its rows as its English examples, and no context."""
    path = write("assault.toml", category)
    write("contexts.toml", "context = []\n")
    if rows:
        write("en/assault.tsv", row(*EXAMPLE_COLUMNS) + "".join(rows))
    return path.parent


def test_a_category_needs_an_example(write: Write) -> None:
    with pytest.raises(DataFileError, match="ASSAULT has no example"):
        load_codebook(codebook(write))
    assert list(load_codebook(codebook(write, SENTENCE)).categories) == ["ASSAULT"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\tshelled", "\tbombed", "predicate not in its sentence"),
        ("\tNiger", "\tMali", "source not in its sentence"),
        ("happened", "finished", "no status 'finished'"),
        ("happened\t-\t-\t-", "happened\t-\t-\t190", "cameo '190' is not in the category's file"),
    ],
)
def test_faults_of_an_example(old: str, new: str, reason: str, write: Write) -> None:
    with pytest.raises(DataFileError, match=reason) as caught:
        load_codebook(codebook(write, SENTENCE.replace(old, new)))
    assert caught.value.line == 2


def test_a_sentence_without_act_holds_its_word(write: Write) -> None:
    folder = codebook(write, SENTENCE)
    path = write("en/none.tsv", row(*NONE_COLUMNS) + row("Ice melted.", "melted", "statement"))
    (example,) = load_codebook(folder).without_act
    assert (example.category, example.kind) == ("NONE", "statement")
    path.write_text(path.read_text("utf-8").replace("\tmelted", "\tfroze"), "utf-8")
    with pytest.raises(DataFileError, match="predicate not in its sentence"):
        load_codebook(folder)


def test_a_category_stands_once(write: Write) -> None:
    folder = codebook(write, SENTENCE)
    write("attack.toml", CATEGORY)
    write("en/attack.tsv", row(*EXAMPLE_COLUMNS) + SENTENCE)
    with pytest.raises(DataFileError, match="ASSAULT stands twice"):
        load_codebook(folder)


@pytest.mark.parametrize("quad", ["0", "5", '"loud"'])
def test_a_quad_is_one_of_four(quad: str, write: Write) -> None:
    folder = codebook(write, SENTENCE, category=CATEGORY.replace("quad = 4", f"quad = {quad}"))
    with pytest.raises(DataFileError) as caught:
        load_codebook(folder)
    assert caught.value.line == 3
