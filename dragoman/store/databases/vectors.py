"""The word index in PostgreSQL: a table with the analysed words as they follow each other, and with
a vector of the different ones (GIN) that finds the rows.

It finds what FTS5 finds, and scores as FTS5 does (Okapi's bm25, k1 1.2, b 0.75). The vector has no
positions: PostgreSQL keeps only the first 256 of a word, up to the 16,383rd, and a phrase further
down would be lost. Phrases are looked for in the words as they stand. A row of so many words that
no vector holds them has none, and is looked through instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Float,
    FromClause,
    Integer,
    ScalarSelect,
    TableClause,
    and_,
    case,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from dragoman.store.databases.dialects import Text
from dragoman.store.databases.matching import IndexPlan, Match, tokens
from dragoman.store.phrases import Phrase

LONGEST = 500
"""Letters of a word that stand in the vector, which takes 2,046 bytes; the rest is looked for in
the text."""
MOST = 900_000
"""Bytes of different words that a vector takes; its own limit is a little higher."""
K1, B = 1.2, 0.75
"""As FTS5 has them."""
LEAST = 1e-6
"""What a word tells that stands in half of all rows or more; as FTS5 has it."""


def tables(index: IndexPlan) -> Iterator[str]:
    """The statements that make an index."""
    first, second = index.parts
    yield (
        f"CREATE TABLE {index.name} (number bigint PRIMARY KEY, "
        f'{first} text COLLATE "C" NOT NULL, {second} text COLLATE "C" NOT NULL, '
        "size integer NOT NULL, words tsvector)"
    )
    yield f"CREATE INDEX {index.name}_found ON {index.name} USING gin (words)"
    yield f"CREATE INDEX {index.name}_long ON {index.name} (number) WHERE words IS NULL"


def put(connection: Connection, index: IndexPlan, number: int, words: tuple[str, str]) -> None:
    first, second = (list(tokens(part)) for part in words)
    own = sorted({token[:LONGEST] for token in (*first, *second)})
    fits = sum(len(token.encode()) for token in own) <= MOST
    vector = "array_to_tsvector(CAST(:own AS text[]))" if fits else "NULL"
    made = text(
        f"INSERT INTO {index.name} (number, {', '.join(index.parts)}, size, words) "
        f"VALUES (:number, :first, :second, :size, {vector})"
    )
    values: dict[str, Any] = {
        "number": number,
        "first": _apart(first),
        "second": _apart(second),
        "size": len(first) + len(second),
    }
    connection.execute(made, values | ({"own": own} if fits else {}))


def held(connection: Connection, index: IndexPlan, number: int) -> tuple[str, str] | None:
    query = text(f"SELECT {', '.join(index.parts)} FROM {index.name} WHERE number = :number")
    row = connection.execute(query, {"number": number}).one_or_none()
    return (" ".join(row[0].split()), " ".join(row[1].split())) if row is not None else None


def numbers(connection: Connection, index: IndexPlan) -> set[int]:
    return set(connection.execute(text(f"SELECT number FROM {index.name}")).scalars())


def remove(connection: Connection, index: IndexPlan, number: int | None) -> None:
    query = text(f"DELETE FROM {index.name} WHERE number = :number")
    connection.execute(query, {"number": number})


def drop_deleted(connection: Connection, index: IndexPlan) -> None:
    """Nothing: what is deleted goes when the tables are written anew."""


def _apart(words: Sequence[str]) -> str:
    """Each word with a space of its own on both sides, so that a search can't take one for the end
    of two."""
    return "".join(f" {word} " for word in words)


def match(index: IndexPlan, every: Sequence[Sequence[Phrase]]) -> Match:
    rows = _rows(index)
    return Match(
        source=rows,
        number=rows.c.number,
        condition=_holds(rows, index, [[_taken(one) for one in choice] for choice in every]),
        best_first=_score(rows, index, [_taken(one) for choice in every for one in choice]),
    )


def _taken(phrase: Phrase) -> Phrase:
    return Phrase(tuple(tokens(" ".join(phrase.stems))), phrase.is_begun)


def _rows(index: IndexPlan) -> TableClause:
    return table(
        index.name,
        column("number", BigInteger),
        *(column(part, Text) for part in index.parts),
        column("size", Integer),
        column("words", TSVECTOR),
    )


def _holds(
    rows: FromClause, index: IndexPlan, every: Sequence[Sequence[Phrase]]
) -> ColumnElement[bool]:
    """By the vector, and by the text where the vector can't tell."""
    asked = " & ".join(f"({' | '.join(map(_query, choice))})" for choice in every)
    in_text = [or_(*(_stands(rows, index, one) for one in choice)) for choice in every]
    unsure = [
        said for choice, said in zip(every, in_text, strict=True) if not all(map(_is_plain, choice))
    ]
    found = rows.c.words.op("@@", is_comparison=True)(cast(literal(asked, Text), TSQUERY))
    return or_(and_(found, *unsure), and_(rows.c.words.is_(None), *in_text))


