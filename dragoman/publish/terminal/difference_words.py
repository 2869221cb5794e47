"""What two states of the record differ in, as a terminal shows it and as JSON.

In: snapshots, changes and their tallies of `publish.snapshots.difference`. Out: lines of text,
and plain dictionaries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from dragoman.publish.formats.article_json import Json
from dragoman.publish.snapshots.difference import SHOWN, Change, Tally, versions_differing
from dragoman.publish.snapshots.snapshot import Snapshot
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.words import counted

MOST_SENTENCE = 160


def headings(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What is compared, and by which versions each side was made."""
    for side, one in (("before", before), ("after ", after)):
        said = one.manifest
        held = f"{counted(said.rows('events'), 'event')}, {counted(said.rows('reports'), 'report')}"
        query = f", query “{said.query}”" if said.query else ""
        yield quiet(f"{side}  {said.name}  {said.made_at}  {held}{query}")
    if before.manifest.query != after.manifest.query:
        yield "the two were made by different queries: what one did not ask for is no change"
    if before.manifest.public != after.manifest.public:
        yield "one of them holds only what others may see: what it leaves out is told as a change"
    differing = versions_differing(before, after)
    told = [f"{name} {was} → {now}" for name, (was, now) in differing.items()]
    yield "versions: " + (", ".join(told) or "the same")


def lines(table: str, tally: Tally) -> Iterator[str]:
    """The counts of one table, with examples."""
    counts = tally.counts
    told = ", ".join(f"{counts[what]} {what}" for what in SHOWN)
    yield f"{table}: {told}, {counts['same']} as they were"
    if counts["restamped"]:
        yield f"  {counts['restamped']} more in versions, revision or time alone"
    for what, kinds in tally.by.items():
        yield f"  {what}: {_most(kinds)}"
    if tally.fates:
        yield f"  why they went: {_most(tally.fates)}"
    if tally.aspects:
        yield f"  changed in: {_most(tally.aspects)}"
    for name, moves in tally.moves.items():
        moved = Counter({f"{was} → {now}": number for (was, now), number in moves.items()})
        yield f"    {name}: {_most(moved)}"
    for change in tally.examples:
        yield f"  {_example(change)}"


def change_json(change: Change) -> Json:
    """One change; of a changed row the keys that differ, of the others the whole row."""
    made: dict[str, object] = {"table": change.table, "id": change.id, "what": change.what}
    if change.was is not None and change.now is not None:
        keys = [
            key
            for key in dict.fromkeys((*change.now, *change.was))
            if change.was.get(key) != change.now.get(key)
        ]
        made["aspects"] = list(change.aspects)
        made["was"] = {key: change.was.get(key) for key in keys}
        made["now"] = {key: change.now.get(key) for key in keys}
    else:
        made |= {"was": change.was, "now": change.now}
    return made | {"sentence": sentence_of(change.row), "fate": change.fate}


def summary_json(before: Snapshot, after: Snapshot, tallies: Mapping[str, Tally]) -> Json:
    return {
        "before": _side(before),
        "after": _side(after),
        "versions": {
            name: {"was": was, "now": now}
            for name, (was, now) in versions_differing(before, after).items()
        },
        "tables": {table: _tally_json(tally) for table, tally in tallies.items()},
    }


def sentence_of(row: Json) -> str | None:
    """What a report or event rests on, or the headline of an article."""
    evidence = row.get("evidence")
    words = evidence.get("text") if isinstance(evidence, dict) else row.get("sentence")
    return str(words or row.get("title") or "") or None


def _side(snapshot: Snapshot) -> Json:
    said = snapshot.manifest
    return said.model_dump(include={"name", "made_at", "query", "public", "digest"})


def _tally_json(tally: Tally) -> Json:
    return {
        **{what: tally.counts[what] for what in (*SHOWN, "restamped", "same")},
        "by": {what: dict(kinds.most_common()) for what, kinds in tally.by.items()},
        "fates": dict(tally.fates.most_common()),
        "aspects": dict(tally.aspects.most_common()),
        "moves": {
            name: [
                {"was": was, "now": now, "number": number}
                for (was, now), number in moves.most_common()
            ]
            for name, moves in tally.moves.items()
        },
    }


def _most(kinds: Counter[str]) -> str:
    order = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{name} {number}" for name, number in order)


def _example(change: Change) -> str:
    words = " ".join((sentence_of(change.row) or "").split())
    if len(words) > MOST_SENTENCE:
        words = words[: MOST_SENTENCE - 1] + "…"
    said = f" “{words}”" if words else ""
    return quiet(f"{change.what} {change.id}{_how(change)}{said}")


def _how(change: Change) -> str:
    if change.fate is not None:
        into = f" → {change.fate['into']}" if change.fate["what"] == "merged" else ""
        return f" ({change.fate['what']}{into})"
    if change.was is None or change.now is None:
        kind = change.row.get("category")
        return f" {kind}" if kind else ""
    parts = [_moved(change.was, change.now, name) for name in change.aspects]
    return f" {', '.join(parts)}"


def _moved(was: Json, now: Json, name: str) -> str:
    old, new = was.get(name), now.get(name)
    simple = isinstance(old, (str, int, type(None))) and isinstance(new, (str, int, type(None)))
    return f"{name} {old} → {new}" if simple and old != new else name
