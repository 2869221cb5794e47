"""When an act happened, by the article, and how it is told: as news, recalled, or to come.

In: a clause, the times of its sentence, the article. Out: `Dated` or None, and whether the act is
news, background or announced. `timing` says which time is the predicate's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.model import Article, Clause, Dated, Sentence, Status, ToldAs
from dragoman.record.timing import Timing

ANNOUNCED = timedelta(days=60)
"""A date this long past, without a year, means the next one when the act is to come."""
PREDICATES = frozenset({"VERB", "AUX"})
ASSUMED = "published, told as news"
"""The basis of a date that is only the day of printing."""
NEWS_WINDOW = timedelta(days=31)
"""An act dated longer than this before publication is recalled. A month keeps monthly round-ups."""


def date_of(clause: Clause, timing: Timing) -> Dated | None:
    """The days of the time that belongs to the predicate, or to the verb that lends it its own;
    from a day on, where a clause before it says since when."""
    time = timing.of(clause.head)
    if time is None and clause.support is not None:
        time = timing.of(clause.support)
    if time is None:
        opened = timing.since(clause.head)
        if opened is None:
            return None
        return Dated(opened.start_day, None, opened.precision, opened.basis)
    return Dated(time.start_day, time.end_day, time.precision, time.basis)


def is_recalled_with(clause: Clause, timing: Timing, article: Article) -> bool:
    """ "It joined in 1994 and later sent soldiers": undated, but after a clause long past; or an
    act by which another is dated ("at the time of the invasion"), and what is told of that time."""
    tokens = timing.sentence.tokens
    token = tokens[clause.head]
    if token.dep == "nmod" and tokens[token.head].lemma in timing.language.words.epochs:
        return True
    if any(timing.is_of_an_epoch(i) for i in {clause.head, token.head}):
        return True
    published = article.published
    if published is None or published.start is None or not timing.times:
        return False
    edge = (date.fromisoformat(published.start) - NEWS_WINDOW).isoformat()
    before = [token.head] if token.dep == "conj" else []
    before += [i for i, t in enumerate(tokens[: clause.head])
               if t.head == clause.head and t.dep == "advcl"]  # fmt: skip
    dated = [time for i in before if (time := timing.of(i)) is not None]
    return any(t.end_day is not None and t.end_day < edge and t.start < token.start for t in dated)


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
    return Dated(published.start, published.end, "day", ASSUMED)
