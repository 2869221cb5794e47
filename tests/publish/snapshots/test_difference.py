"""What differs between two sorted files of rows: every change once, and nothing held in memory."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.publish.formats.article_json import Json
from dragoman.publish.snapshots.difference import (
    Change,
    Tally,
    aspects_of,
    compared,
    differences,
    versions_differing,
)
from dragoman.publish.snapshots.rows import TABLES, key_of
from dragoman.publish.snapshots.snapshot import MANIFEST, Manifest, Snapshot, digest_of
from dragoman.publish.snapshots.snapshot import _write_lines as write_lines
from dragoman.publish.snapshots.sorted_lines import SortedLines
from dragoman.publish.terminal.difference_words import change_json, headings, lines, summary_json

MANY = 10_000


def report(number: int, **other: object) -> Json:
    return {
        "id": f"r-{number:06d}",
        "category": "CONSULT",
        "status": "happened",
        "sources": [{"actor": "NOR", "name": "Norway", "start": 0, "end": 6}],
        "evidence": {"start": 0, "end": 20, "text": f"Norway met number {number}."},
        "event": f"e-{number:06d}",
        "article": {"id": "a-1", "title": "Met"},
        "revision": 1,
        "coder_version": "1",
        **other,
    }


def told(before: list[Json], after: list[Json]) -> dict[str, str]:
    found = compared("reports", before, after)
    return {change.id: change.what for change in found if change.what != "same"}


def test_what_appeared_changed_and_went() -> None:
    before = [report(1), report(2), report(3), report(5)]
    after = [report(0), report(2), report(3, category="AID"), report(6)]
    assert told(before, after) == {
        "r-000000": "appeared",
        "r-000001": "went",
        "r-000003": "changed",
        "r-000005": "went",
        "r-000006": "appeared",
    }
    assert told([], after) == {str(row["id"]): "appeared" for row in after}
    assert told(before, []) == {str(row["id"]): "went" for row in before}
    assert told(before, before) == told([], []) == {}


@pytest.mark.parametrize(
    ("other", "aspects"),
    [
        ({"category": "AID", "status": "denied"}, ["category", "status"]),
        ({"sources": [{"actor": "FIN", "name": "Finland", "start": 0, "end": 6}]}, ["source"]),
        ({"sources": [{"actor": "NOR", "name": "Norway", "start": 9, "end": 15}]}, ["spans"]),
        ({"evidence": {"start": 5, "end": 25, "text": "Norway met number 1."}}, ["spans"]),
        ({"evidence": {"start": 0, "end": 20, "text": "Norway saw number 1."}}, ["evidence"]),
        ({"event": "e-000009"}, ["event"]),
        ({"new_key": 1}, []),
        ({"revision": 2, "coder_version": "2", "article": {"id": "a-1", "title": "Saw"}}, []),
    ],
)
def test_in_what(other: dict[str, object], aspects: list[str]) -> None:
    assert aspects_of("reports", report(1), report(1, **other)) == aspects
    (change,) = compared("reports", [report(1)], [report(1, **other)])
    assert change.what == ("changed" if aspects else "restamped")


def test_numbers_are_put_in_their_order() -> None:
    rows: list[Json] = [{"id": number, "verdict": "right"} for number in (2, 9, 10, 100)]
    keys = [key_of(row) for row in rows]
    assert keys == sorted(keys)
    assert [c.what for c in compared("judgements", rows, rows)] == ["same"] * 4


@pytest.mark.parametrize("seed", range(5))
def test_every_edit_is_found_and_no_other(seed: int) -> None:
    """10,000 rows, of which some are taken away, added, altered or stamped anew."""
    chance = random.Random(seed)
    before = {number: report(number) for number in range(0, MANY, 2)}
    after, edits = dict(before), dict[str, str]()
    for number in chance.sample(range(MANY), 300):
        identity = f"r-{number:06d}"
        if number not in before:
            after[number], edits[identity] = report(number), "appeared"
            continue
        edit = chance.choice(("went", "changed", "restamped"))
        edits[identity] = edit
        if edit == "went":
            del after[number]
        else:
            other = {"category": "AID"} if edit == "changed" else {"coder_version": "2"}
            after[number] = report(number, **other)
    rows = [[side[number] for number in sorted(side)] for side in (before, after)]
    assert told(*rows) == edits


def test_both_sides_are_read_in_step() -> None:
    """No row is held longer than until the other side has come to its id."""
    read = {"before": 0, "after": 0}

    def rows(side: str, step: int) -> Iterator[Json]:
        for number in range(0, MANY, step):
            read[side] += 1
            yield report(number)

    seen = 0
    for change in compared("reports", rows("before", 1), rows("after", 2)):
        number = int(change.id[2:])
        assert read["before"] <= number + 2
        assert read["after"] <= number // 2 + 2
        seen += 1
    assert seen == MANY


# --- whole snapshots -----------------------------------------------------------------------------


def snapshot_of(folder: Path, rows: dict[str, list[Json]], **said: object) -> Snapshot:
    folder.mkdir()
    files = []
    for table in TABLES:
        sorted_lines = SortedLines(folder, table.name)
        for row in rows.get(table.name, []):
            sorted_lines.add(key_of(row), json.dumps(row))
        files.append(write_lines(folder / table.file, sorted_lines))
    values: dict[str, object] = {
        "name": folder.name, "title": "Our desk", "made_at": "2024-03-20T00:00:00+00:00",
        "query": "", "public": False, "program": "1", "versions": {"lexicon": "l1"},
        "made_by": {}, "digest": digest_of(files), "files": files, "dictionary": [],
    }  # fmt: skip
    manifest = Manifest.model_validate(values | said)
    (folder / MANIFEST).write_text(manifest.model_dump_json(), "utf-8")
    return Snapshot(folder, manifest)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Snapshot, Snapshot]:
    before = {"reports": [report(number) for number in range(1, 7)]}
    after: dict[str, list[Json]] = {
        "reports": [
            report(1),
            report(2, category="AID", revision=2),
            report(3, status="denied", category="REJECT"),
            report(4, coder_version="2"),
            report(8, category="AID"),
        ],
        "tombstones": [
            {"id": "e-1", "what": "merged", "at": None, "into": "e-2"},
            {"id": "r-000005", "what": "withdrawn", "at": "2024-04-01", "into": "e-000005"},
        ],
    }
    return (
        snapshot_of(tmp_path / "one", before),
        snapshot_of(tmp_path / "two", after, versions={"lexicon": "l2"}),
    )


def tallied(pair: tuple[Snapshot, Snapshot], examples: int = 3) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for change in differences(*pair):
        tallies.setdefault(change.table, Tally(examples)).add(change)
    return tallies


def test_counts_and_where_they_went(pair: tuple[Snapshot, Snapshot]) -> None:
    tally = tallied(pair)["reports"]
    assert dict(tally.counts) == {
        "same": 1, "changed": 2, "restamped": 1, "went": 2, "appeared": 1,
    }  # fmt: skip
    assert tally.by == {"went": {"CONSULT": 2}, "appeared": {"AID": 1}}
    assert tally.fates == {"withdrawn": 1, "not asked for": 1}
    assert tally.aspects == {"category": 2, "status": 1}
    assert tally.moves["category"] == {("CONSULT", "AID"): 1, ("CONSULT", "REJECT"): 1}
    assert versions_differing(*pair) == {"lexicon": ("l1", "l2")}


def test_in_words(pair: tuple[Snapshot, Snapshot]) -> None:
    tallies = tallied(pair, examples=1)
    assert list(headings(*pair))[-1] == "versions: lexicon l1 → l2"
    assert list(lines("reports", tallies["reports"])) == [
        "reports: 1 appeared, 2 changed, 2 went, 1 as they were",
        "  1 more in versions, revision or time alone",
        "  went: CONSULT 2",
        "  appeared: AID 1",
        "  why they went: not asked for 1, withdrawn 1",
        "  changed in: category 2, status 1",
        "    category: CONSULT → AID 1, CONSULT → REJECT 1",
        "    status: happened → denied 1",
        "  changed r-000002 category CONSULT → AID “Norway met number 2.”",
        "  went r-000005 (withdrawn) “Norway met number 5.”",
        "  appeared r-000008 AID “Norway met number 8.”",
    ]


def test_as_json(pair: tuple[Snapshot, Snapshot]) -> None:
    made = {change.id: change_json(change) for change in differences(*pair)}
    changed = made["r-000002"]
    assert changed["aspects"] == ["category"]
    assert changed["was"] == {"category": "CONSULT", "revision": 1}
    assert changed["now"] == {"category": "AID", "revision": 2}
    assert made["r-000005"]["fate"] == {
        "id": "r-000005", "what": "withdrawn", "at": "2024-04-01", "into": "e-000005",
    }  # fmt: skip
    assert made["r-000008"]["was"] is None
    assert made["r-000008"]["sentence"] == "Norway met number 8."
    summary = summary_json(*pair, tallied(pair))
    assert summary["versions"] == {"lexicon": {"was": "l1", "now": "l2"}}


def test_control_characters_never_reach_the_terminal() -> None:
    tally = Tally()
    evil = {"start": 0, "end": 1, "text": "\x1b[31mNorway\u202e met"}
    tally.add(Change("reports", "r-1", "appeared", None, report(1, evidence=evil)))
    assert "\x1b" not in "".join(lines("reports", tally))


def test_different_questions_are_said(pair: tuple[Snapshot, Snapshot], tmp_path: Path) -> None:
    other = snapshot_of(tmp_path / "three", {}, query="ferry", public=True)
    said = "\n".join(headings(pair[0], other))
    assert "different queries" in said
    assert "what others may see" in said
