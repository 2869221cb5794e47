"""Gold events marked by hand, and how the coder's reports are matched with them.

In: `parallel.jsonl` (own sentence pairs with their events), its Russian members by two hands, and
`articles.jsonl` (offsets into public articles, without their text), or one reader's file. Out:
`Marked` texts and the `Matched` events of each. A gold event that is arguable is free: neither
missed nor false.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from benchmarks.event_scores import Span, overlap
from dragoman.checking.examples import occurrences

GOLD = Path(__file__).parents[1] / "tests" / "gate"
PARALLEL = GOLD / "parallel.jsonl"
RUSSIAN = {"dev": GOLD / "parallel_ru_one.jsonl", "test": GOLD / "parallel_ru_two.jsonl"}
"""150 of the pairs told in Russian; the second half was only measured on."""
ARTICLES = GOLD / "articles.jsonl"
Mention = tuple[Span, ...]
"""The places of one side: one, or all where its words stand ("he")."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act of the gold. `*_alt`: mentions that serve for a side as well, and are not due."""

    predicate: Span
    category: str
    root: str
    status: str
    source: tuple[Mention, ...] = ()
    target: tuple[Mention, ...] = ()
    source_alt: tuple[Mention, ...] = ()
    target_alt: tuple[Mention, ...] = ()
    arguable: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its gold events."""

    name: str
    language: str
    text: str
    events: tuple[Event, ...]


class Told(Protocol):
    """What a report of the coder and an event of another reader have in common."""

    @property
    def predicate(self) -> Span: ...
    @property
    def category(self) -> str: ...
    @property
    def root(self) -> str: ...


T = TypeVar("T", bound=Told)


# --- files -------------------------------------------------------------------------------------


def read_parallel(
    path: Path | None = None, language: str | None = None, half: str | None = None
) -> Iterator[Marked]:
    """The sentences of each pair, in `language` alone if it is given.

    Without `path` all of our own; `half` keeps to the pairs that one hand told in Russian.
    """
    paths = [path] if path else [PARALLEL, *RUSSIAN.values()]
    kept = {line["pair"] for line in _lines(RUSSIAN[half])} if half else None
    for line in (line for one in paths for line in _lines(one)):
        for code, events in line["events"].items():
            if language in {None, code} and (kept is None or line["pair"] in kept):
                marked = tuple(_in_words(e, line[code]) for e in events)
                yield Marked(f"{line['pair']} {code}", code, line[code], marked)


def read_articles(folder: Path, path: Path = ARTICLES) -> Iterator[Marked]:
    """The articles whose offsets are in `path`; their texts are `ID.txt` in `folder`."""
    for line in _lines(path):
        with (folder / f"{line['id']}.txt").open(encoding="utf-8", newline="") as file:
            text = file.read()
        yield Marked(line["id"], "fr", text, tuple(_in_offsets(e) for e in line["events"]))


def read_by_one(path: Path, texts: Mapping[str, Marked]) -> Iterator[Marked]:
    """One reader's file, by the names of the texts it marks."""
    for line in _lines(path):
        if "pair" in line:
            text = texts[f"{line['pair']} {line['language']}"]
            events = tuple(_in_words(e, text.text) for e in line["events"])
        else:
            text = texts[line["id"]]
            events = tuple(_in_offsets(e) for e in line["events"])
        yield Marked(text.name, text.language, text.text, events)


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


SIDES = ("source", "target", "source_alt", "target_alt")


def _in_words(event: Mapping[str, Any], text: str) -> Event:
    predicate = occurrences(event["predicate"], text)[0]
    sides = {k: tuple(tuple(occurrences(words, text)) for words in event.get(k, ())) for k in SIDES}
    return _event(predicate, event, sides)


def _in_offsets(event: Mapping[str, Any]) -> Event:
    sides = {k: tuple(((low, high),) for low, high in event.get(k, ())) for k in SIDES}
    return _event((event["start"], event["end"]), event, sides)


def _event(
    predicate: Span, event: Mapping[str, Any], sides: Mapping[str, tuple[Mention, ...]]
) -> Event:
    category, root, status = (event[k] for k in ("category", "root", "status"))
    return Event(predicate, category, root, status, arguable=event["arguable"], **sides)


# --- matching ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Matched(Generic[T]):
    """Events with the reports on the same predicate words, and what is left on either side."""

    pairs: tuple[tuple[Event, T], ...]
    missed: tuple[Event, ...]
    false: tuple[T, ...]


def is_same_category(event: Event, told: Told) -> bool:
    """A visit to come may stand as planned CONSULT or as AGREE (annotation rule for visits)."""
    visit = (event.root, event.category, told.category) == ("CONSULT", "AGREE", "CONSULT")
    return visit or told.category == event.category


def match(events: Sequence[Event], told: Iterable[T]) -> Matched[T]:
    """Each event and each report at most once, those of one category first."""
    reports = list(told)
    near = [
        (not is_same_category(event, report), event.arguable, i, j)
        for i, event in enumerate(events)
        for j, report in enumerate(reports)
        if overlap(event.predicate, report.predicate)
    ]
    events_left, reports_left = set(range(len(events))), set(range(len(reports)))
    pairs = []
    for _, _, i, j in sorted(near):
        if i in events_left and j in reports_left:
            pairs.append((events[i], reports[j]))
            events_left.discard(i)
            reports_left.discard(j)
    return Matched(
        tuple(pairs),
        tuple(events[i] for i in sorted(events_left)),
        tuple(reports[j] for j in sorted(reports_left)),
    )


def scored(matched: Matched[T], events: Sequence[Event]) -> Matched[T]:
    """The match without what is free: arguable events, and reports on their words."""
    arguable = [e.predicate for e in events if e.arguable]
    return Matched(
        tuple((e, r) for e, r in matched.pairs if not e.arguable),
        tuple(e for e in matched.missed if not e.arguable),
        tuple(r for r in matched.false if not any(overlap(r.predicate, a) for a in arguable)),
    )
