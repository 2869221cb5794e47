"""The fields in which a report can be corrected, filled with what it is coded as.

In: a report, what the desk knows, and perhaps a form that came back. Out: the fields for a page,
and of a form only what differs from the report, as `desk.saying.correction` takes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from dragoman.knowledge.codebook import Category
from dragoman.model import Dated, Report, Side, Status, ToldAs
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import N_, Table, gettext
from dragoman.publish.words import STATUSES, TOLD

NONE = "-"
"""Takes a value away, see `record.correcting`."""
SIDES = ("source", "target")
NAMES = Table(
    {
        "category": N_("Category"),
        "mode": N_("Mode"),
        "status": N_("Status"),
        "told_as": N_("Told as"),
        "source": N_("Who"),
        "target": N_("To whom"),
        "date": N_("When"),
        "place": N_("Where"),
    }
)
HINTS = Table(
    {
        "source": N_("An actor’s name or id, or words of the sentence; one in each field."),
        "target": N_("An actor’s name or id, or words of the sentence; one in each field."),
        "date": N_("2024-03-17, 2024-03, 2024, or two of these with / between; empty: not known."),
        "place": N_("A place’s name, with / and its state where several have it: Tripoli/LBN."),
    }
)
SUGGESTED = 200
"""Names that a field offers at most."""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """`of`: what they have in common, where that is told."""

    of: str | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """`values`: what stands in it; `coded`: what the report says, in the same words."""

    name: str
    words: str
    hint: str
    values: tuple[str, ...]
    coded: tuple[str, ...]
    groups: tuple[Choices, ...] = ()
    """What can be chosen; none where it is typed."""


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    report: str
    fields: tuple[FieldLine, ...]
    names: tuple[str, ...]
    """Whom its article names."""


def correction_form(
    room: ReadingRoom, report: Report, typed: Mapping[str, Sequence[str]] | None = None
) -> CorrectionForm:
    """As the report is coded, or as it was typed."""
    kept = room.store.kept(report.article_id)
    named = (one.actor for one in kept.references) if kept is not None else ()
    ids = list(dict.fromkeys(one for one in named if one is not None))[:SUGGESTED]
    names = tuple(sorted({room.actor_name(one) for one in ids}))
    return CorrectionForm(report.id, tuple(_fields(room, report, typed or {})), names)


def corrections(
    room: ReadingRoom, report: Report, typed: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """What was typed otherwise than the report says; fields that were not sent say nothing."""
    made: dict[str, list[str]] = {}
    for name, coded in _coded(room, report).items():
        given = _given(name, typed)
        if given is None or given == coded:
            continue
        meant = _meant(room, report, name)
        made[name] = [meant.get(one, one) for one in given] or [NONE]
    return made


def _given(name: str, typed: Mapping[str, Sequence[str]]) -> tuple[str, ...] | None:
    if name not in typed:
        return None
    values = tuple(one.strip() for one in typed[name] if one.strip())
    return values if name in SIDES else values[-1:]


def _fields(
    room: ReadingRoom, report: Report, typed: Mapping[str, Sequence[str]]
) -> Iterator[FieldLine]:
    for name, coded in _coded(room, report).items():
        given = _given(name, typed)
        values = coded if given is None else given
        groups = tuple(_groups(room, report, name, values))
        yield FieldLine(name, NAMES[name], HINTS.get(name, ""), values, coded, groups)


def _coded(room: ReadingRoom, report: Report) -> dict[str, tuple[str, ...]]:
    return {
        "category": (report.category,),
        "mode": _some(report.mode),
        "status": (report.status,),
        "told_as": (report.told_as,),
        "source": tuple(_side(room, side) for side in report.sources),
        "target": tuple(_side(room, side) for side in report.targets),
        "date": _some(date_text(report.date)),
        "place": _some(report.place.name if report.place is not None else None),
    }


def _some(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _side(room: ReadingRoom, side: Side) -> str:
    return room.actor_name(side.actor) if side.actor is not None else side.name


def _meant(room: ReadingRoom, report: Report, name: str) -> dict[str, str]:
    """A side that stands as it was shown is the very actor, whatever else its name may mean."""
    sides = {"source": report.sources, "target": report.targets}.get(name, ())
    return {_side(room, one): one.actor for one in sides if one.actor is not None}


def date_text(dated: Dated | None) -> str | None:
    """A date as a person types it; None where it has no bounds of its own."""
    if dated is None or dated.start is None or dated.end is None:
        return None
    start, end = dated.start[:10], dated.end[:10]
    if start == end:
        return start
    if dated.precision == "year" and start[:4] == end[:4]:
        return start[:4]
    if dated.precision == "month" and start[:7] == end[:7]:
        return start[:7]
    return f"{start}/{end}"


def _groups(
    room: ReadingRoom, report: Report, name: str, values: tuple[str, ...]
) -> Iterator[Choices]:
    value = values[0] if values else ""
    book = room.knowledge.codebook
    every = sorted(
        (*book.categories.values(), *book.own.values()), key=lambda one: room.category(one.id)
    )
    if name == "category":
        yield _group({one.id: f"{room.category(one.id)} ({one.id})" for one in every}, value)
    elif name == "mode":
        yield _group({"": gettext("none")}, value)
        yield from _modes(room, report, every, value)
    elif name == "status":
        yield _group({one: STATUSES[one] for one in get_args(Status)}, value)
    elif name == "told_as":
        told = Table(TOLD)
        yield _group({one: told[one] for one in get_args(ToldAs)}, value)


def _group(words: Mapping[str, str], value: str, of: str | None = None) -> Choices:
    return Choices(of, tuple(Choice(one, said, one == value) for one, said in words.items()))


def _modes(
    room: ReadingRoom, report: Report, every: Sequence[Category], value: str
) -> Iterator[Choices]:
    """Those of the report's own category first; a mode that several have is chosen once."""
    left = value
    for one in sorted(every, key=lambda one: one.id != report.category):
        words = {mode.id: room.mode(one.id, mode.id) or mode.id for mode in one.modes}
        if words:
            yield _group(words, left, room.category(one.id))
        left = "" if left in words else left
