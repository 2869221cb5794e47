"""Reports of our own making, as tests of what joins them hand them in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dragoman.knowledge import Knowledge
from dragoman.model import Count, Dated, Mention, Outline, Place, Reference, Report, Side, Told
from dragoman.record.dating import ASSUMED
from dragoman.record.outline import outline

PRINTED = "2024-03-18"


def side(actor: str | None, name: str = "", start: int = 0) -> Side:
    return Side(actor, name or actor or "", None, start, start + 1)


def on(start: str | None, end: str | None = None, basis: str = "stated") -> Dated:
    return Dated(start, end or start, "day", basis)


def open_from(start: str) -> Dated:
    return Dated(start, None, "range", "stated")


def lately(printed: str = PRINTED) -> Dated:
    return on(printed, basis=ASSUMED)


def place(identity: str, lat: float, lon: float, country: str | None = None) -> Place:
    return Place(identity, identity, lat, lon, country)


def count(what: str, low: int, high: int | None = None) -> Count:
    return Count(what, low, high or low, None, 0, 1)


def report(identity: str = "r-1", **changes: Any) -> Report:
    """Russia attacks Ukraine on 17 March 2024."""
    made = Report(
        id=identity,
        article_id=identity.replace("r-", "a-"),
        category="ASSAULT",
        root="ASSAULT",
        mode=None,
        context=(),
        cameo="190",
        quad=4,
        status="happened",
        told_as="news",
        sources=(side("RUS"),),
        targets=(side("UKR", start=10),),
        counts=(),
        date=on("2024-03-17"),
        place=None,
        predicate=(0, 1),
        evidence=(0, 100),
        evidence_text="x",
        attributed_to=None,
        confidence=0.5,
        why=("lexicon",),
    )
    if "category" in changes and "root" not in changes:
        changes["root"] = changes["category"]
    return replace(made, **changes)


def named(
    name: str, *, start: int = 20, actor: str | None = None, spot: Place | None = None
) -> Reference:
    mention = Mention(start, start + len(name), "PER", 0, 0, name, phrase=(start, start + 1))
    return Reference(mention, actor, name, place=spot)


def outlined(
    knowledge: Knowledge,
    *references: Reference,
    printed: str | None = PRINTED,
    **changes: Any,
) -> Outline:
    return outline(report(**changes), references, knowledge.atlas, printed)


def told(identity: str, **changes: Any) -> Told:
    made = Told(
        report_id=identity,
        article_id=identity.replace("r-", "a-"),
        outlet=f"outlet of {identity}",
        moment=PRINTED,
        language="en",
    )
    return replace(made, **changes)
