"""Reading without a parser: sentences, words, persons' names and times of an article.

In: an article in a light language, and what its folder brings. Out: a `Reading` whose sentences
have no trees, so that nothing in it can be coded: no clauses, no quotes. A name is given only where
a given name opens it; who and where else is meant is for `link`, by the names it knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.knowledge.light import LightLanguage
from dragoman.knowledge.names import fold
from dragoman.model import READ_LABELS, Article, Doubt, Label, Mention, Reading, Sentence, Token
from dragoman.read import published_days
from dragoman.read.pieces import pieces
from dragoman.read.times import read_times

ENDS = frozenset(".!?…")
WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
"""A run of letters and digits, or one sign."""
CLOSING = frozenset("»”\"')]’")
LONGEST = 4
"""Words at most in a person's name."""


def read_lightly(article: Article, language: LightLanguage, doubt: Doubt) -> Reading:
    """Sentences, names of persons and times; `doubt` says what is not read."""
    spans = [(b.start, b.end, b.label) for b in article.blocks if b.label in READ_LABELS]
    sentences = tuple(_sentences(spans, article.text, language))
    times = (
        read_times(
            article.text,
            [(start, end) for start, end, _ in spans],
            language.times,
            published_days(article.published),
        )
        if language.times is not None
        else ()
    )
    return Reading(
        article_id=article.id,
        language=language.code,
        sentences=sentences,
        mentions=tuple(_persons(sentences, article.text, language)),
        times=times,
        doubts=(doubt,),
        tier="light",
    )


def _sentences(
    spans: Sequence[tuple[int, int, Label]], text: str, language: LightLanguage
) -> Iterator[Sentence]:
    index = 0
    for start, end, label in pieces(spans, text):
        for words in _split(list(WORD.finditer(text, start, end)), text, language):
            tokens = tuple(_token(word, i) for i, word in enumerate(words))
            yield Sentence(index, tokens[0].start, tokens[-1].end, label, tokens)
            index += 1


def _token(word: re.Match[str], i: int) -> Token:
    """A word that hangs on nothing: each is a tree of its own."""
    return Token(word.start(), word.end(), word[0], word[0].lower(), "X", "root", i)


def _split(
    words: Sequence[re.Match[str]], text: str, language: LightLanguage
) -> Iterator[Sequence[re.Match[str]]]:
    """Runs of words between ends of sentences; signs that close a quotation stay before them."""
    begun = 0
    for i in range(1, len(words)):
        gap = text[words[i - 1].end() : words[i].start()]
        k = i - 1
        while k > begun and words[k][0] in CLOSING:
            k -= 1
        own = words[k][0] in language.ends and (bool(gap) or not words[i][0].isdigit())
        ended = bool(gap) and _opens(words[i][0], language) and _ends(words, k, language)
        if own or ended or "\n\n" in gap:
            yield words[begun:i]
            begun = i
    if words:
        yield words[begun:]


def _opens(word: str, language: LightLanguage) -> bool:
    return not language.capitals or not word[0].islower()


def _ends(words: Sequence[re.Match[str]], i: int, language: LightLanguage) -> bool:
    sign = words[i][0]
    if sign not in ENDS:
        return False
    before = words[i - 1] if i else None
    if sign != "." or before is None or before.end() != words[i].start():
        return True
    initial = len(before[0]) == 1 and before[0].isupper()
    ordinal = language.ordinals and before[0].isdigit()
    return not (initial or ordinal or before[0].lower() in language.abbreviations)


def _persons(
    sentences: Sequence[Sentence], text: str, language: LightLanguage
) -> Iterator[Mention]:
    """Capitals in a row of which the first is a given name."""
    for sentence in sentences if language.capitals else ():
        tokens = sentence.tokens
        i = 0
        while i < len(tokens):
            last = i + 1
            if fold(tokens[i].text) in language.given and tokens[i].text.istitle():
                last = _run(tokens, i, text)
            if last > i + 1:
                start, end = tokens[i].start, tokens[last - 1].end
                span = (start, end)
                yield Mention(start, end, "PER", sentence.index, i, text[start:end], span)
            i = last


def _run(tokens: Sequence[Token], i: int, text: str) -> int:
    """Where the capitals that begin with word i end; a space alone stands between them."""
    last = i + 1
    while (
        last < min(len(tokens), i + LONGEST)
        and tokens[last].text[0].isupper()
        and text[tokens[last - 1].end : tokens[last].start] == " "
    ):
        last += 1
    return last
