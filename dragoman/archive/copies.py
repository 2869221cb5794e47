"""Copies within an archive: who printed whom, by the rules of a desk, of all articles at once.

In: the key tables of all parts. Out: the captures that count, and the links of articles to what
they were made of, both in an order of their own. What a desk finds as articles arrive, in whatever
order, is found here in one go, since both hang on the set of articles alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.archive.plan import Plan, file_of, files_of_parts, made_whole
from dragoman.archive.tables import COPIES, CURRENT, of_rows, written
from dragoman.engine import Engine
from dragoman.extras import needed
from dragoman.link.beside import are_near, retold, shared_by
from dragoman.link.copies import LEAST_KEYS, is_retold
from dragoman.link.copy_tree import by_text, credits, moment, sources
from dragoman.link.sketches import Body
from dragoman.model import CopyLink, Shared
from dragoman.store.key_tables import KeyTables, Printed, State, key_tables

if TYPE_CHECKING:
    import pyarrow

AT_ONCE = 2000
"""Groups of copies that are looked at together."""
HELD = 500
"""Texts whose words a worker holds at once; pairs come in the order of their first one."""
ALL = "all"
"""The one file of a table that is made of all parts."""


def joined(out: Path, plan: Plan, engine: Engine, memory: str) -> None:
    """Write the tables that are made of all parts together."""
    parts = [part.name for _, part in plan.parts]
    files = {name: files_of_parts(out, name, parts) for name in ("printings", "keys", "texts")}
    with key_tables(parts, files, newest, memory) as tables:
        current = [
            {"part": part, "row": row, "article": article}
            for part, row, article in tables.current()
        ]
        shared = list(_shared(tables, engine))
        links = list(_links(tables, _groups(tables.repeated(), shared)))
    links.sort(key=lambda row: (str(row["article"]), row["position"]))
    for table, rows in ((CURRENT, current), (COPIES, links)):
        made_whole(file_of(out, table.name, ALL), partial(written, of_rows(table, rows)))


def newest(states: Sequence[State]) -> State:
    """Of the captures of an article the one that a desk would hold in the end: the newest, where
    both tell when they were fetched; else the later to be handed in."""
    held = states[0]
    for state in states[1:]:
        both = state.fetched is not None and held.fetched is not None
        if not both or (state.fetched or "", state.capture) > (held.fetched or "", held.capture):
            held = state
    return held


def compared(pairs: pyarrow.Table) -> pyarrow.Table:
    """The compare stage: texts as words in, of those that are copies what they share out."""
    rows = []
    bodies: dict[bytes, Body] = {}  # a text comes in many pairs, and keeps what was made of it
    for row in pairs.to_pylist():
        if len(bodies) > HELD:
            bodies.clear()
        for name in ("one", "other"):
            if row[name] not in bodies:
                bodies[row[name]] = Body(np.frombuffer(row[name], dtype=np.uint32))
        one, other = bodies[row["one"]], bodies[row["other"]]
        found = shared_by(one, other) if row["keys"] >= LEAST_KEYS else None
        if found is None and (
            (row["one_tells"] and is_retold(one, other))
            or (row["other_tells"] and is_retold(other, one))
        ):
            found = retold(one, other)
        if found is not None:
            runs = [number for run in found.runs for number in run]
            rows.append({"a": found.a, "b": found.b, "words": found.words, "runs": runs})
    pa = needed("pyarrow")
    return pa.Table.from_pylist(rows, schema=pa.schema([
        ("a", pa.int64()), ("b", pa.int64()), ("words", pa.int64()),
        ("runs", pa.list_(pa.int64())),
    ]))  # fmt: skip


def _shared(tables: KeyTables, engine: Engine) -> Iterator[Shared]:
    seen: set[tuple[int, int]] = set()

    def asked() -> Iterator[pyarrow.Table]:
        for pairs in tables.pairs():
            new = [pair for pair in pairs if pair[:2] not in seen]
            seen.update(pair[:2] for pair in new)
            yield _with_words(tables, new)

    waiting = asked()
    first = list(islice(waiting, 2))
    # What is done at once is not worth the start of workers.
    found_by = map if len(first) < 2 else engine.map
    for found in found_by(compared, chain(first, waiting)):
        for row in found.to_pylist():
            runs = row["runs"]
            threes = zip(runs[0::3], runs[1::3], runs[2::3], strict=True)
            yield Shared(row["a"], row["b"], row["words"], tuple(threes))


def _with_words(tables: KeyTables, pairs: Sequence[tuple[int, int, int]]) -> pyarrow.Table:
    texts = {text for pair in pairs for text in pair[:2]}
    words = tables.words_of(texts)
    printed = _by_text(tables.printings_of(texts))
    crediting = {text for text, ones in printed.items() if any(p.printing.credits for p in ones)}
    rows = [
        {
            "one": words[a],
            "other": words[b],
            "keys": keys,
            "one_tells": a in crediting and _may_tell(printed[a], printed[b]),
            "other_tells": b in crediting and _may_tell(printed[b], printed[a]),
        }
        for a, b, keys in pairs
    ]
    pa = needed("pyarrow")
    return pa.Table.from_pylist(rows, schema=pa.schema([
        ("one", pa.binary()), ("other", pa.binary()), ("keys", pa.int64()),
        ("one_tells", pa.bool_()), ("other_tells", pa.bool_()),
    ]))  # fmt: skip


def _may_tell(ones: Iterable[Printed], others: Sequence[Printed]) -> bool:
    """Whether anybody who prints the one text credits who prints the other near it."""
    return any(
        credits(one.printing, other.printing) and are_near({one.period}, {other.period})
        for one in ones
        for other in others
    )


def _by_text(printed: Iterable[Printed]) -> dict[int, list[Printed]]:
    found: dict[int, list[Printed]] = {}
    for one in printed:
        found.setdefault(one.printing.text, []).append(one)
    return found


# --- from what texts share to links ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """Texts that hang together by what they share; no link leads out of it."""

    texts: Sequence[int]
    shared: Sequence[Shared]


def _groups(repeated: Iterable[int], shared: Sequence[Shared]) -> Iterator[_Group]:
    root: dict[int, int] = {text: text for text in repeated}
    for row in shared:
        for text in (row.a, row.b):
            root.setdefault(text, text)
        _unite(root, row.a, row.b)
    texts: dict[int, list[int]] = {}
    for text in sorted(root):
        texts.setdefault(_root(root, text), []).append(text)
    rows: dict[int, list[Shared]] = {}
    for row in sorted(shared, key=lambda one: (one.a, one.b)):
        rows.setdefault(_root(root, row.a), []).append(row)
    for one, members in texts.items():
        yield _Group(members, rows.get(one, []))


def _root(root: dict[int, int], text: int) -> int:
    while root[text] != text:
        root[text] = root[root[text]]
        text = root[text]
    return text


def _unite(root: dict[int, int], one: int, other: int) -> None:
    a, b = sorted((_root(root, one), _root(root, other)))
    root[b] = a


def _links(tables: KeyTables, groups: Iterable[_Group]) -> Iterator[dict[str, object]]:
    """Many groups at a time: a question each would cost more than the answer."""
    waiting: list[_Group] = []
    for group in chain(groups, [None]):
        if group is not None:
            waiting.append(group)
        if group is None or len(waiting) >= AT_ONCE:
            printed = _by_text(tables.printings_of([text for one in waiting for text in one.texts]))
            for one in waiting:
                yield from _links_of(one, [p for text in one.texts for p in printed[text]])
            waiting = []


def _links_of(group: _Group, printed: Sequence[Printed]) -> Iterator[dict[str, object]]:
    ordered = sorted(printed, key=lambda one: one.printing.article_id)
    printings = [one.printing for one in ordered]
    beside = by_text(printings, {}, group.shared)
    moments = {one.article_id: moment(one, beside[one.article_id]) for one in printings}
    beside = by_text(printings, moments, group.shared)
    for one in ordered:
        identity = one.printing.article_id
        links = sources(one.printing, moments[identity], beside[identity])
        for position, link in enumerate(links):
            yield _row(link, position, one.day)


def _row(link: CopyLink, position: int, day: object) -> dict[str, object]:
    return {
        "article": link.article_id, "origin": link.origin_id, "position": position,
        "share": link.share, "kind": link.kind, "basis": link.basis, "reason": link.reason,
        "day": day,
    }  # fmt: skip
