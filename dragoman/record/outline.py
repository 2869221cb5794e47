"""What of a report is compared with others: who stands for whom, what is named, when it may be.

In: a report, what its sentence refers to, the atlas, the day of printing. Out: an `Outline`, and
the keys under which others that may tell the same are found. It knows no other article.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.names import fold, key_of
from dragoman.model import Dated, Number, Outline, Place, Reference, Report, Side
from dragoman.record.dating import ASSUMED
from dragoman.record.sameness import ENOUGH, UNKNOWN, acts_near, sameness

FEW = 4
"""Days that still are one date: a visit or a summit from Tuesday to Friday."""
LATELY = timedelta(days=3)
"""News without a date is of the day of printing or up to three days before."""
BEFORE = timedelta(days=14)
"""What is denied, alleged or recalled without a date may lie two weeks back."""
AHEAD = timedelta(days=30)
"""What is to come without a date comes within a month, as far as anybody is told."""
LONGEST = 31
"""Days of the longest stretch that is looked through. A year holds many acts of one kind: one
dated so is compared with others of the same year only, by its first day. What is told later than
that is recalled: of its sentence only the sides, the place and the states count, so that what is
recalled a thousand times in a thousand sentences is compared once."""
CLOSE = 7
"""Days after which it says nothing of an act when it was printed."""
DONE = frozenset({"happened", "ongoing", "planned", "halted", "denied", "alleged"})
OWNED = frozenset({"company", "media", "ngo"})
"""What belongs to a country: who attacks or fines it does so to the country as well."""
DISPUTING = frozenset({"denied", "alleged"})
"""Who did it, or whether anybody did, is what such reports are about."""
SERVING = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
TOWNS = frozenset({"city", "capital"})
BODIES = frozenset({"body", "organ", "agency"})
SEATS = {"BEL": ("eu", frozenset({"brussels", "bruxelles"}))}
"""A capital that stands for a body more often than for its own government."""
FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f.,]\d{3})*")
YEAR = re.compile(r"(?:19|20)\d\d")
SPELLINGS = (
    ("shch", "s"), ("chtch", "s"), ("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"),
    ("zh", "j"), ("kh", "h"), ("ou", "u"), ("oo", "u"), ("ph", "f"), ("ts", "c"), ("tz", "c"),
    ("dj", "j"), ("gu", "g"), ("w", "v"), ("y", "i"), ("q", "k"), ("ck", "k"), ("ei", "e"),
    ("ie", "e"),
)  # fmt: skip
"""Spellings of one sound in English and French, longest first."""
MOST_NAMED = 8
"""Names of a sentence that keys are made of; a longer one is a list."""


def outline(
    report: Report, references: Sequence[Reference], atlas: Atlas, printed: str | None
) -> Outline:
    """`references`: of the article; `printed`: the day (ISO) it was published, or else fetched."""
    own = [r for r in references if report.evidence[0] <= r.mention.start < report.evidence[1]]
    day = (report.date.start if report.date is not None else None) or printed
    sources = _unique(_side(s, own, atlas, day) for s in report.sources)
    targets = _unique(_side(s, own, atlas, day, is_target=True) for s in report.targets)
    if set(targets) - set(sources):  # "Biden received at the White House": the host twice
        targets = tuple(one for one in targets if one not in sources)
    start, end = days_of(report, printed)
    is_told = _is_told(report.date)
    is_recalled = is_told and (printed is None or _apart(end, printed) > LONGEST)
    is_close = not is_told or _apart(end, printed) <= CLOSE
    made = Outline(
        id="",
        act=act_of(report),
        mode=report.mode,
        status=report.status,
        sources=sources,
        targets=targets,
        people=tuple(dict.fromkeys(_people(report, atlas, day))),
        named=_unique(stands_for(r.actor, r.name, atlas, day) for r in own if r.actor),
        things=() if is_recalled else tuple(dict.fromkeys(_things(report, own, atlas))),
        spot=_spot(report.place, atlas),
        numbers=() if is_recalled else tuple(_numbers(report)),
        start=start,
        end=end,
        is_told=is_told,
        is_dated=is_told and _apart(start, end) < FEW,
        published=printed if is_close else None,
        words="",
    )
    alone = sameness(made, made)
    if alone is None or alone.score < ENOUGH:  # with itself
        made = replace(made, words=_digest(key_of(report.evidence_text)))
    return replace(made, id=f"o-{_digest(repr(made))}")


def act_of(report: Report) -> str:
    """What is demanded or threatened is another act than what is done."""
    return report.root if report.status in DONE else report.category


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _people(report: Report, atlas: Atlas, day: str | None) -> Iterator[str]:
    for side in (*report.sources, *report.targets):
        role = atlas.role_on(side.actor, day) if side.actor is not None else None
        if role is not None:
            yield f"{role.person}@{role.actor}"


def _numbers(report: Report) -> Iterator[Number]:
    return iter(dict.fromkeys(Number(c.what, c.low, c.high) for c in report.counts))


def stands_for(actor: str, name: str, atlas: Atlas, day: str | None) -> tuple[str, ...]:
    """An actor, and the state or body it speaks for: by office, as a part of it, as its seat."""
    found = [actor]
    role = atlas.role_on(actor, day)
    if role is not None:
        found.append(role.actor)
    for one in tuple(found):
        known = atlas.actors.get(one)
        if known is not None and known.kind in BODIES and known.sector in SERVING and known.country:
            found.append(known.country)
    seat, names = SEATS.get(actor, ("", frozenset()))
    if seat and key_of(name) in names:
        found.append(seat)
    return tuple(dict.fromkeys(found))


def days_of(report: Report, printed: str | None) -> tuple[str | None, str | None]:
    """First and last day (ISO) that a report may be of."""
    if report.date is not None and _is_told(report.date):
        return _told_days(report.date)
    if printed is None:
        return None, None
    day = date.fromisoformat(printed[:10])
    if report.told_as == "announced":
        return _moved(day, -LATELY), _moved(day, AHEAD)
    is_open = report.told_as == "background" or report.status in DISPUTING
    back = BEFORE if report.date is None and is_open else LATELY
    return _moved(day, -back), day.isoformat()


def _moved(day: date, by: timedelta) -> str:
    """A day so much earlier or later (ISO), but no further than the calendar goes."""
    moved = min(max(day.toordinal() + by.days, 1), date.max.toordinal())
    return date.fromordinal(moved).isoformat()


def _is_told(told: Dated | None) -> bool:
    return told is not None and told.basis != ASSUMED and bool(told.start or told.end)


def _told_days(told: Dated) -> tuple[str, str]:
    """An interval open at one end is looked through for two weeks from the end it has."""
    if told.start is None or told.end is None:
        known = date.fromisoformat((told.start or told.end or "")[:10])
        day = known.isoformat()
        return (day, _moved(known, BEFORE)) if told.start else (_moved(known, -BEFORE), day)
    start, end = told.start[:10], told.end[:10]
    return (start, end) if start <= end and _apart(start, end) < LONGEST else (start, start)


def _apart(start: str | None, end: str | None) -> int:
    if start is None or end is None:
        return LONGEST
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])) // timedelta(days=1)


def keys(made: Outline) -> frozenset[str]:
    """Two reports of one happening share a key, unless nothing in them tells that they are one: a
    pair of what the sentence names; or a single name with the kind of act, where one of the two
    lacks a side. An outline without days has none: only those that have the same are with it.
    """
    if made.start is None:
        return frozenset()
    names = _names(made)
    found = [*_sentence(made), *_pairs(names), *(f"{name}/{made.act}" for name in names)]
    if _lacks_side(made):
        found += (f"{name}?{made.act}" for name in names)
    return frozenset(found)


def asked(made: Outline) -> frozenset[str]:
    """The keys to look others up by; it finds those that would find it."""
    if made.start is None:
        return frozenset()
    names, acts = _names(made), acts_near(made.act)
    found = [*_sentence(made), *_pairs(names), *(f"{n}?{act}" for n in names for act in acts)]
    if _lacks_side(made):
        found += (f"{name}/{act}" for name in names for act in acts)
    return frozenset(found)


def _lacks_side(made: Outline) -> bool:
    """Of what is disputed, the source may be another."""
    return not (made.sources and made.targets) or made.status in DISPUTING


def _sentence(made: Outline) -> list[str]:
    return [f"={made.words}"] if made.words else []


def _names(made: Outline) -> list[str]:
    every = (*made.sources, *made.targets, *made.things, *made.named)
    return list(dict.fromkeys(every))[:MOST_NAMED]


def _pairs(names: Sequence[str]) -> Iterator[str]:
    return ("|".join(sorted(pair)) for pair in combinations(names, 2))


def _side(
    side: Side,
    references: Sequence[Reference],
    atlas: Atlas,
    day: str | None,
    *,
    is_target: bool = False,
) -> tuple[str, ...]:
    if side.actor is None:
        return tuple(
            name
            for one in references
            if one.actor is None and side.start < one.mention.end and one.mention.start < side.end
            for name in _surname(one)
        )
    found = stands_for(side.actor, side.name, atlas, day)
    known = atlas.actors.get(side.actor)
    if is_target and known is not None and known.kind in OWNED and known.country:
        return (*found, known.country)
    return found


def _unique(several: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for ids in several for one in ids))


def _things(report: Report, references: Sequence[Reference], atlas: Atlas) -> Iterator[str]:
    called = {side.name for side in (*report.sources, *report.targets)}
    if report.place is not None and report.place.name not in called:
        yield from _town(report.place, atlas)
    for one in references:
        if one.actor is None:
            yield from _town(one.place, atlas) if one.place is not None else _surname(one)
    yield from _figures(report)


def _town(place: Place, atlas: Atlas) -> Iterator[str]:
    if place.id not in atlas.actors:
        yield place.id


def _spot(place: Place | None, atlas: Atlas) -> tuple[float, float] | None:
    """Of a town; the middle of a state or a sea is nowhere in particular."""
    if place is None or place.lat is None or place.lon is None:
        return None
    known = atlas.places.get(place.id)
    is_town = known.kind in TOWNS if known is not None else place.id not in atlas.actors
    return (place.lat, place.lon) if is_town else None


def sounded(name: str) -> str:
    """A name without what spellings differ in: "tch" and "ch", "ou" and "u", doubled letters."""
    sound = fold(name)
    for spelling, letter in SPELLINGS:
        sound = sound.replace(spelling, letter)
    return re.sub(r"(.)\1+", r"\1", sound)


def _figures(report: Report) -> Iterator[str]:
    """Numbers of the sentence that are no years and not those of its days."""
    told = report.date
    days = {d[8:10].lstrip("0") for d in (told.start, told.end) if d} if told is not None else set()
    for match in FIGURE.finditer(report.evidence_text):
        digits = re.sub(r"\D", "", match[0])
        if len(digits) > 1 and digits not in days and not YEAR.fullmatch(digits):
            yield f"#{digits}"


def _surname(one: Reference) -> Iterator[str]:
    """The last word of a name as it sounds: "Jamal Khashoggi" is "Khashoggi" further down, and
    what is "Iarochenko" in one language is "Yaroshenko" in the other."""
    if not one.mention.named or one.mention.kind == "ROLE":
        return
    words = [word for word in re.findall(r"\w+", one.mention.text) if word[0].isupper()]
    if words and len(words[-1]) > 3:
        yield f"{UNKNOWN}{sounded(words[-1])}"
