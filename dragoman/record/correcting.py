"""From what a person types to a corrected report: values checked, and what follows from them.

In: a report, its article, fields with values. Out: the report as corrected, with the fields that
the person answers for. A value that no codebook, atlas or calendar knows is refused, with the
nearest one that is known; a side may also be named by words of its own sentence.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import get_args

from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.names import fold
from dragoman.model import Dated, Kept, Pinned, Place, Report, Side, Status, ToldAs
from dragoman.record.modality import Modality, final_category
from dragoman.record.ruling import ACT, pinned

NONE = "-"
"""Takes a value away."""
FIELDS = ("category", "root", "mode", "status", "told_as", "source", "target", "date", "place")
GIVEN = "by a person's word"
"""What a corrected date rests on."""
FOLLOWS: Mapping[str, Collection[str]] = {
    "category": ACT,
    "root": (*ACT, "status"),
    "mode": ACT,
    "status": (*ACT, "status"),
    "source": ("sources",),
    "target": ("targets",),
}
"""What of a report changes with a field, where that is more than the field itself."""
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
SURE = 10
"""Times the people of the next place of a name that the largest must have to be meant."""
Values = Mapping[str, Sequence[str]]


def corrected(report: Report, values: Values, kept: Kept, knowledge: Knowledge) -> Pinned:
    """A report with other values, each a list of what was typed for a field.

    Raises DragomanError for a field or value that can't be, naming the nearest one that can.
    """
    for name, given in values.items():
        _known(name, FIELDS, "field")
        if len(given) != 1 and name not in {"source", "target"}:
            raise DragomanError(f"{name}: give one value, not {len(given)}")
    made = _act(report, {name: given[0].strip() for name, given in values.items()}, knowledge)
    if "told_as" in values:
        told = _known(values["told_as"][0].strip(), get_args(ToldAs), "told_as")
        made = replace(made, told_as=told)  # type: ignore[arg-type]
    if "source" in values:
        made = replace(made, sources=_sides(report, values["source"], kept, knowledge))
    if "target" in values:
        made = replace(made, targets=_sides(report, values["target"], kept, knowledge))
    if "date" in values:
        made = replace(made, date=dated(values["date"][0].strip()))
    if "place" in values:
        where = values["place"][0].strip()
        made = replace(made, place=_place(where, knowledge, kept.reading.language))
    return pinned(made, {one for name in values for one in FOLLOWS.get(name, (name,))})


def _known(
    value: str, known: Collection[str], what: str, key: Callable[[str], str] = str.lower
) -> str:
    """The one of `known` that is meant, in whatever case it was typed."""
    by_key = {key(one): one for one in known}
    if key(value) in by_key:
        return by_key[key(value)]
    near = get_close_matches(key(value), by_key, n=1, cutoff=0.5)
    hint = f"the nearest is {by_key[near[0]]}" if near else f"there are {', '.join(sorted(known))}"
    raise DragomanError(f"there is no {what} {value!r}; {hint}")


# --- what was done -------------------------------------------------------------------------


def _act(report: Report, values: Mapping[str, str], knowledge: Knowledge) -> Report:
    """Category, root, quad class, mode and code follow from each other and from the status."""
    book = knowledge.codebook
    every = (*book.categories, *book.own)
    root, status, category = report.root, report.status, report.category
    if "status" in values:
        status = _known(values["status"], get_args(Status), "status")  # type: ignore[assignment]
    if "root" in values:
        root = _known(values["root"], every, "category")
    if "category" in values:
        category = _known(values["category"], every, "category")
        if "root" not in values and (
            root in book.own or _final(root, status, knowledge)[0] != category
        ):
            root = category
    elif ("root" in values or "status" in values) and root not in book.own:
        category, status = _final(root, status, knowledge)
    elif "root" in values:
        category = root
    modes = {mode.id for mode in (book.find(category) or book.categories[report.root]).modes}
    mode = report.mode if report.mode in modes and category == root else None
    if "mode" in values:
        given = values["mode"]
        if given != NONE and not modes:
            raise DragomanError(f"{category} has no modes; give mode={NONE}")
        mode = None if given == NONE else _known(given, modes, f"mode of {category}")
    is_same = (category, root, mode) == (report.category, report.root, report.mode)
    return replace(
        report,
        category=category,
        root=root,
        quad=book.quad(category),
        mode=mode,
        cameo=report.cameo if is_same else _code(category, mode, knowledge),
        status=status,
    )


def _final(root: str, status: Status, knowledge: Knowledge) -> tuple[str, Status]:
    return final_category(root, knowledge.codebook.quad(root), Modality(status))


def _code(category: str, mode: str | None, knowledge: Knowledge) -> str | None:
    """The CAMEO code of a category and mode, where there is exactly one."""
    found = knowledge.codebook.find(category)
    codes = [code.cameo for code in found.codes if code.mode == mode] if found is not None else []
    return codes[0] if len(codes) == 1 else None


# --- who, when, where ----------------------------------------------------------------------


def actor_of(text: str, knowledge: Knowledge, language: str = "en") -> str:
    """The actor of the atlas that an id or name means; raises DragomanError with the nearest."""
    atlas = knowledge.atlas
    ids = {text, text.upper(), text.lower()} & set(atlas.actors)
    if not ids:
        codes = dict.fromkeys((language, *knowledge.languages))
        names = (c for code in codes for c in knowledge.names(code).look_up(text))
        ids = {one.id for one in names if one.id in atlas.actors and one.kind != "surname"}
    if len(ids) == 1:
        return ids.pop()
    if ids:
        raise DragomanError(f"{text!r} may be {' or '.join(sorted(ids))}; give the id")
    hint = _nearest_actor(text, atlas)
    raise DragomanError(
        f"the atlas has no actor {text!r}" + (f"; the nearest is {hint}" if hint else "")
    )


def _nearest_actor(text: str, atlas: Atlas) -> str:
    called = {fold(name): one.id for one in atlas.actors.values()
              for names in one.names.values() for name in names[:1]}  # fmt: skip
    called |= {fold(one): one for one in atlas.actors}
    near = get_close_matches(fold(text), called, n=1, cutoff=0.6)
    return called[near[0]] if near else ""


def _sides(
    report: Report, given: Sequence[str], kept: Kept, knowledge: Knowledge
) -> tuple[Side, ...]:
    if list(given) == [NONE]:
        return ()
    return tuple(_side(report, one.strip(), kept, knowledge) for one in given)


def _side(report: Report, text: str, kept: Kept, knowledge: Knowledge) -> Side:
    """An actor by id or name, or else words of the sentence. One that the sentence does not name
    has no words of its own: its empty span stands where those of the act begin."""
    low, high = report.evidence
    try:
        actor_id = actor_of(text, knowledge, kept.reading.language)
    except DragomanError:
        found = re.search(re.escape(text), report.evidence_text, re.IGNORECASE) if text else None
        if found is None:
            raise
        return Side(None, found[0], None, low + found.start(), low + found.end())
    here = [
        one
        for one in kept.references
        if one.actor == actor_id and low <= one.mention.start and one.mention.end <= high
    ]
    if here:
        named = here[0]
        words = kept.article.text[named.mention.start : named.mention.end]
        return Side(actor_id, words, named.sector, named.mention.start, named.mention.end)
    actor = knowledge.atlas.actors[actor_id]
    day = kept.article.published.day if kept.article.published is not None else None
    role = knowledge.atlas.role_on(actor_id, day)
    sector = role.sector if role is not None else actor.sector
    return Side(
        actor_id,
        actor.name(kept.reading.language),
        sector,
        report.predicate[0],
        report.predicate[0],
    )


def dated(text: str) -> Dated | None:
    """An ISO day, month or year, or an interval of two of them (`2024-03-17/2024-03-19`)."""
    if text == NONE:
        return None
    parts = text.split("/")
    found = [DAY.fullmatch(part) for part in parts]
    if len(parts) > 2 or not all(found):
        raise DragomanError(f"{text!r} is no date; write 2024-03-17, 2024-03, 2024 or two with /")
    try:
        bounds = [_bounds(match) for match in found if match is not None]
    except ValueError as fault:
        raise DragomanError(
            f"{text!r} is no date of the calendar; write it as 2024-03-17"
        ) from fault
    start, end = bounds[0][0], bounds[-1][1]
    if start > end:
        raise DragomanError(f"{text!r} ends before it begins")
    precision = "range" if len(parts) > 1 else ("year", "month", "day")[text.count("-")]
    return Dated(start, end, precision, GIVEN)  # type: ignore[arg-type]


def _bounds(match: re.Match[str]) -> tuple[str, str]:
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None, "a date begins with its year"
    last = day or calendar.monthrange(year, month or 12)[1]
    return (
        date(year, month or 1, day or 1).isoformat(),
        date(year, month or 12, last).isoformat(),
    )


def _place(text: str, knowledge: Knowledge, language: str) -> Place | None:
    """A place by the atlas's id or name, or by the gazetteer's name, with `/COUNTRY` (alpha-3)
    where several have it."""
    if text == NONE:
        return None
    name, _, country = text.partition("/")
    atlas = knowledge.atlas
    spots = {name, name.lower()} & set(atlas.places) or {
        one.id for one in knowledge.names(language).look_up(name) if one.id in atlas.places
    }
    known = [atlas.places[one] for one in sorted(spots)]
    known = [one for one in known if not country or one.country == country.upper()]
    if len(known) == 1:
        spot = known[0]
        return Place(spot.id, spot.name(language), spot.lat, spot.lon, spot.country, spot.note)
    found = [one for one in knowledge.gazetteer.look_up(name)
             if not country or one.country == country.upper()]  # fmt: skip
    if not found:
        near = get_close_matches(
            fold(name), {fold(s.name(language)) for s in atlas.places.values()}, n=1
        )
        hint = f"; the nearest is {near[0]}" if near else ""
        raise DragomanError(f"no place {text!r} is known{hint}")
    if len(found) > 1 and found[0].population < SURE * max(found[1].population, 1):
        countries = ", ".join(dict.fromkeys(f"{name}/{one.country}" for one in found[:5]))
        raise DragomanError(f"several places are called {name!r}; say which: {countries}")
    first = found[0]
    return Place(first.id, first.name, first.lat, first.lon, first.country)
