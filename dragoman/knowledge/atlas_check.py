"""What is wrong or doubtful in the atlas though it loads: gaps, overlaps, doubles, clashes, age.

In: the folder of the tables and a day. Out: `Finding`s with file, line and what to do, in the
tables' order. A fault is surely wrong; a note may be right and wants a look. It mends nothing.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Literal

from dragoman.knowledge.atlas import BODIES, LANGUAGES, METONYMS, PEOPLE, Atlas, load_atlas
from dragoman.knowledge.files import Row, read_table
from dragoman.knowledge.names import key_of
from dragoman.knowledge.tenure import MEMBERSHIPS, ROLES

Level = Literal["fault", "note"]
Spelt = Callable[[Row], Iterable[str]]
ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
GAP = 45
"""Days without a holder that are passed over: cabinets are formed, successors sworn in."""
RESEMBLANCE = 0.86
"""Likeness of two full names from which they are worth a look; set on spellings of one name in
two transliterations, which lie above, and of kin, which lie below."""
RIVALS = ("rival", "disputed", "acting", "interim", "joint")
"""Words of a note that say two holders at once are meant: a rival, or a deputy of one suspended."""
VACANT = "vacant"
"""Word of the earlier row's note that says a hole after it is meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind`: date, office, gap, overlap, double, clash, open or membership."""

    level: Level
    kind: str
    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def check_atlas(folder: Path, day: str) -> list[Finding]:
    """All findings, faults first. Raises DataFileError where a table can't be loaded at all."""
    atlas = load_atlas(folder)
    roles = list(read_table(folder / "roles.tsv", ROLES))
    people = list(read_table(folder / "people.tsv", PEOPLE))
    members = list(read_table(folder / "memberships.tsv", MEMBERSHIPS))
    bodies = [
        row
        for table in ("organisations.tsv", "groups.tsv")
        for row in read_table(folder / table, BODIES)
    ]
    dated = [*_dates(roles, day), *_dates(members, day)]
    found = list(dated)
    if not any(one.level == "fault" for one in dated):  # intervals need dates that can be read
        found += _offices(roles, atlas)
        found += _tenures(roles, atlas)
        found += _memberships(members)
    found += _doubles(people)
    found += _clashes([*bodies, *read_table(folder / "metonyms.tsv", METONYMS), *people])
    found += _age([*roles, *members], day)
    return sorted(found, key=lambda one: one.level == "note")


def first_day(value: str) -> date:
    """The earliest day of an ISO date of any precision."""
    year, month, day = [*map(int, value.split("-")), 1, 1][:3]
    return date(year, month, day)


def last_day(value: str) -> date:
    """The latest day of an ISO date of any precision."""
    parts = [*map(int, value.split("-"))]
    if len(parts) == 3:
        return date(*parts)
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, monthrange(parts[0], month)[1])


def _finding(level: Level, kind: str, row: Row, text: str) -> Finding:
    return Finding(level, kind, row.path, row.line, text)


def _dates(rows: Iterable[Row], today: str) -> Iterator[Finding]:
    for row in rows:
        bad = [c for c in ("from", "until", "known_until") if not is_date(row.optional(c))]
        if bad:
            text = f"{bad[0]} {row[bad[0]]!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
            yield _finding("fault", "date", row, text)
            continue
        known = row["known_until"]
        if first_day(row["from"]) > last_day(known):
            text = f"begins {row['from']}, after it was last looked up ({known}); mend known_until"
            yield _finding("fault", "date", row, text)
        if first_day(known) > last_day(today):
            text = f"known_until {known} lies ahead of {today}; nobody can have looked it up"
            yield _finding("fault", "date", row, text)


def is_date(value: str | None) -> bool:
    """True for an ISO date of any precision, and for none."""
    if value is None:
        return True
    if not ISO.fullmatch(value):
        return False
    try:
        return first_day(value) <= last_day(value)
    except ValueError:
        return False


def _offices(rows: Iterable[Row], atlas: Atlas) -> Iterator[Finding]:
    """Offices that the table of offices lacks, each told once."""
    told: set[str] = set()
    for row in rows:
        office = row["office"]
        if office not in atlas.offices and office not in told:
            told.add(office)
            text = f"office {office!r} is not in offices.tsv; add it there, or mend its spelling"
            yield _finding("fault", "office", row, text)


def _tenures(rows: Iterable[Row], atlas: Atlas) -> Iterator[Finding]:
    """Two holders at once and times without one, in offices of a single holder."""
    single = {office.id for office in atlas.offices.values() if office.single}
    held = _by((row for row in rows if row["office"] in single), "office", "actor")
    for (office, actor), terms in held.items():
        terms.sort(key=lambda row: (first_day(row["from"]), row.line))
        for earlier, later in _overlapping(terms):
            yield _both(office, actor, earlier, later)
        yield from _holes(office, actor, terms)


