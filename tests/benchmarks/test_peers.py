"""Beside peers: pages are as they are said to be, and every side has a figure of the same pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import peers, peers_work
from benchmarks.copy_words import FURNITURE
from benchmarks.peers_pages import KINDS, Pages


def test_pages_are_the_same_for_the_same_number() -> None:
    one, other = Pages(60), Pages(60)
    assert [one.html(n) for n in range(60)] == [other.html(n) for n in range(60)]
    assert len({one.url(n) for n in range(60)}) == 60


def test_texts_have_their_length_and_two_languages() -> None:
    pages = Pages(200)
    originals = [n for n in range(200) if pages.printed(n).told == n]
    sizes = [len(" ".join(pages.paragraphs(n)).split()) for n in originals]
    assert 250 <= min(sizes) <= max(sizes) <= 400
    assert {pages.printed(n).language for n in range(200)} == {"en", "fr"}


def test_copies_are_planted_in_every_way() -> None:
    pages = Pages(300)
    planted = pages.planted()
    assert len(planted) > 60
    seen = set()
    for number in range(300):
        told = pages.printed(number).told
        if told == number:
            continue
        copy, whole = pages.paragraphs(number), pages.paragraphs(told)
        assert frozenset({number, told}) in planted
        if copy == whole:
            seen.add("whole")
        elif len(copy) < len(whole):
            seen.add("cut")
        elif len(copy) == len(whole):
            seen.add("edited")
        else:
            seen.add("furniture" if set(copy) & set(FURNITURE) else "topped")
    assert seen == set(KINDS)


def test_every_side_has_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: another would load the models again."""
    monkeypatch.setattr(peers, "ProcessPoolExecutor", _Here)
    monkeypatch.setattr(peers, "ROUND", 8)
    found = peers.measure(16, jobs=1, asked=2, folder=tmp_path)
    json.dumps(found)
    assert list(tmp_path.iterdir()) == []
    for name in ("dragoman", "trafilatura", "trafilatura with metadata"):
        assert found["clean"][name]["per_s"] > 0
    assert found["clean"]["dragoman"]["pages_kept_whole"] > 0.9
    assert found["clean"]["dragoman"]["cpu_ratio"] == 1.0
    assert found["copies"]["dragoman"]["recall"] == 1.0
    assert found["copies"]["dragoman"]["precision"] > 0.7
    assert 0 < found["sentences"]["beside_parse"] < found["sentences"]["sentences"]
    assert found["sentences"]["cpu_ratio"] > 1
    assert found["store"]["fts5"]["per_s"] > found["store"]["kept"]["per_s"] > 0
    each = found["whole"]["ms_each"]
    assert set(each) == {"clean", "read", "sign", "keep", "copies", "stories", "happenings"}
    rate = found["whole"]["articles_per_s_per_core"]
    assert rate == pytest.approx(1000 / sum(each.values()), rel=0.05)
    assert found["bytes_per_article"]["whole"] > sum(found["bytes_per_article"]["tables"].values())
    assert found["chronology_ms"]["asked"] == 2
    assert set(found["search"]) == {"articles", "events"}


def test_a_page_that_lost_a_paragraph_is_not_whole() -> None:
    pages, found = Pages(4), peers_work.Handled()
    parts = pages.paragraphs(0)
    peers_work.judge("\n".join(parts), pages, 0, "all", found)
    peers_work.judge("\n".join(parts[1:]), pages, 0, "less", found)
    more = [*parts, "Share this article", "Partager cet article"]
    peers_work.judge("\n".join(more), pages, 0, "more", found)
    assert [found.counts[f"whole {name}"] for name in ("all", "less", "more")] == [1, 0, 1]
    assert [found.counts[f"pure {name}"] for name in ("all", "less", "more")] == [1, 1, 0]


def test_sizes_must_be_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        peers.main(["--pages", "0"])
    assert "--pages" in capsys.readouterr().err


class _Here:
    """What it is given is done at once."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None: ...

    def submit(self, function: object, *given: object, **named: object) -> _Done:
        assert callable(function)
        return _Done(function(*given, **named))


class _Done:
    def __init__(self, made: object) -> None:
        self._made = made

    def result(self) -> object:
        return self._made
