"""Pronouns of the third person, and "the country", resolved only when one can be meant.

In: references of one article. Out: the same with pronouns added as PER references, and bare nouns
for a state as LOC, that point to the one person, state or body that acts in the sentence before or
earlier in the same sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.languages import Language
from dragoman.link.subjects import SUBJECTS, at_heads, each, heads, is_body, is_person, is_state
from dragoman.model import PEOPLE, Mention, Reading, Reference, Sentence
from dragoman.trees import Tree

TELLING = frozenset({"reporting", "promised", "planned", "denied", "hypothetical", "alleged"})
"""Kinds of governing verbs whose subject tells of its own doings."""
OBJECTS = frozenset({"obj", "iobj", "obl", "obl:agent", "obl:arg", "nmod", "nmod:poss"})


def resolve_pronouns(
    references: Sequence[Reference], reading: Reading, language: Language
) -> list[Reference]:
    by_sentence: dict[int, list[Reference]] = {}
    for reference in references:
        by_sentence.setdefault(reference.mention.sentence, []).append(reference)
    pointing = _Pronouns(language)
    found: list[Reference] = list(references)
    for sentence in reading.sentences:
        found += pointing.of(sentence, by_sentence.get(sentence.index, []))
    return sorted(found, key=lambda r: (r.mention.start, -r.mention.end))


class _Pronouns:
    """What the sentences so far leave to be pointed at."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.person: Reference | None = None
        """The one person who acted last, if nobody else was spoken of since."""
        self.topic: str | None = None
        """Who was the one person to act when last somebody did: acting again, this person is whom
        the text goes on about, whoever else it names."""
        self.state: Reference | None = None
        self.body: Reference | None = None
        """The one state or body that acted in the sentence before."""
        self.body_gender: str | None = None
        self.last_named: Reference | None = None
        self.genders: dict[str, str] = {}
        """Actor → the pronoun's gender, as articles before role nouns tell it."""

    def of(self, sentence: Sentence, here: Sequence[Reference]) -> list[Reference]:
        self._learn(sentence, here)
        found = []
        for mention in _short_forms(sentence, self.language):
            meant = self._meant(mention, sentence, here)
            if meant is not None:
                found.append(_pointing(mention, meant))
        self._remember(sentence, here)
        return found

    def _meant(
        self, mention: Mention, sentence: Sentence, here: Sequence[Reference]
    ) -> Reference | None:
        word, words = mention.text.lower(), self.language.words
        if word in words.latter:
            return self.last_named
        if mention.kind == "LOC":
            return _state_meant(mention, sentence, here) or self.state
        told = _told_subject(mention, sentence, here, self.language)
        if told is not None:
            return told if self._agrees(word, told) else None
        body = self._body(word)
        if word not in words.singular_pronouns:
            return body
        people, blocked = self._earlier(mention, word, sentence, here)
        if people or blocked:
            return people[0] if len(people) == 1 and not blocked else None
        person = self.person
        return person if person is not None and self._agrees(word, person) else body

    def _earlier(
        self, mention: Mention, word: str, sentence: Sentence, here: Sequence[Reference]
    ) -> tuple[list[Reference], bool]:
        """The persons among the subjects earlier in the sentence; and whether the nearest subject
        is a state or body that the pronoun could also mean ("Paris agreed; il …")."""
        people: dict[str, Reference] = {}
        may_be_body = word in self.language.words.state_pronouns
        blocked = may_be_body and any(
            is_body(r) and r.mention.start == sentence.start for r in here
        )
        for i in heads(sentence):
            if i >= mention.head:
                break
            start = sentence.tokens[i].start
            at = [r for r in here if r.mention.start <= start < r.mention.end]
            people.update({r.actor or r.name: r for r in at if is_person(r)})
            if at:
                blocked = may_be_body and not any(is_person(r) for r in at)
        return [r for r in people.values() if self._agrees(word, r)], blocked

    def _body(self, word: str) -> Reference | None:
        """The state or body that acted before, if no article tells another gender."""
        if self.body is None or word not in self.language.words.state_pronouns:
            return None
        genders = self.language.words.genders
        said = self.body_gender
        return self.body if said is None or genders.get(word, said) == said else None

    def _agrees(self, word: str, reference: Reference) -> bool:
        gender = self.genders.get(reference.actor or "")
        return gender is None or self.language.words.genders.get(word, gender) == gender

    def _learn(self, sentence: Sentence, here: Sequence[Reference]) -> None:
        """ "la présidente" tells how her pronouns are said."""
        for r in here:
            if r.mention.kind == "ROLE" and is_person(r) and r.actor is not None:
                gender = self._gender(sentence, r)
                if gender is not None:
                    self.genders.setdefault(r.actor, gender)

    def _gender(self, sentence: Sentence, reference: Reference) -> str | None:
        """As the article before the words tells it."""
        head = reference.mention.head
        own = (t for t in sentence.tokens if t.head == head and t.dep == "det")
        said = (self.language.words.genders.get(t.text.lower()) for t in own)
        return next((one for one in said if one), None)

    def _is_pointed_at(self, sentence: Sentence) -> bool:
        singular = self.language.words.singular_pronouns
        return any(t.text.lower() in singular for t in sentence.tokens)

    def _remember(self, sentence: Sentence, here: Sequence[Reference]) -> None:
        subject = at_heads(sentence, here)
        states = each(subject, is_state)
        named = {r.actor: r for r in here if is_state(r)}
        if states or named:
            one = states if states else list(named.values())
            self.state = one[0] if len(one) == 1 else None
        bodies = each(subject, is_body)
        alone = len(bodies) == 1 and not any(r.mention.kind in PEOPLE for r in here)
        self.body = bodies[0] if alone else None
        self.body_gender = self._gender(sentence, self.body) if self.body is not None else None
        people = [r for r in here if r.mention.kind == "PER"]
        self.last_named = people[-1] if people else None
        subjects = each(subject, is_person)
        spoken = {r.actor or r.name for r in here if is_person(r)}
        if len(subjects) == 1:
            acts = subjects[0]
            goes_on = self.topic is not None and acts.actor == self.topic
            self.person = acts if goes_on or len(spoken) == 1 else None
            self.topic = acts.actor
        elif not subjects and _is_apart(sentence, people):
            self.person = people[0]
        elif here and not self._is_pointed_at(sentence):
            self.person = None  # others were spoken of since: a pronoun now could mean anyone
        elif subjects:
            self.person = None


