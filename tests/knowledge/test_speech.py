"""Words of speech: what an entry says, what is refused, and that every form of a word is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.speech import CLAUSE, INFINITIVE, load_speech

WORDS = """
[words]
author = []
source = ["according to", "per"]
view = []
measure = []
tellers = []
that = []
he = []
she = []
"""


def written(path: Path, verbs: str) -> Path:
    file = path / "speech.toml"
    file.write_text(f"[verbs]\n{verbs}\n[nouns]\n[adjectives]\n{WORDS}", "utf-8")
    return file


def test_a_word_has_one_stance_and_another_for_what_it_holds_otherwise(tmp_path: Path) -> None:
    path = written(tmp_path, 'neutral = ["call obj", "point+out"]\ndemand = ["call on for"]')
    verbs = load_speech(path).verbs
    assert verbs["call"] == {CLAUSE: "neutral", "obj": "neutral", "on": "demand", "for": "demand"}
    assert verbs["point out"] == {CLAUSE: "neutral"}


def test_longer_prepositions_come_first(tmp_path: Path) -> None:
    assert load_speech(written(tmp_path, "")).sources == (("according", "to"), ("per",))


@pytest.mark.parametrize("second", ["say", "say inf"])
def test_a_word_that_stands_twice_for_the_same_is_refused(tmp_path: Path, second: str) -> None:
    path = written(tmp_path, f'neutral = ["say inf"]\ndeny = ["{second}"]')
    with pytest.raises(DataFileError, match="'say' stands twice") as caught:
        load_speech(path)
    assert caught.value.line == 3


def test_an_unknown_stance_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="shrug"):
        load_speech(written(tmp_path, 'shrug = ["say"]'))


def test_french_verbs_of_speech_are_known_in_all_their_forms(knowledge: Knowledge) -> None:
    language = knowledge.languages["fr"]
    assert language.forms is not None
    forms: dict[str, int] = {}
    for lemmas in language.forms.verbs.values():
        for lemma in lemmas:
            forms[lemma] = forms.get(lemma, 0) + 1
    verbs = {word.split()[-1] for word in language.speech.verbs}
    assert [verb for verb in verbs if forms.get(verb, 0) < 6] == []


@pytest.mark.parametrize("code", ["en", "fr"])
def test_verbs_of_wishing_hold_infinitives(knowledge: Knowledge, code: str) -> None:
    verbs = knowledge.languages[code].speech.verbs
    for lemma in {"en": ("want", "vow", "refuse"), "fr": ("vouloir", "promettre", "refuser")}[code]:
        assert INFINITIVE in verbs[lemma]
