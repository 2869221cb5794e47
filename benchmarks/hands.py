"""Compares the atlas' roles with what other hands entered of the same offices, blind.

    python -m benchmarks.hands [--json]
    python -m benchmarks.hands --rows

In: `atlas/roles.tsv`, and the tables of `tests/gate/hands/`, each written from memory and without
sight of the others. Out: for every term that two of them hold, the dates on which they agree, as
exact as they agree; and what only one of them has, or they date differently. `--rows` prints rows
for the atlas: terms it lacks on which two hands agree.

Two terms are one when office, actor and person are the same and their times meet. A person is the
same by any name of the atlas, or by a spelling that is nearly the same ("Zurabishvili",
"Zourabichvili"): with office and time equal, two men are rarely so alike.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.files import read_table
from dragoman.knowledge.names import fold

HANDS = Path(__file__).parents[1] / "tests" / "gate" / "hands"
COLUMNS = ("person", "office", "actor", "from", "until", "note")
ALIKE = 0.8
"""Likeness of two folded names (`difflib`) from which they are spellings of one."""
OPEN = "9999"
KNOWN = "2025-10"
"""The month up to which the hands vouch for a term that lasts."""


@dataclass(frozen=True, slots=True)
class Term:
    """An office held; `end` is None while it lasts. Dates are ISO, of any precision."""

    names: tuple[str, ...]
    office: str
    actor: str
    start: str
    end: str | None
    hand: str
    person: str = ""
    note: str = ""

    def meets(self, other: Term) -> bool:
        """The two times have a day in common, as far as their precision tells."""
        mine, theirs = self.end or OPEN, other.end or OPEN
        return self.start <= theirs[: len(self.start)] and other.start <= mine[: len(other.start)]

    def is_of(self, other: Term) -> bool:
        same_office = (self.office, self.actor) == (other.office, other.actor)
        return same_office and self.meets(other) and is_same_person(self.names, other.names)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A term as two hands hold it; `start` or `end` is None where they do not agree on it."""

    one: Term
    other: Term
    start: str | None
    end: str | None

    @property
    def whole(self) -> bool:
        """Both bounds are agreed on; a term that lasts for one hand may have ended for another
        that knows of later days."""
        open_end = self.one.end is None or self.other.end is None
        return self.start is not None and (self.end is not None or open_end)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rows", action="store_true", help="rows that the atlas lacks")
    options = parser.parse_args(arguments)
    atlas = Knowledge().atlas
    if options.rows:
        print("\n".join(rows(atlas, list(hand_terms()))))
        return
    result = compare(list(atlas_terms(atlas)), list(hand_terms()))
    print(json.dumps(result, ensure_ascii=False) if options.json else _told(result))


def compare(atlas: Sequence[Term], hands: Sequence[Term]) -> dict[str, object]:
    """How many of the atlas' terms in offices that a hand wrote about it confirms, and the rest."""
    covered = {(t.office, t.actor) for t in hands}
    asked = [t for t in atlas if (t.office, t.actor) in covered]
    found = {id(t): best(t, hands) for t in asked}
    right = [a for a in found.values() if a is not None and a.whole]
    return {
        "asked": len(asked),
        "confirmed": len(right),
        "dated otherwise": [line(a.one, a.other) for a in found.values() if a and not a.whole],
        "not confirmed": [line(t) for t in asked if found[id(t)] is None],
        "not in the atlas": [line(t) for t in hands if not any(t.is_of(a) for a in atlas)],
    }


def best(term: Term, hands: Iterable[Term]) -> Agreed | None:
    """The same term by another hand; the one that agrees most closely."""
    agreed = [agree(term, other) for other in hands if term.is_of(other)]
    return max(agreed, key=_closeness, default=None)


def agree(one: Term, other: Term) -> Agreed:
    end = None if one.end is None or other.end is None else common(one.end, other.end)
    return Agreed(one, other, common(one.start, other.start), end)


