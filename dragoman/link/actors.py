"""From mentions to the atlas: who is meant, in which role on the article's day.

In: an article, its reading and the knowledge. Out: `Reference`s in text order. A link
is accepted only when one candidate is left; otherwise candidates and the reason stay open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.declension import Declension
from dragoman.knowledge.languages import Language
from dragoman.knowledge.names import Candidate, fold
from dragoman.knowledge.naming import word_key
from dragoman.link.bodies import resolve_bodies
from dragoman.link.epithets import resolve_epithets
from dragoman.link.names import Found, find_names
from dragoman.link.place_mentions import settle_places
from dragoman.link.places import place_of
from dragoman.link.pronouns import resolve_pronouns
from dragoman.link.roles import resolve_roles
from dragoman.link.subjects import SUBJECTS
from dragoman.link.surnames import in_office, strangers, within
from dragoman.model import Article, Mention, Reading, Reference
from dragoman.model.spans import Spans

SHORT = 4
"""Letters up to which a surname that opens a sentence may be an ordinary word ("Rice", "May")."""
CLOSED = frozenset({"DET", "ADP", "PRON", "CCONJ", "SCONJ", "NUM", "PUNCT", "AUX"})
SURNAMES = frozenset({"surname", "heard"})
OBLIQUE = frozenset({"obj", "iobj", "obl", "nmod"})
"""Relations in which a name is in no nominative."""
COUNTRY_KINDS = frozenset({"state", "demonym"})


def link_actors(article: Article, reading: Reading, knowledge: Knowledge) -> tuple[Reference, ...]:
    atlas, language = knowledge.atlas, knowledge.languages[reading.language]
    found = find_names(article.text, reading, knowledge.names(language.code))
    declension = knowledge.declensions.get(language.code)
    found = [*found, *_repeated(found, reading, declension)]
    found.sort(key=lambda f: (f.mention.start, -f.mention.end))
    linker = _Linker(article, reading, atlas, language, found, declension)
    references = linker.all()
    references = settle_places(references, article, reading, knowledge)
    references = resolve_bodies(references, reading, atlas, language)
    references = resolve_epithets(references, reading, atlas, language, reading_day(article))
    references = resolve_roles(references, article, reading, atlas, language)
    return tuple(resolve_pronouns(references, reading, language))


def reading_day(article: Article) -> str | None:
    """The day on which roles are asked for: published, or the earliest day it can have been."""
    return article.published.day if article.published is not None else None


class _Linker:
    def __init__(
        self,
        article: Article,
        reading: Reading,
        atlas: Atlas,
        language: Language,
        found: Sequence[Found],
        declension: Declension | None,
    ) -> None:
        self.reading = reading
        self.found = found
        self.atlas = atlas
        self.language = language
        self.day = reading_day(article)
        self.full = {
            c.id
            for f in found
            for c in f.candidates
            if c.kind not in {"surname", "heard", "context", "metonym"}
        }
        self.persons = _unknown_persons(found, declension)
        self.strangers = strangers(found, reading, language)
        self.spoken = {state for f in found for state in self._states(f)}

    def all(self) -> list[Reference]:
        """Short forms last: a bare surname may be what tells that "the alliance" is NATO."""
        references = [self.resolve(f) for f in self.found]
        named = {r.actor for r in references if r.mention.kind == "PER" and r.actor}
        served = {role.actor for one in named if (role := self.atlas.role_on(one, self.day))}
        if served <= self.spoken:
            return references
        self.spoken |= served
        return [
            r if r.actor else self.resolve(f) for r, f in zip(references, self.found, strict=True)
        ]

    def resolve(self, found: Found) -> Reference:
        mention = found.mention
        if mention.kind == "ROLE":
            return Reference(mention, None, mention.text)
        if not found.candidates:
            return self._unknown(mention)
        candidates = self._allowed(found)
        ids = tuple(dict.fromkeys(c.id for c in candidates))
        if len(ids) == 1:
            return known_reference(
                mention,
                candidates[0],
                self.atlas,
                self.language.code,
                self.day,
                is_declined=found.declined,
            )
        if not ids and fold(mention.text) in self.persons:
            return self._unknown(mention)
        if not ids:
            return Reference(
                replace(mention, named=mention.named and not self._is_common(found)),
                None,
                mention.text,
                reason="short name without its full form",
                candidates=tuple(dict.fromkeys(c.id for c in found.candidates)),
            )
        return Reference(
            mention, None, mention.text, candidates=ids, reason=f"{len(ids)} candidates left"
        )

    def _is_common(self, found: Found) -> bool:
        """ "in May" names nobody, though somebody is called so."""
        common = word_key(found.mention.text) in self.language.naming.common
        return common and found.tagged != "PER"

    def _allowed(self, found: Found) -> list[Candidate]:
        """Candidates after the rules that need the rest of the article."""
        candidates = self._in_case(found)
        kept = [c for c in candidates if c.kind not in {"surname", "heard", "context"}]
        near = self.full | self.spoken
        kept += [c for c in candidates if c.kind == "context" and c.id in near]
        kept += [c for c in candidates if c.kind == "heard" and c.id in self.full]
        surnames = [c for c in candidates if c.kind == "surname"]
        if surnames and within(found, self.reading.times):
            return kept
        here = [c for c in surnames if c.id in self.full]
        if here:
            return here
        other = fold(found.mention.text) in self.persons  # "Tim Morrison" is named in the article
        if surnames and not kept and not other and self._is_surname(found):
            name = found.mention.text
            kept = in_office(
                surnames, name, self.atlas, self.language, day=self.day, spoken=self.spoken
            )
        if len({c.id for c in kept}) > 1:
            best = preferred(kept)
            if best:
                return best
            # "Congolese": of several states the one that the article speaks of otherwise.
            kept = [c for c in kept if c.kind != "demonym" or c.id in self.spoken] or kept
        return kept

    def _in_case(self, found: Found) -> Sequence[Candidate]:
        """Less the surnames that the words name in a case which the sentence does not allow:
        "Алиева" is she as a subject, and of him elsewhere."""
        if not found.oblique:
            return found.candidates
        token = self.reading.sentences[found.mention.sentence].tokens[found.mention.head]
        subject = token.dep in SUBJECTS
        if not subject and (token.dep not in OBLIQUE or self._is_one_case(found)):
            return found.candidates
        # Parsers err: whom the article names in full is meant, unless a stranger is called so.
        stranger = fold(found.mention.text) in self.persons
        return tuple(
            c
            for c in found.candidates
            if c.kind not in SURNAMES
            or (c.id not in found.oblique) == subject
            or (c.id in self.full and subject and self._is_one_case(found) and not stranger)
        )

    def _is_one_case(self, found: Found) -> bool:
        """All, or none: then no case tells one from another."""
        cases = {c.id in found.oblique for c in found.candidates if c.kind in SURNAMES}
        return len(cases) < 2

    def _is_surname(self, found: Found) -> bool:
        """A name that stands alone, and is not of somebody told to be another: "Kim, a baker"."""
        mention = found.mention
        tokens = self.reading.sentences[mention.sentence].tokens
        first = next(k for k, t in enumerate(tokens) if t.end > mention.start)
        last = next((k for k, t in enumerate(tokens) if t.end >= mention.end), first)
        after = [t.text.lower() for t in tokens[last + 1 : last + 3]]
        words = self.language.words
        if after[:1] == [","] and {*after} & {*words.articles, *words.relative_pronouns}:
            return False
        if fold(mention.text) in self.strangers:
            return False
        if found.tagged == "PER":
            return True
        alone = not any(t.text[:1].isupper() for t in tokens[last + 1 : last + 2])
        before = tokens[first - 1] if first else None
        if before is not None and before.text[:1].isupper():  # "Hurricane Maria", "Yesterday Modi"
            alone = alone and first == 1 and before.pos not in {"PROPN", "NOUN", "ADJ"}
        # A parser that does not know a name takes it for a word of another class.
        fitting = tokens[first].pos not in CLOSED or tokens[first].dep in SUBJECTS
        # "Трассу" is of no Трасс: the parser must see a name in a declined word that opens one.
        first_word = fitting and len(mention.text) > SHORT and not found.oblique
        return alone and (first > 0 or first_word or tokens[first].pos == "PROPN")

    def _states(self, found: Found) -> set[str | None]:
        """States and bodies that a name surely speaks of."""
        ids = {c.id for c in found.candidates if c.kind not in {"surname", "heard", "context"}}
        if len(ids) != 1:
            return set()
        one = ids.pop()
        if one in self.atlas.places:
            return {self.atlas.places[one].country}
        role = self.atlas.role_on(one, self.day)
        return {one, role.actor if role is not None else None}

    def _unknown(self, mention: Mention) -> Reference:
        """A name the atlas lacks; a surname takes the full name given elsewhere in the article."""
        full = self.persons.full(mention.text) if mention.kind == "PER" else None
        return Reference(mention, None, full or mention.text, reason="not in the atlas")


def preferred(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Where the same words name a state and one of its cities, or a body and its seat: those of
    the one that is meant, or none."""
    for kinds in (COUNTRY_KINDS, frozenset({"capital"}), frozenset({"person"})):
        found = [c for c in candidates if c.kind in kinds]
        if found and len({c.id for c in found}) == 1:
            return found
    return []


