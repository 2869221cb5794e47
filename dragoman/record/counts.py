"""Numbers that belong to an act: killed, wounded, detained, displaced, troops, money.

In: a clause and its sentence. Out: `Count`s, each with the span of its number. Numbers in figures
and words are read ("2 000", "twenty-five", "une dizaine de"); "dozens" says no number and gives
none. Which words are counted is told by the classes `count_…` of `classes.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.knowledge.languages import Language
from dragoman.model import Clause, Count, Sentence, Token
from dragoman.trees import Tree

FIGURE = re.compile(r"\d[\d\s.,\u00a0\u202f]*")
GROUPED = re.compile(r"[\s.,\u00a0\u202f](?=\d{3}(?!\d))")
SIGNS = frozenset("$€£¥")
SUFFERED = ("killed", "wounded", "detained", "displaced")
"""What a verb or participle says of those counted, or the counted noun itself."""
DONE_TO = frozenset({"obj", "nsubj:pass", "nsubj"})
MOST = 1e15
"""A higher number counts neither people nor money: an identifier, or a row of figures."""
PARTED = frozenset({"ccomp", "conj", "parataxis", "acl:relcl"})
"""Relations by which a verb begins a clause of its own."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Tokens first to last that make one number."""

    first: int
    last: int
    value: float


def counts(sentence: Sentence, clause: Clause, language: Language) -> tuple[Count, ...]:
    """Numbers beside a counted noun or under a counting verb, in the clause's own scope."""
    reader = _Reader(sentence, language)
    return tuple(reader.counts(clause))


