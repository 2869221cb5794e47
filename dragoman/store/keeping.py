"""Writing one article with all that was made of it, in one transaction, once.

A second keep of the same thing writes nothing. What changed gets a revision; a report that is
no longer made keeps its row and gets the time it was retracted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, delete, insert, select, update

from dragoman.errors import StoreError
from dragoman.model import Article, Event, Kept, Reference
from dragoman.store.analyse import fold
from dragoman.store.backings import write_backing
from dragoman.store.captures import became_article, is_older
from dragoman.store.keeping_events import write_events
from dragoman.store.keeping_findable import refresh
from dragoman.store.keeping_reports import write_reports
from dragoman.store.numbers import number_of
from dragoman.store.records import ARTICLE, QUOTES, READING, REFERENCES, dump, pack, same, unpack
from dragoman.store.schema import (
    article_actors,
    article_versions,
    articles,
    event_reports,
    quotes,
    readings,
    reports,
)
from dragoman.store.search import index_article
from dragoman.store.transactions import Transactions


class Keeping(Transactions):
    def keep(
        self,
        kept: Kept,
        versions: Mapping[str, str],
        *,
        known: Mapping[str, str] | None = None,
        events: Sequence[Event] = (),
        redirects: Mapping[str, str] | None = None,
    ) -> bool:
        """Keep an article and the events its reports belong to; False where nothing was new.

        `versions`: of each step that made it; `known`: of the codebook and lexicon it was coded by,
        under these names. Of several captures of one article
        the newest wins: an older one handed in later is only noted as done.
        """
        _check_belonging(kept)
        article = kept.article
        with self._writing() as connection:
            became_article(connection, article.capture_id, article.id)
            old = connection.execute(
                select(articles).where(articles.c.id == article.id)
            ).one_or_none()
            if old is not None and is_older(connection, article.capture_id, old.capture_id):
                return False
            # What else is known of its events is not their own: language, reasons.
            own = _events_of(connection, article.id) if old is not None else []
            wrote = [
                _write_article(connection, kept, old, now=self._clock()),
                _write_reading(connection, kept),
                write_backing(connection, kept),
                write_reports(
                    connection, kept, made_by=_made_by(versions, known or {}), now=self._clock()
                ),
                _write_versions(connection, article.id, versions),
                write_events(connection, events, redirects or {}, now=self._clock()),
            ]
            if any(wrote):
                refresh(connection, own)
            return any(wrote)


def _made_by(versions: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str | None]:
    """The versions that stand on every report, by column."""
    return {
        "coder_version": versions.get("record"),
        "codebook_version": known.get("codebook"),
        "lexicon_version": known.get("lexicon"),
    }


def _check_belonging(kept: Kept) -> None:
    article_id = kept.article.id
    if kept.reading.article_id != article_id:
        raise StoreError(f"the reading of {kept.reading.article_id} was handed in for {article_id}")
    twice = [name for name, n in Counter(report.id for report in kept.reports).items() if n > 1]
    if twice:
        raise StoreError(f"article {article_id} gives the report {twice[0]} twice")
    for report in kept.reports:
        if report.article_id != article_id:
            raise StoreError(f"report {report.id} of {report.article_id} was given to {article_id}")


def _write_article(
    connection: Connection, kept: Kept, old: Row[*tuple[Any, ...]] | None, *, now: str
) -> bool:
    article = kept.article
    text = dump(ARTICLE, article)
    outlet = outlet_of(article)
    columns: dict[str, object] = {
        "capture_id": article.capture_id,
        "given_id": kept.id,
        "title": article.title,
        "url": article.url or article.canonical,
        "outlet": outlet,
        "outlet_key": fold(outlet) if outlet else None,
        "host": host_of(article),
        "language": article.language,
        "published": _published(article),
        "json": text,
    }
    if old is None:
        columns |= {"revision": 1, "first_kept": now}
        made = connection.execute(insert(articles).values(id=article.id, **columns))
        _number(connection, article, _new_seq(made.inserted_primary_key), None)
        return True
    if all(getattr(old, name) == value for name, value in columns.items()):
        return False
    # The same page fetched again differs in its capture alone: that is no revision.
    as_before = replace(article, capture_id=old.capture_id)
    changed = not same(ARTICLE, old.json, as_before, text)
    columns["revision"] = old.revision + changed
    connection.execute(update(articles).where(articles.c.id == article.id).values(**columns))
    if changed:
        _number(connection, article, old.seq, old.newest)
    return True


def _number(connection: Connection, article: Article, seq: int, former: int | None) -> None:
    """Index an article's words under the number of its day."""
    number = number_of(_published(article), seq)
    if number != former:
        for table, own in (
            (articles, articles.c.id),
            (article_actors, article_actors.c.article_id),
        ):
            connection.execute(update(table).where(own == article.id).values(newest=number))
    index_article(connection, article, number, former)


