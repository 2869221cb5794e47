"""The table that makes one PLOVER category of root and status."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.model import Status
from dragoman.pipeline import Steps
from dragoman.record.modality import Modality, final_category, modality
from tests.read.tables import clause_of, reading_of

# fmt: off
TABLE: list[tuple[str, Status, bool, str, Status]] = [
    # what happened, or goes on, keeps its root
    ("CONSULT", "happened", False, "CONSULT", "happened"),
    ("ASSAULT", "ongoing", False, "ASSAULT", "ongoing"),
    # planned: cooperation is agreed, material conflict threatened, words of conflict stay
    ("CONSULT", "planned", False, "AGREE", "planned"),
    ("AID", "planned", False, "AGREE", "planned"),
    ("RETREAT", "planned", False, "AGREE", "planned"),
    ("ASSAULT", "planned", False, "THREATEN", "planned"),
    ("SANCTION", "planned", False, "THREATEN", "planned"),
    ("ACCUSE", "planned", False, "ACCUSE", "planned"),
    # threatened material conflict
    ("ASSAULT", "threatened", False, "THREATEN", "threatened"),
    ("COERCE", "threatened", False, "THREATEN", "threatened"),
    ("CONSULT", "threatened", False, "CONSULT", "threatened"),
    # refused or negated cooperation is a refusal that happened
    ("CONSULT", "denied", True, "REJECT", "happened"),
    ("AID", "denied", True, "REJECT", "happened"),
    # negated conflict is denied
    ("ASSAULT", "denied", True, "ASSAULT", "denied"),
    ("ACCUSE", "denied", True, "ACCUSE", "denied"),
    # cooperation that somebody denies, without withholding it
    ("CONSULT", "denied", False, "CONSULT", "denied"),
    # halted: cooperation turns to conflict, material conflict to retreat
    ("AID", "halted", False, "SANCTION", "happened"),
    ("COOPERATE", "halted", False, "SANCTION", "happened"),
    ("SUPPORT", "halted", False, "SANCTION", "happened"),
    ("CONSULT", "halted", False, "REJECT", "happened"),
    ("ASSAULT", "halted", False, "RETREAT", "happened"),
    ("SANCTION", "halted", False, "RETREAT", "happened"),
    ("ACCUSE", "halted", False, "ACCUSE", "halted"),
    # tried in vain: cooperation that does not come about is a refusal
    ("AGREE", "hypothetical", True, "REJECT", "happened"),
    ("ASSAULT", "hypothetical", True, "ASSAULT", "hypothetical"),
    # what is only demanded, alleged or supposed keeps its root
    ("AID", "demanded", False, "AID", "demanded"),
    ("ASSAULT", "alleged", False, "ASSAULT", "alleged"),
    ("ASSAULT", "hypothetical", False, "ASSAULT", "hypothetical"),
    ("CONSULT", "hypothetical", False, "CONSULT", "hypothetical"),
]
# fmt: on


@pytest.mark.parametrize(("root", "status", "refused", "category", "final"), TABLE)
def test_final_category(
    root: str, status: Status, refused: bool, category: str, final: Status, knowledge: Knowledge
) -> None:
    found = final_category(root, knowledge.codebook.quad(root), Modality(status, refused))
    assert found == (category, final)


# fmt: off
ENDS: list[tuple[str, Status, bool, str, Status]] = [
    # the end of an act is an act of its own, and has the status
    ("ASSAULT", "planned", False, "AGREE", "planned"),
    ("ASSAULT", "demanded", False, "RETREAT", "demanded"),
    ("ASSAULT", "denied", True, "REJECT", "happened"),
    ("AID", "planned", False, "THREATEN", "planned"),
    ("AID", "threatened", False, "THREATEN", "threatened"),
    ("AID", "denied", True, "SANCTION", "denied"),
    ("CONSULT", "planned", False, "REJECT", "planned"),
    ("ACCUSE", "planned", False, "ACCUSE", "halted"),
]
# fmt: on


@pytest.mark.parametrize(("root", "status", "refused", "category", "final"), ENDS)
def test_final_category_of_an_end(
    root: str, status: Status, refused: bool, category: str, final: Status, knowledge: Knowledge
) -> None:
    ended = Modality(status, refused, halted=True)
    assert final_category(root, knowledge.codebook.quad(root), ended) == (category, final)


# fmt: off
STATUS: list[tuple[str, str, str, Status]] = [
    # plain
    ("en", "Poland signed the treaty.", "sign", "happened"),
    # future tense, and what is planned
    ("en", "Poland will sign the treaty.", "sign", "planned"),
    ("fr", "Paris va signer l'accord.", "signer", "planned"),
    ("en", "Poland plans to sign the treaty.", "sign", "planned"),
    # what a headline announces
    ("en", "Polish president to visit Vilnius", "visit", "planned"),
    ("en", "Kenya to sign treaty with Uganda", "sign", "planned"),
    ("en", "Kenya and Uganda meet to sign treaty", "meet", "happened"),
    ("fr", "Varsovie : visite du président pour signer l'accord", "signer", "planned"),
    # promised
    ("fr", "Le président a promis de libérer les otages.", "libérer", "planned"),
    # demanded
    ("en", "Norway urged Serbia to sign the treaty.", "sign", "demanded"),
    ("fr", "Oslo demande à Belgrade de signer l'accord.", "signer", "demanded"),
    # threatened
    ("en", "Minsk threatened to attack Vilnius.", "attack", "threatened"),
    # refused, negated, denied
    ("en", "Kenya refused to sign the treaty.", "sign", "denied"),
    ("en", "Poland did not sign the treaty.", "sign", "denied"),
    ("fr", "Asmara nie avoir attaqué les réfugiés.", "attaquer", "denied"),
    # halted
    ("en", "Niger suspended cooperation with France.", "cooperation", "halted"),
    # a promise or a threat under a condition stays one; what is in the if-clause is supposed
    ("en", "Poland will sign the treaty if Vienna does.", "sign", "planned"),
    ("en", "Ghana is ready to release the pilots if Togo pays.", "release", "planned"),
    ("en", "Chad would attack the base if Niger moved.", "attack", "hypothetical"),
    ("en", "If Ghana attacks the base, Togo will protest.", "attack", "hypothetical"),
    # future in the past
    ("en", "Lima said it would sign the treaty.", "sign", "planned"),
    ("fr", "Lima a annoncé qu'elle signerait l'accord.", "signer", "planned"),
    ("en", "Analysts think Lima would sign the treaty.", "sign", "hypothetical"),
    # a negated intention, a negated end
    ("en", "Lima does not intend to sign the treaty.", "sign", "denied"),
    ("fr", "Lima n'entend pas signer l'accord.", "signer", "denied"),
    ("en", "Lima did not stop attacking the rebels.", "attack", "happened"),
    # what governs an end, and its own future
    ("en", "Lima agreed to stop attacking the rebels.", "attack", "planned"),
    ("en", "Lima was urged to stop attacking the rebels.", "attack", "demanded"),
    ("en", "Lima will stop attacking the rebels.", "attack", "planned"),
    ("en", "Lima stopped attacking the rebels.", "attack", "halted"),
    ("fr", "Lima a promis de cesser de bombarder les rebelles.", "bombarder", "planned"),
    # failed
    ("en", "Lima failed to sign the treaty.", "sign", "hypothetical"),
    ("fr", "Lima a échoué à signer l'accord.", "signer", "hypothetical"),
    # tried only
    ("en", "Rebels tried to attack the palace.", "attack", "hypothetical"),
    # a modal
    ("en", "Tirana could send gendarmes.", "send", "hypothetical"),
    # if
    ("fr", "Si Paris signe l'accord, Berlin protestera.", "signer", "hypothetical"),
    # hearsay
    ("fr", "L'armée aurait bombardé le village.", "bombarder", "alleged"),
    ("en", "Soldiers reportedly attacked the village.", "attack", "alleged"),
    # "said that" changes nothing
    ("en", "Moscow said that Kyiv attacked the bridge.", "attack", "happened"),
    # begun is happening
    ("en", "Rebels began to attack the palace.", "attack", "happened"),
    # a participle on a noun tells what is taken as done
    ("en", "Minsk rejected the treaty signed by Warsaw.", "sign", "happened"),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "lemma", "due"), STATUS)
def test_status(language: str, text: str, lemma: str, due: Status, steps: Steps) -> None:
    reading = reading_of(text, language, steps)
    clause = clause_of(reading, lemma)
    sentence = reading.sentences[clause.sentence]
    found = modality(clause, sentence, steps.knowledge.languages[language])
    assert found.status == due, found
    assert found.reason or due == "happened"
