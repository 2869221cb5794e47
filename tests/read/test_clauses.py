"""Tables of cases: who stands in which slot, and what is said about the predicate."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

import pytest

from dragoman.pipeline import Steps
from tests.read.tables import clause_of, reading_of, slots_of

Slots = dict[str, list[str]]


# fmt: off
SLOTS = [
    # a passive's doer is the agent, its surface subject stays subj
    ("en", "The bridge was destroyed by Russian troops on Sunday.", "destroy", {"subj": ["bridge"], "agent": ["Russian troops"], "pp:on": ["Sunday"]}),
    ("fr", "Les soldats ont été tués par des rebelles à Goma.", "tuer", {"subj": ["soldats"], "agent": ["rebelles à Goma"]}),
    # plain transitive with a place after a preposition
    ("en", "Ankara sent observers to Georgia.", "send", {"subj": ["Ankara"], "obj": ["observers"], "pp:to": ["Georgia"]}),
    # coordination is flattened to members of one slot
    ("en", "France, Italy, Spain and Malta met in Rome.", "meet", {"subj": ["France", "Italy", "Spain", "Malta"], "pp:in": ["Rome"]}),
    ("fr", "La Suède et la Norvège ont condamné le coup d'État.", "condamner", {"subj": ["Suède", "Norvège"], "obj": ["coup d'État"]}),
    # the second verb inherits the subject of the first
    ("en", "The army stormed the palace and arrested the president.", "arrest", {"subj": ["army"], "obj": ["president"]}),
    # ... also in French, where the parser hangs its object from the first verb
    ("fr", "L'armée a pris le palais et arrêté le président.", "arrêter", {"subj": ["armée"], "obj": ["président"]}),
    # an infinitive inherits the subject of the verb that controls it
    ("fr", "Le président a promis de libérer les otages.", "libérer", {"subj": ["président"], "obj": ["otages"]}),
    ("en", "Kenya refused to sign the treaty.", "sign", {"subj": ["Kenya"], "obj": ["treaty"]}),
    # with an object between, the one told is the subject
    ("en", "Norway urged Serbia to sign the treaty.", "sign", {"subj": ["Serbia"], "obj": ["treaty"]}),
    # a gerund under a preposition
    ("en", "He was accused of attacking the convoy.", "attack", {"subj": ["He"], "obj": ["convoy"]}),
    ("en", "He was accused of attacking the convoy.", "accuse", {"subj": ["He"], "pp:of": ["attacking the convoy"], "comp.obj": ["convoy"]}),
    # a relative pronoun as subject stands for its noun
    ("en", "The envoy, who met the king, left.", "meet", {"subj": ["envoy"], "obj": ["king"]}),
    ("fr", "Le ministre qui a rencontré le roi est parti.", "rencontrer", {"subj": ["ministre"], "obj": ["roi"]}),
    # a relative pronoun as object stands for its noun
    ("en", "Turkey hosted the talks that Qatar had proposed.", "propose", {"subj": ["Qatar"], "obj": ["talks"]}),
    ("fr", "La Turquie accueille les pourparlers que le Qatar avait proposés.", "proposer", {"subj": ["Qatar"], "obj": ["pourparlers"]}),
    # ... and without a pronoun
    ("en", "Minsk rejected the plan Warsaw backed.", "back", {"subj": ["Warsaw"], "obj": ["plan"]}),
    # a participle after its noun
    ("en", "Soldiers sent by Niger entered Mali.", "send", {"subj": ["Soldiers"], "agent": ["Niger"]}),
    ("fr", "Les soldats envoyés par le Niger sont entrés au Mali.", "envoyer", {"subj": ["soldats"], "agent": ["Niger"]}),
    # an event noun takes its doer from the possessor, its other side from "of"
    ("en", "Russia's invasion of Ukraine began in 2022.", "invasion", {"poss": ["Russia's"], "of": ["Ukraine"]}),
    ("fr", "L'invasion de l'Ukraine par la Russie a commencé.", "invasion", {"of": ["Ukraine"], "by": ["Russie"]}),
    # "by" hung from the noun before it is still the event noun's doer
    ("en", "The blockade of the enclave by Azerbaijan lasted months.", "blockade", {"of": ["enclave by Azerbaijan"], "by": ["Azerbaijan"]}),
    # a loose complement: the goal of a visit hung from the visitor
    ("fr", "La visite du président français à Erevan a duré deux jours.", "visite", {"of": ["président français à Erevan"], "pp:à": ["Erevan"]}),
    # the subject of a support verb
    ("fr", "La France a mené des négociations avec l'Arménie.", "négociation", {"support": ["France"], "pp:avec": ["Arménie"]}),
    ("en", "The Indian navy conducted joint patrols with the Seychelles coast guard.", "patrol", {"support": ["Indian navy"], "pp:with": ["Seychelles coast guard"], "adj": ["joint"]}),
    # a copula as support verb
    ("fr", "Le roi est en visite au Caire.", "visite", {"support": ["roi"], "pp:à": ["Caire"]}),
    # a possessive article belongs to the subject of the clause
    ("fr", "Il a rencontré son homologue arménien lors de sa visite à Tbilissi.", "visite", {"poss": ["Il"], "pp:à": ["Tbilissi"]}),
    # both parties after "between"
    ("en", "A prisoner exchange between Ukraine and Russia took place at the border.", "exchange", {"between": ["Ukraine", "Russia"], "adj": ["prisoner"]}),
    ("fr", "Combats entre l'armée et les rebelles à Goma", "combat", {"between": ["armée", "rebelles"], "pp:à": ["Goma"]}),
    # a preposition of two words is one
    ("en", "Troops pulled out of the city.", "pull", {"subj": ["Troops"], "pp:out of": ["city"]}),
    ("fr", "Exercices militaires de la Chine près de Taïwan", "exercice", {"of": ["Chine"], "adj": ["militaires"], "pp:près de": ["Taïwan"]}),
    # what hangs from the object
    ("en", "Hungary rejected Latvia's proposal.", "reject", {"subj": ["Hungary"], "obj": ["Latvia's proposal"], "obj.poss": ["Latvia's"]}),
    ("en", "Canada imposed sanctions on Belarus.", "impose", {"subj": ["Canada"], "obj": ["sanctions on Belarus"], "obj.pp:on": ["Belarus"]}),
    # an auxiliary "avoir" is never passive, whatever the parser calls the subject
    ("fr", "Asmara n'a jamais accusé Islamabad d'espionnage.", "accuser", {"subj": ["Asmara"], "obj": ["Islamabad"], "pp:de": ["espionnage"]}),
    # two surnames around a verb: the headline of a meeting
    ("fr", "Macron rencontre Poutine à Moscou", "rencontrer", {"subj": ["Macron"], "obj": ["Poutine"], "pp:à": ["Moscou"]}),
    # a name taken for an adverb before a main verb
    ("fr", "Macron appelle Netanyahou à cesser les frappes sur Gaza", "appeler", {"subj": ["Macron"], "obj": ["Netanyahou"]}),
    # a present form that the parser hangs from the noun before it
    ("fr", "Le Mali rompt ses relations diplomatiques avec l'Ukraine", "rompre", {"subj": ["Mali"], "obj": ["relations diplomatiques"], "pp:avec": ["Ukraine"]}),
    ("fr", "Israël bombarde Rafah", "bombarder", {"subj": ["Israël"], "obj": ["Rafah"]}),
    # ... and an English past taken for an adjective of its object
    ("en", "ECOWAS lifted sanctions on Niger.", "lift", {"subj": ["ECOWAS"], "obj": ["sanctions on Niger"], "obj.pp:on": ["Niger"]}),
    # an apposition after a comma is no second subject, and what follows it goes on with the noun
    ("fr", "La visite de Josep Borrell, le chef de la diplomatie, en Iran a duré un jour.", "visite", {"of": ["Josep Borrell, le chef de la diplomatie, en Iran"], "pp:en": ["Iran"]}),
    # a name with hyphens keeps its preposition
    ("fr", "Le rappel de l'ambassadeur de Turquie aux Pays-Bas.", "rappel", {"of": ["ambassadeur de Turquie aux Pays-Bas"], "pp:à": ["Pays-Bas"]}),
    # a gerund belongs to the accusation, not to the accuser
    ("en", "Togo, accused by Ghana of backing rebels, recalled its envoy.", "back", {"subj": ["Togo"], "obj": ["rebels"]}),
    # the second of two passives shares the auxiliary
    ("en", "Two soldiers were killed and five officers wounded.", "wound", {"subj": ["five officers"]}),
    # whom the purpose concerns; who made the object
    ("en", "Seoul sent aid to help Nepal.", "send", {"subj": ["Seoul"], "obj": ["aid"], "goal": ["Nepal"]}),
    ("fr", "Séoul a envoyé des vivres pour aider le Népal.", "envoyer", {"subj": ["Séoul"], "obj": ["vivres"], "goal": ["Népal"]}),
    ("en", "The court rejected an appeal lodged by Gambia.", "reject", {"subj": ["court"], "obj": ["appeal"], "obj.pp:by": ["Gambia"]}),
    ("fr", "La cour a rejeté un recours déposé par la Gambie.", "rejeter", {"subj": ["cour"], "obj": ["recours"], "obj.pp:par": ["Gambie"]}),
    # the doer named in a thing that is the subject
    ("en", "A bomb planted by militants killed three soldiers.", "kill", {"subj": ["bomb"], "subj.by": ["militants"], "obj": ["three soldiers"]}),
    ("fr", "Une bombe posée par des militants a tué trois soldats.", "tuer", {"subj": ["bombe"], "subj.by": ["militants"], "obj": ["trois soldats"]}),
    # a noun that says only in what form the act before it is done
    ("en", "Azerbaijani troops joined the training mission in Mali.", "training", {"support": ["Azerbaijani troops"], "pp:in": ["Mali"]}),
    # a topic before a colon is no subject
    ("fr", "Ukraine : la Russie frappe Kiev et Odessa", "frapper", {"subj": ["Russie"], "obj": ["Kiev", "Odessa"]}),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "lemma", "due"), SLOTS)
def test_slots(language: str, text: str, lemma: str, due: Slots, steps: Steps) -> None:
    found = slots_of(clause_of(reading_of(text, language, steps), lemma), text)
    assert {slot: found.get(slot) for slot in due} == due
    assert not ({"subj", "obj", "agent", "by"} & set(found)) - set(due)


# fmt: off
SAID = [
    # plain past, nothing else said
    ("en", "Ankara sent observers to Georgia.", "send", {"tense": "past", "negated": False, "passive": False, "conditional": False}),
    ("fr", "La Turquie a envoyé des observateurs.", "envoyer", {"tense": "past", "mood": "ind", "passive": False}),
    # passives
    ("en", "The bridge was destroyed by Russian troops.", "destroy", {"passive": True, "tense": "past"}),
    ("fr", "Le pont a été détruit par l'armée.", "détruire", {"passive": True, "tense": "past"}),
    # verbs whose past takes "être" are active
    ("fr", "Le Premier ministre est arrivé à Oslo.", "arriver", {"passive": False, "tense": "past"}),
    # the auxiliary "avoir" is active, also when negated
    ("fr", "Addis-Abeba n'a pas rejeté le plan de l'Union africaine.", "rejeter", {"passive": False, "negated": True}),
    # negation
    ("en", "Poland did not sign the treaty.", "sign", {"negated": True}),
    ("en", "Iceland has never recognised the annexation.", "recognise", {"negated": True}),
    ("fr", "Paris n'a pas signé l'accord.", "signer", {"negated": True}),
    ("fr", "Aucun pays n'a reconnu l'annexion.", "reconnaître", {"negated": True}),
    # future
    ("en", "Poland will sign the treaty.", "sign", {"tense": "future"}),
    ("fr", "Paris signera l'accord.", "signer", {"tense": "future"}),
    # pluperfect
    ("en", "Georgia had signed the deal.", "sign", {"tense": "pluperfect"}),
    ("fr", "La Géorgie avait signé l'accord.", "signer", {"tense": "pluperfect"}),
    # a modal
    ("en", "Tirana could send gendarmes to the stadium.", "send", {"modal": "could"}),
    # the conditional of hearsay
    ("fr", "L'armée aurait bombardé le village.", "bombarder", {"mood": "cnd"}),
    # an if-clause, and what it limits
    ("en", "If Poland leaves, Hungary will protest.", "leave", {"conditional": True}),
    ("en", "If Poland leaves, Hungary will protest.", "protest", {"conditional": True, "tense": "future"}),
    ("fr", "Si Paris signe l'accord, Berlin protestera.", "signer", {"conditional": True}),
    # a particle
    ("en", "Athens called off the summit.", "call", {"particle": "off"}),
    # reflexive is not passive
    ("fr", "La réunion s'est tenue à Genève.", "tenir", {"reflexive": True, "passive": False}),
    # the present is not the future, whatever the tagger says
    ("fr", "La Turquie accueille les pourparlers.", "accueillir", {"tense": "present"}),
    ("fr", "Les îles Fidji rejoindront la coalition en septembre.", "rejoindre", {"tense": "future"}),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "lemma", "due"), SAID)
def test_said(language: str, text: str, lemma: str, due: dict[str, object], steps: Steps) -> None:
    clause = clause_of(reading_of(text, language, steps), lemma)
    assert {name: getattr(clause, name) for name in due} == due


# fmt: off
GOVERNED = [
    # the content of a promise, of a refusal, of an accusation
    ("fr", "Le président a promis de libérer les otages.", "libérer", ("promettre", "xcomp")),
    ("en", "Kenya refused to sign the treaty.", "sign", ("refuse", "xcomp")),
    ("en", "He was accused of attacking the convoy.", "attack", ("accuse", "advcl:of")),
    # an event noun under a verb
    ("en", "The rebels are demanding peace talks.", "talk", ("demand", "obj")),
    ("en", "The rebels have called for peace talks.", "talk", ("call", "obl:for")),
    ("en", "Niger suspended cooperation with France.", "cooperation", ("suspend", "obj")),
    # a that-clause
    ("en", "Moscow said that Kyiv attacked the bridge.", "attack", ("say", "ccomp")),
    # a coordinated infinitive goes up to what governs the first
    ("en", "Kenya agreed to sign the treaty and send troops.", "send", ("agree", "xcomp")),
]
# fmt: on


@pytest.mark.parametrize(("language", "text", "lemma", "due"), GOVERNED)
def test_nearest_governor(
    language: str, text: str, lemma: str, due: tuple[str, str], steps: Steps
) -> None:
    reading = reading_of(text, language, steps)
    clause = clause_of(reading, lemma)
    tokens = reading.sentences[clause.sentence].tokens
    governors = [(tokens[i].lemma, relation) for i, relation in clause.governors]
    assert governors[:1] == [due] or due in governors


def test_names_in_capitals_are_no_event_nouns(steps: Steps) -> None:
    """March is a month here, and a name of a newspaper is no talk."""
    reading = reading_of("The envoy arrived on 17 March.", "en", steps)
    assert "march" not in {lemma for clause in reading.clauses for lemma in clause.lemmas}
