"""Status of a coded act, and the PLOVER category that root and status give together.

In: a clause, what governs it, and the language's cue words. Out: `Modality` and the final
category. The table follows the modality codebook of zero-shot PLOVER coding (Hu et al. 2024),
with the decisions of `docs/codebook.md`: what is only demanded, denied, alleged or hypothetical
keeps its root.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.knowledge.languages import Language
from dragoman.model import Clause, Sentence, Status
from dragoman.trees import Tree

COOPERATION = frozenset({1, 2})
MATERIAL_CONFLICT = 4
HALTED = {
    "AID": "SANCTION",
    "COOPERATE": "SANCTION",
    "RETREAT": "SANCTION",
    "SUPPORT": "SANCTION",
    "AGREE": "SANCTION",
    "CONSULT": "REJECT",
    "CONCEDE": "REJECT",
}
HALTED_QUADS = {"SANCTION": 4, "REJECT": 3, "RETREAT": 2}
CONTENT = frozenset({"ccomp", "xcomp", "obj", "advcl", "acl", "obl", "nmod", "nsubj:pass"})


@dataclass(frozen=True, slots=True)
class Modality:
    """`refused`: a cooperative act that its own doer withholds, which is a REJECT that happened.
    `halted`: it is the end of the act that has the status ("agreed to stop the bombing")."""

    status: Status
    refused: bool = False
    reason: str = ""
    governor: int | None = None
    """Token index of the predicate that decided, if one did."""
    halted: bool = False


STATUSES: Mapping[str, Status] = {
    "planned": "planned",
    "promised": "planned",
    "demanded": "demanded",
    "threatened": "threatened",
    "denied": "denied",
    "alleged": "alleged",
    "halted": "halted",
    "tried": "hypothetical",
    "hypothetical": "hypothetical",
}
"""What each list of `[governors]` in modality.toml gives; the refused and failed are told apart."""
INTENDED = frozenset({"planned", "promised", "begun"})
UNREAL = frozenset({"halted", "denied", "refused", "threatened", "alleged", "demanded", "tried"})
INFINITE = frozenset({"inf", "part", "ger"})

PLAIN = Modality("happened")


def modality(clause: Clause, sentence: Sentence, language: Language) -> Modality:
    """The first cue that decides, from the predicate outwards; beyond an end of it, the next."""
    read = _Cues(clause, Tree(sentence), language)
    own = read.own()
    decided = own.status not in {"happened", "ongoing"} or own.refused
    halted = False
    for i, relation in clause.governors:
        if not decided and clause.pos == "n" and relation == "nsubj" and read.is_occurring(i):
            return read.group(i) or own
        if (
            decided
            or not read.is_content(relation)
            or _is_presupposed(clause, sentence, i, relation)
        ):
            break
        governed = read.governed(i, relation)
        if governed is None:
            continue
        if governed.status == "halted" and not halted:
            halted, own = True, governed
            outer = read.group(i)
            if outer is None:
                continue
            governed = outer
        return replace(governed, halted=halted)
    if own.status == "happened" and clause.conditional:
        return Modality("hypothetical", reason="limited by an if-clause")
    if own.status == "happened" and read.is_to_come():
        return Modality("planned", reason="infinitive without a finite verb")
    return own


def _is_presupposed(clause: Clause, sentence: Sentence, above: int, relation: str) -> bool:
    """ "the truce signed in 2020": a participle on a noun tells what is taken as done."""
    participle = sentence.tokens[clause.head].mood == "part"
    return relation.startswith("acl") and participle and sentence.tokens[above].pos != "VERB"


class _Cues:
    """What the words of one clause, and those that govern it, say of its status."""

    def __init__(self, clause: Clause, tree: Tree, language: Language) -> None:
        self.clause = clause
        self.tree = tree
        self.tokens = tree.tokens
        self.language = language
        self.cues = language.modality.words

    def is_content(self, relation: str) -> bool:
        """What governs by this relation says whether the act is done, and is no circumstance."""
        dep, _, word = relation.partition(":")
        if relation.startswith("nsubj:pass"):
            return True
        if relation == "advcl":
            return False  # "when X entered Y, Z appealed": a circumstance, not what was asked for
        return dep in CONTENT and (not word or word in self.language.words.linking)

    def own(self) -> Modality:
        clause, cues = self.clause, self.cues
        if clause.conditional and self.is_in_condition():
            return Modality("hypothetical", reason="if-clause")
        if clause.negated:
            return Modality("denied", refused=True, reason="negated")
        if self.is_announced():
            return Modality("planned", reason="announced: future in the past")
        if clause.modal is not None and clause.modal not in cues.future:
            return Modality("hypothetical", reason=f"modal “{clause.modal}”")
        if clause.mood == "cnd":
            return Modality("alleged", reason="conditional: hearsay")
        if clause.tense == "future":
            return Modality("planned", reason="future tense")
        if set(clause.modifiers) & set(cues.doubt):
            return Modality("alleged", reason="told with a word of doubt")
        if clause.modal is not None or self.follows_future():
            return Modality("planned", reason="future auxiliary")
        if set(clause.modifiers) & set(cues.ongoing):
            return Modality("ongoing", reason="told as going on")
        return Modality("happened")

    def is_in_condition(self) -> bool:
        """Within the if-clause, not in the main clause that one limits."""
        start = self.clause.head if self.clause.support is None else self.clause.support
        return any(
            self.tokens[mark].text.lower() in self.cues.if_
            for i in (start, *self.tree.climb(start))
            for mark in self.tree.where(i, "mark")
        )

    def is_announced(self) -> bool:
        """ "said it would withdraw", "a annoncé qu'il se retirerait": intent, neither doubt nor
        supposition."""
        clause = self.clause
        would = clause.modal in self.cues.told_future
        later = clause.modal is None and clause.mood == "cnd" and clause.tense != "past"
        if not (would or later) or not clause.governors:
            return False
        i, relation = clause.governors[0]
        above = self.tokens[i]
        kind = self.language.governors.get(above.lemma)
        told = would or self.is_past(i)
        return (
            told
            and relation.startswith("ccomp")
            and kind in {"reporting", "promised", "threatened"}
        )

    def is_to_come(self) -> bool:
        """ "Ministers to meet in Oslo", as headlines announce."""
        verbs = (token for token in self.tokens if token.pos in {"VERB", "AUX"})
        is_bare = self.clause.mood == "inf" and self.clause.tense != "past"
        return is_bare and not any(token.mood not in INFINITE for token in verbs)

    def is_past(self, i: int) -> bool:
        helpers = (self.tokens[j] for j in self.tree.where(i, "aux", "aux:pass"))
        return self.tokens[i].tense == "past" or any(t.tense == "past" for t in helpers)

    def follows_future(self) -> bool:
        """ "va attaquer": the auxiliary is a verb of its own for the parser."""
        return any(
            self.tokens[i].lemma in self.cues.future and relation == "xcomp"
            for i, relation in self.clause.governors[:1]
        )

    def is_occurring(self, i: int) -> bool:
        """ "the talks will take place", "n'a pas eu lieu": the verb only says that it occurs."""
        verb = self.tokens[i].lemma
        near = self.tokens[i + 1 : i + 4]  # parsers hang "lieu" in odd places
        phrases = {f"{verb} {token.lemma}" for token in near}
        return bool({verb, *phrases} & set(self.cues.occurring))

    def group(self, i: int) -> Modality | None:
        """The status that a governor's own verb group gives to what it governs."""
        token = self.tokens[i]
        helpers = [self.tokens[j] for j in self.tree.where(i, "aux", "aux:pass")]
        words = {t.lemma for t in helpers} | {t.text.lower() for t in helpers}
        if self.is_negated(i):
            return Modality("denied", refused=True, reason=f"negated: “{token.text}”", governor=i)
        if words & set(self.cues.future) or "future" in {t.tense for t in (token, *helpers)}:
            return Modality("planned", reason=f"future: “{token.text}”", governor=i)
        if words & set(self.cues.modal):
            return Modality("hypothetical", reason=f"modal at “{token.text}”", governor=i)
        return None

    def is_negated(self, i: int) -> bool:
        negation = set(self.cues.negation)
        return any(
            {self.tokens[j].text.lower(), self.tokens[j].lemma} & negation
            for j in self.tree.where(i, "advmod", "det", "advmod:neg", "cc", "mark")
        )

    def governed(self, i: int, relation: str) -> Modality | None:
        token = self.tokens[i]
        kind = self.language.governors.get(token.lemma)
        word = token.text
        if token.pos != "VERB" and self.language.role_noun([word], [token.lemma]) is not None:
            return None  # "the opposition" is a party here, not a refusal
        if self.is_negated(i):
            if kind in INTENDED:
                return Modality("denied", refused=True, reason=f"not “{word}”", governor=i)
            if kind in UNREAL:
                return None  # "did not stop attacking": it goes on
        if token.lemma in self.cues.modal and relation == "xcomp":
            return Modality("hypothetical", reason=f"modal “{word}”", governor=i)
        infinitive = relation == "xcomp" and self.clause.mood == "inf"
        if token.lemma in self.language.words.be and infinitive:
            return Modality("planned", reason=f"“{word} to”", governor=i)
        if kind == "refused":
            return Modality("denied", refused=True, reason=f"refused: “{word}”", governor=i)
        if kind == "failed":
            return Modality("hypothetical", refused=True, reason=f"failed: “{word}”", governor=i)
        status = STATUSES.get(kind or "")
        if status and (kind not in {"denied", "alleged"} or relation != "obj"):
            return Modality(status, reason=f"under “{word}”", governor=i)
        return None


def final_category(root: str, quad: int, found: Modality) -> tuple[str, Status]:
    """PLOVER's single category for root and status, and the status that category then has."""
    status = found.status
    if found.halted:
        root, status = final_category(root, quad, Modality("halted"))
        if status != "happened":
            return root, status
        quad, status = HALTED_QUADS[root], found.status
    cooperative = quad in COOPERATION
    if found.refused and cooperative:
        return "REJECT", "happened"
    if status == "planned":
        if cooperative:
            return "AGREE", "planned"
        return ("THREATEN" if quad == MATERIAL_CONFLICT else root), "planned"
    if status == "threatened" and quad == MATERIAL_CONFLICT:
        return "THREATEN", "threatened"
    if status == "halted":
        if cooperative:
            return HALTED.get(root, "SANCTION"), "happened"
        return ("RETREAT", "happened") if quad == MATERIAL_CONFLICT else (root, "halted")
    return root, status
