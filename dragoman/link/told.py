"""Offices that articles tell of and the atlas lacks: "le ministre arménien …, Ararat Mirzoyan".

In: articles with their references. Out: `Told`, one for each person named beside an office, and
`Suggestion`s that join them over many articles, with rows for people.tsv and roles.tsv. A person
decides; nothing is added to the atlas here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.names import fold
from dragoman.link.roles import BESIDE
from dragoman.model import Kept, Reference


@dataclass(frozen=True, slots=True)
class Told:
    """What one article says: a person, an office and whose it is, and where it stands."""

    article_id: str
    outlet: str
    day: str
    person: str | None
    """The atlas's id, if it knows the person by another office or none."""
    name: str
    office: str
    actor: str
    sector: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An office that the atlas lacks, as all articles together tell it."""

    person: str
    name: str
    known: bool
    office: str
    actor: str
    sector: str
    first: str
    last: str
    articles: int
    outlets: int
    rivals: tuple[str, ...]
    """Whom the atlas has in that office of one holder on the last day."""
    evidence: tuple[Told, ...]

    def rows(self) -> tuple[str, ...]:
        """Lines to paste: for people.tsv where the person is new, and for roles.tsv."""
        country = self.actor if self.actor.isupper() else "-"
        person = ("\t".join((self.person, "-", self.name, "-", "-", country)),)
        note = f"told by {self.articles} articles; began on or before that day"
        role = (self.person, self.office, self.actor, self.sector, self.first, "-", self.last, note)
        return (*(() if self.known else person), "\t".join(role))


def told_offices(kept: Kept, atlas: Atlas, outlet: str) -> Iterator[Told]:
    """The offices that an article tells and the atlas does not have for that person and day."""
    published = kept.article.published
    day = published.day if published is not None else None
    if day is None:
        return
    for reference in kept.references:
        if not reference.reason.startswith(BESIDE) or not reference.serves:
            continue
        office = (reference.role or "").split()[0]
        if office not in atlas.offices or not _is_full_name(reference.name):
            continue
        person = _beside(kept.references, reference)
        if person is not None and not _has(atlas, reference, office, day):
            start = min(reference.mention.start, person.mention.start)
            end = max(reference.mention.end, person.mention.end)
            yield Told(
                kept.article.id,
                outlet,
                day,
                reference.actor,
                reference.name,
                office,
                reference.serves,
                reference.sector or "-",
                start,
                end,
                " ".join(kept.article.text[start:end].split()),
            )


def suggestions(told: Iterable[Told], atlas: Atlas) -> list[Suggestion]:
    """Told offices joined by person and office, those told most often first."""
    groups: dict[tuple[str, str, str], list[Told]] = {}
    for one in told:
        key = (one.person or slug(one.name), one.office, one.actor)
        groups.setdefault(key, []).append(one)
    found = [
        _suggestion(*key, sorted(ones, key=lambda o: o.day), atlas) for key, ones in groups.items()
    ]
    return sorted(found, key=lambda s: (-s.outlets, -s.articles, s.person))


def _suggestion(
    person: str, office: str, actor: str, told: Sequence[Told], atlas: Atlas
) -> Suggestion:
    last = told[-1].day
    single = atlas.offices[office].single
    return Suggestion(
        person,
        told[0].name,
        person in atlas.actors,
        office,
        actor,
        told[0].sector,
        told[0].day,
        last,
        len({one.article_id for one in told}),
        len({one.outlet for one in told}),
        tuple(p for p in atlas.holders(office, actor, last) if p != person) if single else (),
        tuple(told),
    )


def slug(name: str) -> str:
    """An id from a name: "Ada Lund" → "ada-lund"."""
    return "-".join(filter(None, re.split(r"[^a-z0-9]+", fold(name))))


def _is_full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(word[:1].isupper() for word in (words[0], words[-1]))


def _beside(references: Sequence[Reference], role: Reference) -> Reference | None:
    return next(
        (
            r
            for r in references
            if r.mention.kind == "PER"
            and r.mention.sentence == role.mention.sentence
            and (r.actor or r.name) == (role.actor or role.name)
        ),
        None,
    )


def _has(atlas: Atlas, reference: Reference, office: str, day: str) -> bool:
    """True where the atlas has it already, under this title or one that answers to it."""
    person, serves = reference.actor, reference.serves
    if person is None or serves is None:
        return False
    roles = atlas.roles_by_person.get(person, ())
    held = {
        r.office for r in roles if r.actor == serves and (r.held_on(day) or r.last_known_on(day))
    }
    titled = atlas.titled(office, serves, day)
    return office in held or person in titled