def _is_plain(phrase: Phrase) -> bool:
    """Whether the vector alone tells that a row holds it."""
    return len(phrase.stems) == 1 and len(phrase.stems[0]) <= LONGEST


def _query(phrase: Phrase) -> str:
    said = [f"'{stem[:LONGEST]}'" for stem in phrase.stems]
    if phrase.is_begun:
        said[-1] += ":*"
    return f"({' & '.join(said)})"


def _said(phrase: Phrase) -> str:
    said = _apart(phrase.stems)
    return said[:-1] if phrase.is_begun else said


def _stands(rows: FromClause, index: IndexPlan, phrase: Phrase) -> ColumnElement[bool]:
    said = literal(_said(phrase), Text)
    return or_(*(func.strpos(rows.c[part], said) > 0 for part in index.parts))


def _score(rows: FromClause, index: IndexPlan, phrases: Sequence[Phrase]) -> ColumnElement[float]:
    """In the order in which FTS5 computes, so that equal scores are equal to the last bit."""
    everything = _rows(index).alias("everything")
    number = func.count().cast(Float)
    mean = select(func.sum(everything.c.size).cast(Float) / number)
    long = cast(rows.c.size, Float)
    of_mean = mean.select_from(everything).scalar_subquery()
    length = (_float(1 - B) + (_float(B) * long) / of_mean) * _float(K1)
    score: ColumnElement[float] = _float(0.0)
    for phrase in phrases:
        often = _float(0.0)
        for part, weight in zip(index.parts, index.weights, strict=True):
            often = often + _float(weight) * cast(_times(rows.c[part], phrase), Float)
        score = score + _told(index, phrase) * ((often * _float(K1 + 1)) / (often + length))
    return -score


def _float(value: float) -> ColumnElement[float]:
    return literal(value, Float)


def _told(index: IndexPlan, phrase: Phrase) -> ScalarSelect[float]:
    """How much it tells that a row holds the phrase: the fewer do, the more."""
    everything, others = _rows(index).alias("all_rows"), _rows(index).alias("others")
    all_rows = select(func.count().label("n")).select_from(everything).subquery("rows_held")
    hits = select(func.count().label("n")).select_from(others)
    found = hits.where(_holds(others, index, [[phrase]])).subquery("rows_found")
    odds = cast(all_rows.c.n - found.c.n, Float) + _float(0.5)
    value = func.ln(odds / (cast(found.c.n, Float) + _float(0.5)))
    weighed = case((value <= _float(0.0), _float(LEAST)), else_=value)
    return select(weighed).select_from(all_rows.join(found, literal(1) == 1)).scalar_subquery()


def _times(part: ColumnElement[str], phrase: Phrase) -> ColumnElement[Any]:
    """How often a part holds the phrase."""
    if _may_overlap(phrase):
        ends = "" if phrase.is_begun else " "
        first, *others = phrase.stems
        pattern = f" {first} (?=" + "  ".join(["", *others]).removeprefix(" ") + f"{ends})"
        found = func.regexp_matches(part, literal(pattern, Text), literal("g", Text))
        rows = found.table_valued(column("found", ARRAY(Text)))
        return select(func.count()).select_from(rows).scalar_subquery()
    said = _said(phrase)
    left = func.octet_length(func.replace(part, literal(said, Text), literal("", Text)))
    return cast(func.octet_length(part) - left, Float) / _float(len(said.encode()))


def _may_overlap(phrase: Phrase) -> bool:
    """Whether it may begin again before it has ended, as "again and again" does."""
    stems = phrase.stems
    for size in range(1, len(stems)):
        own, last = stems[:size], stems[len(stems) - size :]
        begins = own[-1].startswith(last[-1]) if phrase.is_begun else own[-1] == last[-1]
        if own[:-1] == last[:-1] and begins:
            return True
    return False
