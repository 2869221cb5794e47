"""Events and articles as documents have to bear them, and what is asked of every document."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dragoman.knowledge.atlas import Actor
from dragoman.model import (
    Article,
    Attribution,
    Author,
    Backing,
    Claim,
    Dated,
    Genre,
    Image,
    Kept,
    Reading,
    Told,
    Turn,
    Voice,
)
from dragoman.publish.formats import Format, formats
from dragoman.publish.gathering import About, ArticleItem, EventItem
from tests.publish.items import ABOUT, BAKU, DAY, GONE, LASTING, YEAR, item, report, row, side

MARKED = (
    'The envoy wrote "fish & chips" <b onclick="x()">twice</b> ]]> on a wall;\r\nthen \u202bنמל '
    "الميناء\u202c ⚓\U0001f6a2, a \x00 and \x1b, \ufffe and half a pair \ud83d.\\ Done, he said."
)
LONG = "The ferry sailed on & on; " * 400
ACTORS = (
    Actor("FRA", "state", None, None, {"en": ("France",), "fr": ("France",)}, wikidata="Q142"),
    Actor("AZE", "state", None, None, {"en": ("Azerbaijan",), "fr": ("Azerbaïdjan",)}),
)
UNION = Actor("eu", "igo", "IGO", None, {"en": ("European Union",)}, wikidata="Q458")
MONTH = Dated("2024-11-01", "2024-11-30", "month", "stated: a month")


def told(made: EventItem, moment: str, *turns: Turn, actors: Iterable[Actor] = ()) -> EventItem:
    """An event with its first telling and its statuses."""
    first = Told("r-first", "a-first", "Quay Post", moment, "en")
    event = replace(made.event, first=first, history=turns)
    return replace(made, event=event, actors=tuple(actors))


def between(name: str, source: str, target: str, **changes: Any) -> EventItem:
    """An event between two actors."""
    names = {"FRA": "France", "AZE": "Azerbaijan", "eu": "the Union"}
    made = report(
        name,
        sources=(side(source, names[source], "GOV"),),
        targets=(side(target, names[target], "GOV", 30),),
        **changes,
    )
    actors = [one for one in (*ACTORS, UNION) if one.id in {source, target}]
    return told(item(name, row(made)), "2024-03-16T09:30:00+02:00", actors=actors)


VISIT = between("visit", "FRA", "AZE", date=DAY, place=BAKU)
TALKS = between("talks", "FRA", "AZE", date=MONTH, quad=2, status="planned", place=BAKU)
REPLY = between("reply", "AZE", "FRA", date=DAY, quad=3, category="REJECT")
ALLIES = between("allies", "eu", "AZE", date=Dated("2023-01-01", "2023-12-31", "year", "stated"))
WILD = item(
    "wild",
    row(
        report("wild", sentence=MARKED, sources=(side(None, 'a <i>"pilot"</i> & crew', "CIV"),),
               place=BAKU),
        title="Title with <u>tags</u> & a \x07 bell ]]>",
        outlet="Post & <Echo>",
    ),
)  # fmt: skip
ENDLESS = item("endless", row(report("endless", sentence=LONG, place=BAKU)))
SCRIPT = replace(
    WILD, event=replace(WILD.event, id="e-script"),
    reports=tuple(replace(one, article_url="javascript:alert(1)") for one in WILD.reports),
)  # fmt: skip
ALL = (VISIT, TALKS, REPLY, ALLIES, WILD, ENDLESS, SCRIPT, YEAR, LASTING, GONE)

_PLAIN = Article(
    id="a-plain", capture_id="c-1", text="A text that no feed holds whole.", language="fr",
    url="https://quai.example/un?a=1&b=2", title="Le quai & la <grève>",
    genre=Genre("news", "page"), modified="2024-03-19",
    published=Dated("2024-03-18", "2024-03-18", "day", "page: meta"),
    authors=(Author("Rédaction du quai", "writes from the quay"),),
    images=(Image("https://quai.example/i.jpg", "A quay", "Agency Z"), Image(None, None, None)),
    attribution=Attribution(first_publisher=Claim("Le Phare", 0, 8, "words"),
                            agency=Claim("Agency Z", 0, 8, "words")),
)  # fmt: skip
_BACKING = Backing(
    "a-plain",
    rests_on=(Voice("Agency Z", "agency"), Voice("a pilot", "speaker"), Voice("a note", "release")),
)
PLAIN = ArticleItem(
    Kept(_PLAIN, Reading("a-plain", "fr"), backing=_BACKING),
    outlet="Le Quai",
    revision=4,
    address="https://desk.example.org/article/a-plain",
)
BOUNDED = ArticleItem(
    Kept(
        Article(id="a-bounded", capture_id="c-2", text=MARKED, language=None, title=MARKED,
                url="javascript:alert(1)",
                published=Dated("2024-03-01", None, "range", "bounds: not before a day")),
        Reading("a-bounded", "en"),
    ),
    outlet="not known", revision=1, address="https://desk.example.org/article/a-bounded",
)  # fmt: skip
ARTICLES = (PLAIN, BOUNDED)


def written(name: str, items: Iterable[Any], about: About = ABOUT) -> bytes:
    out = io.BytesIO()
    format_of(name).write(items, about, out)
    return out.getvalue()


def format_of(name: str) -> Format:
    return formats()[name]


def repeated(made: EventItem, number: int) -> Iterator[EventItem]:
    """So many different events, made as they are asked for."""
    for at in range(number):
        yield replace(made, event=replace(made.event, id=f"e-{at:08d}"))
