"""When an act happened, by the article: which time expression belongs to which predicate.

In: a clause, the times of its sentence, the article. Out: `Dated` or None, and whether the act is
news, background or announced. It resolves no expression itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.model import Article, Clause, Dated, Sentence, Status, Time, ToldAs

ANNOUNCED = timedelta(days=60)
"""A date this long past, without a year, means the next one when the act is to come."""
PREDICATES = frozenset({"VERB", "AUX"})
NEWS_WINDOW = timedelta(days=31)
"""An act dated longer than this before publication is recalled. A month keeps monthly round-ups."""


def date_of(clause: Clause, sentence: Sentence, times: Sequence[Time]) -> Dated | None:
    """The nearest dated expression that the predicate lies in the scope of."""
    here = [
        t
        for t in times
        if sentence.start <= t.start < sentence.end
        and t.type != "SET"
        and (t.start_day or t.end_day)
        and in_scope(clause.head, _token_at(sentence, t.start), sentence)
    ]
    if not here:
        return None
    best = min(here, key=lambda t: _distance(clause, sentence, t))
    return Dated(best.start_day, best.end_day, best.precision, best.basis)


def is_recalled_with(
    clause: Clause, sentence: Sentence, times: Sequence[Time], article: Article
) -> bool:
    """ "It joined in 1994 and later sent soldiers": undated, but after a clause long past."""
    published = article.published
    if published is None or published.start is None:
        return False
    edge = (date.fromisoformat(published.start) - NEWS_WINDOW).isoformat()
    token = sentence.tokens[clause.head]
    before = token.head if token.dep == "conj" else None
    return before is not None and any(
        t.end_day is not None
        and t.end_day < edge
        and sentence.start <= t.start < token.start
        and in_scope(before, _token_at(sentence, t.start), sentence)
        for t in times
    )


def brought_ahead(dated: Dated | None, article: Article) -> Dated | None:
    """The date of an act still to come: "in November", said in March, is the coming one.

    Expressions without a year are resolved backwards, as news mostly means them. A day just past
    is not moved: it dates the announcement, and the act itself has no date.
    """
    published = article.published
    if dated is None or published is None or not (dated.start and dated.end and published.start):
        return dated
    if dated.end >= published.start:
        return dated
    gap = date.fromisoformat(published.start) - date.fromisoformat(dated.end)
    if dated.basis != "from publication" or gap < ANNOUNCED:
        return None
    start, end = (_next_year(day) for day in (dated.start, dated.end))
    return replace(dated, start=start, end=end, basis="from publication, told as to come")


def _next_year(day: str) -> str:
    shifted = f"{int(day[:4]) + 1}{day[4:]}"
    return shifted if not shifted.endswith("-02-29") else shifted[:-2] + "28"


def in_scope(predicate: int, word: int, sentence: Sentence) -> bool:
    """True when the clause that `word` stands in is the predicate's own or one above it.

    A coordinated clause is no clause above, unless the word comes before both ("in March, X did
    this and Y did that").
    """
    tokens = sentence.tokens
    if word == predicate:
        return True
    owner = _verb_of(word, sentence)
    above = predicate
    for _ in range(len(tokens)):
        if above == owner:
            return True
        token = tokens[above]
        if token.head == above:
            return False
        parted = token.dep in {"conj", "parataxis"} and tokens[token.head].pos in PREDICATES
        if parted and tokens[word].start > tokens[token.head].start:
            return False
        above = token.head
    return False


def _verb_of(word: int, sentence: Sentence) -> int:
    """The nearest verb above a word, or the root."""
    tokens = sentence.tokens
    i = word
    for _ in range(len(tokens)):
        if tokens[i].head == i or (i != word and tokens[i].pos in PREDICATES):
            break
        i = tokens[i].head
    return i


def _token_at(sentence: Sentence, offset: int) -> int:
    return next((i for i, t in enumerate(sentence.tokens) if offset < t.end), 0)


def _distance(clause: Clause, sentence: Sentence, time: Time) -> int:
    """Words between, with a fine for another verb and for a clause boundary in between."""
    low, high = sorted((clause.start, time.start))
    between = [t for t in sentence.tokens if low < t.start < high]
    verbs = sum(t.pos == "VERB" for t in between)
    commas = sum(t.text in {",", ";", "–", "—"} for t in between)
    dated_before = time.start < clause.start
    own = sentence.tokens[_token_at(sentence, time.start)].head == clause.head
    duration = 12 if time.type == "DURATION" else 0
    return len(between) + 6 * verbs + 3 * commas + (2 if dated_before else 0) + duration - (8 * own)


def told_as(
    clause: Clause, status: Status, dated: Dated | None, article: Article, *, recalled: bool = False
) -> ToldAs:
    """announced when still to come; background when recalled; else news."""
    if status in {"planned", "threatened"}:
        return "announced"
    if recalled or clause.tense == "pluperfect":
        return "background"
    published = article.published
    if dated is not None and published is not None and dated.end and published.start:
        if date.fromisoformat(dated.end) < date.fromisoformat(published.start) - NEWS_WINDOW:
            return "background"
        if published.end and dated.start and dated.start > published.end:
            return "announced"
    return "news"


def day_of_news(status: Status, told: ToldAs, article: Article) -> Dated | None:
    """An undated act that is told as news takes the day of publication, and says so."""
    published = article.published
    if told != "news" or status not in {"happened", "ongoing", "halted"} or published is None:
        return None
    if published.precision not in {"day", "minute"} or published.start is None:
        return None
    return Dated(published.start, published.end, "day", "published, told as news")
