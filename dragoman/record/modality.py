"""Status of a coded act, and the PLOVER category that root and status give together.

In: a clause, what governs it, and the language's cue words. Out: `Modality` and the final
category. The table follows the modality codebook of zero-shot PLOVER coding (Hu et al. 2024),
with the decisions of `docs/codebook.md`: what is only demanded, denied, alleged or hypothetical
keeps its root.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.knowledge.languages import Language
from dragoman.model import Clause, Sentence, Status

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
CONTENT = frozenset({"ccomp", "xcomp", "obj", "advcl", "acl", "obl", "nmod", "nsubj:pass"})
LINKING = frozenset(
    {
        "of",
        "to",
        "for",
        "from",
        "with",
        "de",
        "à",
        "pour",
        "contre",
        "d'",
        "on",
        "au",
        "against",
        "sur",
        "que",
        "that",
        "into",
        "in",
    }
)


@dataclass(frozen=True, slots=True)
class Modality:
    """`refused`: a cooperative act that its own doer withholds, which is a REJECT that happened."""

    status: Status
    refused: bool = False
    reason: str = ""
    governor: int | None = None
    """Token index of the predicate that decided, if one did."""


PLAIN = Modality("happened")


def modality(clause: Clause, sentence: Sentence, language: Language) -> Modality:
    """The first cue that decides, from the predicate outwards."""
    own = _own(clause, sentence, language)
    for i, relation in clause.governors:
        if not _is_content(relation) or _is_presupposed(clause, sentence, i, relation):
            break
        governed = _governed(sentence, i, relation, language, clause)
        if governed is not None:
            return governed if own.status in {"happened", "ongoing"} and not own.refused else own
    return own


def _is_content(relation: str) -> bool:
    dep, _, word = relation.partition(":")
    if relation.startswith("nsubj:pass"):
        return True
    if relation == "advcl":
        return False  # "when X entered Y, Z appealed": a circumstance, not what was asked for
    return dep in CONTENT and (not word or word in LINKING)


def _is_presupposed(clause: Clause, sentence: Sentence, above: int, relation: str) -> bool:
    """ "the truce signed in 2020": a participle on a noun tells what is taken as done."""
    participle = sentence.tokens[clause.head].mood == "part"
    return relation.startswith("acl") and participle and sentence.tokens[above].pos != "VERB"


def _own(clause: Clause, sentence: Sentence, language: Language) -> Modality:
    cues = language.modality.words
    if clause.conditional:
        return Modality("hypothetical", reason="if-clause")
    if clause.negated:
        return Modality("denied", refused=True, reason="negated")
    if clause.modal is not None and clause.modal not in cues.future:
        return Modality("hypothetical", reason=f"modal “{clause.modal}”")
    if clause.mood == "cnd":
        return Modality("alleged", reason="conditional: hearsay")
    if clause.tense == "future":
        return Modality("planned", reason="future tense")
    if set(clause.modifiers) & set(cues.doubt):
        return Modality("alleged", reason="told with a word of doubt")
    if clause.modal is not None or _follows_future(clause, sentence, language):
        return Modality("planned", reason="future auxiliary")
    if set(clause.modifiers) & set(cues.ongoing):
        return Modality("ongoing", reason="told as going on")
    return Modality("happened")


def _follows_future(clause: Clause, sentence: Sentence, language: Language) -> bool:
    """ "va attaquer": the auxiliary is a verb of its own for the parser."""
    return any(
        sentence.tokens[i].lemma in language.modality.words.future and relation == "xcomp"
        for i, relation in clause.governors[:1]
    )


def _governed(
    sentence: Sentence, i: int, relation: str, language: Language, clause: Clause
) -> Modality | None:
    token = sentence.tokens[i]
    kind = language.governors.get(token.lemma)
    word = token.text
    if token.pos != "VERB" and word.lower() in language.roles:
        return None  # "the opposition" is a party here, not a refusal
    if token.lemma in language.modality.words.modal and relation == "xcomp":
        return Modality("hypothetical", reason=f"modal “{word}”", governor=i)
    if token.lemma in language.words.be and relation == "xcomp" and clause.mood == "inf":
        return Modality("planned", reason=f"“{word} to”", governor=i)
    statuses: dict[str, Status] = {
        "planned": "planned",
        "promised": "planned",
        "demanded": "demanded",
        "threatened": "threatened",
        "denied": "denied",
        "alleged": "alleged",
        "halted": "halted",
        "failed": "hypothetical",
        "hypothetical": "hypothetical",
    }
    if kind == "refused":
        return Modality("denied", refused=True, reason=f"refused: “{word}”", governor=i)
    if kind in statuses and (kind not in {"denied", "alleged"} or relation != "obj"):
        return Modality(statuses[kind], reason=f"under “{word}”", governor=i)
    return None


def final_category(root: str, quad: int, found: Modality) -> tuple[str, Status]:
    """PLOVER's single category for root and status, and the status that category then has."""
    status = found.status
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
