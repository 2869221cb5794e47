"""Names and role nouns in the sentences, as the words alone show them.

In: sentences with the parser's entities, and the language's role nouns and ways of naming. Out:
`Mention`s. Who is meant is for `link`, which also finds names by the atlas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.knowledge.languages import Language, role_key
from dragoman.model import Kind, Mention, Sentence
from dragoman.read.bodies import brackets, headed_spans, places_within
from dragoman.read.kinds import IsPerson, decide_kinds
from dragoman.read.proper import Span, Words, proper_spans
from dragoman.trees import Tree

Role = tuple[int, int]
"""The tokens of a role noun, the last one not included."""


def find_mentions(
    sentences: Sequence[Sentence], language: Language, text: str
) -> tuple[Mention, ...]:
    """Role nouns and names. A role noun that opens an organisation's name ("armée turque") knows
    the whole name as its `full` span; any other name keeps clear of role nouns."""
    roles: dict[int, list[Role]] = {}
    spans: list[Span] = []
    defined: list[tuple[str, Kind]] = []
    for sentence in sentences:
        words = Words(sentence, text, language.naming.declined)
        here = [r for r in _roles(sentence, language) if not _is_in_name(words, r, language)]
        roles[sentence.index] = here
        headed = headed_spans(words, language.naming)
        taken = [*here, *((s.start, s.end) for s in headed)]
        spans += headed
        for span in headed:
            if span.kind == "ORG":
                spans += places_within(words, language.naming, span)
        spans += proper_spans(words, language.naming, taken)
        defined += [(words.keys[k], "ORG") for s, k in brackets(words, headed) if s.kind == "ORG"]
    is_person, speaking = _person_test(language, roles), language.speech.verbs
    decided = decide_kinds(spans, language.naming, is_person, speaking, defined)
    return tuple(_mentions(sentences, roles, decided, language, text))


def _mentions(
    sentences: Sequence[Sentence],
    roles: dict[int, list[Role]],
    spans: Sequence[Span],
    language: Language,
    text: str,
) -> Iterator[Mention]:
    groups = set(_groups(sentences, roles, text))
    by_sentence: dict[int, list[Span]] = {}
    for span in spans:
        by_sentence.setdefault(span.words.sentence.index, []).append(span)
    for sentence in sentences:
        names = by_sentence.get(sentence.index, [])
        if not names and not roles[sentence.index]:
            continue
        tree = Tree(sentence)
        found = [_name(tree, span, text) for span in names if span.kind is not None]
        ends = {m.start: m for m in found} | {m.end: m for m in found if m.kind == "ORG"}
        for i, j in roles[sentence.index]:
            role = _mention(tree, i, j, "ROLE", text)
            name = ends.get(role.start) or ends.get(role.end)
            if name is not None and name in found:
                role = replace(role, full=(name.start, name.end))
                found.remove(name)
            elif role.text in groups:
                role = replace(role, full=(role.start, role.end))
            found.append(role)
        yield from sorted(found, key=lambda m: (m.start, -m.end))


def _groups(
    sentences: Sequence[Sentence], roles: Mapping[int, Sequence[Role]], text: str
) -> Iterator[str]:
    """Plural role nouns that the article writes as names inside a sentence: "les Gilets jaunes"."""
    for sentence in sentences:
        for i, j in roles[sentence.index]:
            first = sentence.tokens[i]
            inside = i > 0 and sentence.tokens[i - 1].text[0].isalnum()
            if j > i + 1 and inside and first.plural and first.text[0].isupper():
                yield text[first.start : sentence.tokens[j - 1].end]


def _name(tree: Tree, span: Span, text: str) -> Mention:
    start = span.start if span.core is None else span.core
    mention = _mention(tree, start, span.end, span.kind or "ORG", text)
    if span.core is None:
        return replace(mention, named=not span.doubtful)
    return replace(mention, full=(tree.tokens[span.start].start, mention.end))


def _mention(tree: Tree, i: int, j: int, kind: Kind, text: str) -> Mention:
    tokens = tree.tokens
    words = range(i, j)
    head = next((k for k in words if tokens[k].head not in words), i)
    phrase = tree.phrase(head)
    start, end = tokens[i].start, tokens[j - 1].end
    span = (phrase.start, phrase.end)
    return Mention(start, end, kind, tree.sentence.index, head, text[start:end], span)


def _is_in_name(words: Words, role: Role, language: Language) -> bool:
    """A person may be called like an office or trade: "Marine Le Pen", "Georges Prêtre"."""
    i, j = role
    if j > i + 1 or not words.caps[i]:
        return False
    given = language.naming.given
    before = i > 0 and words.keys[i - 1] in given and words.gap(i) == " " and words.caps[i - 1]
    after = j < len(words.keys) and words.caps[j] and words.gap(j) == " "
    return before or (words.keys[i] in given and after)


def _person_test(language: Language, roles: Mapping[int, Sequence[Role]]) -> IsPerson:
    """Is the noun before token i a person's office or trade ("le président américain |Biden")?"""
    bodies = language.frames.classes.get("body", frozenset())

    def test(words: Words, i: int) -> bool:
        k = i - 1
        if words.gap(i) not in {" ", "\u00a0"}:
            return False
        if k and words.keys[k] in language.naming.demonyms:
            k -= 1
        token = words.tokens[k]
        for start, end in roles[words.sentence.index]:
            if end == k + 1:
                named = words.tokens[start:end]
                noun = language.role_noun([t.text for t in named], [t.lemma for t in named])
                return noun is None or noun.office is not None
        lemma = token.lemma
        return token.pos == "NOUN" and lemma not in bodies and language.is_person(lemma)

    return test


def _roles(sentence: Sentence, language: Language) -> Iterator[Role]:
    i = 0
    while i < len(sentence.tokens):
        length = _role_length(sentence, i, language)
        if length and not _is_in_phrase(sentence, i, i + length, language):
            yield i, i + length
        i += max(length, 1)


def _is_in_phrase(sentence: Sentence, i: int, j: int, language: Language) -> bool:
    """ "coup d'État" speaks of no state."""
    run = [token.text for token in sentence.tokens[max(i - 2, 0) : j]]
    return any(role_key(" ".join(run[k:])) in language.words.no_roles for k in range(len(run) - 1))


def _role_length(sentence: Sentence, i: int, language: Language) -> int:
    tokens = sentence.tokens
    if tokens[i].pos not in {"NOUN", "PROPN", "ADJ"}:
        return 0
    starts = language.role_starts
    if _first(tokens[i].lemma) not in starts and _first(tokens[i].text.lower()) not in starts:
        return 0
    adjective = tokens[i].pos == "ADJ"
    for length in range(min(language.longest_role, len(tokens) - i), 0, -1):
        run = tokens[i : i + length]
        role = language.role_noun([t.text for t in run], [t.lemma for t in run])
        if role is not None and not (adjective and length == 1):
            return length
    return 0


def _first(word: str) -> str:
    """What stands before a hyphen: "vice" of "vice-president"."""
    return word.lstrip("-").partition("-")[0]