class _Reader:
    def __init__(self, sentence: Sentence, language: Language) -> None:
        self.tree = Tree(sentence)
        self.tokens = sentence.tokens
        self.language = language
        classes = language.frames.classes
        kinds = (*SUFFERED, "troops", "money")
        self.kinds = {what: classes.get(f"count_{what}", frozenset()) for what in kinds}

    def counts(self, clause: Clause) -> Iterator[Count]:
        runs = list(self.runs())
        for n, run in enumerate(runs):
            if n and self.is_range(runs[n - 1], run):
                continue  # told with its lower end
            upper = runs[n + 1] if n + 1 < len(runs) and self.is_range(run, runs[n + 1]) else run
            unit = self.unit(upper)
            unit = self.unit(run) if unit is None else unit
            anchor = unit if unit is not None else self.top(upper)
            if not self.belongs(anchor, clause):
                continue
            what, name = self.what(run, anchor, unit)
            if what is not None:
                yield Count(
                    what,
                    round(run.value),
                    round(upper.value),
                    name,
                    self.tokens[run.first].start,
                    self.tokens[upper.last].end,
                )

    # --- numbers ---------------------------------------------------------------------------

    def runs(self) -> Iterator[_Run]:
        i = 0
        while i < len(self.tokens):
            run = self.run(i)
            if run is not None and not self.is_date(run):
                yield run
            i = i + 1 if run is None else run.last + 1

    def run(self, first: int) -> _Run | None:
        value: float | None = None
        i = first
        while i < len(self.tokens):
            token = self.tokens[i]
            scale = self.scale(token)
            more = None if scale is not None else self.number(token)
            if scale is not None and (value is not None or self.has_article(i)):
                value = (value or 1) * scale
            elif more is not None and (value is None or self.goes_on(value, more, token)):
                value = more if value is None else self.joined(value, more, token)
            elif token.text == "-" and value is not None and self.is_word_after(i):
                pass
            else:
                break
            i += 1
        return None if value is None or value > MOST else _Run(first, i - 1, value)

    def scale(self, token: Token) -> int | None:
        word = token.text.lower()
        found = self.language.words.scales.get(word)
        about = self.language.times.words.get("roundabout", {}).get(word)
        return found if found is not None else int(about) if about is not None else None

    def number(self, token: Token) -> float | None:
        if FIGURE.fullmatch(token.text):
            try:
                return float(GROUPED.sub("", token.text).replace(",", "."))
            except ValueError:
                return None  # "1.2.3"
        if token.pos in {"DET", "PRON"} and token.lemma in self.language.words.articles:
            return None
        parts = [self.word(part) for part in token.text.lower().split("-")]
        known = [part for part in parts if part is not None]
        return sum(known) if known and len(known) == len(parts) else None

    def word(self, word: str) -> float | None:
        value = self.language.times.words.get("number", {}).get(word)
        return float(value) if value and word not in self.language.words.articles else None

    def goes_on(self, value: float, more: float, token: Token) -> bool:
        """ "2 000", "twenty five", "cent vingt": the next word belongs to the same number."""
        if token.text.isdigit():
            return len(token.text) == 3 and value < 1000
        return (value >= 20 and value % 10 == 0 and more < 10) or (value >= 100 and more < 100)

    def joined(self, value: float, more: float, token: Token) -> float:
        return value * 1000 + more if token.text.isdigit() else value + more

    def has_article(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].text.lower() in self.language.words.articles

    def is_word_after(self, i: int) -> bool:
        return i + 1 < len(self.tokens) and self.word(self.tokens[i + 1].text.lower()) is not None

    def is_date(self, run: _Run) -> bool:
        text = self.tokens[run.first].text
        year = run.first == run.last and len(text) == 4 and text.startswith(("19", "20"))
        return year and self.tokens[run.first].dep != "nummod"

    def is_range(self, low: _Run, high: _Run) -> bool:
        """ "10 to 15", "between 10 and 15", "de 10 à 15"."""
        if high.first - low.last != 2 or high.value <= low.value:
            return False
        words, link = self.language.words, self.tokens[low.last + 1]
        if link.text in {"-", "–"} or link.text.lower() in words.to:
            return True
        before = self.tokens[low.first - 1].text.lower() if low.first else ""
        return link.pos == "CCONJ" and before in words.between

    # --- what is counted -------------------------------------------------------------------

    def top(self, run: _Run) -> int:
        inside = range(run.first, run.last + 1)
        return next((i for i in inside if self.tokens[i].head not in inside), run.last)

    def unit(self, run: _Run) -> int | None:
        """The counted noun: above the number, or after it and "of" ("millions de personnes")."""
        top = self.top(run)
        for j in self.tree.where(top, "nmod"):
            if self.tree.case(j) in self.language.words.of:
                return j
        token = self.tokens[top]
        nominal = self.tokens[token.head].pos in {"NOUN", "PROPN", "ADJ"}
        counted = nominal and token.dep in {"nummod", "det", "compound"}
        return token.head if counted else None

    def what(self, run: _Run, anchor: int, unit: int | None) -> tuple[str | None, str | None]:
        """The kind and the name of the unit."""
        name = self.tokens[unit].lemma if unit is not None else None
        if run.first and self.tokens[run.first - 1].text in SIGNS:
            return "money", self.tokens[run.first - 1].text
        for what in SUFFERED:
            if name in self.kinds[what] or self.is_said_of(anchor, run, what):
                return what, name
        for what in ("troops", "money"):
            if name in self.kinds[what]:
                return what, name
        return None, None

    def is_said_of(self, anchor: int, run: _Run, what: str) -> bool:
        """By a participle on the noun, or by the verb that it is done to."""
        words = self.kinds[what]
        if any(self.tokens[j].lemma in words for j in self.tree.where(anchor, "amod", "acl")):
            return True
        outer = anchor
        top = self.top(run)
        if self.tokens[top].dep in DONE_TO:
            outer = top  # "a dozen of protesters": the number is the argument, not the noun
        while self.tokens[outer].dep == "conj" and self.tokens[outer].head < outer:
            outer = self.tokens[outer].head
        token = self.tokens[outer]
        among = token.dep == "obl" and self.tree.case(outer) in self.language.words.between
        if not (token.dep in DONE_TO or among) or self.tokens[token.head].lemma not in words:
            return False
        # "12 soldiers killed a man" counts no dead, "12 soldiers killed" does.
        acts = token.dep == "nsubj" and bool(self.tree.where(token.head, "obj"))
        return what == "displaced" or not acts

    def belongs(self, anchor: int, clause: Clause) -> bool:
        """The number stands in the predicate's own clause, or in one that completes it."""
        mine = clause.head if clause.pos == "v" else self.verb_above(clause.head)
        if self.verb_above(anchor) in {mine, clause.head}:
            return True
        i = anchor
        for above in self.tree.climb(anchor):
            token = self.tokens[i]
            told_of = token.dep == "acl:relcl" and above == clause.head  # "a raid that killed 12"
            if token.pos == "VERB" and token.dep in PARTED and not told_of:
                return False
            if above == clause.head:
                return True
            i = above
        return False

    def verb_above(self, i: int) -> int | None:
        return next((j for j in self.tree.climb(i) if self.tokens[j].pos == "VERB"), None)
