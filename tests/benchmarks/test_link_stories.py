"""The scorers on tiny sets of our own: what they read, what they leave out, what they count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.link_stories import bcubed, ecb, pairs, pairwise, tellings, translated
from dragoman.pipeline import Steps

TALKS = {
    "en": "Armenia and Azerbaijan resumed border talks in Tbilisi after a pause of two months.",
    "fr": "L'Arménie et l'Azerbaïdjan ont repris à Tbilissi leurs pourparlers sur la frontière.",
}
FLOODS = {
    "en": "Floods along the Logone river cut off villages in southern Chad for a third week.",
    "fr": "Au Tchad, les crues du Logone isolent des villages du Sud depuis trois semaines.",
}


def test_bcubed_is_known_for_small_clusters() -> None:
    assert bcubed(["x", "x", "y"], ["a", "a", "b"]) == (1, 1)
    assert bcubed(["x", "x", "x", "x"], ["a", "a", "b", "b"]) == (0.5, 1)
    assert bcubed(["w", "x", "y", "z"], ["a", "a", "b", "b"]) == (1, 0.5)


def token_xml(sentences: list[str]) -> str:
    tokens = "".join(
        f'<token sentence="{number}">{word}</token>'
        for number, sentence in enumerate(sentences)
        for word in sentence.split()
    )
    return f"<Document>{tokens}</Document>"


def test_ecb_joins_tokens_and_takes_each_half_of_a_topic_for_a_story(
    tmp_path: Path, steps: Steps
) -> None:
    (tmp_path / "1").mkdir()
    texts = {"1_1ecb": TALKS["en"], "1_2ecb": TALKS["en"] + " They went on until dawn .",
             "1_1ecbplus": FLOODS["en"], "1_2ecbplus": FLOODS["en"]}  # fmt: skip
    for name, text in texts.items():
        sentences = ["http : / / www . example . org / 1", text]
        (tmp_path / "1" / f"{name}.xml").write_text(token_xml(sentences), "utf-8")
    scores = ecb(tmp_path, steps)
    assert scores == {
        "bcubed_f1": 1.0, "precision": 1.0, "recall": 1.0, "clusters": 2.0, "pairwise_f1": 1.0,
    }  # fmt: skip


def test_tellings_are_scored_by_file_and_by_languages(tmp_path: Path, steps: Steps) -> None:
    rows = [
        {"happening": name, "language": language, "published": "2031-05-12",
         "title": text[:40], "text": text}
        for name, told in (("A", TALKS), ("B", FLOODS))
        for language, text in told.items()
    ]  # fmt: skip
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    scores = tellings([path], steps)
    assert scores == {"bcubed_f1": 1.0, "pairwise_f1": 1.0, "en-fr": 1.0}


def test_pairs_of_a_cluster_are_counted() -> None:
    assert pairwise("aabb", "xxyy") == 1.0
    assert pairwise("abcd", "xxyy") == 0.0
    assert pairwise("aaaa", "xxyy") == 0.5  # two of six pairs, and both that are due
    assert pairwise("abcd", "wxyz") == 1.0  # nothing is due


def test_pairs_leave_out_what_was_decoded_wrongly(tmp_path: Path, steps: Steps) -> None:
    def pair(a: str, b: str, overall: float) -> dict[str, object]:
        return {"text1": a, "text2": b, "lang1": "fr", "lang2": "en", "overall": str(overall)}

    broken = "Ã©tÃ© Ã  lâ€™Ã©cole"
    rows = [
        pair(TALKS["fr"], TALKS["en"], 1.0),
        pair(FLOODS["fr"], FLOODS["en"], 1.25),
        pair(TALKS["fr"], FLOODS["en"], 4.0),
        pair(broken, TALKS["en"], 1.0),
    ]
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps(rows), "utf-8")
    scores = pairs(path, steps)
    assert scores["pairs"] == 3
    assert scores["en-fr"] > 0.9


def test_translations_are_found_again(tmp_path: Path, steps: Steps) -> None:
    rows = [
        {"src_lang": "en", "src_text": told["en"], "mt_lang": "fr", "mt_text": told["fr"]}
        for told in (TALKS, FLOODS)
    ]
    path = tmp_path / "copies.json"
    path.write_text(json.dumps(rows), "utf-8")
    assert translated(path, steps) == {"recall_at_1": 1.0, "articles": 2.0}
    rows[0]["mt_text"], rows[1]["mt_text"] = rows[1]["mt_text"], rows[0]["mt_text"]
    path.write_text(json.dumps(rows), "utf-8")
    assert translated(path, steps)["recall_at_1"] == pytest.approx(0.0)
