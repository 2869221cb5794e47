"""What kind each name is: what stands around it, and what the rest of the article says of it.

In: `Span`s of one article. Out: the same with `kind` set, less those that are no names. The parser
tags each occurrence by itself; here all occurrences of a name have a vote, and what the words
around them tell outweighs the tags.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass

from dragoman.knowledge.naming import Naming
from dragoman.model import Kind
from dragoman.read.proper import Span, Words

Votes = dict[Kind, float]
IsPerson = Callable[[Words, int], bool]
ORDER: tuple[Kind, ...] = ("PER", "LOC", "ORG")

ROMAN = re.compile("[IVXLC]+")

# Votes, where a tag of the parser counts 1 among all occurrences and `TAG` more on its own. Chosen
# on one half of the WiNER-fr articles; the other half was only measured.
TAG = 0.5
CERTAIN = 3.0
STRONG = 2.0
CLEAR = 1.5
FAIR = 1.0
WEAK = 0.6
SLIGHT = 0.4
FAINT = 0.2
ENOUGH = 1.0
"""A name that the parser has not tagged needs as much."""


@dataclass(slots=True)
class _Name:
    """All occurrences of one name in the article."""

    spans: list[Span]
    votes: Votes
    person: bool = False
    """More than the parser's tags says that it is a person's."""

    def add(self, votes: Votes, share: float) -> None:
        for kind, weight in votes.items():
            self.votes[kind] = self.votes.get(kind, 0.0) + weight * share
        self.person = self.person or votes.get("PER", 0.0) > 0


def decide_kinds(
    spans: Sequence[Span],
    naming: Naming,
    is_person: IsPerson,
    speaking: Container[str],
    defined: Iterable[tuple[str, Kind]],
) -> list[Span]:
    """Spans with their kinds. `is_person(words, i)`: the word before token i is a person by trade
    or office. `defined`: short forms that the article itself explains."""
    names: dict[str, _Name] = {}
    own: list[Votes] = []
    for span in spans:
        own.append(_votes(span, naming, is_person, speaking))
        names.setdefault(" ".join(span.keys), _Name([], {})).spans.append(span)
    for span, votes in zip(spans, own, strict=True):
        name = names[" ".join(span.keys)]
        name.add(votes, 1 / len(name.spans))
        if span.tag is not None:
            tagged = name.votes.get(span.tag, 0.0) + 1 / len(name.spans)
            name.votes[span.tag] = tagged
    for key, kind in defined:
        if key in names:
            names[key].add({kind: CERTAIN}, 1)
    _pass_on(names, naming)
    return [s for s, votes in zip(spans, own, strict=True) if _settle(s, votes, names, naming)]


def _settle(span: Span, own: Votes, names: dict[str, _Name], naming: Naming) -> bool:
    if span.sure:
        return True
    if _is_other(span, naming):
        return False
    name = names[" ".join(span.keys)]
    votes = dict(name.votes)
    for kind, weight in own.items():
        votes[kind] = votes.get(kind, 0.0) + weight
    if span.tag is not None:
        votes[span.tag] = votes.get(span.tag, 0.0) + TAG
    if not votes:
        return False
    span.kind = _best(votes)
    # A lone capital that nothing but a tag makes a person is a storm, a ship or a place as often.
    span.doubtful = span.kind == "PER" and span.end == span.start + 1 and not name.person
    return votes.get(span.kind, 0.0) >= (ENOUGH if span.tag is None else WEAK)


def _is_other(span: Span, naming: Naming) -> bool:
    """A prize, storm or ship: "l'ouragan |Irma", "|Traité de Lisbonne"."""
    keys, i = span.words.keys, span.start
    if keys[i].split("-")[0] in naming.given and span.kind != "ORG":
        return False  # "le prix |Albert Londres" is called after somebody
    if keys[i] in naming.others:
        return span.end > i + 1
    if i > 0 and keys[i - 1] in naming.others and span.words.gap(i) == " ":
        return True
    k = i - 1
    while k >= i - 4 and k >= 0 and keys[k] in naming.linking:
        k -= 1
    return 0 <= k < i - 1 and keys[k] in naming.posts


def _pass_on(names: dict[str, _Name], naming: Naming) -> None:
    """A person's full name tells what its last words alone are: "Kim Beazley … Beazley"."""
    short: set[str] = set()
    for name in names.values():
        words = name.spans[0].keys
        if len(words) > 1 and _best(name.votes) == "PER" and name.votes["PER"] >= FAIR:
            short.update(" ".join(words[i:]) for i in range(1, len(words)))
    for key in short & names.keys():
        if key not in naming.common:
            names[key].add({"PER": STRONG}, 1)


def _best(votes: Votes) -> Kind:
    return max(ORDER, key=lambda kind: votes.get(kind, 0.0))


def _is_introduced(words: Words, i: int, naming: Naming) -> bool:
    """ "la ville de |Nice", "the town of |Bor", "rue |Vignon"."""
    k = i - 1
    while k >= 0 and words.keys[k] in naming.articles:
        k -= 1
    if k >= 0 and words.keys[k] in naming.of:
        k -= 1
    return k >= 0 and k >= i - 3 and words.keys[k] in naming.sites.before


