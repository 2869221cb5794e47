"""Bare surnames: which of them may stand for whoever bears the name and holds an office that day.

In: the names found in one article, its reading, and the states and bodies it speaks of. Out: the
candidates left. A name that the article gives to somebody else is nobody's in the atlas.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.languages import Language
from dragoman.knowledge.names import Candidate, fold
from dragoman.link.names import Found
from dragoman.model import Reading, Time, Token

FEW = 2
"""Bearers of a name in the atlas: more make it a common surname, as many a given name."""
ORDINARY = frozenset({"CIV", "LAB", "HLH", "EDU", "MED", "CRM"})
"""Sectors whose nouns tell that who is called so holds no office: "farmer", "nurse"."""


def in_office(
    surnames: Sequence[Candidate],
    name: str,
    atlas: Atlas,
    language: Language,
    *,
    day: str | None,
    spoken: Collection[str | None],
) -> list[Candidate]:
    """Who held an office that day in a state or body of which the article speaks, or bears a name
    rare enough to need nothing else."""
    begin = atlas.first_words.get(fold(name), ())
    given = not begin and fold(name) in language.naming.given
    found: list[Candidate] = []
    for candidate in surnames:
        role = atlas.role_on(candidate.id, day)
        if role is None:
            continue
        bearers = {c.id for c in surnames}
        most = 1 if atlas.actors[role.actor].kind == "state" else FEW
        rare = not given and _is_rare(candidate.id, bearers, set(begin), most)
        if rare or role.actor in spoken:
            found.append(candidate)
    return found


def _is_rare(person: str, bearers: set[str], begin: set[str], most: int) -> bool:
    """At most so many people in the atlas bear the surname ("Stoltenberg"), and with it the names
    of others do not begin: "Pierre" and "Francis" are given names, "Xi" begins only his own."""
    if len(bearers) > 1 and (len(bearers) > most or begin & bearers):
        return False
    return len(begin - {person}) < FEW


def strangers(found: Sequence[Found], reading: Reading, language: Language) -> frozenset[str]:
    """Folded surnames that the article gives to people without office: "Farmer Traore",
    "Scholz, a baker", "Traoré, commerçant à Bamako"."""
    return frozenset(
        fold(f.mention.text)
        for f in found
        if any(c.kind == "surname" for c in f.candidates)
        and any(_tells(tokens, language) for tokens in _beside(f, reading))
    )


def _beside(found: Found, reading: Reading) -> Iterator[Sequence[Token]]:
    """The noun phrases right before and right after a name, each from its noun's side on."""
    tokens = reading.sentences[found.mention.sentence].tokens
    first = next(k for k, t in enumerate(tokens) if t.end > found.mention.start)
    last = next((k for k, t in enumerate(tokens) if t.end >= found.mention.end), first)
    after = tokens[last + 1 : last + 8]
    closed = bool(after) and after[0].text == ","
    if first and tokens[first - 1].text != ",":
        yield tokens[first - 1 : first]
    elif first > 1 and closed:
        yield tokens[first - 2 : first - 1]
    if closed:
        yield after[1 + _age(after[1:]) :]


def _age(tokens: Sequence[Token]) -> int:
    """How many words tell an age, with the comma after it: "43,", "34 ans,"."""
    if not tokens or not tokens[0].text.isdigit():
        return 0
    return next((k + 1 for k, t in enumerate(tokens[:3]) if t.text == ","), 0)


def _tells(tokens: Sequence[Token], language: Language) -> bool:
    """The words begin with a noun for one person without office: "farmer", "a taxi driver"."""
    k = 0
    if tokens and tokens[0].text.lower() in language.words.articles:
        k = next((i for i, t in enumerate(tokens) if t.pos == "NOUN"), len(tokens))
        while k + 1 < len(tokens) and tokens[k + 1].pos == "NOUN":
            k += 1
    if k >= len(tokens) or tokens[k].plural:
        return False
    noun = tokens[k]
    role = language.role_noun([noun.text], [noun.lemma])
    if role is not None:
        return role.sector in ORDINARY
    return noun.pos == "NOUN" and language.is_person(noun.lemma)


def within(found: Found, times: Sequence[Time]) -> bool:
    """The words are part of a time: "in May" names nobody, though somebody is called so."""
    a, b = found.mention.start, found.mention.end
    return any(t.start <= a and b <= t.end for t in times)
