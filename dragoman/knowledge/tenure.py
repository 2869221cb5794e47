"""What holds for a time: offices with their holders, and states' memberships in bodies.

In: rows of `atlas/`. Out: `Office`, `Role` and `Membership`, which answer for a day. Nothing is
present for ever: an open row after its `known_until` holds only as last known.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dragoman.errors import DataFileError
from dragoman.knowledge.files import Row, read_table
from dragoman.knowledge.names import fold

OFFICES = ("office", "holders", "answers_to", "note")
ROLES = ("person", "office", "actor", "sector", "from", "until", "known_until", "note")
TITLES = ("state", "title", "office", "from", "until", "note")
MEMBERSHIPS = ("state", "organisation", "from", "until", "known_until", "note")


LATELY = 14
"""Days for which those who write of a change of hands still call the old holder by the office."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A time from `start` to `end` (ISO, any precision; None while it lasts), looked up last on
    `known_until`. A coarse bound ("2014-10") covers its whole interval."""

    start: str
    end: str | None
    known_until: str

    def held_on(self, day: str) -> bool:
        """True where it is vouched for on `day`."""
        last = self.end or self.known_until
        return self._begun(day) and day[: len(last)] <= last

    def last_known_on(self, day: str) -> bool:
        """True where it was open when last looked up, and `day` is later than that."""
        return self.end is None and self._begun(day) and not self.held_on(day)

    def as_of(self, day: str) -> str | None:
        """Day of the last look-up where it holds on `day` only as last known, else None."""
        return self.known_until if self.last_known_on(day) else None

    def ended_lately(self, day: str) -> bool:
        """True where it ended on a known day, no more than `LATELY` days before `day`."""
        if self.end is None or len(self.end) < len("2024-10-01") or len(day) < len(self.end):
            return False
        past = date.fromisoformat(day[:10]) - date.fromisoformat(self.end)
        return 0 < past.days <= LATELY

    def _begun(self, day: str) -> bool:
        return day[: len(self.start)] >= self.start


@dataclass(frozen=True, slots=True)
class Role(Tenure):
    """An office that a person holds in a state or body."""

    person: str
    office: str
    actor: str
    sector: str


@dataclass(frozen=True, slots=True)
class Membership(Tenure):
    state: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Title:
    """What a title means in a state for a time: an office, or None where it names nobody for
    sure."""

    office: str | None
    start: str | None
    end: str | None

    def held_on(self, day: str) -> bool:
        begun = self.start is None or day[: len(self.start)] >= self.start
        return begun and (self.end is None or day[: len(self.end)] <= self.end)


@dataclass(frozen=True, slots=True)
class Office:
    """`single`: one holder at a time in a body. `many`: more than the atlas lists, so that being
    the only one listed proves nothing. `answers_to`: wider titles of its holder."""

    id: str
    single: bool
    answers_to: tuple[str, ...]
    many: bool = False


def load_offices(path: Path) -> Mapping[str, Office]:
    """Offices by id, in the table's order."""
    offices: dict[str, Office] = {}
    for row in read_table(path, OFFICES):
        if row["office"] in offices:
            raise row.fault(f"office {row['office']} stands twice")
        holders = row["holders"]
        if holders not in {"one", "several", "many"}:
            raise row.fault(f"holders: {holders!r} is none of one, several and many")
        offices[row["office"]] = Office(
            row["office"], holders == "one", row.members("answers_to"), holders == "many"
        )
    return offices


def load_titles(
    path: Path, actors: Container[str], offices: Container[str]
) -> Mapping[tuple[str, str], tuple[Title, ...]]:
    """By state and title, the title as `title_key` writes it."""
    titles: dict[tuple[str, str], tuple[Title, ...]] = {}
    for row in read_table(path, TITLES):
        state, office = known(row, "state", actors), row.optional("office")
        if office is not None and office not in offices:
            raise row.fault(f"office {office!r} is in no table of offices")
        title = Title(office, row.optional("from"), row.optional("until"))
        key = (title_key(row["title"]), state)
        titles[key] = (*titles.get(key, ()), title)
    return titles


def title_key(words: str) -> str:
    """A title or the name of a seat, folded, its words joined: "Maison-Blanche" →
    "maison_blanche"."""
    return "_".join(fold(word) for word in re.findall(r"[^\W_]+", words.replace("_", " ")))


def load_roles(path: Path, actors: Container[str]) -> tuple[Role, ...]:
    roles: list[Role] = []
    seen: dict[tuple[str, str, str], list[Role]] = {}
    for row in read_table(path, ROLES):
        role = Role(
            row["from"],
            row.optional("until"),
            row["known_until"],
            known(row, "person", actors),
            row["office"],
            known(row, "actor", actors),
            row["sector"],
        )
        if role.end is not None and role.end < role.start[: len(role.end)]:
            raise row.fault("the role ends before it begins")
        _require_known_until(row)
        for other in seen.setdefault((role.person, role.office, role.actor), []):
            if role.start < (other.end or "9999") and other.start < (role.end or "9999"):
                raise row.fault(f"overlaps the same role from {other.start}")
        seen[role.person, role.office, role.actor].append(role)
        roles.append(role)
    if not roles:
        raise DataFileError(path, None, "no roles")
    return tuple(roles)


def load_memberships(path: Path, actors: Container[str]) -> Iterator[Membership]:
    for row in read_table(path, MEMBERSHIPS):
        _require_known_until(row)
        yield Membership(
            row["from"],
            row.optional("until"),
            row["known_until"],
            known(row, "state", actors),
            known(row, "organisation", actors),
        )


def known(row: Row, column: str, actors: Container[str]) -> str:
    """A cell that has to be the id of an actor."""
    if row[column] not in actors:
        raise row.fault(f"{column} {row[column]!r} is in no table of actors")
    return row[column]


def _require_known_until(row: Row) -> None:
    if row.optional("known_until") is None:
        raise row.fault("known_until is missing")
