"""What an actor is quoted as saying, of another one or of anything, with the place it stands at.

In: rows of articles, newest first. Out: `Said`, in the words that this desk may show. Thoughts and
mere topics are not said, and what a public desk's excerpt leaves out is not shown here either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from dragoman.model import Article, Kept, Quote, QuoteKind, Reading, Stance
from dragoman.publish.room import ReadingRoom
from dragoman.publish.views.lines import ArticleLine, Lines
from dragoman.publish.views.paragraphs import anchor_at
from dragoman.publish.wording import gettext
from dragoman.publish.words import SAID
from dragoman.store.rows import ArticleRow

UTTERANCES = 12
ARTICLES_READ = 40
"""Newest articles that name both actors, in which they are heard of each other."""
AT_ONCE = 20
MOST = 300
"""Characters of one utterance."""
LEAST = 40
"""With fewer characters left, a further piece is not begun."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: QuoteKind
    """Only what is direct is printed in marks: other words are the article's, or hold their own."""


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance: all that an article gives of it, as far as `MOST` characters reach."""

    stance: Stance
    word: str
    """The stance in English: said, denied, demanded."""
    cue: str | None
    """The article's own word for it, where that is another."""
    pieces: tuple[Piece, ...]
    article: ArticleLine
    anchor: str | None
    """The paragraph it begins in, on the article's page."""
    speaker: str
    """As the atlas or the article names who speaks."""


def said_by(
    room: ReadingRoom, lines: Lines, actor: str, rows: Sequence[ArticleRow]
) -> tuple[Said, ...]:
    """The newest utterances of an actor in the articles, in the order of each text."""
    found = chain.from_iterable(
        _in_article(room, lines, row, [q for q in speech if _speaker(q) == actor])
        for row, speech in _with_speech(room, rows)
    )
    return tuple(islice(found, UTTERANCES))


def said_of(room: ReadingRoom, lines: Lines, a: str, b: str) -> tuple[Said, ...]:
    """The newest utterances of `a`, or of who held an office there on that day, in whose words
    `b`, or who held an office there, is named."""
    groups = [_with_officials(room, one) for one in (a, b)]
    ids = room.store.articles_of_each(groups, ARTICLES_READ)
    known = room.store.article_rows(ids)
    rows = one_of_each_text(room, [known[one] for one in ids if one in known])
    found = chain.from_iterable(
        _in_article(room, lines, row, _of(room, row, speech, a, b))
        for row, speech in _with_speech(room, rows)
    )
    return tuple(islice(found, UTTERANCES))


def one_of_each_text(room: ReadingRoom, rows: Sequence[ArticleRow]) -> list[ArticleRow]:
    """Of an article and its copies only the first in the list."""
    origins = room.store.origins_of([row.article.id for row in rows])
    roots: dict[str, ArticleRow] = {}
    for row in rows:
        roots.setdefault(origins[row.article.id], row)
    return list(roots.values())


def _with_officials(room: ReadingRoom, actor: str) -> frozenset[str]:
    return frozenset(
        {actor, *(role.person for role in room.knowledge.atlas.roles if role.actor == actor)}
    )


def _of(room: ReadingRoom, row: ArticleRow, every: Sequence[Quote], a: str, b: str) -> list[Quote]:
    """The speech of `a` in an article, by whole turns, of those that name `b`."""
    day = row.article.published.start if row.article.published is not None else None

    def stands_for(actor: str | None, body: str) -> bool:
        if actor is None or actor == body:
            return actor is not None
        role = room.knowledge.atlas.role_on(actor, day)
        return role is not None and role.actor == body

    speech = [quote for quote in every if stands_for(_speaker(quote), a)]
    if not speech:
        return []
    named = [
        one.mention.start
        for one in room.store.references(row.article.id)
        if stands_for(one.actor, b)
    ]
    turns = {q.turn for q in speech if any(q.start <= start < q.end for start in named)}
    return [quote for quote in speech if quote.turn in turns]


def _in_article(
    room: ReadingRoom, lines: Lines, row: ArticleRow, quotes: Sequence[Quote]
) -> Iterator[Said]:
    if not quotes:
        return
    article, shown = _shown(room, row.article, quotes)
    line = lines.article(row)
    turns: dict[int, list[Quote]] = {}
    for quote in shown:
        turns.setdefault(quote.turn, []).append(quote)
    for turn in turns.values():
        yield _said(article, line, turn)


def _with_speech(
    room: ReadingRoom, rows: Sequence[ArticleRow]
) -> Iterator[tuple[ArticleRow, list[Quote]]]:
    """Each article with its speech, some read at once: the newest mostly say enough."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        quotes = room.store.quotes([row.article.id for row in some])
        for row in some:
            yield row, [quote for quote in quotes.get(row.article.id, ()) if quote.is_speech]


def _speaker(quote: Quote) -> str | None:
    return quote.by.actor if quote.by is not None else None


def _shown(
    room: ReadingRoom, article: Article, quotes: Sequence[Quote]
) -> tuple[Article, Sequence[Quote]]:
    """The article as this desk shows it, and those of the quotes that stand in it; who speaks is
    known, also where an excerpt lacks the speaker's name."""
    rows = room.store.reports_of_article(article.id)
    kept = room.display.shown(
        Kept(
            article=article,
            reading=Reading(article.id, article.language or "", quotes=tuple(quotes)),
            references=(),
            reports=tuple(row.report for row in rows),
        )
    )
    return kept.article, kept.reading.quotes


def _said(article: Article, line: ArticleLine, turn: Sequence[Quote]) -> Said:
    first = turn[0]
    word = gettext(SAID[first.stance])
    spans = [quote.cue for quote in turn if quote.cue is not None and quote.verb is not None]
    cue = article.text[slice(*spans[0])] if spans else None
    return Said(
        stance=first.stance,
        word=word,
        cue=cue if cue is not None and cue.casefold() != word else None,
        pieces=tuple(_bounded(article, turn)),
        article=line,
        anchor=anchor_at(article, first.start),
        speaker=first.by.name if first.by is not None else "",
    )


def _bounded(article: Article, turn: Sequence[Quote]) -> Iterator[Piece]:
    """The pieces of an utterance; what is cut ends with "…"."""
    left = MOST
    for number, quote in enumerate(turn, 1):
        whole = " ".join(article.text[quote.start : quote.end].split())
        text = _cut(whole, left)
        left -= len(text)
        is_last = text != whole or left < LEAST
        if is_last and text == whole and number < len(turn):
            text += " …"
        yield Piece(text, quote.kind)
        if is_last:
            return


def _cut(text: str, most: int) -> str:
    """At a space where there is one."""
    if len(text) <= most:
        return text
    space = text.rfind(" ", 0, most + 1)
    return text[: space if space > 0 else most].rstrip(" ,;:") + " …"