def known_reference(
    mention: Mention,
    candidate: Candidate,
    atlas: Atlas,
    language: str,
    day: str | None,
    *,
    is_declined: bool = False,
) -> Reference:
    """What a mention stands for, of which one candidate is left."""
    if candidate.kind == "outlet":
        return Reference(mention, None, mention.text, sector="MED", reason="an outlet's name")
    if candidate.kind in {"place", "capital"}:
        return _place(mention, candidate, atlas, language)
    actor = atlas.actors[candidate.id]
    name = actor.name(language)
    if candidate.kind == "person" and " " in mention.text and not is_declined:
        name = mention.text  # a person is named as the article names them
    role = atlas.role_on(actor.id, day) if actor.kind == "person" else None
    return Reference(
        mention,
        actor.id,
        name,
        f"{role.office} {role.actor}" if role else None,
        role.sector if role else candidate.sector,
        place_of(actor.id, atlas, language) if candidate.kind == "state" else None,
        reason=f"atlas: {candidate.kind}",
        role_as_of=role.as_of(day) if role and day else None,
    )


def _place(mention: Mention, candidate: Candidate, atlas: Atlas, language: str) -> Reference:
    spot = atlas.places[candidate.id]
    capital = candidate.kind == "capital"
    return Reference(
        mention,
        spot.country if capital else None,
        spot.name(language),
        sector="GOV" if capital else None,
        place=place_of(candidate.id, atlas, language),
        reason="atlas: capital, may stand for the government" if capital else "atlas: place",
    )


