"""Matching of reports with hand-marked events, and what the agreement of two readers says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.agreement import agreement, kappa, of_sample
from benchmarks.event_gold import (
    ARTICLES,
    Event,
    Marked,
    is_same_category,
    match,
    read_articles,
    read_by_one,
    read_parallel,
    scored,
)
from benchmarks.event_marked import Party, coded, parties, score_marked
from dragoman.knowledge import Knowledge
from dragoman.model import Side
from dragoman.pipeline import Steps
from tests.conftest import Coded

AID = Event((6, 10), "AID", "AID", "happened")
SHARED = Path(__file__).parents[3] / "shared" / "data" / "ner_fr"


def side(start: int, end: int) -> Side:
    return Side(None, "x", None, start, end)


# --- matching ----------------------------------------------------------------------------------


def test_of_two_events_on_the_same_words_the_one_of_the_category_is_met() -> None:
    told, wrong = replace(AID, predicate=(8, 12)), replace(AID, category="REJECT")
    found = match([wrong, AID], [told])
    assert found.pairs == ((AID, told),)
    assert found.missed == (wrong,)


def test_words_apart_do_not_meet() -> None:
    told = replace(AID, predicate=(10, 14))
    found = match([AID], [told])
    assert (found.pairs, found.missed, found.false) == ((), (AID,), (told,))


def test_what_is_arguable_is_neither_missed_nor_false() -> None:
    free = replace(AID, arguable=True)
    other = replace(AID, category="REJECT")
    for told in ([], [AID], [other], [AID, other]):
        found = scored(match([free], told), [free])
        assert (found.pairs, found.missed, found.false) == ((), (), ())


@pytest.mark.parametrize(
    ("root", "due", "got", "same"),
    [
        ("CONSULT", "AGREE", "CONSULT", True),  # a visit to come
        ("CONSULT", "AGREE", "AGREE", True),
        ("AID", "AGREE", "AID", False),
        ("CONSULT", "CONSULT", "AGREE", False),
    ],
)
def test_a_visit_to_come_has_two_names(root: str, due: str, got: str, same: bool) -> None:
    event = replace(AID, root=root, category=due, status="planned")
    assert is_same_category(event, replace(AID, category=got)) is same


# --- sides -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "alt", "found", "counts", "right"),
    [
        ([(0, 5)], [], [(3, 8)], (1, 1, 1), True),
        ([(0, 5)], [], [(5, 8)], (0, 1, 1), False),
        ([(0, 5), (6, 9)], [], [(6, 7)], (1, 1, 2), True),
        ([], [], [], (0, 0, 0), True),
        ([], [], [(0, 1)], (0, 1, 0), False),
        ([(0, 5)], [(10, 12)], [(10, 12)], (1, 1, 1), True),  # it serves for the one due
        ([], [(10, 12)], [(10, 12)], (0, 0, 0), True),  # and is free where none is due
    ],
)
def test_sides(
    due: list[tuple[int, int]],
    alt: list[tuple[int, int]],
    found: list[tuple[int, int]],
    counts: tuple[int, int, int],
    right: bool,
) -> None:
    party = Party(
        tuple((span,) for span in due),
        tuple((span,) for span in alt),
        tuple(side(*span) for span in found),
    )
    assert party.counts == counts
    assert party.is_right is right


def test_parties_of_a_mutual_act_may_stand_on_one_side(coded: Coded) -> None:
    (report,) = coded("Talks between Chile and Peru began on Monday.", "en").reports[:1]
    chile, peru = ((14, 19),), ((24, 28),)
    together = replace(AID, source=(chile, peru))
    apart = replace(AID, source=(chile,), target=(peru,))
    for event in (together, apart):
        source, target = parties(event, report)
        assert source.is_right
        assert target.is_right


# --- texts -------------------------------------------------------------------------------------


def test_figures_of_two_sentences(steps: Steps) -> None:
    text = "Chile condemned Peru."
    accuse = Event((6, 15), "ACCUSE", "ACCUSE", "happened", (((0, 5),),), (((16, 20),),))
    texts = [Marked("1", "en", text, (accuse,)), Marked("2", "en", "The lake is deep.", ())]
    scores = score_marked([coded(marked, steps) for marked in texts])
    assert scores["category"] == {
        "precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1, "macro_f1": 1.0,
    }  # fmt: skip
    assert (scores["source_f1"], scores["target_f1"], scores["status_right"]) == (1.0, 1.0, 1.0)
    assert (scores["empty_left"], scores["empty_n"]) == (1.0, 1)
    wrong = replace(accuse, category="AID", root="AID")
    scores = score_marked([coded(Marked("1", "en", text, (wrong,)), steps)])
    assert scores["per_category"] == {
        "ACCUSE": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 0},
        "AID": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1},
    }


def test_our_pairs_hold_what_they_mark() -> None:
    texts = list(read_parallel())
    assert len(texts) == 750
    assert len({marked.name for marked in texts}) == 750
    for language in ("en", "fr", "ru"):
        some = [m for m in texts if m.language == language]
        assert 0.4 <= sum(not m.events for m in some) / len(some) <= 0.6
    for event in (e for m in texts for e in m.events):
        assert all(event.source + event.target + event.source_alt + event.target_alt)


def test_our_pairs_name_categories_and_roots_that_there_are(knowledge: Knowledge) -> None:
    named = {x for m in read_parallel() for e in m.events for x in (e.category, e.root)}
    assert named <= set(knowledge.codebook.categories)


def test_the_articles_are_offsets_alone() -> None:
    for line in ARTICLES.read_text("utf-8").splitlines():
        event_keys = {key for event in json.loads(line)["events"] for key in event}
        assert event_keys <= {
            "start", "end", "category", "root", "status", "arguable",
            "source", "target", "source_alt", "target_alt",
        }  # fmt: skip


def test_the_articles_offsets_hold_words() -> None:
    if not SHARED.exists():
        pytest.skip("the articles are public data that lie beside the project: ../shared")
    for marked in read_articles(SHARED):
        for event in marked.events:
            mentions = event.source + event.target + event.source_alt + event.target_alt
            for low, high in (event.predicate, *(span for m in mentions for span in m)):
                words = marked.text[low:high]
                assert words == words.strip() != ""


# --- agreement ---------------------------------------------------------------------------------


def test_kappa() -> None:
    assert kappa([(True, True), (False, False)]) == 1.0
    assert kappa([(True, True), (True, False), (False, True), (False, False)]) == 0.0
    assert kappa([(True, True)]) == 1.0


def test_two_readers() -> None:
    text = Marked("1 en", "en", "Chile aided Peru.", (AID,))
    quiet = Marked("2 en", "en", "The lake is deep.", ())
    other = replace(text, events=(replace(AID, status="planned", source=(((0, 5),),)),))
    found = agreement([(text, other), (quiet, replace(quiet, events=(AID,)))], whole=True)
    assert (found["same_judgement"], found["kappa"]) == (0.5, 0.0)
    assert found["category_f1"] == round(2 * 1 / (1 + 2), 3)
    assert (found["status_same"], found["source_same"], found["target_same"]) == (0.0, 0.0, 1.0)


def test_a_readers_file_names_the_texts_it_marks(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    event = {"predicate": "aided", "category": "AID", "root": "AID", "status": "happened",
             "source": ["Chile"], "target": [], "arguable": False}  # fmt: skip
    path.write_text(json.dumps({"pair": 1, "language": "en", "events": [event]}), "utf-8")
    texts = {"1 en": Marked("1 en", "en", "Chile aided Peru.", ())}
    (marked,) = read_by_one(path, texts)
    assert marked.events == (replace(AID, predicate=(6, 11), source=(((0, 5),),)),)


def test_a_sample_is_compared_with_the_codebook(tmp_path: Path, knowledge: Knowledge) -> None:
    example = next(e for e in knowledge.codebook.examples if e.root == e.category == "AID")
    rows = [
        ("language", "text", "root", "category", "status"),
        (example.language, example.text, "AID", "REJECT", example.status),
        ("en", "It stands in no table.", "AID", "AID", "happened"),
    ]
    path = tmp_path / "sample.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    found = of_sample(path, knowledge)
    assert (found["n"], found["still_there"]) == (2, 1)
    assert (found["root_same"], found["category_same"], found["status_same"]) == (1.0, 0.0, 1.0)
