"""People's word over a whole desk: it holds at every rebuild, in any order, and can be undone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dragoman.collect.pages import capture_file
from dragoman.desk import judging as judged
from dragoman.desk.corpus import Desk
from dragoman.desk.exchanging import line_of, take
from dragoman.desk.judging import Applied, finish, is_lost, judge, undo
from dragoman.desk.saying import correction, merge, split, verdict
from dragoman.engine import engine_for
from dragoman.errors import DragomanError, StoreError
from dragoman.forgetting import forget
from dragoman.knowledge import Knowledge
from dragoman.model import Kept, Word
from dragoman.pipeline import Steps
from dragoman.record import coder
from dragoman.store import open_store
from dragoman.store.rows import ReportRow
from tests.desks import CLOCKS, INDEX_TABLES, dump, page, write_pages

Open = Callable[..., Desk]
HISTORY = CLOCKS | {"revision", "last_event", "seq", "newest"}
"""Columns that tell what a desk went through, not what it holds."""
PAST = frozenset({"judgements", "judged", "event_redirects", "story_redirects"})
"""Tables of that kind: an id that was given out once leads on for good."""
CONDEMNED = "Kenya condemned Rwanda"
EXPELLED = "expelled two"
MET = "Norway met Finland"
NONE = "0" * 16


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_pages(tmp_path_factory.mktemp("judged") / "pages")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, pages: list[Path], steps: Steps) -> Path:
    """A desk of five pages, to be copied."""
    home = tmp_path_factory.mktemp("judged") / "desk"
    with open_store(home) as store:
        list(Desk(store, steps, engine_for(1)).add(map(capture_file, pages)))
    return home


@pytest.fixture
def opened(tmp_path: Path, steps: Steps) -> Iterator[Open]:
    stores = []

    def make(name: str = "empty") -> Desk:
        stores.append(open_store(tmp_path / name))
        return Desk(stores[-1], steps, engine_for(1))

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def desk(tmp_path: Path, made: Path, opened: Open) -> Desk:
    shutil.copytree(made, tmp_path / "desk")
    return opened("desk")


def home_of(desk: Desk) -> Path:
    return desk.store.path.parent


def record(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """What a desk holds now, without how it came to it."""
    held = {}
    with closing(sqlite3.connect(desk.store.path)) as file:
        tables = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if not table.startswith(INDEX_TABLES) and table not in {*PAST, "keys"}:
                # What a withdrawn report said last is no part of the record.
                standing = " WHERE retracted_at IS NULL" if table == "reports" else ""
                found = file.execute(f"SELECT * FROM {table}{standing}")
                kept = [i for i, one in enumerate(found.description) if one[0] not in HISTORY]
                held[table] = sorted((tuple(r[i] for i in kept) for r in found), key=repr)
    return held


def rows(desk: Desk, words: str, *, with_retracted: bool = False) -> list[ReportRow]:
    found = []
    for article in sorted(desk.store.article_ids()):
        found += desk.store.reports_of_article(article, with_retracted=with_retracted)
    return [row for row in found if words in row.report.evidence_text]


def acts(desk: Desk, words: str, category: str) -> list[ReportRow]:
    return [row for row in rows(desk, words) if row.report.category == category]


def event_of(row: ReportRow) -> str:
    assert row.event_id is not None
    return row.event_id


def say(desk: Desk, word: Word, by: str | None = "ada") -> Applied:
    return judge(desk, word, "seen in print", by)


def merged_events(desk: Desk) -> Word:
    return merge(desk, [event_of(rows(desk, MET)[0]), event_of(acts(desk, CONDEMNED, "ACCUSE")[0])])


def split_event(desk: Desk) -> Word:
    told = acts(desk, CONDEMNED, "ACCUSE")
    return split(desk, event_of(told[0]), [told[0].report.id, told[1].report.id])


def stories_of(desk: Desk) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for article, story in desk.store.stories_of_articles(desk.store.article_ids()).items():
        found.setdefault(story, set()).add(article)
    return found


def merged_stories(desk: Desk) -> Word:
    return merge(desk, sorted(stories_of(desk))[:2])


def split_story(desk: Desk) -> Word:
    places = {s: desk.store.story(s) for s in stories_of(desk)}
    story = next(one for one in places.values() if one is not None and len(one.members) > 1)
    return split(desk, story.id, [story.members[0].article_id])


KINDS: dict[str, Callable[[Desk], Word]] = {
    "reject a report": lambda d: verdict(d.store, "reject", rows(d, EXPELLED)[0].report.id),
    "reject an event": lambda d: verdict(
        d.store, "reject", event_of(acts(d, CONDEMNED, "ACCUSE")[0])
    ),
    "confirm a report": lambda d: verdict(d.store, "confirm", rows(d, MET)[0].report.id),
    "confirm an event": lambda d: verdict(d.store, "confirm", event_of(rows(d, EXPELLED)[0])),
    "unsure": lambda d: verdict(d.store, "unsure", rows(d, MET)[0].report.id),
    "correct the act": lambda d: correction(
        d, rows(d, MET)[0].report.id, {"category": ["COOPERATE"], "status": ["ongoing"]}
    ),
    "correct who, when and where": lambda d: correction(
        d,
        rows(d, MET)[0].report.id,
        {"source": ["SWE"], "target": ["reindeer"], "date": ["2024-02"], "place": ["Oslo"]},
    ),
    "merge events": merged_events,
    "split an event": split_event,
    "merge stories": merged_stories,
    "split a story": split_story,
    "merge actors": lambda d: merge(d, ["KEN", "Uganda"]),
    "split an actor": lambda d: split(
        d, "KEN", [rows(d, EXPELLED)[0].report.article_id], "UGA"
    ),
    "an actor nobody knows": lambda d: split(
        d, "KEN", [rows(d, EXPELLED)[0].report.article_id]
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_at_every_rebuild_and_can_be_undone(desk: Desk, kind: str) -> None:
    before = record(desk)
    done = say(desk, KINDS[kind](desk))
    assert not done.judgement.is_due
    after = record(desk)
    assert (after == before) == (kind in {"confirm a report", "confirm an event", "unsure"})
    whole = dump(home_of(desk))
    for first in ("record", "link", "read", "clean"):
        list(desk.redo(desk.store.article_ids(), first))
        assert record(desk) == after, first
    assert dump(home_of(desk))["reports"] == whole["reports"]
    taken_back = undo(desk, done.judgement.id, "a slip", "bob").judgement
    assert (taken_back.undone_by, taken_back.undone_why, taken_back.is_due) == (
        "bob",
        "a slip",
        False,
    )
    assert record(desk) == before


@pytest.mark.parametrize("kind", [k for k in KINDS if "stor" not in k])
def test_it_holds_for_what_comes_after_it(
    desk: Desk, opened: Open, pages: list[Path], kind: str
) -> None:
    """The words come first, from another desk; then the articles, backwards."""
    say(desk, KINDS[kind](desk))
    lines = [line_of(one) for one in desk.store.judgements()]
    late = opened("late")
    assert [one.what for one in take(late, lines)] == ["added"]
    list(late.add(map(capture_file, reversed(pages))))
    assert told(late) == told(desk)


def told(desk: Desk) -> set[frozenset[tuple[str, str, str]]]:
    """What each event is made of, whatever its id."""
    events: dict[str, set[tuple[str, str, str]]] = {}
    for row in rows(desk, ""):
        one, date = row.report, row.report.date
        sides = "/".join(str(s.actor or s.name) for s in (*one.sources, *one.targets))
        what = f"{one.category} {one.mode} {one.status} {sides} {date.start if date else ''}"
        events.setdefault(event_of(row), set()).add((one.id, what, str(one.place)))
    return {frozenset(group) for group in events.values()}


def test_stories_said_to_be_one_are_so_in_any_order(
    desk: Desk, opened: Open, pages: list[Path]
) -> None:
    say(desk, merged_stories(desk))
    parts = {frozenset(group) for group in stories_of(desk).values()}
    late = opened("late")
    list(take(late, [line_of(one) for one in desk.store.judgements()]))
    list(late.add(map(capture_file, reversed(pages))))
    assert {frozenset(group) for group in stories_of(late).values()} == parts


def test_what_is_rejected_is_withdrawn_and_leaves_its_event(desk: Desk) -> None:
    row = rows(desk, EXPELLED)[0]
    event = desk.store.event(event_of(row))
    assert event is not None
    done = say(desk, verdict(desk.store, "reject", row.report.id))
    assert done.articles == 1
    gone = desk.store.report(row.report.id)
    assert gone is not None
    assert (gone.retracted_at is not None, gone.event_id) == (True, None)
    after = desk.store.event(event.id)
    assert after is not None
    assert set(event.report_ids) - set(after.report_ids) == {row.report.id}
    assert [one.report.id for one in desk.store.last_reports_of_event(event.id)] == [row.report.id]


def test_a_correction_changes_what_follows_from_it(desk: Desk) -> None:
    row = rows(desk, MET)[0]
    assert (row.report.category, row.report.quad) == ("CONSULT", 1)
    word = correction(desk, row.report.id, {"category": ["assault"], "date": ["2024-02-01"]})
    number = say(desk, word).judgement.id
    found = desk.store.report(row.report.id)
    assert found is not None
    new = found.report
    assert (new.category, new.root, new.quad, new.mode) == ("ASSAULT", "ASSAULT", 4, None)
    assert (new.status, new.sources) == (row.report.status, row.report.sources)
    assert "category CONSULT → ASSAULT, date 2024-03-05 → 2024-02-01" in new.why[-1]
    assert new.why[-1].endswith(f"(judgement {number})")
    assert "ada" not in "".join(new.why)
    event = desk.store.event(event_of(found))
    assert event is not None
    assert (event.category, event.date and event.date.start) == ("ASSAULT", "2024-02-01")


def test_a_planned_act_has_the_category_of_a_plan(desk: Desk) -> None:
    row = rows(desk, MET)[0]
    say(desk, correction(desk, row.report.id, {"status": ["planned"]}))
    found = desk.store.report(row.report.id)
    assert found is not None
    assert (found.report.root, found.report.category, found.report.status) == (
        "CONSULT", "AGREE", "planned",
    )  # fmt: skip


def test_sides_by_id_by_name_and_by_words(desk: Desk) -> None:
    row = rows(desk, MET)[0]
    values = {"source": ["Norvège", "SWE"], "target": ["-"]}
    say(desk, correction(desk, row.report.id, values))
    found = desk.store.report(row.report.id)
    assert found is not None
    sides = [(side.actor, side.start < side.end) for side in found.report.sources]
    assert sides == [("NOR", True), ("SWE", False)]  # Sweden has no words in the sentence
    assert found.report.targets == ()
    assert "reports.0.targets" in {doubt.field for doubt in found.report.doubts}


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("categry", "ASSAULT", "the nearest is category"),
        ("category", "ASALT", "the nearest is ASSAULT"),
        ("status", "hapened", "the nearest is happened"),
        ("mode", "visti", "the nearest is visit"),
        ("told_as", "new", "the nearest is news"),
        ("source", "Norwya", "the nearest is NOR"),
        ("date", "5 March", "write 2024-03-17"),
        ("date", "2024-02-30", "no date of the calendar"),
        ("date", "2024-03-02/2024-03-01", "ends before"),
        ("place", "Osol", "the nearest is"),
        ("place", "Qzxvw", "no place"),
    ],
)
def test_a_value_that_cant_be_is_refused(desk: Desk, field: str, value: str, hint: str) -> None:
    with pytest.raises(DragomanError, match=hint):
        correction(desk, rows(desk, MET)[0].report.id, {field: [value]})


def test_what_cant_be_said_is_refused(desk: Desk) -> None:
    story, told = sorted(stories_of(desk))[0], rows(desk, EXPELLED)[0]
    event = event_of(told)
    members = [row.report.id for row in desk.store.reports_of_event(event)]
    for refused, hint in (
        (lambda: verdict(desk.store, "reject", story), "a report"),
        (lambda: verdict(desk.store, "reject", f"r-{NONE}"), "no report"),
        (lambda: verdict(desk.store, "reject", f"e-{NONE}"), "no event"),
        (lambda: correction(desk, event, {"status": ["planned"]}), "one by one"),
        (lambda: merge(desk, [event]), "two ids"),
        (lambda: merge(desk, [event, event]), "one already"),
        (lambda: merge(desk, [event, story]), "alone"),
        (lambda: merge(desk, ["KEN", "Kenia-on-Sea"]), "no actor"),
        (lambda: merge(desk, ["KEN", "KEN"]), "already"),
        (lambda: merge(desk, ["s-r-nathan", "Kenia-on-Sea"]), "no actor"),
        (lambda: split(desk, event, members), "leave something"),
        (lambda: split(desk, event, ["r-0"]), "no such report"),
        (lambda: split(desk, event, members[:1], "KEN"), "--as"),
        (lambda: split(desk, "KEN", ["a-0"]), "no article"),
        (lambda: split(desk, "KEN", [rows(desk, MET)[0].report.article_id]), "does not name"),
        (lambda: undo(desk, 99, None, None), "no judgement 99"),
    ):
        with pytest.raises(DragomanError, match=hint):
            refused()
    assert desk.store.judgements() == []


def test_the_later_of_two_words_counts_and_its_undoing_brings_back_the_earlier(desk: Desk) -> None:
    row = rows(desk, MET)[0]
    assert row.report.id
    say(desk, verdict(desk.store, "reject", row.report.id))
    rejected = record(desk)
    later = say(desk, correction(desk, row.report.id, {"mode": ["visit"]}), by="bob")
    found = desk.store.report(row.report.id)
    assert found is not None
    assert (found.retracted_at, found.report.mode) == (None, "visit")
    undo(desk, later.judgement.id, None, None)
    assert record(desk) == rejected
    with pytest.raises(StoreError, match="already"):
        undo(desk, later.judgement.id, None, None)


def test_of_a_merge_and_a_split_the_later_counts(desk: Desk) -> None:
    apart = told(desk)
    first = merged_events(desk)
    say(desk, first)
    together = told(desk)
    assert together != apart
    one = event_of(rows(desk, MET)[0])
    parted = say(desk, split(desk, one, [rows(desk, MET)[0].report.id]))
    assert told(desk) == apart
    undo(desk, parted.judgement.id, None, None)
    assert told(desk) == together


def test_a_merge_leads_from_the_old_id_to_the_new(desk: Desk) -> None:
    word = merged_events(desk)
    say(desk, word)
    found = {event.id for one in word.ids if (event := desk.store.event(one)) is not None}
    assert len(found) == 1
    assert desk.store.judgements(found.pop())[0].word == word


def test_an_actor_is_another_everywhere(desk: Desk, pages: list[Path], opened: Open) -> None:
    named = desk.store.articles_naming(["KEN"])
    done = say(desk, merge(desk, ["KEN", "UGA"]))
    assert done.articles == len(named) > 0
    assert desk.store.articles_naming(["KEN"]) == []
    assert desk.store.articles_naming(["UGA"]) == named
    assert {row.report.sources[0].actor for row in acts(desk, CONDEMNED, "ACCUSE")} == {"UGA"}
    # Words follow each other: who is Uganda goes with it.
    again = say(desk, merge(desk, ["UGA", "TZA"]))
    assert desk.store.articles_naming(["TZA"]) == named
    undo(desk, again.judgement.id, None, None)
    assert desk.store.articles_naming(["UGA"]) == named


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A later coder, which makes nothing any more."""
    return lambda: monkeypatch.setattr("dragoman.pipeline.code", lambda *_: ())