def common(one: str, other: str) -> str | None:
    """The date on which both agree: to the day, the month, the year, or not at all.

    A day apart is the same: one hand gives a holder's last day, another the next one's first.
    """
    if len(one) == len(other) == 10:
        apart = date.fromisoformat(other) - date.fromisoformat(one)
        if abs(apart.days) <= 1:
            return one
    for length in (10, 7, 4):
        if len(one) >= length and len(other) >= length and one[:length] == other[:length]:
            return one[:length]
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return one[:shorter]
    return None


def rows(atlas: Atlas, hands: Sequence[Term]) -> Iterator[str]:
    """Lines for `people.tsv` and `roles.tsv`: what two hands agree on and the atlas lacks."""
    known = list(atlas_terms(atlas))
    people: dict[str, str] = {}
    roles: list[str] = []
    done: list[Term] = []
    for term in hands:
        if any(term.is_of(other) for other in (*known, *done)):
            continue
        agreed = best(term, [other for other in hands if other.hand != term.hand])
        if agreed is None or agreed.start is None or not agreed.whole:
            continue
        done += [term, agreed.other]
        identity = _known_person(term, atlas)
        if identity is None:
            identity = "-".join(_words(term.names[0]))
            country = term.actor if term.actor in atlas.capitals else "-"
            people[identity] = "\t".join((identity, "-", term.names[0], "-", "-", country))
        sector = "GOV" if term.actor in atlas.capitals else "IGO"
        until = agreed.end or "-"
        roles.append("\t".join((
            identity, term.office, term.actor, sector, agreed.start, until,
            KNOWN if until == "-" else until, "acting" if term.note == "acting" else "-",
        )))  # fmt: skip
    yield from sorted(people.values())
    yield ""
    yield from roles


def _known_person(term: Term, atlas: Atlas) -> str | None:
    """Who in the atlas has this very name. Nearly the same is not enough without an office and a
    time in common: cousins share most of a name."""
    name = _words(term.names[0])
    for actor in atlas.actors.values():
        if actor.kind == "person" and name in [_words(n) for n in actor.names.get("any", ())]:
            return actor.id
    return None


def _closeness(agreed: Agreed) -> tuple[bool, int]:
    return agreed.whole, len(agreed.start or "") + len(agreed.end or "")


def is_same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    return any(_alike(_words(a), _words(b)) for a in one for b in other)


def _alike(one: list[str], other: list[str]) -> bool:
    if min(len(one), len(other)) > 1 and (set(one) <= set(other) or set(other) <= set(one)):
        return True
    if one[-1] == other[-1] and one[0][:1] == other[0][:1]:
        return True
    return SequenceMatcher(None, " ".join(one), " ".join(other)).ratio() >= ALIKE


def _words(name: str) -> list[str]:
    return [word for word in fold(name).replace("-", " ").replace("'", "").split() if word] or [""]


def atlas_terms(atlas: Atlas) -> Iterator[Term]:
    for role in atlas.roles:
        names = atlas.actors[role.person].names.get("any", (role.person,))
        yield Term(names, role.office, role.actor, role.start, role.end, "atlas", role.person)


def hand_terms(folder: Path = HANDS) -> Iterator[Term]:
    for path in sorted(folder.glob("*.tsv")):
        for row in read_table(path, COLUMNS):
            yield Term(
                (row["person"],), row["office"], row["actor"], row["from"],
                row.optional("until"), path.stem, note=row["note"],
            )  # fmt: skip


def line(term: Term, other: Term | None = None) -> str:
    told = f"{term.actor} {term.office}: {term.names[0]} {term.start} to {term.end or '-'}"
    return told if other is None else f"{told} ({other.hand}: {other.start} to {other.end or '-'})"


def _told(result: dict[str, object]) -> str:
    lists = defaultdict(list)
    text = f"{result['confirmed']} of {result['asked']} terms confirmed"
    for name, found in result.items():
        if isinstance(found, list):
            lists[name] = found
            text += f"\n\n{name}: {len(found)}\n" + "\n".join(f"  {item}" for item in found)
    return text


if __name__ == "__main__":
    main()