def _overlapping(terms: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    for earlier, later in combinations(terms, 2):
        same = earlier["person"] == later["person"]
        meant = any(word in f"{earlier['note']} {later['note']}" for word in RIVALS)
        if not same and not meant and _surely_overlap(earlier, later):
            yield earlier, later


def _surely_overlap(earlier: Row, later: Row) -> bool:
    """True only where no reading of coarse dates keeps the two apart; a day of hand-over does
    not count."""
    end, other = earlier.optional("until"), later.optional("until")
    begun = last_day(later["from"])
    runs_on = end is None or first_day(end) > begun
    return runs_on and (other is None or first_day(other) > last_day(earlier["from"]))


def _both(office: str, actor: str, earlier: Row, later: Row) -> Finding:
    until = earlier.optional("until") or "now"
    text = (
        f"{office} of {actor}: {later['person']} from {later['from']} while {earlier['person']} "
        f"holds it until {until} (line {earlier.line}); end the earlier role, or say in the note "
        "that both are meant: rival, disputed, acting, interim, joint"
    )
    return _finding("fault", "overlap", later, text)


def _holes(office: str, actor: str, terms: Sequence[Row]) -> Iterator[Finding]:
    reached = terms[0]
    for row in terms[1:]:
        until = reached.optional("until")
        if until is None:
            return
        days = (first_day(row["from"]) - last_day(until)).days
        if days > GAP and VACANT not in reached["note"]:
            text = (
                f"{office} of {actor}: nobody from {until} ({reached['person']}, line "
                f"{reached.line}) to {row['from']} ({row['person']}), {days} days; add who held "
                "it, or write “vacant” in the earlier note"
            )
            yield _finding("note", "gap", row, text)
        other = row.optional("until")
        if other is None or last_day(other) > last_day(until):
            reached = row


def _memberships(rows: Iterable[Row]) -> Iterator[Finding]:
    for (state, body), terms in _by(rows, "state", "organisation").items():
        for earlier, later in combinations(sorted(terms, key=lambda r: first_day(r["from"])), 2):
            if _surely_overlap(earlier, later) or earlier["from"] == later["from"]:
                text = (
                    f"{state} in {body} from {later['from']} overlaps line {earlier.line} (until "
                    f"{earlier.optional('until') or 'now'}); make it one row, or end the earlier"
                )
                yield _finding("fault", "membership", later, text)


def _doubles(people: Sequence[Row]) -> Iterator[Finding]:
    """One person under two ids: surely by name or Wikidata, perhaps by likeness."""
    sure: set[tuple[str, str]] = set()
    for spelt in (_wikidata, _spellings):
        for shared, one, other in _pairs(people, spelt):
            if (one["id"], other["id"]) not in sure:
                sure.add((one["id"], other["id"]))
                text = (
                    f"{other['id']} and {one['id']} (line {one.line}) share “{shared}”; make them "
                    "one person, or tell them apart"
                )
                yield _finding("fault", "double", other, text)
    for rows in _by(people, "country").values():
        for one, other in combinations(rows, 2):
            if (one["id"], other["id"]) not in sure and _alike(one, other):
                text = f"{other['name']} may be {one['name']} (line {one.line}); if so, keep one id"
                yield _finding("note", "double", other, text)


def _pairs(rows: Iterable[Row], spelt: Spelt) -> Iterator[tuple[str, Row, Row]]:
    """Two rows with the spelling that both have."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for name in spelt(row):
            found.setdefault(name, []).append(row)
    for name, holders in found.items():
        for one, other in combinations(holders, 2):
            yield name, one, other


def _wikidata(row: Row) -> Iterable[str]:
    found = row.optional("wikidata")
    return () if found is None else (found,)


def _spellings(row: Row) -> Iterable[str]:
    names = (row["name"], *row.members("aliases"), *row.members("name_ru"))
    return {key_of(name) for name in names}


def _alike(one: Row, other: Row) -> bool:
    a, b = key_of(one["name"]).split(), key_of(other["name"]).split()
    if len(a) < 2 or len(b) < 2 or (a[0][0] != b[0][0] and a[-1] != b[-1]):
        return False
    likeness = [SequenceMatcher(None, x, y).ratio() for x, y in ((a[0], b[0]), (a[-1], b[-1]))]
    return min(likeness) >= RESEMBLANCE - 0.2 and sum(likeness) / 2 >= RESEMBLANCE


def _clashes(rows: Sequence[Row]) -> Iterator[Finding]:
    """A full name that stands for two actors in one language can never be resolved."""
    told: set[tuple[str, str]] = set()
    for code in LANGUAGES:
        for name, one, other in _pairs(rows, partial(_names, code)):
            pair = (_id(one), _id(other))
            if pair[0] == pair[1] or pair in told or (_is_person(one) and _is_person(other)):
                continue
            told.add(pair)
            text = (
                f"“{name}” stands for {_id(other)} and for {_id(one)} "
                f"({one.path.name}:{one.line}); leave it to one, or make it a context name"
            )
            yield _finding("fault", "clash", other, text)


def _id(row: Row) -> str:
    return row.cells.get("id") or row["actor"]


def _is_person(row: Row) -> bool:
    return "name_ru" in row.cells


def _names(code: str, row: Row) -> Iterable[str]:
    if _is_person(row):
        return _spellings(row)
    if "name" in row.cells:
        return {key_of(row["name"])}
    return {key_of(name) for name in row.members(f"names_{code}")}


def _age(rows: Iterable[Row], day: str) -> Iterator[Finding]:
    for row in rows:
        known = row["known_until"]
        if row.optional("until") is None and is_date(known) and day[: len(known)] > known:
            columns = ("person", "office", "actor", "state", "organisation")
            what = " ".join(row.cells[c] for c in columns if c in row.cells)
            text = (
                f"{what}: open since {row['from']}, last looked up {known}; look again, then set "
                "until or known_until"
            )
            yield _finding("note", "open", row, text)


def _by(rows: Iterable[Row], *columns: str) -> Mapping[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[column] for column in columns), []).append(row)
    return found
