"""What a language's folder lacks and what its examples score."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dragoman.checking.languages import lacks, light_scores
from dragoman.errors import DataFileError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.light_examples import LightExample
from dragoman.pipeline import Steps

SCORES = ("actors_recall", "actors_precision", "places_recall", "places_precision", "days_recall",
          "days_precision")  # fmt: skip
FLOORS: dict[str, tuple[float, ...]] = {
    "az": (1.0, 1.0, 1.0, 1.0, 1.0, 0.968),
    "de": (1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "hy": (1.0, 1.0, 1.0, 1.0, 1.0, 0.967),
    "ka": (1.0, 1.0, 1.0, 0.962, 1.0, 1.0),
    "tr": (1.0, 1.0, 1.0, 0.968, 1.0, 1.0),
    "uk": (1.0, 1.0, 1.0, 0.971, 0.96, 1.0),
}
"""What the examples of each light language reach, in the order of `SCORES`."""


def texts(knowledge: Knowledge, code: str) -> str:
    return "\n".join(f"{lack.level}: {lack.text}" for lack in lacks(knowledge, code))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the data folders to be changed."""
    for name in ("languages", "atlas", "codebook", "outlets"):
        shutil.copytree(DATA / name, tmp_path / name)
    return tmp_path


def test_nothing_that_matters_is_lacking_in_ours(knowledge: Knowledge) -> None:
    for code in (*knowledge.languages, *knowledge.light):
        assert not [lack for lack in lacks(knowledge, code) if lack.level == "fault"], code


@pytest.mark.parametrize("code", FLOORS)
def test_the_examples_of_a_light_language_hold_their_floors(code: str, steps: Steps) -> None:
    examples = steps.knowledge.light_examples(code)
    assert len(examples) >= 15
    scores, misses = light_scores(examples, steps.in_hand)
    floors = dict(zip(SCORES, FLOORS[code], strict=True))
    assert not [f"{name}: {scores[name]}" for name in SCORES if scores[name] < floors[name]], misses
    assert scores["empty"] == 1.0


def test_every_light_language_has_floors(knowledge: Knowledge) -> None:
    assert set(FLOORS) == set(knowledge.light)


def test_what_is_missed_and_too_much_is_told(steps: Steps) -> None:
    wrong = LightExample(
        "tr", "Ermenistan dün sustu.", "2024-03-20", (("Ermenistan", "AZE"),), (), ()
    )
    scores, misses = light_scores([wrong], steps.in_hand)
    assert (scores["actors_recall"], scores["actors_precision"]) == (0.0, 0.0)
    assert scores["days_precision"] == 0.0
    told = {(miss.part, miss.words, miss.value, miss.due) for miss in misses}
    assert ("actors", "Ermenistan", "AZE", True) in told
    assert ("actors", "Ermenistan", "ARM", False) in told
    assert ("days", "dün", "2024-03-19", False) in told


def test_files_that_are_not_there_are_told(root: Path) -> None:
    folder = root / "languages" / "tr"
    for name in ("actors.tsv", "times.toml", "examples.tsv"):
        (folder / name).unlink()
    told = texts(Knowledge(root), "tr")
    assert "there is no actors.tsv" in told
    assert "there is no times.toml: no dates are found" in told
    assert "examples.tsv has 0 sentences" in told


def test_a_lexicon_without_a_category_is_a_fault(root: Path) -> None:
    table = root / "languages" / "fr" / "frames.tsv"
    lines = table.read_text("utf-8").splitlines()
    table.write_text("\n".join(x for x in lines if "\tAID\t" not in x), "utf-8")
    (root / "codebook" / "fr" / "aid.tsv").unlink()
    told = texts(Knowledge(root), "fr")
    assert "fault: frames.tsv has no line for AID" in told
    assert "fault: codebook/fr/aid.tsv has 0 examples" in told


def test_months_that_times_lack_are_a_fault(root: Path) -> None:
    times = root / "languages" / "uk" / "times.toml"
    text = times.read_text("utf-8")
    times.write_text(re.sub(r"(?m)^.*= 12$\n", "", text), "utf-8")
    assert "fault: times.toml knows 11 of 12 months" in texts(Knowledge(root), "uk")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Ankara sustu.\t-\tPekin=CHN\t-\t-", "'Pekin' is not in its sentence|Pekin is not"),
        ("Ankara sustu.\t-\tAnkara=XYZ\t-\t-", "'XYZ' is not in the atlas"),
    ],
)
def test_an_example_that_can_not_be_right_is_an_error(root: Path, line: str, said: str) -> None:
    path = root / "languages" / "tr" / "examples.tsv"
    path.write_text(f"text\tpublished\tactors\tplaces\tdays\n{line}\n", "utf-8")
    with pytest.raises(DataFileError, match=said):
        Knowledge(root).light_examples("tr")
