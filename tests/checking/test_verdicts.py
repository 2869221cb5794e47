"""Verdicts from people: what is understood, what is refused with its line, and the way back."""

from __future__ import annotations

import csv
import io

import pytest

from dragoman.checking.sampling import draw
from dragoman.checking.verdicts import COLUMNS, as_csv, from_csv, reader_named, ruling
from dragoman.errors import DragomanError
from dragoman.knowledge.outlets import Outlets
from dragoman.model.audit import AuditItem, Ruling
from tests.checking.samples import row_of, rows_of

ITEMS = draw(rows_of(CONSULT=4), [], 4, 1, Outlets())[1]


def filled(items: tuple[AuditItem, ...], *verdicts: tuple[str, str, str]) -> bytes:
    rows = list(csv.DictReader(io.StringIO(as_csv(items))))
    for row, (verdict, wrong, note) in zip(rows, verdicts, strict=False):
        row |= {"verdict": verdict, "wrong": wrong, "note": note}
    made = io.StringIO()
    writer = csv.DictWriter(made, sorted(COLUMNS), delimiter=";")  # as a French spreadsheet saves
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode("utf-8-sig")


def test_a_table_comes_back_with_what_was_written_into_it() -> None:
    data = filled(
        ITEMS, ("Right", "", ""), ("w", "date, place", "« l'avant-veille »"), ("", "", "")
    )
    assert from_csv(data, "f.csv", ITEMS, "Béla") == [
        Ruling(ITEMS[0].report_id, "Béla", "right"),
        Ruling(ITEMS[1].report_id, "Béla", "wrong", ("date", "place"), "« l'avant-veille »"),
    ]


def test_a_reader_s_verdicts_stand_in_the_table() -> None:
    said = [Ruling(ITEMS[2].report_id, "Ada", "wrong", ("source",), "the other one")]
    rows = list(csv.DictReader(io.StringIO(as_csv(ITEMS, said))))
    assert [row["verdict"] for row in rows] == ["", "", "wrong", ""]
    assert from_csv(as_csv(ITEMS, said).encode(), "f.csv", ITEMS, "Ada") == said


def test_a_file_saved_without_utf_8_is_read() -> None:
    data = f"report,verdict,note\n{ITEMS[0].report_id},unsure,à voir\n".encode("cp1252")
    assert from_csv(data, "f.csv", ITEMS, "Ada")[0].note == "à voir"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("report,verdict\nr-nobody,right\n", "line 2: 'r-nobody' is not in this audit"),
        ("report,verdict\n{0},right\n{1},maybe\n", "line 3: a verdict is right, wrong, unsure"),
        ("report,verdict,wrong\n{0},wrong,colour\n", "and not 'colour'"),
        ("report,verdict\n{0},wrong\n", "line 2: say what is wrong"),
        ("report,verdict\n{0},right\n{0},unsure\n", "line 3: {0} has another verdict above"),
        ('report,note,verdict\n{0},"two\nlines",right\n,x,right\n', "line 4: 'no report'"),
        ("a,b\n1,2\n", "names no columns report and verdict"),
        ("", "names no columns report and verdict"),
    ],
)
def test_what_can_t_be_understood_is_named_with_its_line(text: str, said: str) -> None:
    names = [item.report_id for item in ITEMS]
    with pytest.raises(DragomanError) as fault:
        from_csv(text.format(*names).encode(), "f.csv", ITEMS, "Ada")
    assert str(fault.value).startswith("f.csv: ")
    assert said.format(*names) in str(fault.value)


def test_many_faults_are_counted() -> None:
    text = "report,verdict\n" + "r-x,right\n" * 9
    with pytest.raises(DragomanError, match=r"line 6: .*; and 4 more\. Nothing was kept"):
        from_csv(text.encode(), "f.csv", ITEMS, "Ada")


def test_no_cell_begins_a_formula() -> None:
    row = row_of("one")
    hostile = type(row)(**{f: getattr(row, f) for f in row.__dataclass_fields__}
                        | {"article_title": "=HYPERLINK(1)"})  # fmt: skip
    _, items = draw([hostile], [], 1, 1, Outlets())
    (cells,) = csv.DictReader(io.StringIO(as_csv(items)))
    assert cells["headline"] == "'=HYPERLINK(1)"


def test_verdicts_in_words() -> None:
    assert ruling("r", "Ada", " RIGHT ", ["date"]).wrong == ()
    assert ruling("r", "Ada", "W", ["Date", "date"], "  ").wrong == ("date",)
    for words in ("", "rightly"):
        with pytest.raises(DragomanError):
            ruling("r", "Ada", words)


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[1mb", "x" * 101])
def test_a_reader_has_a_name(name: str) -> None:
    with pytest.raises(DragomanError, match="--reader"):
        reader_named(name)
