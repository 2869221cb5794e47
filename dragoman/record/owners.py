"""To which verb or noun of its sentence a time belongs.

In: a sentence's tree and the language. Out: for a time the token that owns it: the act noun it is
part of ("the 2002 vote"), else the verb it hangs from, mended where commas tell more than the
tree; None where a name or a bracket parts them. It does not ask what the acts are.
"""

from __future__ import annotations

from functools import cached_property

from dragoman.knowledge.languages import Language
from dragoman.model import Sentence, Time
from dragoman.trees import Tree

VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"NOUN", "PROPN"})
INSIDE_NAMES = frozenset({"compound", "nummod", "amod", "nmod:poss"})
"""Relations by which a time before a noun is part of it ("the 2002 vote", "Tuesday's raid")."""
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass"})
COMMAS = frozenset({",", ";", "–", "—", "(", ")", ":"})
STOPS = frozenset({";", ":"})
CLAUSES = frozenset({"acl", "acl:relcl", "advcl", "ccomp"})
NO_PREDICATES = frozenset({"amod", "fixed", "case", "compound", "punct", "aux", "aux:pass", "cop"})
TIME_WORDS = ("part", "unit", "units", "edge", "season", "weekday", "month", "offset", "beside")


class Owners:
    """One sentence, asked for the owner of each of its times."""

    def __init__(self, sentence: Sentence, language: Language) -> None:
        self.tree = Tree(sentence)
        self.language = language

    def of(self, time: Time) -> int | None:
        """The token that the time belongs to."""
        first, last = self.span(time)
        noun = self.noun_around(first, last)
        if noun is not None:
            return noun
        owner = self._above(self._anchor(first, last), first, last)
        owner = self._mended(owner, first, last)
        if owner is None:
            return None
        return self._participle_before(owner, first) or self._oblique_act(owner, first) or owner

    def _participle_before(self, owner: int, first: int) -> int | None:
        """The participle that the time follows at once ("sanctions lifted two years later")."""
        tokens = self.tree.tokens
        at = first - 1
        while at > owner and tokens[at].pos in {"ADP", "DET"}:
            at -= 1
        after_noun = tokens[at].dep in {"acl", "amod"} and tokens[at].head < at
        return at if at > owner and after_noun and tokens[at].pos == "VERB" else None

    def verbs_between(self, low: int, high: int) -> list[int]:
        """Predicates among the tokens that begin between two offsets."""
        return [i for i, t in enumerate(self.tree.tokens)
                if low <= t.start < high and self.is_predicate(i)]  # fmt: skip

    def span(self, time: Time) -> tuple[int, int]:
        """First and last token of a time."""
        inside = [i for i, t in enumerate(self.tree.tokens)
                  if t.end > time.start and t.start < time.end]  # fmt: skip
        return (inside[0], inside[-1]) if inside else (0, 0)

    def _anchor(self, first: int, last: int) -> int:
        """The token by which the time hangs from the rest: by a verb, if any does."""
        tokens = self.tree.tokens
        out = [i for i in range(first, last + 1)
               if not first <= tokens[i].head <= last or tokens[i].head == i]  # fmt: skip
        by_verb = [i for i in out if tokens[tokens[i].head].pos in VERBS]
        return next(iter(by_verb or out), first)

    def noun_around(self, first: int, last: int) -> int | None:
        """The noun that a time is part of: what follows it, or what it follows with "of"."""
        tokens = self.tree.tokens
        for i in range(first, last + 1):
            head = tokens[i].head
            if head > last and tokens[i].dep in INSIDE_NAMES and tokens[head].pos in NOUNS:
                # "On 12 March Kenya condemned": the day is not part of the name
                apart = first > 0 and tokens[first - 1].pos == "ADP"
                return None if apart and tokens[head].dep in SUBJECTS else head
        before = first - 1
        while before > 0 and tokens[before].pos == "DET" and not self._is_of(before):
            before -= 1
        if before < 1 or not self._is_of(before):
            return None
        i = before - 1
        while i > 0 and self._qualifies(i):
            i -= 1
        return i if tokens[i].pos == "NOUN" and not self._is_time_word(i) else None

    def _is_of(self, i: int) -> bool:
        if i >= len(self.tree.tokens):
            return False
        token = self.tree.tokens[i]
        return token.pos == "ADP" and bool(
            {token.text.lower(), token.lemma} & set(self.language.words.of)
        )

    def _qualifies(self, i: int) -> bool:
        """An adjective or bare participle after its noun ("le putsch manqué de vendredi")."""
        token = self.tree.tokens[i]
        return token.pos in {"ADJ", "VERB"} and token.dep in {"amod", "acl"} and token.head == i - 1

    def _is_time_word(self, i: int) -> bool:
        token = self.tree.tokens[i]
        tables = self.language.times.words
        return any(word in tables.get(name, {}) for name in TIME_WORDS
                   for word in (token.lemma, token.text.lower()))  # fmt: skip

    def _above(self, anchor: int, first: int, last: int) -> int | None:
        """The first act noun or verb above a time; None where what lies between parts them."""
        tokens = self.tree.tokens
        last_seen = anchor
        for i in self.tree.climb(anchor):
            token = tokens[i]
            if tokens[last_seen].dep == "appos" or self._parenthesis(last_seen, i, first, last):
                return None
            if self.is_predicate(i) or (token.dep == "root" and token.pos != "PROPN"):
                return i
            noun = token.pos == "NOUN" and i < first and not self._is_time_word(i)
            if noun and self.is_act(i) and self._keeps(i, last_seen, first):
                return i
            last_seen = i
        return None if tokens[anchor].pos not in VERBS else anchor

    def _keeps(self, noun: int, below: int, first: int) -> bool:
        """Whether a time in an act noun's phrase is the noun's and not the verb's above it.

        It is where the act is only wanted, or named in full ("the transfer of X on Thursday"); not
        after a name that says where, and not where verb and noun are one ("declared a truce").
        """
        tokens = self.tree.tokens
        governors = self.language.modality.governors
        wanted = {*governors.planned, *governors.demanded}
        if tokens[tokens[noun].head].lemma in wanted:
            return True
        if below < first and tokens[below].pos == "PROPN" and not self._is_genitive(below):
            return False
        return tokens[noun].dep != "obj" or self._is_named(noun)

    def _is_named(self, noun: int) -> bool:
        return any(self._is_genitive(j) for j in self.tree.where(noun, "nmod", "nmod:poss", "acl"))

    def _is_named_act(self, i: int) -> bool:
        return self.tree.tokens[i].pos == "NOUN" and self.is_act(i) and self._is_named(i)

    def _oblique_act(self, verb: int, first: int) -> int | None:
        """The act beside the verb whose name ends where the time begins ("after the arrest of X on
        Monday")."""
        tokens = self.tree.tokens
        at = first - 1
        while at > verb and tokens[at].pos in {"ADP", "DET"}:
            at -= 1
        for i in (at, *self.tree.climb(at)):
            if i <= verb:
                return None
            if tokens[i].head == verb:
                meant = tokens[first - 1].text.lower() in self.language.words.set_for
                if tokens[i].dep == "obj" and meant:
                    return i if tokens[i].pos == "NOUN" else None
                named = tokens[i].dep.startswith("obl") and self._is_named_act(i)
                return i if named else None
        return None

    def _is_genitive(self, i: int) -> bool:
        tokens = self.tree.tokens
        return (
            any(self._is_of(j) for j in self.tree.where(i, "case")) or tokens[i].dep == "nmod:poss"
        )

    def _parenthesis(self, below: int, above: int, first: int, last: int) -> bool:
        """A bracket opens between what is above and the time, and more than the time is in it."""
        tokens = self.tree.tokens
        opened = [i for i in range(min(above, first), first) if tokens[i].text == "("]
        return (
            bool(opened)
            and not any(tokens[i].text == ")" for i in range(opened[-1], first))
            and first - opened[-1] > 2
        )

    def is_act(self, i: int) -> bool:
        token = self.tree.tokens[i]
        words = {token.lemma, token.text.lower()}
        return bool(words & self._act_nouns)

    @cached_property
    def _act_nouns(self) -> frozenset[str]:
        return self.language.frames.words("n") | frozenset(self.language.words.happenings)

    # --- mending by commas -----------------------------------------------------------------

    def _mended(self, owner: int | None, first: int, last: int) -> int | None:
        """The owner where commas say another than the tree."""
        tokens = self.tree.tokens
        left, right = self._segment(first, last)
        if left == 0 and self._is_bare(left, right, first, last):
            return self._main_after(right) if owner is None else self._topmost(owner, right)
        if owner is None:
            verbs = [i for i in range(left, first) if tokens[i].pos == "VERB"]
            return verbs[-1] if verbs else None
        if self.has_stop(min(owner, first), max(owner, last)):
            return self._this_side(first) or owner
        if owner > last and self._opens_after(owner, last):
            return self._below(owner, first)
        if owner < left and tokens[left].pos == "ADV":
            nearer = [i for i in range(owner, left) if self.is_predicate(i)]
            return nearer[-1] if nearer else owner
        if not left <= owner <= right:
            verbs = [i for i in range(left, first) if self.is_predicate(i)]
            acts = [i for i in range(left, first) if self._is_named_act(i)]
            if verbs or acts:
                return (verbs or acts)[-1]
        if not self._is_bare(left, right, first, last):
            return owner
        named = left - 2  # "the death, on Friday, of X"
        if tokens[named].pos == "NOUN" and self.is_act(named) and self._is_of(right + 2):
            return named
        if owner <= right:
            return owner
        beforehand, _ = self._segment(left - 2, left - 2)
        opened = [i for i in range(beforehand, left) if self.is_predicate(i)]
        if opened and any(tokens[i].pos == "SCONJ" for i in range(beforehand, opened[0])):
            return opened[-1]
        act = self._subject_act(beforehand, left)
        return owner if act is None else act

    def _this_side(self, first: int) -> int | None:
        """The verb on the time's own side of a semicolon or colon: before it, else after it."""
        low = high = first
        tokens = self.tree.tokens
        while low > 0 and tokens[low - 1].text not in STOPS:
            low -= 1
        while high + 1 < len(tokens) and tokens[high].text not in STOPS:
            high += 1
        before = [i for i in range(low, first) if self.is_predicate(i)]
        after = [i for i in range(first, high) if self.is_predicate(i)]
        return before[-1] if before else next(iter(after), None)

    def _opens_after(self, owner: int, last: int) -> bool:
        """The time stands before a clause that hangs from what was said before it ("told them on
        Monday he had left")."""
        tokens = self.tree.tokens
        subjects = self.tree.where(owner, *SUBJECTS)
        reported = tokens[owner].dep == "ccomp" and tokens[owner].head < owner
        return reported and bool(subjects) and min(subjects) > last

    def _below(self, owner: int, first: int) -> int:
        head = self.tree.tokens[owner].head
        return head if head < first else owner

    def _segment(self, first: int, last: int) -> tuple[int, int]:
        """First token after the comma before, last token before the comma after."""
        tokens = self.tree.tokens
        left = max(first, 0)
        while left > 0 and tokens[left - 1].text not in COMMAS:
            left -= 1
        right = last
        while right + 1 < len(tokens) and tokens[right + 1].text not in COMMAS:
            right += 1
        return left, right

    def _is_bare(self, left: int, right: int, first: int, last: int) -> bool:
        """Nothing stands between the commas but the time and its preposition."""
        tokens = self.tree.tokens
        others = [*range(left, first), *range(last + 1, right + 1)]
        return right + 1 < len(tokens) and all(tokens[i].pos in {"ADP", "DET"} for i in others)

    def _topmost(self, owner: int, right: int) -> int:
        """A time that opens the sentence is the main clause's, not that of a clause put between."""
        tokens = self.tree.tokens
        while tokens[owner].dep in {"advcl", "ccomp"} and tokens[owner].head > owner:
            if self.has_stop(owner, tokens[owner].head):
                break
            owner = tokens[owner].head
        return owner

    def _main_after(self, right: int) -> int | None:
        return next((i for i, t in enumerate(self.tree.tokens) if i > right and t.dep == "root"
                     and t.pos in VERBS), None)  # fmt: skip

    def _subject_act(self, start: int, end: int) -> int | None:
        """The act noun that a bare time between commas follows ("the visit of X, on Monday,")."""
        heads = [i for i in range(start, end) if self.tree.tokens[i].dep in SUBJECTS]
        return next((i for i in heads if self.is_act(i)), None)

    def is_predicate(self, i: int) -> bool:
        """A verb, or what the parser took for an adjective though it stands as one ("closed in
        2012")."""
        token = self.tree.tokens[i]
        if token.pos == "ADJ":
            return token.dep in CLAUSES or bool(self.tree.where(i, "aux", "aux:pass", "obl"))
        if token.dep == "amod" and token.head < i:
            return token.pos == "VERB" and bool(self.tree.where(i, "obl", "xcomp", "obl:agent"))
        return token.pos in VERBS and token.dep not in NO_PREDICATES

    def has_stop(self, low: int, high: int) -> bool:
        return any(t.text in STOPS for t in self.tree.tokens[low:high])