def test_what_is_confirmed_stays_when_the_coder_makes_it_no_more(
    desk: Desk, forgetful: Callable[[], None]
) -> None:
    row = rows(desk, MET)[0]
    say(desk, verdict(desk.store, "confirm", row.report.id))
    forgetful()
    list(desk.redo(desk.store.article_ids(), "record"))
    (left,) = rows(desk, "")
    assert left.report.id == row.report.id
    low, high = left.report.evidence
    kept = desk.store.kept(row.report.article_id)
    assert kept is not None
    assert kept.article.text[low:high] == row.report.evidence_text
    assert "the coder does not make it" in left.report.why[-1]
    assert event_of(left) == event_of(row)


def test_what_lost_its_sentence_goes_and_is_told(
    desk: Desk, forgetful: Callable[[], None], tmp_path: Path
) -> None:
    row = rows(desk, MET)[0]
    done = say(desk, verdict(desk.store, "confirm", row.report.id))
    assert is_lost(desk.store, done.judgement) == ()
    later = tmp_path / "later.html"
    text = page("Reindeer count", ("The result will be read out in a gym.",), host="north.example",
                day="2024-03-06")  # fmt: skip
    later.write_text(text, encoding="utf-8")
    list(desk.add([capture_file(later)]))
    assert rows(desk, MET) == []
    assert is_lost(desk.store, done.judgement) == (row.report.id,)