def _events_of(connection: Connection, article_id: str) -> Sequence[str]:
    query = select(event_reports.c.event_id).distinct()
    query = query.join(reports, reports.c.id == event_reports.c.report_id)
    return connection.execute(query.where(reports.c.article_id == article_id)).scalars().all()


def _new_seq(key: Row[*tuple[Any, ...]] | None) -> int:
    if key is None:
        raise StoreError("the database gave no number to a new article")
    return int(key[0])


def _write_reading(connection: Connection, kept: Kept) -> bool:
    article_id = kept.article.id
    reading = dump(READING, kept.reading).encode()
    references = dump(REFERENCES, kept.references).encode()
    of_it = readings.c.article_id == article_id
    old = connection.execute(select(readings).where(of_it)).one_or_none()
    if old is not None and _is_of(old, reading, references):
        return False
    connection.execute(delete(readings).where(of_it))
    connection.execute(
        insert(readings).values(article_id=article_id, reading=pack(reading), refs=pack(references))
    )
    _write_actors(connection, article_id, kept.references)
    connection.execute(delete(quotes).where(quotes.c.article_id == article_id))
    if kept.reading.quotes:
        text = dump(QUOTES, kept.reading.quotes)
        connection.execute(insert(quotes).values(article_id=article_id, json=text))
    return True


def _is_of(old: Row[*tuple[Any, ...]], reading: bytes, references: bytes) -> bool:
    try:
        return (unpack(old.reading), unpack(old.refs)) == (reading, references)
    except StoreError:  # damaged
        return False


def _write_actors(connection: Connection, article_id: str, references: Sequence[Reference]) -> None:
    connection.execute(delete(article_actors).where(article_actors.c.article_id == article_id))
    mentions = Counter(reference.actor for reference in references if reference.actor)
    names = {reference.actor: reference.name for reference in reversed(references)}
    query = select(articles.c.newest).where(articles.c.id == article_id)
    own = {"article_id": article_id, "newest": connection.execute(query).scalar_one()}
    rows = [
        {**own, "actor": actor, "name": names[actor], "mentions": number}
        for actor, number in mentions.items()
    ]
    if rows:
        connection.execute(insert(article_actors), rows)


def _write_versions(connection: Connection, article_id: str, versions: Mapping[str, str]) -> bool:
    of_it = article_versions.c.article_id == article_id
    old = connection.execute(select(article_versions).where(of_it))
    if {row.step: row.version for row in old} == dict(versions):
        return False
    connection.execute(delete(article_versions).where(of_it))
    rows = [
        {"article_id": article_id, "step": step, "version": version}
        for step, version in versions.items()
    ]
    if rows:
        connection.execute(insert(article_versions), rows)
    return True


def outlet_of(article: Article) -> str | None:
    """The outlet whose page it is: the one that re-published it, or published it, or the host."""
    claims = (article.attribution.republisher, article.attribution.first_publisher)
    named = next((claim.value for claim in claims if claim is not None), None)
    return named or host_of(article)


def host_of(article: Article) -> str | None:
    """The host of its address, without "www."."""
    host = urlsplit(article.canonical or article.url or "").hostname
    return host.removeprefix("www.") if host else None


def _published(article: Article) -> str | None:
    return article.published.day if article.published is not None else None
