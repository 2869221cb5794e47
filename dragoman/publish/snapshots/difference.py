"""What differs between two states of the record: what appeared, changed and went, and in what.

In: rows of two snapshots, sorted by id. Out: one change after the other, and counts of them. Both
sides are read side by side, so that memory does not grow with the record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from dragoman.publish.formats.article_json import Json
from dragoman.publish.snapshots.rows import key_of
from dragoman.publish.snapshots.snapshot import Snapshot

What = Literal["appeared", "changed", "went", "restamped", "same"]
COMPARED = ("reports", "events", "articles", "judgements")
SHOWN: tuple[What, ...] = ("appeared", "changed", "went")
ASIDE: Mapping[str, frozenset[str]] = {
    "reports": frozenset(
        {"revision", "retracted_at", "coder_version", "codebook_version", "lexicon_version",
         "article"}
    ),
    "events": frozenset({"revision", "retracted_at", "address", "sentence"}),
    "articles": frozenset({"revision", "capture", "made_by"}),
}  # fmt: skip
"""Keys that say when, where or by what a row was made, or repeat what another row says."""
ASPECTS: Mapping[str, str] = {
    "sources": "source",
    "source_name": "source",
    "targets": "target",
    "target_name": "target",
    "why": "reason",
    "labels": "own categories",
    "report_ids": "reports",
    "best": "best report",
    "first": "first telling",
    "text_sha256": "text",
    "characters": "text",
}
"""How a key is told of, where not by its own name."""
MOVES = ("category", "status")
"""Aspects of which is counted what became what."""
SPANS = "spans"
"""The same words at another place of the text."""


@dataclass(frozen=True, slots=True)
class Change:
    table: str
    id: str
    what: What
    """restamped: it says the same, made by another version or at another time."""
    was: Json | None
    now: Json | None
    aspects: tuple[str, ...] = ()
    """In what a changed one differs."""
    fate: Json | None = None
    """The tombstone of one that went; None where it stands and was not asked for."""

    @property
    def row(self) -> Json:
        return self.now or self.was or {}


def differences(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Every row of either side, table by table and in the order of ids."""
    for table in COMPARED:
        fates = _Fates(after.rows("tombstones"))
        for change in compared(table, before.rows(table), after.rows(table)):
            yield fates.told(change) if change.what == "went" else change


def compared(table: str, before: Iterable[Json], after: Iterable[Json]) -> Iterator[Change]:
    """Two sorted sequences of rows, row by row."""
    old, new = iter(before), iter(after)
    was, now = next(old, None), next(new, None)
    while was is not None or now is not None:
        left, right = (key_of(one) if one is not None else None for one in (was, now))
        if right is None or (left is not None and left < right):
            yield Change(table, str(left), "went", was, None)
            was = next(old, None)
        elif left is None or right < left:
            yield Change(table, str(right), "appeared", None, now)
            now = next(new, None)
        else:
            assert was is not None
            assert now is not None
            yield _both(table, was, now)
            was, now = next(old, None), next(new, None)


def _both(table: str, was: Json, now: Json) -> Change:
    if was == now:
        return Change(table, str(now["id"]), "same", was, now)
    aspects = aspects_of(table, was, now)
    return Change(
        table, str(now["id"]), "changed" if aspects else "restamped", was, now, tuple(aspects)
    )


def aspects_of(table: str, was: Json, now: Json) -> list[str]:
    """In what two rows of one id differ, in the order of their keys.

    A key that only one of them has is of another version of the program, and tells nothing.
    """
    aside = ASIDE.get(table, frozenset())
    found: dict[str, None] = {}
    for key in now:
        if key in was and key not in aside and was[key] != now[key]:
            is_moved = _without_spans(was[key]) == _without_spans(now[key])
            found[SPANS if is_moved else ASPECTS.get(key, key)] = None
    return list(found)


def _without_spans(value: object) -> object:
    if isinstance(value, list):
        return [_without_spans(one) for one in value]
    if isinstance(value, dict) and isinstance(value.get("start"), int):
        return {key: one for key, one in value.items() if key not in {"start", "end"}}
    return value


class _Fates:
    """Tombstones beside ids that are asked for in their order."""

    def __init__(self, tombstones: Iterator[Json]) -> None:
        self._rest = tombstones
        self._next = next(tombstones, None)

    def told(self, change: Change) -> Change:
        while self._next is not None and key_of(self._next) < change.id:
            self._next = next(self._rest, None)
        if self._next is None or key_of(self._next) != change.id:
            return change
        return Change(change.table, change.id, change.what, change.was, change.now, fate=self._next)


@dataclass
class Tally:
    """Counts of one table's changes, and the first few of each kind."""

    examples_wanted: int = 3
    counts: Counter[What] = field(default_factory=Counter)
    by: dict[What, Counter[str]] = field(default_factory=dict)
    """Those that appeared or went, by category, or articles by language."""
    aspects: Counter[str] = field(default_factory=Counter)
    moves: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    fates: Counter[str] = field(default_factory=Counter)
    examples: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        self.counts[change.what] += 1
        if change.what not in SHOWN:
            return
        if self.counts[change.what] <= self.examples_wanted:
            self.examples.append(change)
        if change.what == "changed":
            self._add_aspects(change)
            return
        kind = change.row.get("category") or change.row.get("language")
        self.by.setdefault(change.what, Counter())[str(kind or change.row.get("kind"))] += 1
        if change.what == "went":
            self.fates[str(change.fate["what"]) if change.fate else "not asked for"] += 1

    def _add_aspects(self, change: Change) -> None:
        self.aspects.update(change.aspects)
        for name in MOVES:
            if name in change.aspects and change.was is not None and change.now is not None:
                moved = str(change.was.get(name)), str(change.now.get(name))
                self.moves.setdefault(name, Counter())[moved] += 1

    @property
    def differs(self) -> bool:
        return any(self.counts[what] for what in SHOWN)


def versions_differing(before: Snapshot, after: Snapshot) -> dict[str, tuple[str, str]]:
    """By name, what each side was made by; the rows tell it too, where a rebuild was partial."""
    was, now = (
        {"program": one.manifest.program, **one.manifest.versions} for one in (before, after)
    )
    names = dict.fromkeys((*was, *now))
    return {
        name: (was.get(name, "unknown"), now.get(name, "unknown"))
        for name in names
        if was.get(name) != now.get(name)
    }