def test_a_later_coder_does_not_change_what_is_confirmed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    row, other = rows(desk, MET)[0], rows(desk, EXPELLED)[0]
    say(desk, verdict(desk.store, "confirm", row.report.id))
    usual = coder.code
    monkeypatch.setattr(
        "dragoman.pipeline.code",
        lambda *given: tuple(replace(one, mode=None, cameo=None) for one in usual(*given)),
    )
    list(desk.redo(desk.store.article_ids(), "record"))
    held, changed = desk.store.report(row.report.id), desk.store.report(other.report.id)
    assert held is not None
    assert changed is not None
    assert (held.report.mode, held.report.cameo) == (row.report.mode, row.report.cameo)
    assert (changed.report.mode, other.report.mode is not None) == (None, True)


def test_a_run_that_died_is_finished_by_a_build(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an article in three, two are done when it dies; then the undoing dies at once."""
    before = record(desk)
    usual, done = Desk._keep, [0]

    def dies(self: Desk, *given: object) -> object:
        done[0] += 1
        if done[0] > 2:
            raise KeyboardInterrupt
        return usual(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Desk, "_keep", dies)
        with pytest.raises(KeyboardInterrupt):
            say(desk, merge(desk, ["KEN", "UGA"]))
    assert desk.store.articles_naming(["KEN"])
    assert desk.store.articles_naming(["UGA"])
    assert [one.kind for one in desk.store.due_judgements()] == ["merge"]
    finish(desk)
    assert desk.store.articles_naming(["KEN"]) == []
    assert finish(desk) == []
    with monkeypatch.context() as patched:
        patched.setattr(judged, "carry_out", dies)
        with pytest.raises(KeyboardInterrupt):
            undo(desk, 1, None, None)
    assert desk.store.articles_naming(["KEN"]) == []
    finish(desk)
    assert record(desk) == before


def test_what_is_said_while_an_article_is_read_counts(
    desk: Desk, opened: Open, pages: list[Path], steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its making began before the word; it is kept after it."""
    late = opened("late")
    usual = Steps.paired

    def meanwhile(self: Steps, capture: object) -> object:
        found = usual(self, capture)  # type: ignore[arg-type]
        if not late.store.judgements():
            late.store.judge(merge(desk, ["KEN", "UGA"]), None, None)
        return found

    monkeypatch.setattr(Steps, "paired", meanwhile)
    list(late.add([capture_file(pages[0])]))
    assert late.store.articles_naming(["KEN"]) == []
    assert late.store.articles_naming(["UGA"])


def test_out_and_in_again(desk: Desk, opened: Open, pages: list[Path]) -> None:
    say(desk, verdict(desk.store, "reject", rows(desk, EXPELLED)[0].report.id))
    gone = say(desk, verdict(desk.store, "confirm", rows(desk, MET)[0].report.id), by=None)
    say(desk, merge(desk, ["KEN", "UGA"]))
    lines = [line_of(one) for one in desk.store.judgements()]
    other = opened("other")
    list(other.add(map(capture_file, pages)))
    assert [one.what for one in take(other, lines)] == ["added"] * 3
    assert told(other) == told(desk)
    whole = record(other)
    assert [one.what for one in take(other, lines)] == ["known"] * 3
    assert record(other) == whole
    assert [line_of(one) for one in other.store.judgements()] == lines
    undo(desk, gone.judgement.id, "not sure", "bob")
    later = [line_of(one) for one in desk.store.judgements(with_undone=True)]
    assert [one.what for one in take(other, later)] == ["known", "undone", "known"]
    assert [line_of(one) for one in other.store.judgements(with_undone=True)] == later


def test_what_contradicts_or_waits_is_told(desk: Desk, opened: Open, pages: list[Path]) -> None:
    report = rows(desk, MET)[0].report.id
    say(desk, verdict(desk.store, "reject", report))
    lines = [line_of(one) for one in desk.store.judgements()]
    empty = opened("empty")
    (waits,) = take(empty, [*lines, ""])
    assert (waits.what, waits.absent, waits.against) == ("added", True, None)
    other = opened("other")
    list(other.add(map(capture_file, pages)))
    mine = say(other, verdict(other.store, "confirm", report), by="bob").judgement
    (taken,) = take(other, lines)
    assert (taken.what, taken.against) == ("added", mine)
    for bad in ("no json", "[]", '{"word": {}}', '{"word": {"says": "verdict"}}'):
        (refused,) = take(other, [bad])
        assert refused.what == "refused"
        assert "dragoman judge export" in (refused.reason or "")


def test_forgetting_an_article_leaves_no_quote_of_it(desk: Desk) -> None:
    row = rows(desk, MET)[0]
    for word in (
        verdict(desk.store, "confirm", row.report.id),
        correction(desk, row.report.id, {"mode": ["visit"]}),
    ):
        say(desk, word)
    lines = [line_of(one) for one in desk.store.judgements()]
    assert MET in "".join(lines)
    forget(desk, row.report.article_id, "asked for")
    left = desk.store.judgements()
    assert [(one.kind, one.target_id, one.note) for one in left] == [
        ("confirm", row.report.id, None), ("correct", row.report.id, None),
    ]  # fmt: skip
    assert MET not in "".join(map(line_of, left))
    assert [one.what for one in take(desk, lines)] == ["refused"] * 2
    assert MET not in "".join(map(line_of, desk.store.judgements()))


def test_steps_carry_what_is_said_of_actors(knowledge: Knowledge) -> None:
    import pickle

    from dragoman.model import Rulings, SameActor

    rulings = Rulings((SameActor("KEN", "UGA"),))
    sent = pickle.loads(pickle.dumps(Steps(knowledge=knowledge).under(rulings)))
    assert sent.rulings == rulings


def test_what_cant_be_made_anew_stays_due(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    word = verdict(desk.store, "reject", rows(desk, MET)[0].report.id)
    other = verdict(desk.store, "reject", rows(desk, EXPELLED)[0].report.id)
    usual = Steps.record
    article = rows(desk, MET)[0].report.article_id

    def fails(self: Steps, kept: Kept) -> Kept:
        if kept.article.id == article:
            raise ValueError("no luck")
        return usual(self, kept)

    monkeypatch.setattr(Steps, "record", fails)
    with pytest.raises(DragomanError, match="no luck"):
        say(desk, word)
    desk.store.judge(other, None, None)
    assert ["no luck" in (one.reason or "") for one in finish(desk)] == [True, False]
    assert [one.word for one in desk.store.due_judgements()] == [word]
