"""Role nouns: "the Azerbaijani president", "le Secrétaire général de l'OTAN, Jens Stoltenberg".

In: references with their names resolved. Out: the same with each ROLE reference pointing to the
person named beside it, to who bears the title that day in the state or body it serves, or to that
state or body. One that serves none named here is taken for whoever in the article bears the title,
or whose state does, if that is one; else it stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.languages import Language, RoleNoun
from dragoman.link.around import BODIES, Around
from dragoman.link.known import Known, Person
from dragoman.link.whose import Whose
from dragoman.model import Article, Mention, Reading, Reference

COUNTERPART = "counterpart"
HEADS = frozenset({"head", "leader"})
LOOSE = frozenset({"minister", "head", "leader", "chair", "commander", "secretary_general"})
"""Titles that many bear: without a state they are only said of somebody just spoken of."""
RANKS = frozenset({"chief_of_staff", "general", "speaker", "spokesperson", "adviser", "governor"})
"""Titles of which a state has more than the atlas lists."""
PAST = "former_"
BESIDE = "named beside the role"
"""Begins the reason of a role whose holder the text names."""


def resolve_roles(
    references: Sequence[Reference],
    article: Article,
    reading: Reading,
    atlas: Atlas,
    language: Language,
) -> list[Reference]:
    day = article.published.day if article.published is not None else None
    return _Roles(references, article.text, reading, atlas, language, day).all()


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
        self.atlas = atlas
        self.language = language
        self.day = day
        self.around = Around(self.references, text, reading, language)
        self.known = Known(references, atlas, day)
        self.introduced: dict[tuple[str, str], Reference] = {}
        """(title, state or body) → the person last named beside it."""
        self.whose = Whose(self.around, self.known, self.introduced)
        self.bodies: dict[str, set[tuple[str, str | None]]] = {}
        """A noun for a body ("ministry") → the states or bodies whose one was spoken of."""

    def all(self) -> list[Reference]:
        for i, reference in enumerate(self.references):
            if reference.mention.kind == "ROLE" and reference.actor is None:
                noun = self.noun(i)
                if noun is not None:
                    self.references[i] = self.role(i, noun)
        self._spread()
        return self.references

    def _spread(self) -> None:
        """A person that the atlas lacks bears in the whole article the office told beside the
        name."""
        told = {r.name: r for r in self.introduced.values() if r.actor is None and r.serves}
        for i, r in enumerate(self.references):
            known = told.get(r.name) if r.mention.kind == "PER" and r.actor is None else None
            if known is not None:
                reason = f"office told in the text: {known.mention.text}"
                self.references[i] = replace(
                    r, role=known.role, serves=known.serves, sector=known.sector, reason=reason
                )

    def noun(self, i: int) -> RoleNoun | None:
        """The role noun, with its field where the state parts them ("ministre turc des …")."""
        reference = self.references[i]
        tokens = self.around.words(reference)
        found = self.language.role_noun([t.text for t in tokens], [t.lemma for t in tokens])
        fields = self.language.role_fields.get(" ".join(found.words), ()) if found else ()
        rest = self._after(reference.mention) if fields else ""
        return next((noun for field, noun in fields if rest.startswith(field)), found)

    def _after(self, mention: Mention) -> str:
        """What follows a role noun, without a state's adjective right after it."""
        end = mention.end
        for r in self.around.of_sentence(mention.sentence):
            if r.mention.kind == "LOC" and r.mention.start == end + 1:
                end = r.mention.end
        return _plain(self.text[end : end + 60]).lstrip()

    def role(self, i: int, noun: RoleNoun) -> Reference:
        reference = self.references[i]
        if noun.office == COUNTERPART:
            return self._counterpart(i, noun)
        served = self.around.served(i)
        serves = self._one_served(served, noun)
        plural = self.around.is_plural(reference)
        person = None if plural else self.around.beside(i)
        if person is not None and not self._is_other(person, noun, serves):
            return self._introduce(reference, noun, serves, person)
        if self._names_no_holder(reference, noun):
            return self._of_body(reference, noun, serves)
        if serves is None and served is None:
            serves = self.whose.body(i, noun.office or "")
        if serves is None:
            return self._without_body(i, noun) if served is None else self._open(reference, noun)
        assert noun.office is not None
        known = self.introduced.get((noun.office, serves))
        if known is not None:
            return self._same(reference, known)
        return self._holder(reference, noun, serves, self._title(noun.office, served, serves))

    def _is_other(self, person: Reference, noun: RoleNoun, serves: str | None) -> bool:
        """In "Ada Lund, the French president" of a list of people, Ada Lund is none: the atlas has
        somebody else in the office, and her in another one."""
        if person.role is None or serves is None or noun.office is None or not self.day:
            return False
        holders = self.atlas.titled(noun.office, serves, self.day)
        return bool(holders) and person.actor not in holders and person.actor is not None

    # --- a state or body is said ---------------------------------------------------------------

    def _one_served(self, served: Reference | None, noun: RoleNoun) -> str | None:
        """Of a demonym's several states ("Congolese") the one that the article speaks of."""
        if served is None or served.actor is not None:
            return served.actor if served is not None else None
        here = [one for one in served.candidates if one in self.known.states]
        return here[0] if len(here) == 1 else None

    def _title(self, office: str, served: Reference | None, serves: str) -> str:
        """The head of a seat of government is its resident ("the Kremlin chief")."""
        if served is None or office not in HEADS or served.reason != "atlas: metonym":
            return office
        return self.atlas.seat_title(served.mention.text, serves) or office

    def _is_one_of_many(self, person: str, title: str, serves: str) -> bool:
        """A state's ambassador is not the one that the atlas lists, unless the article names it."""
        office, served = self.atlas.offices.get(title), self.atlas.actors[serves]
        many = office is not None and office.many and served.kind == "state"
        return many and person not in self.known.named

    def _holder(self, reference: Reference, noun: RoleNoun, serves: str, title: str) -> Reference:
        """Who bears the title that day; of several the one that the article names."""
        found: Sequence[str] = self.atlas.titled(title, serves, self.day) if self.day else ()
        if len(found) > 1:
            named = [one for one in found if one in self.known.named]
            found = named or found
        lately = self._lately(title, serves) if not set(found) & set(self.known.named) else ()
        if len(lately) == 1:
            reason = f"named in the article, and held the office until shortly before {self.day}"
            return self._person(reference, lately[0], noun, serves, reason)
        if len(found) == 1 and not self._is_one_of_many(found[0], title, serves):
            reason = f"held the office on {self.day}"
            return self._person(reference, found[0], noun, serves, reason)
        last = self.atlas.last_known(title, serves, self.day) if self.day else ()
        candidates = tuple(found) or tuple(role.person for role in last)
        why = f", as last known ({last[0].known_until})" if last and not found else ""
        why = ", of more than the atlas lists" if len(found) == 1 else why
        return replace(
            reference,
            serves=serves,
            sector=noun.sector,
            role=_role(noun, serves),
            candidates=candidates,
            reason=f"{len(candidates)} known to hold the office on {self.day}{why}"
            if self.day
            else "who holds the office depends on the day, and the article has no date",
        )

    def _lately(self, title: str, serves: str) -> Sequence[str]:
        """Persons named who held the title until some days ago: the article of a change of hands
        means the one it names."""
        return [
            person
            for person in self.known.named
            if self.day and person in self.atlas.lately_titled(title, serves, self.day)
        ]

    def _of_body(self, reference: Reference, noun: RoleNoun, serves: str | None) -> Reference:
        """A group, or somebody of several: the state or body stands for them."""
        key = self.around.head(reference).lemma
        if noun.office is not None and not self.around.is_plural(reference):
            reason = "somebody of a state or body" if serves else "role without state or body"
            return replace(
                reference,
                serves=serves,
                sector=noun.sector,
                role=_role(noun, serves),
                reason=reason,
            )
        reason = "role of a state or body"
        if serves is None and noun.office is None and self._may_point_back(reference):
            spoken = self.bodies.get(key, set())
            if len(spoken) == 1:
                serves, reason = next(iter(spoken))[0], f"the “{key}” spoken of before"
        if serves is None:
            return replace(reference, sector=noun.sector, reason="role without state or body")
        if noun.office is None:
            self.bodies.setdefault(key, set()).add((serves, noun.sector))
        role = _role(noun, serves)
        return replace(reference, actor=serves, sector=noun.sector, role=role, reason=reason)

    def _names_no_holder(self, reference: Reference, noun: RoleNoun) -> bool:
        """Groups, several people, former holders and "a minister" name nobody in office."""
        return (
            noun.office is None
            or noun.office.startswith(PAST)
            or self.around.is_plural(reference)
            or self.around.is_former(reference)
            or not self.around.is_definite(reference)
        )

    def _may_point_back(self, reference: Reference) -> bool:
        plain = self.around.is_bare(reference) and self.around.is_definite(reference)
        return plain and not self.around.is_plural(reference)

    # --- no state or body is said --------------------------------------------------------------

    def _without_body(self, i: int, noun: RoleNoun) -> Reference:
        reference = self.references[i]
        title = noun.office
        if title is None or not self.around.is_bare(reference):
            return self._open(reference, noun)
        known = self._only_introduced(title, i)
        if known is not None:
            return self._same(reference, known)
        bearers = self._bearers(title, i)
        if len(bearers) == 1:
            actor = bearers[0].reference.actor
            serves = next(body for own, body in bearers[0].titles if own == title)
            assert actor is not None
            why = f"the one {title.replace('_', ' ')} that the article names"
            return self._person(reference, actor, noun, serves, why)
        if bearers or not self.day:
            return self._open(reference, noun)
        body = self._near_body(i, title, self.day)
        if body is not None:
            return self._holder(reference, noun, body, title)
        if title in LOOSE or title in RANKS:
            return self._open(reference, noun)
        return self._of_states(reference, noun, title, self.day)

    def _near_body(self, i: int, title: str, day: str) -> str | None:
        """The one body spoken of just before that has such an office, where no state has."""
        sentence = self.references[i].mention.sentence
        near = {
            r.actor
            for r in (*self.around.of_sentence(sentence - 1), *self.around.before(i))
            if r.mention.kind in BODIES
        }
        actors = [self.atlas.actors[one] for one in near if one and one in self.atlas.actors]
        having = [actor for actor in actors if self.atlas.has(title, actor.id, day)]
        return having[0].id if len(having) == 1 and having[0].kind != "state" else None

    def _bearers(self, title: str, i: int) -> list[Person]:
        """Persons named who bear a title: of those named before it all, or who is named in its own
        sentence; else those named after it."""
        here = self.references[i].mention
        found = self.known.bearers(title)
        before = [p for p in found if self._stands_before(p, here)]
        if title in LOOSE:
            return [p for p in before if self._stands_before(p, here, 1)]
        if len(before) > 1:
            return [p for p in before if self._stands_before(p, here, 0)]
        return before or found

    def _stands_before(self, person: Person, here: Mention, reach: int | None = None) -> bool:
        """Named before, no more than `reach` sentences back."""
        return any(
            mention.start < here.start
            and (reach is None or here.sentence - mention.sentence <= reach)
            for mention in self.known.named[person.reference.actor or ""]
        )

    def _of_states(self, reference: Reference, noun: RoleNoun, title: str, day: str) -> Reference:
        """The one holder among the states that the article speaks of, if none of them may have
        another that the atlas lacks."""
        held = {state: self.atlas.titled(title, state, day) for state in self.known.states}
        found = [(p, state) for state, people in held.items() for p in people]
        lacking = [s for s, people in held.items() if not people and self.atlas.has(title, s, day)]
        if len(found) == 1 and not lacking:
            person, state = found[0]
            reason = "the one holder in the states spoken of"
            return self._person(reference, person, noun, state, reason)
        return self._open(reference, noun)

    def _is_in_reach(self, other: Reference, title: str, i: int) -> bool:
        """A loose title is only said of somebody in this sentence or the one before."""
        apart = self.references[i].mention.sentence - other.mention.sentence
        return title not in LOOSE or 0 <= apart <= 1

    def _only_introduced(self, title: str, i: int) -> Reference | None:
        """The one person introduced with this title, whatever it serves."""
        people = {
            r.name: r
            for (held, _), r in self.introduced.items()
            if held == title or (title in LOOSE and self._answers(held, title))
        }
        found = next(iter(people.values())) if len(people) == 1 else None
        return found if found is not None and self._is_in_reach(found, title, i) else None

    def _answers(self, office: str, title: str) -> bool:
        known = self.atlas.offices.get(office)
        return known is not None and title in known.answers_to

    def _counterpart(self, i: int, noun: RoleNoun) -> Reference:
        """ "his Turkish counterpart": who holds in the other state the office of whoever was
        spoken of last."""
        reference = self.references[i]
        served = self.around.served(i)
        serves = self._one_served(served, noun)
        person = self.around.beside(i)
        if serves is None or self.around.is_plural(reference):
            return self._open(reference, noun)
        office = self.whose.office(i)
        role = RoleNoun(noun.words, office, noun.sector)
        if person is not None:
            return self._introduce(reference, role, serves, person)
        if office is None:
            return replace(reference, serves=serves, sector=noun.sector, reason="whose is unknown")
        return self._holder(reference, role, serves, office)

    # --- answers -------------------------------------------------------------------------------

    def _introduce(
        self, reference: Reference, noun: RoleNoun, serves: str | None, person: Reference
    ) -> Reference:
        own = person.role if person.actor is not None else None
        former = self.around.is_former(reference)
        if former and noun.office is not None and not noun.office.startswith(PAST):
            noun = replace(noun, office=f"{PAST}{noun.office}")
        found = replace(
            reference,
            actor=person.actor,
            name=person.name,
            role=_role(noun, serves) if serves else own or _role(noun, None),
            role_as_of=person.role_as_of if not serves else None,
            serves=serves,
            sector=self._sector(person.actor, noun, serves) or person.sector,
            reason=f"{BESIDE}: {person.mention.text}",
        )
        if noun.office and not former:
            self.introduced[noun.office, serves or ""] = found
        return found

    def _same(self, reference: Reference, known: Reference) -> Reference:
        reason = f"same role as {known.name} earlier in the text"
        return replace(known, mention=reference.mention, reason=reason)

    def _person(
        self, reference: Reference, person: str, noun: RoleNoun, serves: str, reason: str
    ) -> Reference:
        return replace(
            reference,
            actor=person,
            name=self.atlas.actors[person].name(self.language.code),
            sector=self._sector(person, noun, serves),
            role=_role(noun, serves),
            reason=reason,
        )

    def _sector(self, person: str | None, noun: RoleNoun, serves: str | None) -> str | None:
        """As the atlas has it for the person there: the head of a body is of no government."""
        day = self.day or ""
        held = (
            role.sector
            for role in self.atlas.roles_by_person.get(person or "", ())
            if role.actor == serves and (role.held_on(day) or role.last_known_on(day))
        )
        return next(held, noun.sector) if day else noun.sector

    def _open(self, reference: Reference, noun: RoleNoun) -> Reference:
        return replace(reference, sector=noun.sector, reason="role without state or body")


def _plain(text: str) -> str:
    return text.lower().replace("’", "'").replace("' ", "'")


def _role(noun: RoleNoun, serves: str | None) -> str | None:
    return None if noun.office is None else f"{noun.office} {serves}" if serves else noun.office
