"""Outlets: who publishes, under which names and domains, and how each marks borrowed text.

In: a folder with one TOML file per outlet. Out: `Outlets`, which finds an outlet by name or by
web address. A name or domain that two outlets claim is an error with file and line.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field

from dragoman.errors import DataFileError
from dragoman.knowledge.files import read_toml

# "Anadolu'da", and endings in another script than the name's: "EVN Report-ում".
SUFFIX = re.compile(r"['’]\w{1,7}\Z|(?<=\w)-[\u0400-\u058f\u10a0-\u10ff]{1,5}\Z")
SHORTEST_STEM = 3
LEAST_OF_ONE = 5
"""Letters that a bent name keeps: in each of several words, or in its only one."""
LONGEST_ENDING = 3


class _OutletShape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    name: str
    names: list[str] = Field(default_factory=list)
    domains: list[str] = Field(default_factory=list)
    kind: str
    country: str | None = None
    languages: list[str] = Field(default_factory=list)
    owner: str | None = None
    state_linked: bool | None = None
    licence: str | None = None
    feeds: list[str] = Field(default_factory=list)
    agency_marks: list[str] = Field(default_factory=list)
    republisher_phrases: list[str] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outlet:
    id: str
    name: str
    names: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    kind: str = "other"
    country: str | None = None
    languages: tuple[str, ...] = ()
    owner: str | None = None
    state_linked: bool | None = None
    """Owned, paid with a hand in what it prints, or directed by a state; None: not known."""
    licence: str | None = None
    """The open licence under which others may print its texts; None: all rights are its own."""
    agency_marks: tuple[str, ...] = ()
    """How its text is signed elsewhere: "AFP", "(Reuters)"."""
    republisher_phrases: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()

    @property
    def is_agency(self) -> bool:
        return "agency" in self.kind

    @property
    def behind(self) -> str:
        """Whose it is; an outlet of which no owner is stated is taken to be its own."""
        return self.owner or self.id

    @property
    def state(self) -> str | None:
        """The state behind it, if one is known to be."""
        return self.country if self.state_linked else None

    @property
    def writes(self) -> bool:
        """It has texts of its own: an aggregator only shows those of others."""
        return self.kind != "aggregator"


def fold_name(name: str) -> str:
    """Letters and digits only, without case or accents: "L-Post" and "LPOST" are one name."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i"))
    return re.sub(r"[^\w]|_", "", "".join(c for c in plain if not unicodedata.combining(c)))


def host_of(address: str) -> str:
    """The host of an address or bare domain, lower case, without "www."."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").rstrip(".")


@dataclass(frozen=True, slots=True, eq=False)
class Outlets:
    """Equal only to itself, so that what is made of all outlets can be kept by them."""

    by_id: Mapping[str, Outlet] = field(default_factory=dict)
    by_folded_name: Mapping[str, Outlet] = field(default_factory=dict)
    by_host: Mapping[str, Outlet] = field(default_factory=dict)
    by_agency_mark: Mapping[str, Outlet] = field(default_factory=dict)
    """Agencies by name and by mark, folded."""
    bending: Mapping[str, tuple[tuple[tuple[str, ...], Outlet], ...]] = field(default_factory=dict)
    """Names in scripts whose languages bend them, as words, by the first letters of the first."""

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self.by_id.values())

    def named(self, name: str) -> Outlet | None:
        return self.by_folded_name.get(fold_name(name))

    def inflected(self, name: str) -> Outlet | None:
        """The outlet of a name with an ending: "на сайте «Медузы»", "Anadolu'ya göre"."""
        found = self.named(SUFFIX.sub("", name))
        words = tuple(fold_name(word) for word in name.split())
        for known, outlet in self.bending.get(words[0][:SHORTEST_STEM], ()) if words else ():
            found = found or (outlet if _bends(known, words) else None)
        return found

    def agency(self, name: str) -> Outlet | None:
        """The agency that a name or mark stands for: "AFP", "(Reuters)", "with AP"."""
        return self.by_agency_mark.get(fold_name(name))

    def at(self, address: str | None) -> Outlet | None:
        """The outlet of a web address or domain: its own domain or the nearest one above."""
        labels = host_of(address).split(".") if address else []
        for first in range(len(labels) - 1):
            found = self.by_host.get(".".join(labels[first:]))
            if found is not None:
                return found
        return None


def outlets_of(outlets: Iterable[Outlet]) -> Outlets:
    """Outlets indexed by id, name and domain; two that claim the same raise DataFileError."""
    by_id: dict[str, Outlet] = {}
    names: dict[str, Outlet] = {}
    hosts: dict[str, Outlet] = {}
    for outlet in outlets:
        _claim(by_id, outlet.id, outlet, "id")
        for folded in {fold_name(name) for name in (outlet.name, *outlet.names)} - {""}:
            _claim(names, folded, outlet, "name")
        for host in {host_of(domain) for domain in outlet.domains} - {""}:
            _claim(hosts, host, outlet, "domain")
    marks = {
        fold_name(mark): outlet
        for outlet in by_id.values()
        if outlet.is_agency
        for mark in (*outlet.agency_marks, outlet.name, *outlet.names)
    }
    bending: dict[str, list[tuple[tuple[str, ...], Outlet]]] = defaultdict(list)
    for outlet in by_id.values():
        for name in (outlet.name, *outlet.names):
            words = tuple(fold_name(word) for word in name.split())
            if words and not fold_name(name).isascii():
                bending[words[0][:SHORTEST_STEM]].append((words, outlet))
    stems = {stem: tuple(names) for stem, names in bending.items()}
    return Outlets(by_id, names, hosts, marks, stems)


def _bends(known: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Word for word the same but for the endings; a name of one word must keep more of itself."""
    if len(known) != len(words):
        return False
    lost, least = (2, SHORTEST_STEM) if len(words) > 1 else (1, LEAST_OF_ONE)
    return all(
        _shared(one, other) >= max(least, min(len(one), len(other)) - lost)
        and abs(len(one) - len(other)) <= LONGEST_ENDING
        for one, other in zip(known, words, strict=True)
    )


def _shared(one: str, other: str) -> int:
    """How many letters two words begin with together."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def load_outlets(folder: Path) -> Outlets:
    loaded: list[Outlet] = []
    paths: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        outlet = _load(path)
        loaded.append(outlet)
        paths[outlet.id] = path
    try:
        return outlets_of(loaded)
    except DataFileError as fault:
        path = paths[str(fault.path)]
        raise DataFileError(path, _line_naming(path, fault), fault.reason) from None


def _load(path: Path) -> Outlet:
    shape = read_toml(path, _OutletShape)
    return Outlet(
        id=shape.id,
        name=shape.name,
        names=tuple(shape.names),
        domains=tuple(shape.domains),
        kind=shape.kind,
        country=shape.country,
        languages=tuple(shape.languages),
        owner=shape.owner,
        state_linked=shape.state_linked,
        licence=shape.licence,
        agency_marks=tuple(shape.agency_marks),
        republisher_phrases=tuple(shape.republisher_phrases),
        feeds=tuple(shape.feeds),
    )


def _claim(index: dict[str, Outlet], key: str, outlet: Outlet, what: str) -> None:
    holder = index.setdefault(key, outlet)
    if holder is not outlet:
        raise DataFileError(outlet.id, None, f"{what} {key!r} is also claimed by {holder.id!r}")


def _line_naming(path: Path, fault: DataFileError) -> int | None:
    what = fault.reason.split()[0]
    lines = path.read_text("utf-8").splitlines()
    starts = (number for number, line in enumerate(lines, 1) if line.startswith(what))
    return next(starts, None)
