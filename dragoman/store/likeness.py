"""Articles by words asked for, and articles like another one, with the reason in words.

Likeness is lexical (the article's rarest words that stand elsewhere too) plus actors in common,
which also joins articles across languages. Copies of the article are never "similar" to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from sqlalchemy import Connection, func, select

from dragoman.store import search
from dragoman.store.analyse import words
from dragoman.store.articles import rows_by_seq
from dragoman.store.copies import first_origin
from dragoman.store.records import ARTICLE, load
from dragoman.store.rows import ArticleRow
from dragoman.store.schema import article_actors, articles
from dragoman.store.transactions import Transactions

# Chosen by reason, not yet measured on pairs of articles that people called alike.
RAREST = 24
"""How many of an article's rarest words are looked for elsewhere."""
FULL = 12
"""With fewer words found elsewhere than this, likeness by words counts for less."""
SHORTEST = 4
"""Letters of a word that can tell two subjects apart; leaves most function words out."""
COMMON_SHARE = 0.25
"""A word or actor in more than this share of all articles tells nothing, once there are many."""
MANY = 40
WORD_PART, ACTOR_PART = 0.7, 0.3
LEAST = 0.08
"""Likeness below this is chance."""
CANDIDATES = 60
NAMED = 4
"""Words and actors that a reason names."""


@dataclass(slots=True)
class _Candidate:
    seq: int
    by_words: float = 0.0
    by_actors: float = 0.0
    actors: list[str] = field(default_factory=list)

    @property
    def score(self) -> float:
        return WORD_PART * self.by_words + ACTOR_PART * self.by_actors


class Likeness(Transactions):
    def search(self, query: str, limit: int = 20, offset: int = 0) -> list[ArticleRow]:
        """Articles with every word of the query in headline or body, best first."""
        with self._reading() as connection:
            languages = connection.execute(select(articles.c.language).distinct()).scalars().all()
            choices = _choices(query, languages)
            found = search.matches_all(connection, choices, limit, offset)
            rows = rows_by_seq(connection, [match.seq for match in found])
        return [rows[match.seq] for match in found]

    def reindex(self) -> None:
        """Analyse every article's words anew, for when the analysis itself has changed."""
        with self._writing() as connection:
            seqs = connection.execute(select(articles.c.seq)).scalars().all()
            for seq in seqs:
                query = select(articles.c.json).where(articles.c.seq == seq)
                text = connection.execute(query).scalar_one()
                search.index(connection, seq, load(ARTICLE, text))

    def similar(self, article_id: str, limit: int = 5) -> list[tuple[ArticleRow, float, str]]:
        """The articles most like this one, each with a score from 0 to 1 and the reason."""
        query = select(articles.c.seq, articles.c.json).where(articles.c.id == article_id)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return []
            surface = search.surface_words(load(ARTICLE, row.json))
            rarest = _rarest(connection, surface)
            found = _by_words(connection, row.seq, rarest)
            _add_actors(connection, row.seq, article_id, found)
            best = _one_of_each_text(connection, article_id, _ranked(found.values()), limit)
            seqs = [candidate.seq for candidate in best]
            rows, stems = rows_by_seq(connection, seqs), search.stems_of(connection, seqs)
        return [
            (rows[one.seq], round(one.score, 3), _reason(one, rarest, stems[one.seq], surface))
            for one in best
        ]


def _choices(query: str, languages: Iterable[str | None]) -> list[list[str]]:
    """The query's words, each as every language of the desk would stem it."""
    stems = [[stem for _, stem in words(query, language)] for language in {*languages, None}]
    return [sorted(set(choice)) for choice in zip(*stems, strict=True)]


def _too_common(total: int) -> int:
    """The number of articles from which on a word or actor tells nothing."""
    return max(MANY, int(total * COMMON_SHARE))


def _rarest(connection: Connection, surface: Mapping[str, str]) -> list[str]:
    """The stems that stand in the fewest other articles, but in at least one."""
    found = search.frequencies(connection, (stem for stem in surface if len(stem) >= SHORTEST))
    cap = _too_common(search.article_count(connection))
    shared = [stem for stem, number in found.items() if 2 <= number <= cap]
    return sorted(shared, key=lambda stem: (found[stem], stem))[:RAREST]


def _by_words(connection: Connection, seq: int, rarest: Sequence[str]) -> dict[int, _Candidate]:
    """Candidates scored against the article itself, which holds all of the words."""
    matches = search.matches_any(connection, rarest, CANDIDATES)
    own = max((match.score for match in matches), default=0.0)
    trust = min(1.0, len(rarest) / FULL)
    return {
        match.seq: _Candidate(match.seq, by_words=trust * match.score / own)
        for match in matches
        if match.seq != seq and own > 0
    }


def _add_actors(
    connection: Connection, seq: int, article_id: str, found: dict[int, _Candidate]
) -> None:
    """Add what shared actors say, rare ones more, and the candidates that only they find."""
    weights, names = _actor_weights(connection, article_id)
    total = sum(weights.values())
    query = (
        select(articles.c.seq, article_actors.c.actor)
        .join(articles, articles.c.id == article_actors.c.article_id)
        .where(article_actors.c.actor.in_(list(weights)), articles.c.seq != seq)
    )
    for other, actor in connection.execute(query):
        candidate = found.setdefault(other, _Candidate(other))
        candidate.by_actors += weights[actor] / total
        candidate.actors.append(names[actor])


def _actor_weights(
    connection: Connection, article_id: str
) -> tuple[dict[str, float], dict[str, str]]:
    """What each actor of an article is worth as evidence of likeness, and its name there."""
    own = select(article_actors.c.actor, article_actors.c.name).where(
        article_actors.c.article_id == article_id
    )
    names = {row.actor: row.name for row in connection.execute(own)}
    numbers = (
        select(article_actors.c.actor, func.count())
        .where(article_actors.c.actor.in_(list(names)))
        .group_by(article_actors.c.actor)
    )
    total = search.article_count(connection)
    cap = _too_common(total)
    weights = {
        str(actor): log(1 + total / number)
        for actor, number in connection.execute(numbers)
        if number <= cap
    }
    return weights, names


def _ranked(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    enough = (candidate for candidate in candidates if candidate.score >= LEAST)
    return sorted(enough, key=lambda candidate: (-candidate.score, -candidate.seq))


def _one_of_each_text(
    connection: Connection, article_id: str, ranked: Sequence[_Candidate], limit: int
) -> list[_Candidate]:
    """The best, without copies of the article and with one of several copies of another."""
    seen = {first_origin(connection, article_id)}
    best: list[_Candidate] = []
    for candidate in ranked:
        if len(best) == limit:
            break
        query = select(articles.c.id).where(articles.c.seq == candidate.seq)
        origin = first_origin(connection, connection.execute(query).scalar_one())
        if origin not in seen:
            seen.add(origin)
            best.append(candidate)
    return best


def _reason(
    candidate: _Candidate, rarest: Sequence[str], stems: set[str], surface: Mapping[str, str]
) -> str:
    shared = [f"“{surface[stem]}”" for stem in rarest if stem in stems][:NAMED]
    parts = []
    if candidate.actors:
        parts.append(f"both name {', '.join(sorted(candidate.actors)[:NAMED])}")
    if shared:
        parts.append(f"both use the words {', '.join(shared)}")
    return "; ".join(parts)
