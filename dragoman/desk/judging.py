"""People's word carried out: given or undone, the record follows, from what the desk holds.

In: a desk and a word, or the number of one to undo. Out: the judgement as it is kept, and how many
articles were made anew. A run that was stopped between the two is finished by `finish`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.desk.corpus import Desk
from dragoman.errors import DragomanError
from dragoman.link.rulings import meanings
from dragoman.model import (
    Correction,
    Joining,
    OtherActor,
    Parting,
    Report,
    Rulings,
    SameActor,
    Verdict,
    Word,
)
from dragoman.store import Store
from dragoman.store.rows import Judgement


@dataclass(frozen=True, slots=True)
class Applied:
    """A judgement, and how many articles were made anew for it; `reason` where one could not be.
    `is_known`: it was said before, and nothing was kept."""

    judgement: Judgement
    articles: int
    reason: str | None = None
    is_known: bool = False


def judge(desk: Desk, word: Word, note: str | None, by: str | None) -> Applied:
    """Keep a person's word, unless it is already said so, and let the record follow."""
    said = keep(desk.store, word, note, by)
    return replace(carry_out(desk, said.judgement), is_known=said.is_known)


def keep(store: Store, word: Word, note: str | None, by: str | None) -> Applied:
    """Keep a person's word, unless it is already said so; the record does not follow yet."""
    with store.together():
        known = store.already_said(word, note, by)
        return Applied(known or store.judge(word, note, by), 0, is_known=known is not None)


def undo(desk: Desk, number: int, why: str | None, by: str | None) -> Applied:
    """Take a word back; what it stood before, or the machine says, counts again. Raises StoreError
    for a number that is none, or was undone."""
    return carry_out(desk, desk.store.undo(number, why, by))


def finish(desk: Desk) -> list[Applied]:
    """Carry out what was given or undone and is still due; what can't be carried out stays due."""
    return [attempt(desk, one) for one in desk.store.due_judgements()]


def attempt(desk: Desk, judgement: Judgement) -> Applied:
    """Let the record follow a judgement; where it can't, the judgement stays due, with why."""
    try:
        return carry_out(desk, judgement)
    except DragomanError as fault:
        return Applied(judgement, 0, str(fault))


def carry_out(desk: Desk, judgement: Judgement) -> Applied:
    """Let the record follow a judgement, or its being undone; doing so twice is harmless. Raises
    DragomanError where an article can't be made anew; the judgement stays due then."""
    word = judgement.word
    articles = 0
    if not judgement.is_due:
        return Applied(judgement, 0)
    if isinstance(word, Verdict):
        articles = _redo(desk, word.articles, "record")
    elif isinstance(word, Correction):
        articles = _redo(desk, [word.article], "record")
    elif isinstance(word, SameActor | OtherActor):
        articles = _redo(desk, articles_of(desk.store, word), "link")
    else:
        _regroup(desk, word)
    desk.store.carried_out(judgement.id)
    return Applied(desk.store.judgement(judgement.id), articles)


def articles_of(store: Store, word: SameActor | OtherActor) -> list[str]:
    """The articles that a word on an actor may change: those that name the actor, or whom it is
    taken for, with the word and without it."""
    if isinstance(word, OtherActor):
        return [one for one in word.articles if store.article(one) is not None]
    words = store.rulings().words
    actors = {word.target, word.into}
    for standing in (Rulings(words), Rulings((*words, word))):
        meant = meanings(standing)
        actors |= {to for one in tuple(actors) if (to := meant.get(one)) is not None}
        actors |= {one for one, to in meant.items() if to in actors}
    return store.articles_naming(actors)


def is_lost(store: Store, judgement: Judgement) -> tuple[str, ...]:
    """The reports that a standing judgement holds to and the desk can't keep: their sentence is
    gone from the article."""
    word = judgement.word
    if judgement.undone_at is not None or not isinstance(word, Verdict | Correction):
        return ()
    held = word.pinned if isinstance(word, Verdict) else (word.pinned,)
    found = ((pin.report, store.report(pin.report.id)) for pin in held if pin is not None)
    return tuple(
        report.id
        for report, row in found
        if store.article(report.article_id) is not None
        and (row is None or row.retracted_at is not None)
        and not _is_out(store, report)
    )


def _is_out(store: Store, report: Report) -> bool:
    """Whether the last word on a report rejects it."""
    said = [
        word.kind
        for _, word in store.words_on(report.article_id)
        if report.id in (word.reports if isinstance(word, Verdict) else (word.target,))
    ]
    return said[-1:] == ["reject"]


def _redo(desk: Desk, ids: Iterable[str], first: str) -> int:
    count = 0
    for outcome in desk.redo(sorted(set(ids)), first):
        if outcome.reason is not None:
            raise DragomanError(outcome.reason)
        count += 1
    return count


def _regroup(desk: Desk, word: Joining | Parting) -> None:
    members = [one for group in word.members for one in group] if isinstance(word, Joining) else []
    members += [*word.out, *word.rest] if isinstance(word, Parting) else []
    elder = word.groups if isinstance(word, Joining) else (word.target,)
    with desk.stories.watched(), desk.store.together():
        if word.of == "event":
            desk.happenings.regroup(members, elder)
        else:
            desk.stories.regroup(members, elder)
