"""Generated articles are varied and the same every time; both sides of `read` are timed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import read
from benchmarks.generated import LANGUAGES, LONGEST, SHORTEST, articles


def test_articles_are_as_long_as_news() -> None:
    lengths = [len(text.split()) for _, text in articles(200)]
    assert min(lengths) >= SHORTEST
    assert max(lengths) <= LONGEST
    assert max(lengths) - min(lengths) > 200


def test_a_seed_gives_the_same_articles_and_no_two_alike() -> None:
    first = list(articles(50, seed=3))
    assert first == list(articles(50, seed=3))
    assert first != list(articles(50, seed=4))
    assert len({text for _, text in first}) == 50
    assert [language for language, _ in first[:4]] == ["en", "fr", "en", "fr"]


def test_sentences_hardly_repeat() -> None:
    found = [s for _, text in articles(200) for s in text.replace(".\n", ". ").split(". ")]
    assert len(set(found)) > 0.9 * len(found)


def test_every_slot_is_known_and_filled() -> None:
    for phrases in LANGUAGES.values():
        text = " ".join(phrases.sentences)
        assert all(f"{{{slot}}}" in text for slot in phrases.slots)
    assert not any("{" in text for _, text in articles(200))


def test_both_sides_are_timed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "alone", read.run)  # a fresh process takes its time to load models
    (tmp_path / "page.txt").write_text("Peru sends aid.\n\nPeru sent Chile tents.\n", "utf-8")
    read.main([str(tmp_path), "--rounds", "1", "--limit", "2", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert (found["articles"], found["words"]) == (1, 7)
    assert found["generated"]["articles"] == 2
    assert found["ratio"] > 0
    assert found["peak_rss_mb"] > 0
