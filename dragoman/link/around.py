"""What stands around a role noun: whom it serves, who is named beside it, how it is said.

In: references in text order and the reading. Out: answers about one of them by its place in the
list. It looks at words and tree of one sentence and knows no actor.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.knowledge.languages import Language
from dragoman.knowledge.names import fold
from dragoman.model import DEMONYM, Mention, Reading, Reference, Sentence, Token

BODIES = frozenset({"LOC", "ORG"})
REACH = 160
"""Characters from a role noun to what it serves, beyond which no chain of complements goes."""
NEAR = 60
"""Characters after a role noun in which its state or body is looked for."""
ACTING = frozenset({"root", "ccomp", "conj", "advcl", "acl:relcl", "parataxis"})
"""Relations of a verb that says what is done to a holder: "the army ousted president X"."""
CLOSING = frozenset({"", ",", ".", ";", ":", ")", "—", "–", "!", "?", "»", '"', "”"})
COMPLEMENTS = frozenset({"nmod", "amod", "compound", "obl", "nmod:poss", "acl", "acl:relcl"})
"""Relations of words that say which one is meant."""


class Around:
    def __init__(
        self, references: Sequence[Reference], text: str, reading: Reading, language: Language
    ) -> None:
        self.references = references
        self.text = text
        self.reading = reading
        self.language = language
        self._first: dict[int, int] = {}
        self._last: dict[int, int] = {}
        for i, reference in enumerate(references):
            self._first.setdefault(reference.mention.sentence, i)
            self._last[reference.mention.sentence] = i

    # --- whom it serves ------------------------------------------------------------------------

    def served(self, i: int) -> Reference | None:
        """The state or body in the role's noun phrase, the nearest after it first."""
        mention = self.references[i].mention
        bodies = [r for r in self.same_sentence(i) if r.mention.kind in BODIES and _is_known(r)]
        near = [r for r in bodies if self._is_near(mention, r)]
        start, end = mention.phrase
        inside = [r for r in bodies if start <= r.mention.start and r.mention.end <= end]
        after = [r for r in inside if self._is_complement(mention, r.mention)]
        before = [r for r in inside if r.mention.end <= mention.start]
        return next(iter([*near, *after, *reversed(before)]), None)

    def _is_complement(self, role: Mention, other: Mention) -> bool:
        """ "minister of foreign affairs of X": after the role, by words of belonging only."""
        if not 0 <= other.start - role.end <= REACH:
            return False
        gap = self.text[role.end : other.start].lower().replace("’", "'")
        small = {*self.language.words.of, "the", "la", "le", "les", "l'", "and", "et"}
        words = gap.replace("'", "' ").split()
        named = {w for w in words if w not in small}
        starts = bool(words) and words[0] in {*self.language.words.of, *self.language.words.to}
        return starts and len(named) <= 3

    def _is_near(self, role: Mention, body: Reference) -> bool:
        """ "président azerbaïdjanais", "president of Georgia", "French president"; the capital in
        "President Washington" is somebody's surname."""
        other = body.mention
        if other.end <= role.start:
            return self.text[other.end : role.start] in {" ", "'s ", "’s ", "-"}
        if self._belongs(role, body):
            return True
        if not 0 <= other.start - role.end < 10:
            return False
        gap = self.text[role.end : other.start].lower().replace("’", "'").strip()
        if not gap and other.kind == "LOC" and body.reason != DEMONYM and other.text[0].isupper():
            return False
        links = {*self.language.words.of, "d'", "de l'", "de la", "of the", "", "du", "des", "à l'"}
        return gap in links

    def _belongs(self, role: Mention, body: Reference) -> bool:
        """Where a case says whose, by words in that case only: «глава комитета парламента Перу»."""
        tokens, at = self.sentence(body).tokens, body.mention.head
        while at != role.head and tokens[at].case in self.language.words.of:
            at = tokens[at].head
        return at == role.head != body.mention.head

    # --- who is named beside it ----------------------------------------------------------------

    def beside(self, i: int) -> Reference | None:
        """The person named right after the role ("le président X, NAME") or right before it."""
        mention = self.references[i].mention
        people = [r for r in self.same_sentence(i) if r.mention.kind == "PER"]
        after = (
            r
            for r in people
            if r.mention.start >= mention.end and self._only_names_between(mention, r.mention)
        )
        before = (
            r
            for r in people
            if r.mention.end <= mention.start
            and self._is_apposed_before(r.mention, mention)
            and self._is_closed(mention)
        )
        return next(after, None) or next(before, None)

    def _is_closed(self, role: Mention) -> bool:
        """ "NAME, the Kenyan minister," and not "NAME, the Kenyan minister and …", a list."""
        end = role.end
        for r in self.of_sentence(role.sentence):
            own = r.mention.kind in BODIES and end <= r.mention.start <= end + NEAR
            if own and (self._is_near(role, r) or self._is_complement(role, r.mention)):
                end = r.mention.end
        rest = self.without_field(self.text[end : end + 60]).lstrip()
        return rest[:1] in CLOSING

    def _is_apposed_before(self, person: Mention, role: Mention) -> bool:
        """ "NAME, the", "NAME, son", "NAME, Ukraine's"."""
        end, start = person.end, role.start
        gap = self.text[end:start].replace("’", "'")
        if not gap.lstrip().startswith(","):
            return False
        for r in self.of_sentence(role.sentence):
            if r.mention.kind in BODIES and end <= r.mention.start and r.mention.end <= start:
                gap = gap.replace(r.mention.text, " ", 1).replace("'s", " ", 1)
        small = {"le", "la", "l'", "the", "a", *self.language.words.possessives}
        words = gap.strip(", ").lower().split()
        return gap.count(",") == 1 and len(words) <= 2 and set(words) <= small

    def _only_names_between(self, role: Mention, person: Mention) -> bool:
        """Nothing but the state's name, small words and at most one comma stands between."""
        end, start = role.end, person.start
        if start - end > NEAR:
            return False
        whole = gap = self.text[end:start]
        for r in self.of_sentence(role.sentence):
            if r.mention.kind in BODIES and end <= r.mention.start < start:
                gap = gap.replace(r.mention.text, " ", 1)
        gap = self.without_field(gap)
        words = set(gap.lower().replace("’", "'").replace("'", " ").replace(",", " ").split())
        small = {"m", "m.", "mr", "mr.", "mme"}
        if gap != whole:  # "president of X, NAME"; but "supporters of NAME" are others
            small |= {"de", "la", "l", "d", "du", "des", "of", "the"}
        return gap.count(",") <= 1 and words <= small and not set(gap) & set('.;:()«»"')

    def without_field(self, gap: str) -> str:
        """What a ministry is for ("des Affaires étrangères") is part of the office's name."""
        plain = gap.lower().replace("’", "'")
        for field in self.language.fields:
            at = plain.find(field)
            if at >= 0:
                return gap[:at] + gap[at + len(field) :]
        return gap

    # --- how it is said ------------------------------------------------------------------------

    def is_former(self, reference: Reference) -> bool:
        tokens = self.sentence(reference).tokens
        head = reference.mention.head
        first = min(head, self._first_token(reference))
        near, former = tokens[max(0, first - 3) : head + 2], self.language.words.former
        return any(
            (_is_one_of(t, former) and t.dep not in ACTING) or fold(t.text).startswith("ex-")
            for t in near
        )

    def is_plural(self, reference: Reference) -> bool:
        return self.head(reference).plural

    def is_definite(self, reference: Reference) -> bool:
        """Said with "the" or without an article of "a" kind: somebody known is meant."""
        tokens, articles = self.sentence(reference).tokens, self.language.words.articles
        first = self._first_token(reference)
        before = tokens[max(0, first - 2) : first]
        return not any(token.text.lower() in articles for token in before)

    def is_bare(self, reference: Reference) -> bool:
        """Nothing says which one is meant: no complement right after it, no adjective."""
        tokens, mention = self.sentence(reference).tokens, reference.mention
        own = [k for k, t in enumerate(tokens) if mention.start <= t.start < mention.end]
        head = tokens[mention.head]
        if head.dep == "compound" and head.head not in own:
            return False  # "President Washington": the title of a name
        after = own[-1] + 1
        beside = {after} if after < len(tokens) else set()
        if beside and tokens[after].pos not in {"AUX", "VERB"}:
            beside.add(tokens[after].head)
        return not any(
            token.head in own
            and (k < own[0] or k in beside)
            and k not in own
            and token.dep in COMPLEMENTS
            and not _is_one_of(token, self.language.words.incidental)
            for k, token in enumerate(tokens)
        )

    def possessive(self, reference: Reference) -> str | None:
        """The possessive article before it ("its", "son"), lower case."""
        tokens, first = self.sentence(reference).tokens, self._first_token(reference)
        near = (token.text.lower() for token in tokens[max(0, first - 2) : first])
        return next((word for word in near if word in self.language.words.possessives), None)

    def head(self, reference: Reference) -> Token:
        return self.sentence(reference).tokens[reference.mention.head]

    def words(self, reference: Reference) -> list[Token]:
        """The tokens of the mention."""
        mention = reference.mention
        tokens = self.sentence(reference).tokens
        return [t for t in tokens if mention.start <= t.start and t.end <= mention.end]

    def sentence(self, reference: Reference) -> Sentence:
        return self.reading.sentences[reference.mention.sentence]

    def of_sentence(self, index: int) -> list[Reference]:
        """References of a sentence, in order."""
        if index not in self._first:
            return []
        return list(self.references[self._first[index] : self._last[index] + 1])

    def same_sentence(self, i: int) -> list[Reference]:
        """The other references of the sentence."""
        own = self.references[i]
        return [r for r in self.of_sentence(own.mention.sentence) if r is not own]

    def before(self, i: int) -> list[Reference]:
        """Earlier references of the same sentence."""
        return list(self.references[self._first[self.references[i].mention.sentence] : i])

    def _first_token(self, reference: Reference) -> int:
        tokens = self.sentence(reference).tokens
        start = reference.mention.start
        return next((k for k, t in enumerate(tokens) if t.start >= start), reference.mention.head)


def is_definite_noun(sentence: Sentence, i: int, language: Language) -> bool:
    """Said with "the" or "this": one that is known is meant."""
    tokens, words = sentence.tokens, language.words.definite
    return any(t.head == i and t.dep == "det" and _is_one_of(t, words) for t in tokens)


def _is_one_of(token: Token, words: Sequence[str]) -> bool:
    """By the word as it stands, or by its dictionary form."""
    return token.text.lower() in words or token.lemma in words


def _is_known(reference: Reference) -> bool:
    return reference.actor is not None or bool(reference.candidates)
