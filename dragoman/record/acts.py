"""Acts: clauses that tell one, before they are reports; and which of them tell one act twice.

In: what became of the clauses of one sentence. Out: the same, with a `Refusal` for each act that
does not stand alone: the content of a speech act, and a noun that only completes a coded verb.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from dragoman.knowledge.acts import Features
from dragoman.knowledge.frames import BUILT_IN, Frame
from dragoman.model import Clause, Sentence
from dragoman.record.judging import Verdict
from dragoman.record.modality import Modality
from dragoman.record.sides import Found
from dragoman.record.slots import Filled

COMPLETING = frozenset({"obj", "obl", "nmod", "nsubj:pass", "xcomp", "nsubj"})
SPEECH_ACTS = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
"""Their content is not coded a second time (docs/codebook.md)."""

NEAR = 6
"""Words behind a predicate in which the noun that completes it is shown with it."""
HARM = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST"})
"""Acts that turn a promise to do them into a threat."""


Why = Literal[
    "topic",  # a noun that is only spoken about
    "entry-none",  # the entry of the lexicon that fits says that this is no act
    "no-side",  # no entry fits, and no side is political
    "no-entry",  # no entry fits, and the model was left out
    "no-act",  # the model tells no act
    "unsure",  # no entry fits, and the model's best guess is below its limit
    "content",  # what is asked, promised, threatened or refused by another act
    "completes",  # a noun that completes another act
    "vow",  # a promise or warning of harm, which is told as a threat of that harm
    "not-political",
    "told-before",  # the same sentence stood in the article already
]
"""Why a clause is not coded; also a field of the JSON of `dragoman explain` (docs/json.md)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A clause that is not coded: why, in words, and what was known of it by then."""

    clause: Clause
    sentence: Sentence
    why: Why
    reason: str
    frame: Frame | None = None
    filled: Filled | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    features: Features | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A clause that tells an act, before it is a report."""

    clause: Clause
    sentence: Sentence
    verdict: Verdict
    filled: Filled
    modality: Modality

    @property
    def frame(self) -> Frame:
        return self.verdict.frame

    def refused(self, why: Why, reason: str) -> Refusal:
        told = self.verdict
        return Refusal(
            self.clause, self.sentence, why, reason, told.frame, self.filled,
            told.scores, told.features,
        )  # fmt: skip


def without_repeats(considered: Sequence[Act | Refusal]) -> list[Act | Refusal]:
    """Refuses the content of speech acts, and nouns that only complete a coded verb."""
    acts = [one for one in considered if isinstance(one, Act)]
    vows = _vows_of_harm(acts)
    by_head = {
        act.clause.head: act
        for act in acts
        if act.clause.head not in vows and act.verdict.by != "own"  # these stand beside, not above
    }
    none = {one.clause.head for one in considered
            if isinstance(one, Refusal) and one.why == "entry-none"}  # fmt: skip
    return [
        one
        if isinstance(one, Refusal)
        else one.refused("entry-none", "the entry of the verb it leans on says that this is no act")
        if one.verdict.by == "examples" and one.clause.support in none
        else _alone(one, by_head, vows)
        for one in considered
    ]


def _alone(act: Act, by_head: Mapping[int, Act], vows: Mapping[int, Act]) -> Act | Refusal:
    vowed = vows.get(act.clause.head)
    if vowed is not None:
        return act.refused("vow", f"a vow of {_quoted(vowed)} ({vowed.frame.category})")
    above = _speech_above(act, by_head)
    if above is not None:
        what = f"{above.frame.category} tells it: {_quoted(above)}"
        return act.refused("content", f"content of a speech act; {what}")
    above = _completed_by(act, by_head)
    if above is not None:
        return act.refused("completes", f"completes {_quoted(above)} ({above.frame.category})")
    return _alleged(act, by_head)


def _quoted(act: Act) -> str:
    return f"“{act.sentence.tokens[act.clause.head].text}”"


def _vows_of_harm(acts: Sequence[Act]) -> dict[int, Act]:
    """Heads of promises and warnings whose content is their speaker's own hostile act, with it:
    "vowed to strike", "warned that it would strike". The content counts then, as a threat."""
    by_head = {act.clause.head: act for act in acts}
    found: dict[int, Act] = {}
    for act in acts:
        if act.frame.category not in HARM or act.modality.status not in {"planned", "threatened"}:
            continue
        if act.modality.halted or not act.clause.governors:
            continue
        i, relation = act.clause.governors[0]
        above = by_head.get(i)
        if above is None or above.frame.category not in {"AGREE", "REQUEST"}:
            continue
        if _has_doer_of(above, act) and relation.partition(":")[0] in {"xcomp", "ccomp"}:
            found[i] = act
    return found