def _is_apart(sentence: Sentence, people: Sequence[Reference]) -> bool:
    """One person named at the sentence's head, or beside its verb and no object of it, acts in it
    though the parser lost the tie ("Ada Lund, a répondu")."""
    if len({r.actor or r.name for r in people}) != 1 or people[0].actor is None:
        return False
    token = sentence.tokens[people[0].mention.head]
    above = sentence.tokens[token.head]
    tied = above.dep == "root" or (token.dep == "appos" and above.dep in SUBJECTS)
    beside = tied and token.dep not in OBJECTS
    return beside or people[0].mention.start == sentence.start


def _pointing(mention: Mention, meant: Reference) -> Reference:
    words = "pronoun" if mention.kind == "PER" else f"“{mention.text}”"
    reason = f"{words}: {meant.name} was spoken of last"
    spoken = meant.mention
    return Reference(
        mention,
        meant.actor,
        meant.name,
        meant.role,
        meant.sector,
        reason=reason,
        antecedent=(spoken.start, spoken.end) if spoken.sentence == mention.sentence else None,
        serves=meant.serves,
        role_as_of=meant.role_as_of,
    )


def _short_forms(sentence: Sentence, language: Language) -> list[Mention]:
    """Subject pronouns of one person, and bare nouns for a state ("le pays")."""
    words = language.words
    found: list[Mention] = []
    for i, t in enumerate(sentence.tokens):
        word, span = t.text.lower(), (t.start, t.end)
        subject = t.dep in SUBJECTS
        pronouns = {*words.singular_pronouns, *words.state_pronouns, *words.plural_pronouns}
        singular = word in pronouns and subject
        latter = word in words.latter and t.dep == "nsubj" and _is_bare(i, sentence)
        if singular or latter:
            found.append(Mention(*span, "PER", sentence.index, i, t.text, span, named=False))
        elif t.lemma in words.country_nouns and not t.plural and _is_bare(i, sentence):
            found.append(Mention(*span, "LOC", sentence.index, i, t.text, span, named=False))
    return found


def _told_subject(
    mention: Mention, sentence: Sentence, references: Sequence[Reference], language: Language
) -> Reference | None:
    """ "X says it has freed Y": the subject of what is told is who tells it, if number and kind
    allow it and nobody is told. A speaker without a reference gets one of no known actor."""
    tokens = sentence.tokens
    verb = tokens[mention.head].head
    telling = tokens[verb].head
    if tokens[verb].dep != "ccomp" or language.governors.get(tokens[telling].lemma) not in TELLING:
        return None
    around = [(i, t) for i, t in enumerate(tokens) if t.head == telling and i != telling]
    subjects = [i for i, t in around if t.dep == "nsubj" and t.pos in {"NOUN", "PROPN"}]
    if len(subjects) != 1 or any(t.dep in {"obj", "iobj"} for _, t in around):
        return None
    head = subjects[0]
    if head > mention.head:
        return None  # "it has freed Y, X says": the pronoun may point back further
    several = tokens[head].plural or any(t.head == head and t.dep == "conj" for t in tokens)
    word = mention.text.lower()
    if several and word not in language.words.plural_pronouns:
        return None
    at = [r for r in references if r.mention.start <= tokens[head].start < r.mention.end]
    speaker = max(at, key=lambda r: (r.actor is not None, r.mention.kind in PEOPLE), default=None)
    if word in language.words.person_pronouns and speaker and speaker.mention.kind not in PEOPLE:
        return None
    return speaker or _unknown_speaker(head, sentence)


def _unknown_speaker(head: int, sentence: Sentence) -> Reference:
    token, phrase = sentence.tokens[head], Tree(sentence).phrase(head)
    mention = Mention(
        token.start,
        token.end,
        "ROLE",
        sentence.index,
        head,
        token.text,
        (phrase.start, phrase.end),
    )
    return Reference(mention, None, token.text)


def _state_meant(
    mention: Mention, sentence: Sentence, references: Sequence[Reference]
) -> Reference | None:
    """In the same sentence "the country" as subject is the subject before; as object, the state
    named last that is not its own clause's subject ("helped B when A invaded that country")."""
    states = [r for r in references if is_state(r) and r.mention.start < mention.start]
    subjects = {t.start: t.head for t in sentence.tokens if t.dep in {"nsubj", "nsubj:pass"}}
    token = sentence.tokens[mention.head]
    if token.dep in {"nsubj", "nsubj:pass"}:
        acting = [r for r in states if r.mention.start in subjects]
        return _last_of(acting or states)
    return _last_of([r for r in states if subjects.get(r.mention.start) != token.head])


def _last_of(references: Sequence[Reference]) -> Reference | None:
    return references[-1] if references else None


def _is_bare(i: int, sentence: Sentence) -> bool:
    """Nothing says which one is meant: no complement, no adjective."""
    deps = {"nmod", "amod", "compound", "obl"}
    return not any(u.head == i and u.dep in deps for u in sentence.tokens)
