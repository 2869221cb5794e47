"""A change is told from the beginning of a line where the words leave a choice."""

from __future__ import annotations

from dragoman.model import ChangeRun
from dragoman.publish.views.sliding import slid

ORIGIN = "Rain fell.\nShips lay idle.\nShips sailed."
COPY = "Rain fell.\nShips sailed."


def said(runs: list[ChangeRun], origin: str, copy: str) -> list[tuple[str, str, str]]:
    return [(r.kind, origin[slice(*r.origin)], copy[slice(*r.copy)]) for r in runs]


def runs(*, left_out: str) -> list[ChangeRun]:
    """As a diff gives it that keeps as many words as it can before the change."""
    at = ORIGIN.index(left_out)
    end = at + len(left_out)
    after = ORIGIN[end:].lstrip()
    there = COPY.rindex(after)
    before = COPY[:there].rstrip()
    return [
        ChangeRun("equal", (0, len(before)), (0, len(before))),
        ChangeRun("deleted", (at, end), (there, there)),
        ChangeRun("equal", (len(ORIGIN) - len(after), len(ORIGIN)), (there, len(COPY))),
    ]


def test_a_line_left_out_is_told_whole() -> None:
    found = said(slid(runs(left_out="lay idle.\nShips"), ORIGIN, COPY), ORIGIN, COPY)
    assert [one for one in found if one[0] == "deleted"] == [("deleted", "Ships lay idle", "")]
    assert found[0] == ("equal", "Rain fell", "Rain fell")
    assert found[-1] == ("equal", "Ships sailed.", "Ships sailed.")


def test_a_change_that_leaves_no_choice_stays() -> None:
    whole = runs(left_out="Ships lay idle.")
    assert slid(whole, ORIGIN, COPY) == whole