def _has_doer_of(above: Act, act: Act) -> bool:
    """The same actor does both, or a pronoun below points back to the one above."""
    pronoun = any(act.sentence.tokens[f.head].pos == "PRON" for f in act.filled.sources)
    return pronoun or bool(_names(act.filled.sources) & _names(above.filled.sources))


def _speech_above(act: Act, by_head: Mapping[int, Act]) -> Act | None:
    for i, relation in act.clause.governors:
        above = by_head.get(i)
        if above is None:
            continue
        dep, _, word = relation.partition(":")
        contained = dep in {"xcomp", "ccomp"} or word in {"to", "for", "à", "de", "of", "from"}
        contained = contained or (dep == "obj" and act.clause.pos == "n")
        contained = contained or (dep == "acl" and above.clause.pos == "n")
        if contained and above.frame.category in SPEECH_ACTS:
            return above
    return None


def _completed_by(act: Act, by_head: Mapping[int, Act]) -> Act | None:
    """A noun that a coded predicate needs as its object, or that tells the same dyad again."""
    if act.clause.pos != "n":
        return _same_act(act, by_head)
    above_it = [i for i, relation in act.clause.governors[:2]
                if relation.partition(":")[0] in COMPLETING]  # fmt: skip
    if act.clause.support is not None:
        above_it.insert(0, act.clause.support)
    own = _names(act.filled.sources) | _names(act.filled.targets)
    for i in above_it:
        above = by_head.get(i)
        if above is None or above is act:
            continue
        if _is_named_by(above, act.clause.head) and (_has_sides(above) or not own):
            return above
        if own <= _names(above.filled.sources) | _names(above.filled.targets):
            return above
    return None


def _same_act(act: Act, by_head: Mapping[int, Act]) -> Act | None:
    """What a participle describes may do the same again: "a bomb planted by X killed"."""
    if not act.clause.governors or not act.clause.governors[0][1].startswith("acl"):
        return None
    above = next((by_head[i] for i, _ in act.clause.governors[1:2] if i in by_head), None)
    if above is None or above.frame.category != act.frame.category:
        return None
    own = _names(act.filled.sources) | _names(act.filled.targets)
    return above if own <= _names(above.filled.sources) | _names(above.filled.targets) else None


def _has_sides(act: Act) -> bool:
    """False where only the noun tells who acts: "the rebels' pledge was made in writing"."""
    return bool(act.filled.sources or act.filled.targets)


def predicate_of(act: Act) -> tuple[int, int]:
    """The span of the words that tell the act: the predicate and, near behind it, the noun that
    its frame asks for ("imposed sanctions"). Code points."""
    tokens, clause = act.sentence.tokens, act.clause
    near = range(clause.head + 1, clause.head + 1 + NEAR)
    ends = [tokens[head].end for head in _asked_for(act, BUILT_IN) if head in near]
    return clause.start, max([clause.end, *ends])


def _is_named_by(act: Act, head: int) -> bool:
    """True when the act's frame asks for a word and this noun is that word."""
    return head in _asked_for(act)


def _asked_for(act: Act, without: Set[str] = frozenset()) -> Iterator[int]:
    """Heads in the slots for which the act's frame asks for words other than `without`."""
    asked = [c for c in act.frame.when if c.values - without and not c.negate]
    slots = {"obj", "of"} if any(not without or c.slot == "obj" for c in asked) else set()
    slots |= {f"pp:{p}" for c in asked for p in c.prepositions}
    if act.clause.passive and not without:
        slots.add("subj")
    for argument in act.clause.arguments:
        if argument.slot in slots:
            yield from (phrase.head for phrase in argument.members)


def _alleged(act: Act, by_head: Mapping[int, Act]) -> Act:
    """What someone is accused of is told as alleged."""
    for i, relation in act.clause.governors:
        above = by_head.get(i)
        dep = relation.partition(":")[0]
        if above is None or above.frame.category != "ACCUSE" or act.clause.pos != "v":
            continue
        if dep in {"advcl", "xcomp", "ccomp"} and above.frame.mode != "disapprove":
            reason = f"content of “{above.frame.lemma}”"
            return replace(act, modality=Modality("alleged", reason=reason))
    return act


def _names(found: Sequence[Found]) -> set[tuple[int, int] | str]:
    return {f.side.actor or (f.side.start, f.side.end) for f in found}