def _is_bare(span: Span, naming: Naming) -> bool:
    """Two or three capitals after "by", "with" or the like: a person, "par |Yuzuru Hanyu"."""
    words, size = span.words, span.end - span.start
    if span.tag is not None or not 2 <= size <= 3 or not span.start:
        return False
    if words.keys[span.start - 1] not in naming.beside:
        return False
    if words.keys[span.start] in naming.capital_articles:
        return False
    inner = range(span.start, span.end)
    return all(words.caps[k] and words.tokens[k].text[1:].islower() for k in inner)


def _acting(span: Span, naming: Naming, speaking: Container[str]) -> float:
    """Subject of a verb, of speech above all, and without an article: "|Ghosn a nié"."""
    tokens = span.words.tokens
    if span.start and span.words.keys[span.start - 1] in naming.definite:
        return 0.0
    for k in range(span.start, span.end):
        token = tokens[k]
        if token.dep == "nsubj" and token.head >= span.end:
            verb = tokens[token.head]
            return SLIGHT if verb.lemma in speaking else FAINT if verb.pos == "VERB" else 0.0
    return 0.0


def _votes(span: Span, naming: Naming, is_person: IsPerson, speaking: Container[str]) -> Votes:
    """What the name itself and the words beside it say."""
    votes: Votes = defaultdict(float)
    if span.sure and span.kind is not None:
        votes[span.kind] += CERTAIN
        return votes
    i = span.start
    keys = span.words.keys
    given = keys[i].split("-")[0] in naming.given and keys[i] not in naming.capital_articles
    kind, weight = _by_word_before(span, naming, is_person, given)
    votes[kind] += weight
    votes["PER"] += _acting(span, naming, speaking) + _by_article(span, naming, given)
    kind, weight = _by_own_words(span, naming, given)
    votes[kind] += weight
    if _is_short_form(span):
        votes["ORG"] += SLIGHT
    return votes


def _by_word_before(
    span: Span, naming: Naming, is_person: IsPerson, given: bool
) -> tuple[Kind, float]:
    """ "M. |X", "l'agence |X", "le ministre |X", "la ville de |X", "à |X", "la Danoise |X Y".
    In a case that says whose, it is no office's holder: «президент |Перу»."""
    words, i = span.words, span.start
    before = words.keys[i - 1] if i else ""
    near = bool(i) and words.gap(i) == " "
    long = span.end > i + 1
    owner = words.tokens[i].case is not None and span.tag in {"LOC", "ORG"}
    if before in naming.titles and not owner:
        return "PER", CERTAIN
    if not given and _is_named_by(words, i, naming):
        return "ORG", STRONG
    if i and is_person(words, i) and not _is_short_form(span) and not owner:
        return "PER", STRONG if long else FAIR
    if _is_introduced(words, i, naming):
        return "LOC", STRONG
    if near and before in naming.where:
        return "LOC", WEAK
    if near and long and before in naming.demonyms:
        return "PER", FAIR
    return "PER", 0.0


def _by_article(span: Span, naming: Naming, given: bool) -> float:
    """For a person, or against: "les |Innus", "le |Miocène", but "par |Yuzuru Hanyu"."""
    i, before = span.start, span.words.keys[span.start - 1] if span.start else ""
    alone = span.end == i + 1
    if alone and not given and before in naming.several:
        return -CLEAR
    if not given and before in naming.definite:
        return -FAIR if alone else -WEAK
    return WEAK if _is_bare(span, naming) else 0.0


def _by_own_words(span: Span, naming: Naming, given: bool) -> tuple[Kind, float]:
    """By a given name or initial at its begin, by a body's or site's noun at its end."""
    first, last = span.keys[0], span.keys[-1]
    long = span.end > span.start + 1
    if given:
        return "PER", STRONG if long else WEAK
    if long and last in naming.bodies.last:
        return "ORG", CLEAR
    if long and last in naming.sites.last:
        return "LOC", CLEAR
    initial = span.words.tokens[span.start].text.endswith(".") and len(first.strip(".")) == 1
    return "PER", CLEAR if long and initial else 0.0


def _is_short_form(span: Span) -> bool:
    """An acronym, or a word with capitals inside ("LaREM")."""
    word = span.words.tokens[span.start].text.strip(".")
    if span.end > span.start + 1 or not 2 <= len(word) <= 6 or not word.isalpha():
        return False
    if word.isupper():
        return not ROMAN.fullmatch(word)
    return word[-1].isupper()


def _is_named_by(words: Words, i: int, naming: Naming) -> bool:
    """ "le quotidien britannique |The Independent", "l'agence de presse |Anadolu"."""
    keys, nouns = words.keys, naming.bodies.naming
    if not i or words.gap(i) != " ":
        return False
    if keys[i - 1] in nouns:
        return True
    if i > 1 and keys[i - 2] in nouns and words.tokens[i - 1].pos == "ADJ":
        return True
    complement = i > 2 and keys[i - 2] in naming.of and keys[i - 3] in nouns
    return complement and words.tokens[i - 1].pos == "NOUN"
