"""From a frame's slots to sources and targets.

In: a clause and the slots its frame names (or the defaults). Out: `Filled`. The first slot with an
actor is taken; failing that, the first with a head that may be a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.frames import Frame
from dragoman.knowledge.names import fold
from dragoman.model import Argument, Clause, Phrase, Sentence
from dragoman.record.sides import Found, Sides
from dragoman.trees import Tree


@dataclass(frozen=True, slots=True)
class Filled:
    """The sides found for a clause, with the slot each came from."""

    sources: tuple[Found, ...]
    targets: tuple[Found, ...]
    source_slot: str | None
    target_slot: str | None


def fill(clause: Clause, frame: Frame, sides: Sides, sentence: Sentence) -> Filled:
    """Sources and targets by the frame's slots, or by the defaults where it names none."""
    filler = _Filler(clause, sides, sentence)
    source_slots = frame.source or filler.default_sources()
    owned = frame.reciprocal or "poss" not in frame.target
    if clause.pos == "n" and "none" not in source_slots and owned:
        source_slots = ("poss", *source_slots)  # "his arrest" is done to him, "his visit" by him
    target_slots = frame.target or filler.default_targets()
    sources, source_slot = filler.first(source_slots, taken=None)
    if source_slot == "adj" and frame.category in JOINT:  # "the Paris agreement", "Geneva talks"
        sources = tuple(f for f in sources if not sides.is_city(f))
    among = filler.is_between(source_slot)
    if (among or (frame.reciprocal and source_slot in MUTUAL)) and len(sources) > 1:
        facing = [s for s in target_slots if s != source_slot and not filler.is_location(s)]
        other, slot = filler.first(facing, sources)
        if not other:
            return Filled(sources[:1], sources[1:], source_slot, source_slot)
        return Filled(sources, other, source_slot, slot)
    targets, target_slot = filler.first(target_slots, taken=sources)
    if not targets and frame.category in JOINT and source_slot in MUTUAL and len(sources) > 1:
        return Filled(sources[:1], sources[1:], source_slot, source_slot)
    if not targets and "none" not in frame.target and frame.category != "PROTEST":
        targets, target_slot = filler.elsewhere(target_slots, sources, frame)
    if frame.reciprocal and not sources and len(targets) > 1:
        return Filled(targets[:1], targets[1:], target_slot, target_slot)
    return Filled(sources, targets, source_slot, target_slot)


