"""The planted set: the same for a seed, and its gold follows from what was planted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.copy_origins import planted_links
from benchmarks.copy_set import CopySet, Parent, Planted, build
from benchmarks.copy_text import Piece, pieces_of, share
from dragoman.model import Article

SUBJECTS = ("ferry", "bridge", "census", "orchard", "quarry")


def telling(happening: str, language: str, subject: str) -> dict[str, str]:
    sentences = [
        f"The {subject} of {language} number {n} was looked at again by a committee of {n + 3}."
        for n in range(8)
    ]
    text = " ".join(sentences[:4]) + "\n" + " ".join(sentences[4:])
    return {
        "happening": happening, "language": language, "published": "2021-03-04",
        "title": f"The {subject} again", "text": text,
    }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gate")
    for hand in ("one", "two"):
        lines = [
            json.dumps(telling(f"{hand}-{subject}", language, f"{hand} {subject}"))
            for subject in SUBJECTS
            for language in ("en", "fr", "ru")
        ]
        (made / f"tellings_{hand}.jsonl").write_text("\n".join(lines), "utf-8")
    return made


@pytest.fixture(scope="module")
def made(folder: Path) -> CopySet:
    return build(folder, seed=3, size=400)


def test_it_is_the_same_for_a_seed(folder: Path, made: CopySet) -> None:
    assert len(made.planted) == 400
    assert len({one.article.id for one in made.planted}) == 400
    assert build(folder, seed=3, size=400).planted == made.planted
    assert build(folder, seed=4, size=400).planted != made.planted


def test_blocks_hold_the_text(made: CopySet) -> None:
    for one in made.planted:
        article = one.article
        held = "".join(article.text[b.start : b.end] for b in article.blocks)
        assert held == article.text.replace("\n\n", "")


def test_whole_copies_are_pairs_and_their_source_a_parent(made: CopySet) -> None:
    sure, either = made.pairs()
    assert not sure & either
    seen = 0
    for one in made.planted:
        for parent in one.parents:
            assert one.article.id not in parent.ids
            if parent.kind in {"whole", "headline", "repunctuated"}:
                seen += 1
                assert all(
                    frozenset({one.article.id, source}) in sure | either for source in parent.ids
                )
    assert seen > 20


def test_the_halves_have_nothing_in_common(made: CopySet) -> None:
    names = [{one.article.id for one in made.half(half).planted} for half in ("dev", "test")]
    assert not names[0] & names[1]
    sure, _ = made.pairs()
    assert all(pair <= names[0] or pair <= names[1] for pair in sure)


def test_groups_of_a_story_cover_it_without_its_opinions(made: CopySet) -> None:
    genre = {one.article.id: one.article.genre.value for one in made.planted}
    for story in made.stories:
        told = {name for name in story.articles if genre[name] != "opinion"}
        assert set().union(*story.groups) == told
        assert sum(map(len, story.groups)) == len(told)
        assert story.independent + story.unknown == len(story.groups)
        assert story.opinions == len(story.articles) - len(told) == 1


def test_share_is_of_the_shorter_text() -> None:
    whole = pieces_of("x", telling("x", "en", "ferry"))
    assert share(whole, whole[:4]) == 1.0
    assert share(whole, pieces_of("y", telling("y", "en", "ferry"))) == 0.0


def test_a_copy_of_a_quotation_goes_to_the_text_that_holds_it() -> None:
    """Its page credits the paper that was quoted, whose text holds less than half of it."""
    quoted = pieces_of("x", telling("x", "en", "ferry"))
    own = tuple(Piece(f"own {n}", "A line of the house that nobody else has.") for n in range(4))
    quoting = (quoted[0], *own, *quoted[1:3])
    article = Article(id="", capture_id="c", text="", language="en")
    everything = {
        name: Planted(replace(article, id=name), "dev", "s", words=words)
        for name, words in (("a-1", quoted), ("a-2", quoting), ("a-3", quoting))
    }
    parent = Parent(frozenset({"a-1", "a-2"}), "headline", "stated")
    (link,) = planted_links(replace(everything["a-3"], parents=(parent,)), everything)
    assert (link.origin_id, link.share) == ("a-2", 1.0)


def test_missing_tellings_are_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"tellings_one\.jsonl can't be read .* --folder"):
        build(tmp_path)
