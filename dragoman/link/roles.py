"""Role nouns: "the Azerbaijani president", "le Secrétaire général de l'OTAN, Jens Stoltenberg".

In: references with their names resolved. Out: the same with each ROLE reference pointing to the
person named beside it, to who held the office that day, or to the state or body it serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.languages import Language, RoleNoun
from dragoman.knowledge.names import fold
from dragoman.model import Article, Reading, Reference

APART = frozenset(",  ’'")
PLAIN_HEADS = frozenset({"head", "leader"})
HEADS = (
    "secretary_general",
    "director_general",
    "president",
    "commission_president",
    "high_commissioner",
    "managing_director",
    "executive_director",
    "leader",
    "head",
    "chair",
)
"""Head offices of bodies, by how rarely a body has another one above it."""
FORMER = frozenset({"ancien", "ancienne", "anciens", "ex", "former", "ousted", "late", "feu"})


def resolve_roles(
    references: Sequence[Reference],
    article: Article,
    reading: Reading,
    atlas: Atlas,
    language: Language,
) -> list[Reference]:
    day = None if article.published is None else article.published.start or article.published.end
    resolver = _Roles(references, article.text, reading, atlas, language, day)
    return resolver.all()


class _Roles:
    def __init__(
        self,
        references: Sequence[Reference],
        text: str,
        reading: Reading,
        atlas: Atlas,
        language: Language,
        day: str | None,
    ) -> None:
        self.references = list(references)
        self.text = text
        self.reading = reading
        self.atlas = atlas
        self.language = language
        self.day = day
        self.introduced: dict[tuple[str, str], Reference] = {}
        """(office, state or body) → the person last named beside it."""

    def all(self) -> list[Reference]:
        for i, reference in enumerate(self.references):
            if reference.mention.kind == "ROLE":
                self.references[i] = self.role(i, reference)
        return self.references

    def role(self, i: int, reference: Reference) -> Reference:
        noun = self._noun(reference)
        if noun is None:
            return reference
        state = self._served(i, reference)
        person = self._beside(i, reference)
        former = self._is_former(reference)
        serves = state.actor if state is not None else None
        if person is not None:
            found = replace(
                reference,
                actor=person.actor,
                name=person.name,
                role=person.role or _title(noun, serves),
                sector=noun.sector or person.sector,
                reason=f"named beside the role: {person.mention.text}",
            )
            if noun.office:
                self.introduced[noun.office, serves or ""] = found
            return found
        known = self.introduced.get((noun.office or "", serves or ""))
        if known is None and serves is None:
            known = self._only_introduced(noun.office)
        if known is not None and not former:
            reason = f"same role as {known.name} earlier in the text"
            return replace(known, mention=reference.mention, reason=reason)
        if noun.office and serves and self.day and not former:
            holders = self._holders(noun.office, serves, self.day)
            if len(holders) == 1:
                name = self.atlas.actors[holders[0]].name(self.language.code)
                return replace(
                    reference,
                    actor=holders[0],
                    name=name,
                    sector=noun.sector,
                    role=_title(noun, serves),
                    reason=f"held the office on {self.day}",
                )
        if serves:
            return replace(
                reference,
                actor=serves,
                sector=noun.sector,
                role=_title(noun, serves),
                reason="role of a state or body",
            )
        return replace(reference, sector=noun.sector, reason="role without state or body")

    def _holders(self, office: str, serves: str, day: str) -> tuple[str, ...]:
        """ "NATO chief", "le patron de l'ONU": a body has one head, whatever the title; a state's
        leader may be one of two, so the plain word stays open there."""
        if office not in PLAIN_HEADS or self.atlas.actors[serves].kind == "state":
            return self.atlas.holders(office, serves, day)
        found = (self.atlas.holders(title, serves, day) for title in HEADS)
        return next((people for people in found if people), ())

    def _only_introduced(self, office: str | None) -> Reference | None:
        """The one person introduced with this office, whatever it serves."""
        people = {r.name: r for (held, _), r in self.introduced.items() if held == office}
        return next(iter(people.values())) if office and len(people) == 1 else None

    def _noun(self, reference: Reference) -> RoleNoun | None:
        key = reference.mention.text.lower().replace("’", "'").replace("' ", "'")
        key = " ".join(key.split())
        found = self.language.roles.get(key)
        if found is not None:
            return found
        token = self._head(reference)
        words = key.split()
        return self.language.roles.get(" ".join([*words[:-1], token]))

    def _head(self, reference: Reference) -> str:
        sentence = self.reading.sentences[reference.mention.sentence]
        return sentence.tokens[reference.mention.head].lemma

    def _served(self, i: int, reference: Reference) -> Reference | None:
        """The state or body in the role's noun phrase, the nearest after it first."""
        start, end = reference.mention.phrase
        inside = [
            r
            for r in self._same_sentence(i)
            if start <= r.mention.start
            and r.mention.end <= end
            and r.mention.kind in {"LOC", "ORG"}
            and r.actor is not None
        ]
        after = [r for r in inside if self._is_complement(reference, r)]
        inside = [r for r in inside if r.mention.end <= reference.mention.start]
        near = [
            r
            for r in self._same_sentence(i)
            if r.actor and r.mention.kind in {"LOC", "ORG"} and self._is_near(reference, r)
        ]
        return next(iter([*near, *after, *reversed(inside)]), None)

    def _is_complement(self, role: Reference, other: Reference) -> bool:
        """ "minister of foreign affairs of X": after the role, by words of belonging only."""
        gap = self.text[role.mention.end : other.mention.start].lower().replace("’", "'")
        small = {*self.language.words.of, "the", "la", "le", "les", "l'", "and", "et"}
        words = gap.replace("'", "' ").split()
        named = {w for w in words if w not in small}
        starts = bool(words) and words[0] in {*self.language.words.of, *self.language.words.to}
        return other.mention.start >= role.mention.end and starts and len(named) <= 3

    def _is_near(self, role: Reference, other: Reference) -> bool:
        """ "président azerbaïdjanais", "president of Georgia", "French president"."""
        a, b = role.mention, other.mention
        if b.end <= a.start:
            gap = self.text[b.end : a.start]
            return gap in {" ", "'s ", "’s ", "-"}
        if b.start < a.end:
            return False
        gap = self.text[a.end : b.start].lower().replace("’", "'").strip()
        links = {*self.language.words.of, "d'", "de l'", "de la", "of the", "", "du", "des", "à l'"}
        return gap in links and b.start - a.end < 10

    def _beside(self, i: int, reference: Reference) -> Reference | None:
        """The person named right after the role ("le président X, NAME") or right before it."""
        mention = reference.mention
        people = [r for r in self._same_sentence(i) if r.mention.kind == "PER"]
        start, end = mention.phrase
        for person in people:
            p = person.mention
            if p.start >= mention.end and self._only_names_between(mention.end, p.start):
                return person
            if p.end <= mention.start and self._is_apposed_before(p.end, mention.start):
                return person
        inside = [
            r
            for r in people
            if start <= r.mention.start
            and r.mention.end <= end
            and self._only_names_between(mention.end, r.mention.start)
        ]
        return inside[0] if inside else None

    def _is_apposed_before(self, end: int, start: int) -> bool:
        gap = self.text[end:start].strip().lower()
        return gap.startswith(",") and gap.strip(", ") in {"", "le", "la", "l'", "l’", "the", "a"}

    def _only_names_between(self, end: int, start: int) -> bool:
        """Nothing but the state's name, small words and at most one comma stands between."""
        if end > start or start - end > 60:
            return False
        gap = self.text[end:start]
        for r in self.references:
            if r.mention.kind in {"LOC", "ORG"} and end <= r.mention.start < start:
                gap = gap.replace(r.mention.text, " ", 1)
        words = set(gap.lower().replace("’", "'").replace("'", " ").replace(",", " ").split())
        small = {"de", "la", "l", "d", "du", "des", "of", "the", "m", "mr.", "mme"}
        return gap.count(",") <= 1 and words <= small and not set(gap) & set('.;:()«»"')

    def _is_former(self, reference: Reference) -> bool:
        sentence = self.reading.sentences[reference.mention.sentence]
        head = reference.mention.head
        near = sentence.tokens[max(0, head - 2) : head]
        return any(fold(token.text) in FORMER for token in near)

    def _same_sentence(self, i: int) -> list[Reference]:
        sentence = self.references[i].mention.sentence
        low = high = i
        while low > 0 and self.references[low - 1].mention.sentence == sentence:
            low -= 1
        while high + 1 < len(self.references) and (
            self.references[high + 1].mention.sentence == sentence
        ):
            high += 1
        return [r for r in self.references[low : high + 1] if r is not self.references[i]]


def _title(noun: RoleNoun, serves: str | None) -> str | None:
    return None if noun.office is None else f"{noun.office} {serves}" if serves else noun.office