def _repeated(
    found: Sequence[Found], reading: Reading, declension: Declension | None
) -> Iterator[Found]:
    """Surnames of unknown persons where the parser saw no name ("Wekesa left")."""
    names = _unknown_persons(found, declension)
    taken = Spans((f.mention.start, f.mention.end) for f in found)
    for sentence in reading.sentences if names else ():
        for i, token in enumerate(sentence.tokens):
            if token.text[:1].isupper() and fold(token.text) in names:
                span = (token.start, token.end)
                if not taken.meet(*span):
                    mention = Mention(*span, "PER", sentence.index, i, token.text, span)
                    yield Found(mention, (), "PER")


class _Surnames(dict[str, str]):
    """Full names by folded surname; a declined surname is looked up by its dictionary forms."""

    def __init__(self, names: Mapping[str, str], declension: Declension | None) -> None:
        super().__init__(names)
        self._declension = declension

    def full(self, surname: str) -> str | None:
        """The one person in the article whose surname it is, in any case."""
        own = self.get(fold(surname))
        if own is not None or self._declension is None:
            return own
        forms = {fold(form.text) for form in self._declension.forms(surname)}
        found = {self[key] for key in forms & self.keys()}
        return found.pop() if len(found) == 1 else None


def _unknown_persons(found: Sequence[Found], declension: Declension | None) -> _Surnames:
    """Folded surname → the one full name in the article that ends with it."""
    names: dict[str, set[str]] = {}
    for f in found:
        words = f.mention.text.split()
        known = any(c.kind == "person" for c in f.candidates)
        if f.mention.kind == "PER" and not known and len(words) > 1:
            names.setdefault(fold(words[-1]), set()).add(f.mention.text)
    return _Surnames(
        {surname: next(iter(full)) for surname, full in names.items() if len(full) == 1},
        declension,
    )
