"""Subject pronouns of the third person, resolved only when one person can be meant.

In: references of one article. Out: the same with pronouns added as PER references that point to
the one person who is subject of the sentence before (or earlier in the same sentence).
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.languages import Language
from dragoman.model import Mention, Reading, Reference, Sentence
from dragoman.trees import Tree

STATES = frozenset({"atlas: state", "atlas: demonym"})
PEOPLE = frozenset({"PER", "ROLE"})
TELLING = frozenset({"reporting", "promised", "planned", "denied", "hypothetical", "alleged"})
"""Kinds of governing verbs whose subject tells of its own doings."""
SINGULAR = frozenset({"il", "elle", "he", "she"})


def resolve_pronouns(
    references: Sequence[Reference], reading: Reading, language: Language
) -> list[Reference]:
    by_sentence: dict[int, list[Reference]] = {}
    for reference in references:
        by_sentence.setdefault(reference.mention.sentence, []).append(reference)
    found: list[Reference] = list(references)
    person: Reference | None = None
    state: Reference | None = None
    subject_state: Reference | None = None
    """The state that is subject of the sentence before."""
    last_named: Reference | None = None
    for sentence in reading.sentences:
        here = by_sentence.get(sentence.index, [])
        own_state = _state(sentence, here)
        for mention in _short_forms(sentence, language):
            if mention.text.lower() in language.words.latter:
                meant = last_named
            elif mention.kind == "LOC":
                meant = _state_meant(mention, sentence, here) or state
            elif (told := _told_subject(mention, sentence, here, language)) is not None:
                meant = told
            elif mention.text.lower() in SINGULAR:
                meant = _earlier_subject(mention, sentence, here) or person
                if meant is None and mention.text.lower() in language.words.state_pronouns:
                    meant = subject_state
            elif mention.text.lower() in language.words.state_pronouns:
                meant = subject_state
            else:
                meant = None
            if meant is not None:
                found.append(_pointing(mention, meant))
        state = own_state or state
        subject_state = _acting_state(sentence, here) if own_state else None
        people = [r for r in here if r.mention.kind == "PER"]
        last_named = people[-1] if people else None
        subject = _subject(sentence, here)
        if subject is not None:
            person = subject
        elif here and not any(t.text.lower() in SINGULAR for t in sentence.tokens):
            person = None  # others were spoken of since: a pronoun now could mean anyone
    return sorted(found, key=lambda r: (r.mention.start, -r.mention.end))


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
    )


def _short_forms(sentence: Sentence, language: Language) -> list[Mention]:
    """Subject pronouns of one person, and bare nouns for a state ("le pays")."""
    words = language.words
    found: list[Mention] = []
    for i, t in enumerate(sentence.tokens):
        word, span = t.text.lower(), (t.start, t.end)
        subject = t.dep in {"nsubj", "nsubj:pass"}
        singular = word in {*SINGULAR, *words.state_pronouns, *words.plural_pronouns} and subject
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
    states = [r for r in references if r.reason in STATES and r.mention.start < mention.start]
    subjects = {t.start: t.head for t in sentence.tokens if t.dep in {"nsubj", "nsubj:pass"}}
    token = sentence.tokens[mention.head]
    if token.dep in {"nsubj", "nsubj:pass"}:
        acting = [r for r in states if r.mention.start in subjects]
        return _last_of(acting or states)
    return _last_of([r for r in states if subjects.get(r.mention.start) != token.head])


def _last_of(references: Sequence[Reference]) -> Reference | None:
    return references[-1] if references else None


def _earlier_subject(
    mention: Mention, sentence: Sentence, references: Sequence[Reference]
) -> Reference | None:
    """The one person who is a subject earlier in the same sentence."""
    starts = {t.start for t in sentence.tokens if t.dep in {"nsubj", "nsubj:pass"}}
    people = {
        r.actor or r.name: r
        for r in references
        if r.mention.kind == "PER"
        and r.mention.start < mention.start
        and any(r.mention.start <= start < r.mention.end for start in starts)
    }
    return next(iter(people.values())) if len(people) == 1 else None


def _is_bare(i: int, sentence: Sentence) -> bool:
    """Nothing says which one is meant: no complement, no adjective."""
    deps = {"nmod", "amod", "compound", "obl"}
    return not any(u.head == i and u.dep in deps for u in sentence.tokens)


def _state(sentence: Sentence, references: Sequence[Reference]) -> Reference | None:
    """The first state that is a subject of the sentence, else the only state it names."""
    acting = _acting_state(sentence, references)
    if acting is not None:
        return acting
    states = {r.actor: r for r in references if r.reason in STATES}
    return next(iter(states.values())) if len(states) == 1 else None


def _acting_state(sentence: Sentence, references: Sequence[Reference]) -> Reference | None:
    subjects = {t.start for t in sentence.tokens if t.dep in {"nsubj", "nsubj:pass"}}
    states = [r for r in references if r.reason in STATES and r.mention.start in subjects]
    return states[0] if states else None


def _subject(sentence: Sentence, references: Sequence[Reference]) -> Reference | None:
    """The one person who is a subject of this sentence, by name or role."""
    tree = Tree(sentence)
    subjects = [
        phrase
        for i, token in enumerate(sentence.tokens)
        if token.dep in {"nsubj", "nsubj:pass"}
        for phrase in tree.phrases(i)
    ]
    people = {
        r.actor or r.name: r
        for r in references
        for s in subjects
        if r.mention.kind in {"PER", "ROLE"}
        and s.start <= r.mention.start < s.end
        and (r.mention.kind == "PER" or r.role)
    }
    stray = [
        r
        for r in references
        if r.mention.kind == "PER" and r.actor and r.mention.start == sentence.start
    ]
    if len(people) == 1:
        return next(iter(people.values()))
    return stray[0] if stray and not people else None
