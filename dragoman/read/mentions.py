"""Names and role nouns in the sentences, as the words alone show them.

In: sentences with the parser's entities, and the language's role nouns. Out: `Mention`s. Who is
meant is for `link`, which also finds names by the atlas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dragoman.knowledge.languages import Language, RoleNoun
from dragoman.model import Kind, Mention, Sentence
from dragoman.trees import Tree

KINDS: Mapping[str, Kind] = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
NAME_WORDS = frozenset({"PROPN", "NOUN", "ADJ", "ADP", "DET", "NUM", "X", "PUNCT", "VERB"})


def find_mentions(
    sentences: Sequence[Sentence], language: Language, text: str
) -> tuple[Mention, ...]:
    """Role nouns first; a parser's entity that overlaps a role noun is cut to what is left."""
    found: list[Mention] = []
    for sentence in sentences:
        tree = Tree(sentence)
        roles = list(_roles(tree, language, text))
        taken = [(m.start, m.end) for m in roles]
        names = [
            m
            for m in _names(tree, text)
            if not any(m.start < end and start < m.end for start, end in taken)
        ]
        found += sorted([*roles, *names], key=lambda m: m.start)
    return tuple(found)


def _roles(tree: Tree, language: Language, text: str) -> Iterator[Mention]:
    tokens = tree.tokens
    i = 0
    while i < len(tokens):
        length = _role_length(tree, i, language)
        if length:
            words = range(i, i + length)
            head = next((j for j in words if tokens[j].head not in words), i)
            phrase = tree.phrase(head)
            yield Mention(
                tokens[i].start,
                tokens[i + length - 1].end,
                "ROLE",
                tree.sentence.index,
                head,
                text[tokens[i].start : tokens[i + length - 1].end],
                (phrase.start, phrase.end),
            )
        i += max(length, 1)


def _role_length(tree: Tree, i: int, language: Language) -> int:
    tokens = tree.tokens
    if tokens[i].pos not in {"NOUN", "PROPN", "ADJ"}:
        return 0
    first = {tokens[i].lemma, tokens[i].text.lower()}
    if not any(
        word.replace("-", " ").split()[:1]
        and word.replace("-", " ").split()[0] in language.role_starts
        for word in first
    ):
        return 0
    adjective = tokens[i].pos == "ADJ"
    for length in range(min(language.longest_role, len(tokens) - i), 0, -1):
        run = tokens[i : i + length]
        for key in (
            _key([t.text for t in run]),
            _key([*(t.text for t in run[:-1]), run[-1].lemma]),
        ):
            role: RoleNoun | None = language.roles.get(key)
            if role is not None and not (adjective and length == 1):
                return length
    return 0


def _key(words: Sequence[str]) -> str:
    key = " ".join(words).lower().replace("’", "'")
    return key.replace("' ", "'").replace(" - ", "-")


def _names(tree: Tree, text: str) -> Iterator[Mention]:
    tokens = tree.tokens
    i = 0
    while i < len(tokens):
        kind = KINDS.get(tokens[i].entity or "")
        j = i + 1
        while kind and j < len(tokens) and tokens[j].entity == tokens[i].entity:
            j += 1
        if kind:
            yield from _name(tree, i, j, kind, text)
        i = j


def _name(tree: Tree, i: int, j: int, kind: Kind, text: str) -> Iterator[Mention]:
    tokens = tree.tokens
    while i < j and (tokens[i].pos in {"DET", "ADP", "PUNCT"} or not tokens[i].text[:1].isupper()):
        i += 1
    while j > i and tokens[j - 1].pos in {"PUNCT", "ADP", "DET", "CCONJ"}:
        j -= 1
    if i >= j or not any(t.pos in {"PROPN", "X", "NOUN"} for t in tokens[i:j]):
        return
    words = range(i, j)
    head = next((k for k in words if tokens[k].head not in words), i)
    phrase = tree.phrase(head)
    yield Mention(
        tokens[i].start,
        tokens[j - 1].end,
        kind,
        tree.sentence.index,
        head,
        text[tokens[i].start : tokens[j - 1].end],
        (phrase.start, phrase.end),
    )
