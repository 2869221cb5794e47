"""Events made by hand as exports take them, the awkward ones among them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dragoman.model import Count, Dated, Event, Place, Report, Side, Speaker, Status
from dragoman.publish.gathering import About, EventItem
from dragoman.store.rows import ReportRow

ABOUT = About(
    title="Desk",
    base="https://desk.example.org",
    query="",
    made_at="2024-03-20T23:59:59+00:00",
    program="0.1.0",
    versions={"record": "7"},
    public=False,
)
AWKWARD = (
    '=SUM(A1) said the "quay,\nthen\r\nfell silent\tand \u202bנמל\u202c الميناء ⚓\U0001f6a2; '
    "a NUL \x00 and half a pair \ud83d, with \u2028 a line of its own."
)
GUARDED = "'=1+1, as a sign on the pier read"
LONG = "The ferry sailed on. " * 500


def side(actor: str | None, name: str, sector: str | None, start: int = 0) -> Side:
    return Side(actor, name, sector, start, start + len(name))


def report(
    name: str,
    *,
    sentence: str = "Azerbaijan received France in Baku.",
    category: str = "CONSULT",
    mode: str | None = "visit",
    cameo: str | None = "042",
    quad: int = 1,
    status: Status = "happened",
    sources: tuple[Side, ...] = (),
    targets: tuple[Side, ...] = (),
    counts: tuple[Count, ...] = (),
    date: Dated | None = None,
    place: Place | None = None,
    said: Speaker | None = None,
) -> Report:
    return Report(
        id=f"r-{name}", article_id=f"a-{name}", category=category, root=category, mode=mode,
        context=("diplomatic", "economic"), cameo=cameo, quad=quad, status=status,
        told_as="news", sources=sources, targets=targets, counts=counts, date=date, place=place,
        predicate=(11, 19), evidence=(5, 5 + len(sentence)), evidence_text=sentence,
        attributed_to=said, confidence=0.75, why=("lexicon: received", "source: its subject"),
    )  # fmt: skip


def row(told: Report, *, title: str = "A visit", outlet: str | None = "Quay Post") -> ReportRow:
    return ReportRow(
        report=told,
        revision=2,
        retracted_at=None,
        event_id="e-x",
        coder_version="7",
        article_title=title,
        article_url=f"https://quay.example/{told.id}",
        outlet=outlet,
        language="en",
        published="2024-03-18",
        codebook_version="3",
    )


def item(name: str, *rows: ReportRow, **changes: object) -> EventItem:
    """An event that says what its first report says."""
    first = rows[0].report
    source, target = next(iter(first.sources), None), next(iter(first.targets), None)
    event = Event(
        id=f"e-{name}", category=first.category, status=first.status, told_as=first.told_as,
        source=source.actor if source else None, target=target.actor if target else None,
        source_name=source.name if source else "", target_name=target.name if target else "",
        date=first.date, place=first.place, report_ids=tuple(r.report.id for r in rows),
        outlets=len(rows), origins=1, best=first.id, languages=("en", "fr"),
    )  # fmt: skip
    states = {"AZE", "FRA", "ARG"}
    return EventItem(
        event=replace(event, **changes),  # type: ignore[arg-type]
        revision=3,
        retracted_at=None,
        reports=rows,
        address=f"https://desk.example.org/event/e-{name}",
        source_country=event.source if event.source in states else None,
        target_country=event.target if event.target in states else None,
    )


DAY = Dated("2024-03-17", "2024-03-17", "day", "stated: a day")
BAKU = Place("geonames-587084", "Baku", 40.38, 49.89, "AZE")
SOUTH = Place("geonames-3833367", "Ushuaia", -54.8, -68.3, "ARG")
VISIT = item(
    "visit",
    row(
        report(
            "visit",
            sources=(side("FRA", "France", "GOV"), side(None, "a harbour pilot", "CIV", 40)),
            targets=(side("AZE", "Azerbaijan", "GOV", 20),),
            date=DAY,
            place=BAKU,
            said=Speaker("FRA", "France", 0, 6),
        )
    ),
    row(report("visit-again", date=DAY, place=BAKU), title="Again", outlet="Le Quai"),
)
ODD = item(
    "odd",
    row(
        report(
            "odd",
            sentence=AWKWARD,
            category="ASSAULT",
            mode="firearms",
            cameo="193",
            quad=4,
            sources=(side(None, '-5 "armed" men\tand a dog', "REB"),),
            targets=(side("ARG", "@villagers\nof the cape", "CIV", 30),),
            counts=(
                Count("killed", 2, 3, None, 0, 1),
                Count("killed", 5, 5, None, 2, 3),
                Count("money", 1000, 2000, "ARS", 4, 5),
                Count("money", 7, 7, "USD", 6, 7),
            ),
            date=Dated("2024-02-01", "2024-02-29", "month", "stated: a month"),
            place=SOUTH,
        ),
        title=GUARDED,
        outlet="+Plus, «Média»",
    ),
)
BARE = item("bare", row(report("bare", sentence=LONG, mode=None, cameo=None)))
PLANNED = item("planned", row(report("planned", status="planned", date=DAY, place=BAKU)))
YEAR = item(
    "year", row(report("year", date=Dated("2023-01-01", "2023-12-31", "year", "stated: a year")))
)
LASTING = item(
    "lasting",
    row(
        report(
            "lasting", category="PROTEST", mode="demo", cameo="141", quad=4, status="ongoing",
            date=Dated("2024-03-17", None, "day", "stated: since a day"),
            place=Place("AZE", "Azerbaijan", 40.4, 47.6, "AZE"),
        )
    ),
)  # fmt: skip
GONE = replace(VISIT, event=replace(VISIT.event, id="e-gone"), reports=(),
               retracted_at="2024-03-19T08:00:00+00:00")  # fmt: skip
ALL = (VISIT, ODD, BARE, PLANNED, YEAR, LASTING, GONE)


def many(number: int) -> Iterable[EventItem]:
    """So many different events, made as they are asked for."""
    for at in range(number):
        yield replace(VISIT, event=replace(VISIT.event, id=f"e-{at:08d}"))
