"""The codebook's examples: enough of every sort, each once, and none near public data."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.event_gold import read_parallel
from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import Example
from dragoman.pipeline import Steps
from dragoman.record.gist import Gist
from tests.knowledge.nearness import (
    alike_in_meaning,
    near_twins,
    public_sentences,
    public_texts,
    shared_runs,
)

SHARED = Path(__file__).parents[3] / "shared" / "data"
READ = ("en", "fr", "ru")
EACH = {"en": 80, "fr": 80, "ru": 60}
"""Examples of a category, at the least."""
WITHOUT = {"en": 200, "fr": 200, "ru": 150}
"""Sentences without an act, at the least."""
FEWEST = {"en": 3, "fr": 3, "ru": 1}
"""Of every sixth example of a category, verbs and nouns at the least."""
each_language = pytest.mark.parametrize("language", READ)


@pytest.fixture(scope="module")
def ours(knowledge: Knowledge) -> list[str]:
    """Examples and sentence pairs."""
    return [e.text for e in knowledge.codebook.examples] + [m.text for m in read_parallel()]


@pytest.fixture
def public() -> Path:
    if not SHARED.exists():
        pytest.skip("public data lie beside the project and aren't part of it: ../shared/data")
    return SHARED


def of_language(examples: tuple[Example, ...], language: str) -> list[Example]:
    return [e for e in examples if e.language == language]


# --- enough ------------------------------------------------------------------------------------


@each_language
def test_every_category_has_many_examples(language: str, knowledge: Knowledge) -> None:
    for category in knowledge.codebook.categories.values():
        assert len(of_language(category.examples, language)) >= EACH[language], category.id


@each_language
def test_many_sentences_have_no_act_for_many_reasons(language: str, knowledge: Knowledge) -> None:
    found = of_language(knowledge.codebook.without_act, language)
    assert len(found) >= WITHOUT[language]
    assert len({e.kind for e in found}) >= 5


@each_language
def test_every_code_has_an_example(language: str, knowledge: Knowledge) -> None:
    for category in knowledge.codebook.categories.values():
        shown = {e.cameo for e in of_language(category.examples, language)}
        lacking = {code.cameo for code in category.codes} - shown
        assert not lacking, f"{category.id}: {sorted(lacking)}"


@each_language
def test_every_mode_has_an_example(language: str, knowledge: Knowledge) -> None:
    for category in knowledge.codebook.categories.values():
        of_code = {code.cameo: code.mode for code in category.codes}
        examples = of_language(category.examples, language)
        shown = {e.mode or of_code.get(e.cameo or "") for e in examples}
        lacking = {mode.id for mode in category.modes} - shown
        assert not lacking, f"{category.id}: {sorted(lacking)}"


@each_language
def test_statuses_of_every_sort(language: str, knowledge: Knowledge) -> None:
    acts = (c.examples for c in knowledge.codebook.categories.values())
    found = Counter(e.status for some in acts for e in of_language(some, language))
    for status in ("happened", "planned", "demanded", "denied", "alleged", "hypothetical"):
        assert found[status] >= 20, status


@each_language
def test_acts_stand_in_verbs_and_in_nouns(
    language: str, knowledge: Knowledge, steps: Steps
) -> None:
    """A sixth of each category's examples is parsed; some of these are of either sort."""
    parser = steps.parser(language)
    for category in knowledge.codebook.categories.values():
        some = of_language(category.examples, language)[::6]
        found: Counter[str] = Counter()
        for example in some:
            low = example.text.index(example.predicate)
            high = low + len(example.predicate)
            parsed = parser.sentences([(0, len(example.text), "body")], example.text)
            inside = {t.pos for s in parsed for t in s.tokens if low <= t.start < high}
            found["verb" if "VERB" in inside else "noun" if "NOUN" in inside else "other"] += 1
        assert min(found["verb"], found["noun"]) >= FEWEST[language], (category.id, found)


# --- each of our own ---------------------------------------------------------------------------


def test_no_sentence_stands_twice(ours: list[str]) -> None:
    found = Counter(" ".join(text.lower().split()) for text in ours)
    assert [text for text, n in found.items() if n > 1] == []


def test_no_run_of_words_is_shared_with_public_data(ours: list[str], public: Path) -> None:
    assert shared_runs(ours, public_texts(public)) == set()


def test_no_sentence_has_a_near_twin_in_public_data(ours: list[str], public: Path) -> None:
    theirs = list(dict.fromkeys(public_sentences(public)))
    assert [str(twin) for twin in near_twins(ours, theirs)] == []


def test_no_example_means_the_same_as_public_data(knowledge: Knowledge, public: Path) -> None:
    theirs = list(dict.fromkeys(public_sentences(public)))
    found = alike_in_meaning(knowledge.codebook.examples, theirs, Gist(knowledge))
    assert [str(twin) for twin in found] == []


@pytest.mark.parametrize(
    ("theirs", "found"),
    [
        ("On Friday Bolivia asked a regional tribunal to rule on its old railroad treaty", True),
        ("Bolivia asked the regional court on Friday to postpone a vote on the gas price", False),
    ],
)
def test_twins_in_meaning_are_found(theirs: str, found: bool, knowledge: Knowledge) -> None:
    ours = Example("en", LONG, "asked", "REQUEST", "REQUEST")
    assert bool(alike_in_meaning([ours], [theirs], Gist(knowledge))) is found


LONG = "Bolivia asked the regional court on Friday to rule on the old railway treaty"


def test_runs_of_nine_words_are_found() -> None:
    nine, eight = " ".join(LONG.split()[2:11]), " ".join(LONG.split()[2:10])
    assert shared_runs([LONG], [f"It began: {nine.upper()}, and ended."]) == {nine.lower()}
    assert shared_runs([LONG], [f"It began: {eight}, and ended."]) == set()
    assert shared_runs(["Too short"], ["Too short"]) == set()


@pytest.mark.parametrize(
    ("theirs", "found"),
    [
        (LONG.replace("Friday", "Monday"), True),
        # all our words of content, in another order and with others between
        ("A treaty on a railway: on Friday the court of Bolivia's regional ports was asked", True),
        ("Bolivia asked the regional court to postpone", False),
    ],
)
def test_near_twins_are_found(theirs: str, found: bool) -> None:
    assert bool(near_twins([LONG], ["The weather was fine.", theirs])) is found
