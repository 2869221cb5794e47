"""Cutting a text where marks begin and end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dragoman.publish.views.spans import PARTS, Mark, marks_of, runs
from tests.publish.desk import WIRE, report_of

TEXT = "Norway thanked Sweden warmly."


def test_text_without_marks_is_one_run() -> None:
    (run,) = runs(TEXT, 100, ())
    assert (run.text, run.parts) == (TEXT, ())


def test_overlapping_marks_share_a_run() -> None:
    marks = [Mark("r-1", "source", 0, 14, 1), Mark("r-2", "predicate", 7, 21, 3, 2)]
    found = runs(TEXT, 0, marks)
    assert [run.text for run in found] == ["Norway ", "thanked", " Sweden", " warmly."]
    assert found[1].parts == ("source", "predicate")
    assert found[1].reports == ("r-1", "r-2")
    assert found[1].quads == (3,)
    assert [mark.number for run in found for mark in run.ends] == [2]
    assert found[2].ends


def test_marks_outside_the_text_are_left_out_and_longer_ones_cut() -> None:
    marks = [Mark("r-1", "source", 0, 10, 1), Mark("r-2", "target", 106, 900, 1)]
    found = runs(TEXT, 100, marks)
    assert [(run.text, run.parts) for run in found] == [
        ("Norway", ()),
        (" thanked Sweden warmly.", ("target",)),
    ]


def test_sides_outside_the_sentence_are_not_marked() -> None:
    article = WIRE.article()
    report = report_of(article, WIRE.told[0], 1)
    low, high = report.evidence
    assert [mark.part for mark in marks_of(report)] == ["predicate", "source", "target"]
    assert all(low <= mark.start < mark.end <= high for mark in marks_of(report))


bounds = st.integers(0, 40)
any_mark = st.builds(
    Mark, st.sampled_from("abc"), st.sampled_from(PARTS), bounds, bounds, st.integers(1, 4)
)


@given(st.text(max_size=30), st.integers(0, 8), st.lists(any_mark, max_size=6))
def test_runs_are_the_text_whatever_the_marks(text: str, start: int, marks: list[Mark]) -> None:
    found = runs(text, start, marks)
    assert "".join(run.text for run in found) == text
    at = start
    for run in found:
        over = {(m.report, m.part) for m in marks if m.start <= at and at + len(run.text) <= m.end}
        assert {part for _, part in over} == set(run.parts)
        at += len(run.text)
