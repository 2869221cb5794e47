"""The sources that a set of texts names: whose word they pass on, and which agencies wrote them.

In: families of texts. Out: a key for each source, its name and the names that the texts give it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from dragoman.model import NamedSource, Voice
from dragoman.record.families import Family, outlet_key
from dragoman.record.voices import NOT_TOLD, keys

Called = Callable[[str], str]
"""An actor's id → its name."""


class Sources:
    """The named sources of a set, each under one key."""

    def __init__(self, told: Sequence[Family], called: Called) -> None:
        self._told = told
        self._called = called
        self._keys = keys(voice for family in told for voice in family.voices)
        self._voices: dict[str, list[Voice]] = defaultdict(list)
        for voice in sorted(self._keys, key=lambda v: (-len(v.name), v.name)):
            self._voices[self._keys[voice]].append(voice)
        self._added = _added_by({family.head.id: self.of(family) for family in told})

    def of(self, family: Family) -> tuple[str, ...]:
        """Keys of the named sources that a family rests on, most first."""
        found = dict.fromkeys(self._keys[voice] for voice in family.voices)
        return tuple(key for key in found if key != NOT_TOLD)

    def added(self, family: Family) -> tuple[str, ...]:
        """Those of them that it brings to the set; the first where others bring all of them."""
        return self._added[family.head.id]

    def name(self, key: str) -> str:
        """Of the state or body itself, else the fullest name."""
        kind, _, identity = key.partition(":")
        return self._called(identity) if kind == "body" else self._voices[key][0].name

    def words(self, key: str) -> str:
        """The name, with those that the texts give it."""
        name = self.name(key)
        names = [n for n in self._names(key) if n.casefold() != name.casefold()]
        return f"{name} ({', '.join(names)})" if names else name

    def named(self) -> Iterator[NamedSource]:
        """Every source and agency that texts of the set rest on, the one with most first."""
        agencies: dict[str, str] = {}
        resting: dict[str, dict[str, None]] = defaultdict(dict)
        for family in self._told:
            agency = agency_of(family)
            if agency is not None:
                agencies.setdefault(*agency)
            for key in (*(agency or ())[:1], *self.of(family)):
                resting[key] |= dict.fromkeys(text.id for text in family.asked)
        for key, found in sorted(resting.items(), key=lambda item: (-len(item[1]), item[0])):
            if found:
                name = agencies.get(key) or self.name(key)
                kinds = sorted(v.kind for v in self._voices[key] if v.kind != "speaker")
                kind = "agency" if key in agencies else kinds[0] if kinds else "speaker"
                yield NamedSource(name, kind, self._names(key) or (name,), tuple(found))

    def _names(self, key: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(voice.name for voice in self._voices[key]))


def agency_of(family: Family) -> tuple[str, str] | None:
    """Key and name of the agency whose text it is."""
    credit, writer = family.credit, family.writer
    if credit is not None:
        is_agency = credit.is_agency or (writer is not None and writer.is_agency)
        return (credit.key, credit.name) if is_agency else None
    return (outlet_key(writer), writer.name) if writer is not None and writer.is_agency else None


def _added_by(sources: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What each text adds: its sources without those on which others rest alone, or alone with
    such as these. One that adds nothing goes with the source that it has most from."""
    known: set[str] = set()
    added: dict[str, tuple[str, ...]] = {}
    while True:
        left = {
            identity: tuple(key for key in found if key not in known) or found[:1]
            for identity, found in sources.items()
            if identity not in added
        }
        lone = {identity: keys for identity, keys in left.items() if len(keys) <= 1}
        if not lone:
            return added | left
        added |= lone
        known |= {key for keys in lone.values() for key in keys}
