"""Names are scored by both ends and kind, against the parser's own tags in the same run."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.facts_names import (
    Scored,
    annotated,
    figures,
    half_of,
    measure,
    measure_halves,
)
from dragoman.pipeline import Steps

TEXT = "La Norvège a reçu Jens Stoltenberg à Oslo.\n\nL'OTAN a remercié la Norvège.\n"
NAMES = [("Location", "Norvège"), ("Person", "Jens Stoltenberg"), ("Location", "Oslo")]


def brat(folder: Path, name: str, text: str, names: list[tuple[str, str]]) -> None:
    lines = [
        f"T{i}\t{kind} {text.index(words)} {text.index(words) + len(words)}\t{words}\n"
        for i, (kind, words) in enumerate(names, 1)
    ]
    (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / f"{name}.ann").write_text("".join(lines), "utf-8")


def test_a_folder_is_measured(tmp_path: Path, steps: Steps) -> None:
    brat(tmp_path, "one", TEXT, [*NAMES, ("Organization", "OTAN"), ("Date", "a reçu")])
    found = measure(tmp_path, steps)
    assert set(found) == {"per", "loc", "org", "parser_per", "parser_loc", "parser_org"}
    assert (found["per"], found["org"]) == (1.0, 1.0)
    assert found["loc"] == 0.8  # "Norvège" stands twice and is annotated once


def test_halves_part_the_articles(tmp_path: Path, steps: Steps) -> None:
    names = ["a", "b", "c", "d", "e"]
    assert {half_of(name) for name in names} == {"dev", "check"}
    for name in names:
        brat(tmp_path, name, TEXT, NAMES)
    halves = measure_halves(tmp_path, steps)
    assert halves["dev"]["per"] == halves["check"]["per"] == 1.0


def test_a_kind_or_an_end_that_is_wrong_is_no_name() -> None:
    due = frozenset({(0, 4, "PER"), (9, 12, "LOC"), (20, 25, "ORG")})
    found = frozenset({(0, 5, "PER"), (9, 12, "ORG"), (20, 25, "ORG")})
    score = figures([Scored("x", due, found, due)])
    assert (score["per"], score["loc"]) == (0.0, 0.0)
    assert score["org"] == pytest.approx(0.667)
    assert score["parser_per"] == score["parser_loc"] == score["parser_org"] == 1.0


def test_an_entity_in_pieces_counts_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.ann"
    path.write_text("T1\tPER 0 4;9 12\tAnna Lee\nR1\tArg1:T1 Arg2:T1\n#1\tnote\n", "utf-8")
    assert annotated(path) == {(0, 12, "PER")}


@pytest.mark.parametrize("line", ["T1 PER 0 4 Anna", "T1\tPER nought 4\tAnna"])
def test_a_broken_line_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.ann"
    path.write_text(f"T9\tDate 0 4\t1999\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"x\.ann, line 2"):
        annotated(path)


def test_an_empty_folder_is_refused(tmp_path: Path, steps: Steps) -> None:
    with pytest.raises(ValueError, match=r"no \.txt files"):
        measure(tmp_path, steps)
