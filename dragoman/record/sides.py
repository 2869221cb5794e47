"""Who stands in a slot: from a clause's phrases to sources and targets.

In: phrases of one sentence and the article's references. Out: `Side`s. The noun phrase's head
decides; a possessor or demonym inside it is taken only when the head is no actor itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.languages import Language
from dragoman.model import Argument, Clause, Phrase, Reference, Sentence, Side

PEOPLE = frozenset({"PER", "ROLE"})
NEUTRAL_PLACES = frozenset({"disputed", "historical", "sea", "strait", "border"})


@dataclass(frozen=True, slots=True)
class Found:
    """A side with how it was found; `direct` when the phrase's own head is the actor."""

    side: Side
    direct: bool
    reason: str
    head: int

    @property
    def is_actor(self) -> bool:
        return self.side.actor is not None or self.side.sector is not None


class Sides:
    """Resolves the phrases of one article's clauses."""

    def __init__(
        self, references: Iterable[Reference], atlas: Atlas, language: Language, text: str
    ) -> None:
        self.atlas = atlas
        self.language = language
        self.text = text
        self.by_sentence: dict[int, list[Reference]] = {}
        for reference in references:
            self.by_sentence.setdefault(reference.mention.sentence, []).append(reference)

    def inside(self, sentence: int, start: int, end: int) -> list[Reference]:
        return [
            r
            for r in self.by_sentence.get(sentence, [])
            if start <= r.mention.start and r.mention.end <= end
        ]

    def of_phrase(self, sentence: Sentence, phrase: Phrase) -> Found:
        token = sentence.tokens[phrase.head]
        here = self.by_sentence.get(sentence.index, [])
        at_head = [r for r in here if r.mention.start <= token.start < r.mention.end]
        if at_head and not self._is_person_of(at_head, sentence, phrase):
            best = max(
                at_head,
                key=lambda r: (
                    r.actor is not None,
                    r.sector is not None,
                    r.mention.kind == "ROLE",
                    r.mention.end,
                ),
            )
            named = self._apposed(best, here, phrase)
            return Found(self._side(named or best, best), True, (named or best).reason, phrase.head)
        inner = [
            r
            for r in self.inside(sentence.index, phrase.start, phrase.end)
            if r.actor is not None or r.place is not None
        ]
        inner = [r for r in inner if r.reason != "atlas: demonym" or self._owns(token.lemma)]
        if inner:
            chosen = inner[0]
            reason = f"in “{self.text[phrase.start : phrase.end]}”"
            return Found(self._side(chosen, chosen), False, reason, phrase.head)
        start, end = self._head_words(sentence, phrase)
        side = Side(None, self.text[start:end], None, start, end)
        return Found(side, True, "not an actor the atlas knows", phrase.head)

    def _owns(self, head: str) -> bool:
        """ "Iranian missiles" are Iran's; "the Portuguese boss" is a man."""
        return head in self.language.things or head in self.language.political_nouns

    def _is_person_of(
        self, at_head: Sequence[Reference], sentence: Sentence, phrase: Phrase
    ) -> bool:
        """ "The 48-year-old Australian", "un Français": one person, not the state."""
        if any(r.reason != "atlas: demonym" for r in at_head):
            return False
        token = sentence.tokens[phrase.head]
        described = [t for t in sentence.tokens if t.head == phrase.head and t.dep == "amod"]
        one = any(
            t.head == phrase.head and t.dep == "det" and t.lemma in {"a", "an", "un", "une"}
            for t in sentence.tokens
        )
        return not token.plural and (one or bool(described))

    def _apposed(
        self, best: Reference, here: Sequence[Reference], phrase: Phrase
    ) -> Reference | None:
        """A demonym or state at the head gives way to the person in the same phrase."""
        if best.mention.kind in PEOPLE:
            return None
        return (
            None
            if best.actor
            else next(
                (
                    r
                    for r in here
                    if r.mention.kind == "PER"
                    and r.actor
                    and phrase.start <= r.mention.start < phrase.end
                ),
                None,
            )
        )

    def _side(self, reference: Reference, spanned: Reference) -> Side:
        actor, sector = reference.actor, reference.sector
        if actor is None and reference.place is not None:
            spot = self.atlas.places.get(reference.place.id)
            if spot is not None and spot.country and spot.kind not in NEUTRAL_PLACES:
                actor = spot.country
        return Side(actor, reference.name, sector, spanned.mention.start, spanned.mention.end)

    def _head_words(self, sentence: Sentence, phrase: Phrase) -> tuple[int, int]:
        """The head with its adjectives and compound parts, not its complements."""
        tokens = sentence.tokens
        near = [phrase.head]
        for step in (-1, 1):
            i = phrase.head + step
            while (
                0 <= i < len(tokens)
                and tokens[i].head == phrase.head
                and tokens[i].dep
                in {"amod", "compound", "flat", "flat:name", "flat:foreign", "nummod"}
            ):
                near.append(i)
                i += step
        return tokens[min(near)].start, tokens[max(near)].end


