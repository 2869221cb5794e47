"""A rule of the lexicon is changed: the difference names what it changed, and nothing else."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.config import Config
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.forgetting import forget
from dragoman.knowledge import DATA, Knowledge
from dragoman.model import Report, Verdict, Words
from dragoman.pipeline import Steps
from dragoman.publish.room import ReadingRoom
from dragoman.publish.snapshots.difference import Change, differences, versions_differing
from dragoman.publish.snapshots.snapshot import Snapshot, faults, freeze, opened
from dragoman.store import open_store
from tests.desks import page, write_pages

LATE = (
    "Norway asked Finland on 9 March 2024 for a second count of the herds along the frozen river.",
    "Nobody in the gym had slept, and the coffee had run out before the first speech.",
)


@pytest.fixture(scope="module")
def other_steps(tmp_path_factory: pytest.TempPathFactory) -> Steps:
    """Steps over a copy of the knowledge in which one English verb means another act."""
    root = tmp_path_factory.mktemp("knowledge")
    for folder in ("atlas", "codebook", "layout", "outlets"):
        (root / folder).symlink_to(DATA / folder)
    shutil.copytree(DATA / "languages", root / "languages")
    path = root / "languages" / "en" / "frames.tsv"
    rows = path.read_text("utf-8").split("\n")
    changed = [
        row.replace("\tdisapprove\t", "\t-\t") if row.startswith("condemn\tv\tACCUSE") else row
        for row in rows
    ]
    assert sum(one != other for one, other in zip(rows, changed, strict=True)) == 1
    path.write_text("\n".join(changed), "utf-8")
    return Steps(knowledge=Knowledge(root))


@pytest.fixture
def desk(tmp_path: Path, steps: Steps) -> Iterator[Desk]:
    with open_store(tmp_path / "desk") as store:
        made = Desk(store, steps, engine_for(1))
        list(made.add(capture_file(path) for path in write_pages(tmp_path / "pages")))
        yield made


def frozen(desk: Desk, folder: Path, name: str) -> Snapshot:
    return freeze(ReadingRoom(desk.store, desk.steps.knowledge, Config()), folder, name)


def reports_of(desk: Desk) -> dict[str, Report]:
    store = desk.store
    rows = (row for one in store.article_ids() for row in store.reports_of_article(one))
    return {row.report.id: row.report for row in rows}


def named(before: Snapshot, after: Snapshot, table: str) -> dict[str, Change]:
    return {
        change.id: change
        for change in differences(before, after)
        if change.table == table and change.what in {"appeared", "changed", "went"}
    }


@pytest.mark.parametrize("first", ["record", "read"])
def test_a_changed_rule_is_told_by_the_reports_it_changed(
    desk: Desk, other_steps: Steps, tmp_path: Path, first: str
) -> None:
    was = reports_of(desk)
    target = next(one.id for one in was.values() if one.mode == "disapprove")
    beside = next(one.id for one in was.values() if one.mode != "disapprove")
    for identity in (target, beside):
        desk.store.judge(Verdict("unsure", identity), "seen otherwise in print", "ada")
    judged = desk.store.judgements()
    before = frozen(desk, tmp_path / "snapshots", "before")
    files = {path.name: path.read_bytes() for path in before.folder.iterdir()}

    other = Desk(desk.store, other_steps, engine_for(1))
    list(other.redo(desk.store.article_ids(), first))
    after = frozen(other, tmp_path / "snapshots", "after")

    is_now = reports_of(other)
    altered = {one for one in was if was[one] != is_now.get(one)}
    assert target in altered
    assert beside not in altered
    found = named(before, after, "reports")
    assert set(found) == altered
    assert {change.what for change in found.values()} == {"changed"}
    assert all("mode" in change.aspects for change in found.values())
    assert set(is_now) == set(was)
    ids = [{row["id"] for row in one.rows("reports")} for one in (before, after)]
    assert ids[0] == ids[1]
    assert set(versions_differing(before, after)) == {"lexicon"}
    lexicon = other_steps.knowledge.lexicon_version
    assert after.manifest.made_by["lexicon_version"] == {lexicon: len(is_now)}
    assert desk.store.judgements() == judged
    assert named(before, after, "judgements") == {}
    assert {path.name: path.read_bytes() for path in before.folder.iterdir()} == files
    assert faults(opened(before.folder)) == []


def test_another_lexicon_that_changes_no_report_is_told_apart(
    desk: Desk, steps: Steps, tmp_path: Path
) -> None:
    before = frozen(desk, tmp_path / "snapshots", "before")
    root = tmp_path / "knowledge"
    root.mkdir()
    for folder in ("atlas", "codebook", "layout", "outlets"):
        (root / folder).symlink_to(DATA / folder)
    shutil.copytree(DATA / "languages", root / "languages")
    path = root / "languages" / "en" / "frames.tsv"
    path.write_text(path.read_text("utf-8") + "# a remark\n", "utf-8")
    other = Desk(desk.store, Steps(knowledge=Knowledge(root)), engine_for(1))
    list(other.redo(desk.store.article_ids(), "record"))
    after = frozen(other, tmp_path / "snapshots", "after")
    whats = [change.what for change in differences(before, after) if change.table == "reports"]
    assert set(whats) == {"restamped"}
    assert {row["revision"] for row in after.rows("reports")} == {1}
    assert set(versions_differing(before, after)) == {"lexicon"}


def test_articles_that_came_and_were_forgotten(desk: Desk, tmp_path: Path) -> None:
    before = frozen(desk, tmp_path / "snapshots", "before")
    path = tmp_path / "late.html"
    path.write_text(page("A second count", LATE, host="late.example", day="2024-03-10"), "utf-8")
    (outcome,) = desk.add([capture_file(path)])
    assert outcome.kept is not None
    late = outcome.kept.article.id
    gone = desk.store.find_articles(Words(("reindeer",)))[0]
    lost = {row.report.id for row in desk.store.reports_of_article(gone)}
    forget(desk, gone, "asked for")
    after = frozen(desk, tmp_path / "snapshots", "after")

    articles = named(before, after, "articles")
    assert {one: change.what for one, change in articles.items()} == {
        late: "appeared",
        gone: "went",
    }
    assert (articles[gone].fate or {}).get("what") == "forgotten"
    reports = named(before, after, "reports")
    assert lost
    assert {one for one, change in reports.items() if change.what == "went"} == lost
    assert {(reports[one].fate or {}).get("into") for one in lost} == {gone}
    new = {row.report.id for row in desk.store.reports_of_article(late)}
    assert new
    assert {one for one, change in reports.items() if change.what == "appeared"} == new
    whole_file = gzip.decompress((before.folder / "articles.jsonl.gz").read_bytes())
    assert gone in {json.loads(line)["id"] for line in whole_file.splitlines()}


def test_every_id_that_stood_stands_or_has_a_tombstone(
    desk: Desk, other_steps: Steps, tmp_path: Path
) -> None:
    before = frozen(desk, tmp_path / "snapshots", "before")
    other = Desk(desk.store, other_steps, engine_for(1))
    list(other.redo(desk.store.article_ids(), "record"))
    forget(other, desk.store.find_articles(Words(("reindeer",)))[0], "asked for")
    after = frozen(other, tmp_path / "snapshots", "after")
    for table in ("events", "reports", "articles"):
        once = {str(row["id"]) for row in before.rows(table)}
        stands = {str(row["id"]) for row in after.rows(table)}
        buried = {str(row["id"]) for row in after.rows("tombstones")}
        assert once <= stands | buried
        assert not stands & buried
