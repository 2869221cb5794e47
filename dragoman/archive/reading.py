"""The read stage: captures through clean, read, link and record, as a function of Arrow tables.

In: a table of captures. Out: a table with a row for each, in which all that was made of it stands,
or why it was set aside. It keeps nothing and looks at one capture at a time, so that it may run
anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.archive.tables import CAPTURES, made_schema
from dragoman.desk.days import day_of
from dragoman.engine import Limits
from dragoman.engine.here import Here
from dragoman.errors import DataFileError, DragomanError
from dragoman.extras import needed
from dragoman.link.printed import period_of, printing_of
from dragoman.link.sketches import body_of
from dragoman.model import Article, Capture, Claim, Entry, Kept, Reference, Report, Side
from dragoman.pipeline import Steps, given_up
from dragoman.store.keeping import host_of, outlet_of
from dragoman.store.records import (
    ARTICLE,
    BACKING,
    ENTRY,
    READING,
    REFERENCE,
    REPORT,
    SIGNATURE,
    dump,
    load,
)

if TYPE_CHECKING:
    import pyarrow

Row = dict[str, object]
_PLAIN = tuple(
    column.name
    for column in CAPTURES.columns
    if column.name not in {"part", "row", "entry", "body"}
)


class ReadStage:
    """`pyarrow.Table → pyarrow.Table`. Picklable as the steps are."""

    def __init__(self, steps: Steps, *, with_pages: bool = True) -> None:
        self.steps = steps
        self.with_pages = with_pages
        self._has_read = False

    def __call__(
        self, captures: pyarrow.Table, note: Callable[[int], object] = lambda _row: None
    ) -> pyarrow.Table:
        """`note` is told of each row before it is read."""
        rows = []
        for row in captures.to_pylist():
            note(row["row"])
            rows.append(self._row(row))
        return needed("pyarrow").Table.from_pylist(rows, schema=made_schema())

    def shown(self, row: Row) -> Row:
        """A capture as it is written: without its page where none are kept."""
        return row if self.with_pages else {**row, "body": None}

    def _row(self, row: Row) -> Row:
        capture = capture_of(row)
        at: Row = {"part": row["part"], "row": row["row"]}
        shown = self.shown(row)
        try:
            made = self._read(capture)
            if isinstance(made, DragomanError):
                raise made
            return {"captures": shown, **self._made(capture, made, at)}
        except DataFileError:
            raise  # what is wrong is ours, not the page's
        except DragomanError as fault:
            step = fault.step or "clean"
            aside = set_aside_row(capture.id, capture.origin, step, str(fault))
            return {"captures": shown, "set_aside": {**at, **aside}}

    def _read(self, capture: Capture) -> Kept | DragomanError:
        """Within the time that the settings give an article; the first has more, since with it the
        models are loaded."""
        seconds = self.steps.config.article_seconds
        more = 0.0 if self._has_read else Limits().starting
        here = Here(Limits(seconds + more if seconds else None))
        self._has_read = True
        ((_, made),) = here.map(self.steps.paired, [capture], given_up)
        return made

    def _made(self, capture: Capture, kept: Kept, at: Row) -> Row:
        article, outlets = kept.article, self.steps.knowledge.outlets
        known = outlets.at(article.url)
        body, period, day = (
            body_of(article),
            period_of(article),
            _day(day_of(article, capture.fetched)),
        )
        printing = printing_of(article, body, outlets, capture)
        words = body.words.tobytes()
        of_article: Row = {**at, "article": article.id}
        beside: Row = {"day": day, "language": article.language, "outlet": outlet_of(article)}
        told = known.country if known is not None else None
        return {
            "articles": {
                **at, **_article(kept), **beside, "outlet_country": told, "words": len(body),
                "capture": capture.id,
            },
            "readings": {
                **of_article, "language": kept.reading.language,
                "sentences": len(kept.reading.sentences), "quotes": len(kept.reading.quotes),
                "json": dump(READING, kept.reading),
            },
            "references": [
                {**of_article, **beside, "position": n, **_reference(one)}
                for n, one in enumerate(kept.references)
            ],
            "reports": [
                {**of_article, **beside, "position": n, "published": day, **_report(one)}
                for n, one in enumerate(kept.reports)
            ],
            "printings": {
                **at, **_printing(asdict(printing)), "article": article.id, "day": day,
                "capture": capture.id, "fetched": capture.fetched, "period": period,
            },
            "keys": [
                {"key": key, "text": printing.text, "period": period} for key in body.keys
            ],
            "texts": {"text": printing.text, "words": words},
        }  # fmt: skip


def capture_row(capture: Capture, part: str, row: int) -> Row:
    plain: Row = {name: getattr(capture, name) for name in _PLAIN}
    entry = dump(ENTRY, capture.entry) if capture.entry is not None else None
    return {"part": part, "row": row, **plain, "entry": entry, "body": capture.body}


def capture_of(row: Mapping[str, Any]) -> Capture:
    """The capture that a row tells of."""
    plain = {name: row[name] for name in _PLAIN}
    entry: Entry | None = load(ENTRY, row["entry"]) if row["entry"] is not None else None
    return Capture(**plain, body=row["body"], entry=entry)


def set_aside_row(capture: str, origin: str, step: str, reason: str) -> Row:
    return {"capture": capture, "origin": clean(origin), "step": step, "reason": clean(reason)}


def clean(text: str) -> str:
    """What can be written as UTF-8, the rest as a sign that something stood there."""
    return text.encode("utf-8", "replace").decode("utf-8")


def kept_of(
    article: Mapping[str, Any],
    reading: Mapping[str, Any],
    references: Iterable[Mapping[str, Any]],
    reports: Iterable[Mapping[str, Any]],
) -> Kept:
    """What the steps made, out of the rows that the stage wrote of it."""
    signature = load(SIGNATURE, article["signature"]) if article["signature"] is not None else None
    return Kept(
        load(ARTICLE, article["json"]),
        load(READING, reading["json"]),
        tuple(load(REFERENCE, one["json"]) for one in references),
        tuple(load(REPORT, one["json"]) for one in reports),
        backing=load(BACKING, article["backing"]) if article["backing"] is not None else None,
        signature=replace(signature, vector=article["vector"]) if signature is not None else None,
    )


def _article(kept: Kept) -> Row:
    article, given, signature = kept.article, kept.article.attribution, kept.signature
    return {
        "id": article.id,
        "published": _published(article),
        "host": host_of(article),
        "url": article.url or article.canonical,
        "title": article.title,
        "genre": article.genre.value,
        "agency": _value(given.agency),
        "first_publisher": _value(given.first_publisher),
        "republisher": _value(given.republisher),
        "tier": kept.tier,
        "mentions": len(kept.references),
        "reports": len(kept.reports),
        "json": dump(ARTICLE, article),
        "backing": dump(BACKING, kept.backing) if kept.backing is not None else None,
        "signature": None if signature is None else dump(SIGNATURE, replace(signature, vector=b"")),
        "vector": signature.vector if signature is not None else None,
    }


def _reference(one: Reference) -> Row:
    return {
        "kind": one.mention.kind,
        "actor": one.actor,
        "name": one.name,
        "place": one.place.id if one.place is not None else None,
        "country": one.place.country if one.place is not None else None,
        "json": dump(REFERENCE, one),
    }


def _report(one: Report) -> Row:
    date_, place = one.date, one.place
    plain = ("id", "category", "root", "mode", "quad", "status", "told_as", "confidence")
    return {
        **{name: getattr(one, name) for name in plain},
        **_side("source", one.sources),
        **_side("target", one.targets),
        "day": _day(date_.start) if date_ is not None else None,
        "end_day": _day(date_.end) if date_ is not None else None,
        "precision": date_.precision if date_ is not None else None,
        "place": place.name if place is not None else None,
        "country": place.country if place is not None else None,
        "lat": place.lat if place is not None else None,
        "lon": place.lon if place is not None else None,
        "evidence": one.evidence_text,
        "json": dump(REPORT, one),
    }


def _side(name: str, sides: Sequence[Side]) -> Row:
    first = next((one for one in sides if one.actor), next(iter(sides), None))
    return {
        name: first.actor if first is not None else None,
        f"{name}_name": first.name if first is not None else None,
        f"{name}s": [one.actor or "-" for one in sides],
    }


def _printing(fields: Row) -> Row:
    return {name: value for name, value in fields.items() if name != "article_id"}


def _value(claim: Claim | None) -> str | None:
    return claim.value if claim is not None else None


def _published(article: Article) -> date | None:
    stated = article.published
    return _day(stated.day) if stated is not None and not stated.is_bounds else None


def _day(stated: str | None) -> date | None:
    """A day of the calendar; None for what is none."""
    try:
        return date.fromisoformat(stated[:10]) if stated else None
    except ValueError:
        return None