@dataclass(frozen=True, slots=True)
class Filled:
    """The sides found for a clause, with the slot each came from."""

    sources: tuple[Found, ...]
    targets: tuple[Found, ...]
    source_slot: str | None
    target_slot: str | None


def fill(
    clause: Clause,
    source: Sequence[str],
    target: Sequence[str],
    reciprocal: bool,
    sides: Sides,
    sentence: Sentence,
) -> Filled:
    """Sources and targets by the frame's slots, or by the defaults where it names none."""
    filler = _Filler(clause, sides, sentence)
    source_slots = tuple(source) or filler.default_sources()
    owned = reciprocal or not {"of", "poss"} & set(target)
    if clause.pos == "n" and "none" not in source_slots and owned:
        source_slots = (*source_slots, "poss")  # "his arrest" is done to him, "his visit" by him
    target_slots = tuple(target) or filler.default_targets()
    sources, source_slot = filler.first(source_slots, taken=None)
    mutual = reciprocal or source_slot == "between"
    if mutual and source_slot in {"between", "subj", "support", "of"} and len(sources) > 1:
        other, slot = filler.first([s for s in target_slots if s != source_slot], sources)
        if not other:
            return Filled(sources[:1], sources[1:], source_slot, source_slot)
        return Filled(sources, other, source_slot, slot)
    targets, target_slot = filler.first(target_slots, taken=sources)
    # Nobody does these things to himself: such a target is a misread name or pronoun.
    doers = {f.side.actor for f in sources} - {None}
    targets = tuple(f for f in targets if f.side.actor not in doers)
    if reciprocal and not sources and len(targets) > 1:
        return Filled(targets[:1], targets[1:], target_slot, target_slot)
    return Filled(sources, targets, source_slot, target_slot)


class _Filler:
    def __init__(self, clause: Clause, sides: Sides, sentence: Sentence) -> None:
        self.clause = clause
        self.sides = sides
        self.sentence = sentence
        self.slots: Mapping[str, list[Argument]] = _by_slot(clause)
        prepositions = sides.language.modality.target_prepositions
        self.prepositions = prepositions.verb if clause.pos == "v" else prepositions.noun

    def default_sources(self) -> tuple[str, ...]:
        if self.clause.pos == "v":
            return ("agent", "between") if self.clause.passive else ("subj",)
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
            found = tuple(
                self.sides.of_phrase(self.sentence, phrase)
                for argument in self.slots.get(slot, [])
                for phrase in argument.members
                if not self._is_topic(phrase)
            )
            found = tuple(f for f in found if (f.side.start, f.side.end) not in spans)
            actors = _distinct(f for f in found if f.is_actor)
            if actors:
                return actors, slot
            if not spare[0]:
                persons = tuple(f for f in found if self._may_be_person(f, taken is not None))
                spare = (persons, slot if persons else None)
        return spare

    def _is_topic(self, phrase: Phrase) -> bool:
        """ "France : une avalanche fait…": what stands before the colon is where, not who."""
        text = self.sides.text[phrase.end : phrase.end + 3]
        return text.lstrip("\u00a0\u202f ").startswith(":")

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

    def _may_be_person(self, found: Found, as_target: bool) -> bool:
        """Plain nouns may be done to ("arrested two poets"); as doers they are mostly things."""
        token = self.sentence.tokens[found.head]
        if token.pos == "PRON":
            return token.text.lower() in self.sides.language.words.personal_pronouns
        if token.pos == "PROPN" or token.entity in {"PER", "ORG", "LOC"}:
            return True
        return as_target and token.pos == "NOUN" and token.lemma not in self.sides.language.things


def _distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    """One side for each actor: an apposition read as a second subject adds nobody."""
    return tuple({f.side.actor or f.side.start: f for f in reversed(list(found))}.values())[::-1]


def _by_slot(clause: Clause) -> dict[str, list[Argument]]:
    found: dict[str, list[Argument]] = {}
    for argument in clause.arguments:
        found.setdefault(argument.slot, []).append(argument)
    return found
