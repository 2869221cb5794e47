"""What a language's folder lacks, and what its examples score.

In: knowledge, a language's code, and what reads a text. Out: `Lack`s, each with how to mend it, and
the shares of its examples that come out right. A folder that can't be loaded raises `DataFileError`
with file and line before anything is said here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from babel import Locale, UnknownLocaleError

from dragoman.checking.examples import EMPTY, Read, outcome, score_examples
from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import Example
from dragoman.knowledge.light_examples import LightExample
from dragoman.knowledge.times import TimeRules
from dragoman.model import Kept

Level = Literal["fault", "note"]
ReadOn = Callable[[str, str, str | None], Kept]
"""All per-article steps over a bare text in a language, published on a day."""
EACH = 60
"""Examples that a category should have, and twice as many sentences without an act."""
FEW_VERBS = 100
LIGHT_EXAMPLES = 10
NAMES = 50
"""Actors and places that a light language should call by its own names."""
FULL_FILES: Mapping[str, str] = {
    "identify.toml": "headlines of few words are taken for another language",
    "places.toml": "places are found and acts have none",
    "furniture.toml": "page furniture is told by its shape alone",
}
LIGHT_FILES: Mapping[str, str] = {
    "identify.toml": "headlines of few words are taken for another language",
    "actors.tsv": "only states, and people by how they are spoken, are found",
    "declension.toml": "names with endings are not found; leave it out where names take none",
    "times.toml": "no dates are found",
    "furniture.toml": "page furniture is told by its shape alone",
    "examples.tsv": "nothing says whether any of it works",
}
PARTS = ("actors", "places", "days")


@dataclass(frozen=True, slots=True)
class Lack:
    """A fault keeps the language from being read as it should; a note may be right as it is."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Miss:
    """What an example lacks (`due`) or has too much, of actors, places or days."""

    text: str
    part: str
    words: str
    value: str
    due: bool


# --- what is lacking ---------------------------------------------------------------------------


def lacks(knowledge: Knowledge, code: str) -> list[Lack]:
    """Faults first. Raises KeyError for a language without a folder that is read."""
    tier = knowledge.tier(code)
    if tier == "none":
        raise KeyError(code)
    found = list(_full(knowledge, code) if tier == "full" else _light(knowledge, code))
    return sorted(found, key=lambda lack: lack.level)


def _full(knowledge: Knowledge, code: str) -> Iterator[Lack]:
    language = knowledge.languages[code]
    yield from _files(knowledge, code, FULL_FILES)
    for pos, named in (("v", "verbs"), ("n", "event nouns")):
        count = len(language.frames.words(pos))
        if count < FEW_VERBS:
            yield Lack("fault", f"frames.tsv has {count} {named}; the commonest {FEW_VERBS} pay")
    coded = {frame.category for frames in language.frames.by_lemma.values() for frame in frames}
    for category in sorted(set(knowledge.codebook.categories) - coded):
        yield Lack("fault", f"frames.tsv has no line for {category}")
    yield from _times(language.times, code)
    counts = Counter(e.root for e in knowledge.codebook.examples if e.language == code)
    for category in knowledge.codebook.categories:
        if counts[category] < EACH:
            where = f"codebook/{code}/{category.lower()}.tsv"
            level: Level = "note" if counts[category] else "fault"
            yield Lack(level, f"{where} has {counts[category]} examples; {EACH} are a good test")
    if counts["NONE"] < 2 * EACH:
        have = f"codebook/{code}/none.tsv has {counts['NONE']} sentences without an act"
        yield Lack("note" if counts["NONE"] else "fault", f"{have}; {2 * EACH} are a good test")
    if code not in knowledge.acts.words:
        fit = "python -m benchmarks.fit_acts --write (with the language among its LANGUAGES)"
        yield Lack("note", f"the model of acts knows no word of it: {fit}")


