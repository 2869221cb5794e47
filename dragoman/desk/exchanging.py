"""Judgements out of a desk and into another: a JSON object a line, with all that was said.

In: a desk, and lines that `line_of` wrote. Out: what became of each line. A judgement that the desk
has is not taken twice, one that was undone elsewhere is undone here, and what contradicts a word of
this desk, or is of what it does not hold, says so. A line that is none of these is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from dragoman.desk.corpus import Desk
from dragoman.desk.judging import carry_out
from dragoman.desk.saying import ACTOR, EVENT, REPORT, STORY, kind_of
from dragoman.errors import DragomanError, StoreError
from dragoman.model import Correction, GroupKind, Joining, OtherActor, SameActor, Verdict, Word
from dragoman.store import Store
from dragoman.store.records import WORD, dump, load
from dragoman.store.rows import Judgement

ARTICLE = "a"
CALLED = {REPORT: "a report", EVENT: "an event", STORY: "a story", ARTICLE: "an article"}
GROUPS: Mapping[GroupKind, tuple[str, str]] = {"event": (EVENT, REPORT), "story": (STORY, ARTICLE)}
"""Of what kind a group and its members are."""
SAID = ("kind", "target", "word", "note", "by", "at", "undone_at", "undone_by", "undone_why")


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a line. `against`: a word of this desk that it contradicts; the later one of
    the two counts. `absent`: the desk does not hold what it is of, and waits for it."""

    line: int
    what: Literal["added", "known", "undone", "refused"]
    judgement: Judgement | None = None
    against: Judgement | None = None
    absent: bool = False
    reason: str | None = None


def line_of(one: Judgement) -> str:
    """A judgement as one line."""
    values = (
        one.kind, one.target_id, json.loads(dump(WORD, one.word)), one.note, one.by, one.at,
        one.undone_at, one.undone_by, one.undone_why,
    )  # fmt: skip
    return json.dumps(dict(zip(SAID, values, strict=True)), ensure_ascii=False)


def take(desk: Desk, lines: Iterable[str]) -> Iterator[Taken]:
    """Keep the judgements of a file and let the record follow each."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _take(desk, number, _read(line))
            except DragomanError as fault:
                yield Taken(number, "refused", reason=str(fault))


def _read(line: str) -> Judgement:
    """Of a line; raises DragomanError for one that is none."""
    try:
        said = json.loads(line)
        word = load(WORD, json.dumps(said["word"]))
        one = Judgement(0, word, *(said[name] for name in SAID[3:]))
        for moment in (one.at, one.undone_at):
            if moment is not None:
                datetime.fromisoformat(moment)
    except (ValueError, KeyError, TypeError, RecursionError, StoreError) as fault:
        what = "the file that `dragoman judge export` writes has one on each line"
        raise DragomanError(f"this is no judgement ({type(fault).__name__}); {what}") from fault
    texts = (one.note, one.by, one.undone_by, one.undone_why)
    if not all(text is None or isinstance(text, str) for text in texts):
        raise DragomanError("this is no judgement: its note and names are texts")
    if (said["kind"], said["target"]) != (word.kind, word.target):
        raise DragomanError("this is no judgement: its kind or target is not that of its word")
    _refuse_wrong_kinds(word)
    return one


def _refuse_wrong_kinds(word: Word) -> None:
    """Ids that are not of what such a word is of: a verdict on a story, say."""
    for identity, kinds in _kinds(word):
        if kind_of(identity) not in kinds:
            wanted = " or ".join(CALLED.get(one, "an actor") for one in kinds)
            raise DragomanError(f"this is no judgement: {identity!r} stands where {wanted} is due")


def _kinds(word: Word) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every id of a word, and of what kinds it may be."""
    if isinstance(word, Verdict):
        yield word.target, (REPORT, EVENT)
        yield from ((one, (REPORT,)) for one in word.reports)
        yield from ((one, (ARTICLE,)) for one in word.articles)
    elif isinstance(word, Correction):
        yield word.target, (REPORT,)
        yield word.article, (ARTICLE,)
    elif isinstance(word, SameActor | OtherActor):
        ids = (word.target, *([word.into] if word.into is not None else ()))
        yield from ((one, (ACTOR,)) for one in ids)
        yield from ((one, (ARTICLE,)) for one in _articles(word))
    else:
        group, member = GROUPS[word.of]
        groups = word.groups if isinstance(word, Joining) else (word.target,)
        yield from ((one, (group,)) for one in groups)
        yield from ((one, (member,)) for one in word.ids[len(groups) :])


def _take(desk: Desk, number: int, told: Judgement) -> Taken:
    store = desk.store
    _refuse_forgotten(store, told.word)
    if told.undone_at is None:
        _refuse_unknown_codes(desk, told.word)
    known = next(
        (o for o in store.judgements(told.target_id, with_undone=True) if _is(o, told)), None
    )
    if known is not None and (known.undone_at or not told.undone_at):
        return Taken(number, "known", known)
    against = None if told.undone_at else _against(store, told)
    with store.together():
        made = known or store.judge(told.word, told.note, told.by, at=told.at)
        if told.undone_at is not None:
            made = store.undo(made.id, told.undone_why, told.undone_by, at=told.undone_at)
    done = carry_out(desk, made).judgement
    absent = not _holds(store, told.word)
    return Taken(number, "undone" if known else "added", done, against, absent)


def _is(one: Judgement, told: Judgement) -> bool:
    """Whether the two are one judgement, even if this desk no longer holds what it quoted."""
    mine, its = ((o.by, o.at, _unquoted(o.word)) for o in (one, told))
    return mine == its


def _unquoted(word: Word) -> Word:
    if isinstance(word, Verdict):
        return replace(word, pinned=())
    return replace(word, pinned=None) if isinstance(word, Correction) else word


def _against(store: Store, told: Judgement) -> Judgement | None:
    """The last word of this desk on the same thing, by another and to another end."""
    found = [o for o in store.judgements(told.target_id) if o.target_id == told.target_id]
    return next((one for one in reversed(found) if one.word != told.word), None)


def _articles(word: Word) -> tuple[str, ...]:
    if isinstance(word, Verdict | OtherActor):
        return word.articles
    return (word.article,) if isinstance(word, Correction) else ()


def _refuse_forgotten(store: Store, word: Word) -> None:
    stone = next((s for one in _articles(word) if (s := store.tombstone(one)) is not None), None)
    if stone is not None:
        raise DragomanError(f"{word.target}: its article {stone.id} was forgotten here")


def _refuse_unknown_codes(desk: Desk, word: Word) -> None:
    """Another desk may have categories of its own, which no rule of this one knows."""
    pinned = word.pinned if isinstance(word, Verdict) else ()
    if isinstance(word, Correction) and word.pinned is not None:
        pinned = (word.pinned,)
    for code in (code for one in pinned for code in (one.report.category, one.report.root)):
        if desk.steps.knowledge.codebook.find(code) is None:
            raise DragomanError(
                f"{word.target}: this desk's codebook has no category {code!r}; add it to the "
                "desk's own categories and import again"
            )


def _holds(store: Store, word: Word) -> bool:
    if isinstance(word, SameActor):
        return True
    if articles := _articles(word):
        return all(store.article(one) is not None for one in articles)
    return (store.event(word.target) or store.story(word.target)) is not None