NAMES = frozenset({"NOUN", "PROPN"})
NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod"})
"""Relations that only nouns have: an adjective or number there is used as one ("30 wounded")."""
MUTUAL = frozenset({"subj", "support", "of", "poss", "agent", "by"})
"""Slots whose coordinated members act on each other in a reciprocal act."""
FIRM = frozenset({"subj", "obj", "iobj", "agent"})
"""Slots whose filler stands, once it may be a person, whatever known actor stands further on."""
JOINT = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Categories in which several doers without anyone facing them do it with each other."""
CALLED_TO = frozenset({"AGREE", "SUPPORT"})
"""Categories whose other side may stand after "to" ("condolences to X"), which is also a place."""
VENUES = JOINT | CALLED_TO | {"MOBILIZE", "PROTEST"}
"""Categories whose acts have a venue: what stands after "in" is no party to them."""
CORE = frozenset({"obj", "iobj", "of"})
"""A frame that names its slots and leaves these out knows why."""


class _Filler:
    def __init__(self, clause: Clause, sides: Sides, sentence: Sentence) -> None:
        self.clause = clause
        self.sides = sides
        self.sentence = sentence
        self.slots: Mapping[str, list[Argument]] = _by_slot(clause)
        prepositions = sides.language.modality.target_prepositions
        self.prepositions = prepositions.verb if clause.pos == "v" else prepositions.noun

    def is_between(self, slot: str | None) -> bool:
        words = self.sides.language.words.between
        return slot == "between" or (slot is not None and slot.removeprefix("pp:") in words)

    def is_location(self, slot: str) -> bool:
        """ "A and B met in C": where they met is no party."""
        words = set(slot.rpartition("pp:")[2].replace("_", " ").split("/"))
        return bool(words & set(self.sides.language.words.location))

    def default_sources(self) -> tuple[str, ...]:
        if self.clause.pos == "v":
            return ("agent", "between") if self.clause.passive else ("subj", "subj.by")
        return ("support", "poss", "by", "adj", "between", "of")

    def default_targets(self) -> tuple[str, ...]:
        pps = tuple(f"pp:{p}" for p in self.prepositions)
        if self.clause.pos == "n":
            return (*pps, "of", "iobj")
        inner = ("obj.poss", "obj.of", *(f"obj.pp:{p}" for p in self.prepositions))
        told = ("comp.subj", "comp.obj", *(f"comp.pp:{p}" for p in self.prepositions))
        return ("obj", "iobj", *inner, *pps, *told)

    def first(
        self, slots: Sequence[str], taken: Sequence[Found] | None
    ) -> tuple[tuple[Found, ...], str | None]:
        """The first slot with an actor; failing that, the first with a person-like head.

        `taken`: the sides already filled when targets are asked for, None for sources.
        """
        spare: tuple[tuple[Found, ...], str | None] = ((), None)
        spans = {(f.side.start, f.side.end) for f in taken or ()}
        for slot in self._expanded(slots):
            if slot not in self.slots:
                continue
            found = tuple(
                self.sides.of_phrase(self.sentence, phrase, as_target=taken is not None)
                for argument in self.slots[slot]
                for phrase in map(self._after_topic, argument.members)
                if phrase is not None and not self.sides.is_time(self.sentence.tokens[phrase.head])
            )
            found = tuple(f for f in found if (f.side.start, f.side.end) not in spans)
            found = tuple(f for f in found if not self._is_same(f, taken or ()))
            found = tuple(part for f in found for part in self.parts(f) or (f,))
            actors = _distinct(f for f in _alike(found) if f.is_actor)
            if actors:
                return actors, slot
            if not spare[0]:
                persons = tuple(f for f in found if self._may_be_person(f, slot, taken is not None))
                spare = (persons, slot if persons else None)
                if persons and slot in FIRM:
                    return spare
        return spare

    def elsewhere(
        self, tried: Sequence[str], sources: Sequence[Found], frame: Frame
    ) -> tuple[tuple[Found, ...], str | None]:
        """The usual slots where the frame's own are empty: actors only, and known as a guess."""
        slots = [slot for slot in self.guessed(frame) if slot not in {*tried, *CORE}]
        found, slot = self.first(slots, sources)
        known = (f for f in found if f.is_actor and not self._is_bare(f))
        if frame.category == "REQUEST":  # "demanded the release of activists": not of whom
            known = (f for f in known if f.side.actor is not None)
        elif frame.category in VENUES:  # "the Paris agreement": a city is no party to it
            known = (f for f in known if not self.sides.is_city(f))
        return tuple(replace(f, direct=False) for f in known), slot

    def guessed(self, frame: Frame) -> Iterator[str]:
        """The usual slots that may name whom an act of this category concerns, and those that only
        stand in for empty ones: who made or shares the object, and the goal."""
        words = self.sides.language.words
        away: set[str] = set()
        if frame.reciprocal or frame.category in VENUES:
            away = set(words.location) - set(words.to if frame.category in CALLED_TO else ())
        for slot in self.default_targets():
            asked = frame.category == "REQUEST" and slot.startswith("comp.pp:")
            if slot.rpartition("pp:")[2] not in away and not asked:
                yield slot
        if not self.clause.passive:  # there, what follows "by" is the doer's
            yield from (f"obj.pp:{p}" for p in (*words.by, *words.between))
        if frame.category not in VENUES - CALLED_TO:  # of talks and protests it is the topic
            yield "goal"

    def _is_bare(self, found: Found) -> bool:
        """ "the role of mediator": a lone noun right after its preposition names nobody."""
        token, before = self.sentence.tokens[found.head], self.sentence.tokens[found.head - 1]
        lone = token.pos == "NOUN" and not token.plural and found.side.actor is None
        words, word = self.sides.language.words, before.text.lower()
        return lone and found.head > 0 and word in words.of and word not in words.contractions

    def parts(self, found: Found) -> tuple[Found, ...]:
        """ "the Russian and US navies", "the armies of Peru and Chile": one side for each state."""
        if not self.sentence.tokens[found.head].plural or found.side.actor is None:
            return ()
        return self.sides.coordinated(self.sentence, found)

    def _is_same(self, found: Found, taken: Sequence[Found]) -> bool:
        """Nobody does these things to himself: such a target is a misread name or pronoun. The
        police of a state may well do it to its journalists."""
        return any(
            f.side.actor == found.side.actor
            and f.side.sector == found.side.sector
            and fold(f.side.name) == fold(found.side.name)
            for f in taken
        )

    def _after_topic(self, phrase: Phrase) -> Phrase | None:
        """ "France : une avalanche fait…": what stands before a colon is where, not who. Where the
        parser hung the subject below it ("Ukraine : la Russie frappe"), that subject; else None."""
        head = self.sentence.tokens[phrase.head]
        gap = self.sides.text[head.end : head.end + 3].lstrip("\u00a0\u202f ")
        if not gap.startswith(":"):
            return phrase
        below = [
            i
            for i, token in enumerate(self.sentence.tokens)
            if token.head == phrase.head and token.start > head.end and token.pos in NAMES
        ]
        return Tree(self.sentence).phrase(below[0]) if below else None

    def _expanded(self, slots: Sequence[str]) -> list[str]:
        """`pp:on/against` tries each; passives have their object in subject position."""
        expanded: list[str] = []
        for slot in slots:
            prefix, _, rest = slot.rpartition("pp:")
            if "/" in rest:
                expanded += [f"{prefix}pp:{p.replace('_', ' ')}" for p in rest.split("/")]
            else:
                expanded.append(slot.replace("_", " "))
        if self.clause.passive and self.clause.pos == "v":
            swapped = {"obj": "subj", "subj": "agent"}
            expanded = [swapped.get(slot, slot) for slot in expanded]
        return expanded

    def _may_be_person(self, found: Found, slot: str, as_target: bool) -> bool:
        """Plain nouns may be done to unless they are things; only those for people and groups may
        act ("musicians boycotted…"). What tells a noun's kind ("suicide attack") is none."""
        token = self.sentence.tokens[found.head]
        if token.pos == "PRON":
            return token.text.lower() in self.sides.language.words.personal_pronouns
        if token.pos == "PROPN" or token.entity in {"PER", "ORG", "LOC"}:
            return True
        named = token.pos == "NOUN" or (token.pos in {"ADJ", "NUM"} and token.dep in NOMINAL)
        if not named or slot == "adj":
            return False
        language = self.sides.language
        if as_target or token.pos != "NOUN":
            return not language.is_thing(token.lemma)
        acronym = token.text.isupper() and len(token.text) > 1
        return acronym or language.is_person(token.lemma)


def _alike(found: Sequence[Found]) -> Sequence[Found]:
    """ "took part in operations of A, notably in B, and in C": C is no second operation."""
    if found and not found[0].direct:
        return [f for f in found if not f.direct]
    return found


def _distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    """One side for each actor: an apposition read as a second subject adds nobody."""
    return tuple({f.side.actor or f.side.start: f for f in reversed(list(found))}.values())[::-1]


def _by_slot(clause: Clause) -> dict[str, list[Argument]]:
    found: dict[str, list[Argument]] = {}
    for argument in clause.arguments:
        found.setdefault(argument.slot, []).append(argument)
    return found