def _light(knowledge: Knowledge, code: str) -> Iterator[Lack]:
    language = knowledge.light[code]
    yield from _files(knowledge, code, LIGHT_FILES)
    if not language.abbreviations:
        yield Lack(
            "note", "light.toml names no abbreviations: a full stop after one ends a sentence"
        )
    if language.capitals and not language.given:
        yield Lack("note", "light.toml names no given names: unknown people are not seen")
    if language.times is not None:
        yield from _times(language.times, code)
    named = {candidate.id for _, candidate in knowledge.own_names(code)} - _states(knowledge)
    if len(named) < NAMES:
        yield Lack(
            "note", f"actors.tsv names {len(named)} actors and places; {NAMES} to begin with"
        )
    try:
        Locale(code)
    except UnknownLocaleError:
        yield Lack("fault", f"CLDR has no names of states in {code!r}: write them into actors.tsv")
    examples = knowledge.light_examples(code)
    if len(examples) < LIGHT_EXAMPLES:
        yield Lack("note", f"examples.tsv has {len(examples)} sentences; {LIGHT_EXAMPLES} or more")


def _files(knowledge: Knowledge, code: str, wanted: Mapping[str, str]) -> Iterator[Lack]:
    for name, without in wanted.items():
        if not knowledge.has_file(code, name):
            yield Lack("note", f"there is no {name}: {without}")


def _times(times: TimeRules, code: str) -> Iterator[Lack]:
    """Months and weekdays, as many as there are, and CLDR's own names of months among them."""
    for slot, due in (("month", 12), ("weekday", 7)):
        count = len(set(times.words.get(slot, {}).values()))
        if count < due:
            yield Lack("fault", f"times.toml knows {count} of {due} {slot}s")
    try:
        months = Locale(code).months["format"]["wide"].values()
    except (UnknownLocaleError, KeyError):
        return
    known = times.words.get("month", {})
    strange = [name for name in months if name.lower().rstrip(".") not in known]
    if strange:
        yield Lack("note", f"times.toml lacks the forms of months {', '.join(sorted(strange))}")


def _states(knowledge: Knowledge) -> frozenset[str]:
    actors = knowledge.atlas.actors.values()
    return frozenset(actor.id for actor in actors if actor.kind == "state")


# --- what its examples score -------------------------------------------------------------------


def full_scores(examples: Iterable[Example], read: Read) -> dict[str, object]:
    """Shares right, of all and by category; the wrong ones in words."""
    found = [outcome(example, read) for example in examples]
    wrong = [str(one) for one in found if set(one.measures) - one.right]
    return {"examples": score_examples(found), "wrong": wrong}


def light_scores(
    examples: Sequence[LightExample], read: ReadOn
) -> tuple[dict[str, float | int], list[Miss]]:
    """Recall and precision of actors, places and days, the share of sentences in which nothing was
    coded, their number, and what was missed or too much."""
    misses: list[Miss] = []
    due, right, given = Counter[str](), Counter[str](), Counter[str]()
    empty = 0
    for example in examples:
        kept = read(example.text, example.language, example.published)
        empty += not kept.reports
        for part, found in zip(PARTS, _found(kept), strict=True):
            wanted = set(getattr(example, part))
            due[part] += len(wanted)
            given[part] += len(found)
            right[part] += len(wanted & found)
            misses += [Miss(example.text, part, w, v, True) for w, v in sorted(wanted - found)]
            misses += [Miss(example.text, part, w, v, False) for w, v in sorted(found - wanted)]
    scores: dict[str, float | int] = {"n": len(examples)}
    for part in PARTS:
        scores[f"{part}_recall"] = _share(right[part], due[part])
        scores[f"{part}_precision"] = _share(right[part], given[part])
    return scores | {EMPTY: _share(empty, len(examples))}, misses


def _found(kept: Kept) -> tuple[set[tuple[str, str]], ...]:
    """Actors, places and first days with their words; a capital is a place, a state an actor."""
    text = kept.article.text
    places = {
        (r.mention.text, r.place.id)
        for r in kept.references
        if r.place is not None and not _is_state(r.place.id)
    }
    spots = {words for words, _ in places}
    actors = {(r.mention.text, r.actor) for r in kept.references if r.actor is not None}
    days = {
        (text[time.start : time.end], time.start_day)
        for time in kept.reading.times
        if time.start_day is not None
    }
    return {one for one in actors if one[0] not in spots}, places, days


def _is_state(identity: str) -> bool:
    return len(identity) == 3 and identity.isupper()


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 1.0
