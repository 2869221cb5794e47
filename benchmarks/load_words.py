"""Sentences for a made-up day of news: so many ways to say things that two texts share few runs.

In: states, a place and names, and dice. Out: sentences of our own in English and French, none of
them true. Of texts by the two dozen sentences of `generated` two thirds of all pairs have two
sampled runs of words in common, by which copies are looked for; of real news one or two in a
thousand (benchmarks/README.md). Here a sentence is put together of short pieces, with something
drawn between them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

FIELDS = Path(__file__).with_name("load_fields.tsv")


@dataclass(frozen=True, slots=True)
class Words:
    """One language: pieces by slot, and the sentences that have the slots."""

    slots: Mapping[str, Sequence[str]]
    sentences: Sequence[str]
    acts: Sequence[str]
    """Sentences with which a story can begin: what somebody did to somebody."""
    fields: Sequence[Mapping[str, Sequence[str]]]
    """What a story may be about: more pieces, by slot."""
    known_by: Sequence[str]
    """What every text of a story has: two people, a village, and the text's own word."""


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


def _fields(language: str) -> tuple[Mapping[str, Sequence[str]], ...]:
    with FIELDS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["language"] == language]
    return tuple({slot: _split(row[slot]) for slot in row if slot != "language"} for row in rows)


ENGLISH = Words(
    {
        "act": _split(
            "accused|blamed|warned|praised|thanked|urged|condemned|met|sanctioned|criticised|"
            "visited|invited|threatened|rejected|supported|congratulated|denounced|attacked"
        ),
        "over": _split("over|because of|about|after a dispute on|in view of|following|despite"),
        "when": _split(
            "today|late at night|this morning|by noon|at dusk|at the weekend|before dawn|last week|"
            "yesterday|two days ago|during the holidays|after midnight|this spring|all summer"
        ),
        "job": _split(
            "a clerk|a pilot|an engineer|a nurse|the deputy mayor|a customs officer|a teacher|"
            "a colonel|a fisherman|the harbour master|a judge|an envoy|a farmer|a student|a guard"
        ),
        "say": _split(
            "said|reported|wrote|insisted|repeated|told reporters|explained|conceded|recalled|"
            "noted|complained|claimed|added|remarked"
        ),
        "go": _split("walked|drove|fled|marched|returned|moved|sailed|were taken|hurried"),
        "do": _split(
            "counted|sold|repaired|burned|hid|unloaded|painted|gave away|lost|returned|stored"
        ),
        "state": _split(
            "still shut|nearly finished|too small|beyond repair|open again|under guard|half empty|"
            "up for sale|full of silt|without power|worth keeping|hard to reach|safe for now"
        ),
        "turn": _split(
            "Meanwhile|Even so|For years|As it happens|Further south|By one account|Until then|"
            "In the end|Behind closed doors|Away from the coast|Some weeks earlier|All the same"
        ),
    },
    (
        "{turn}, {name}, {job}, {say} that the {kind} {what} was {state}.",
        "{n} {crowd} {go} from {name} to {place} {when}, {say} {name}.",
        "The {kind} {what} near {name}, {say} {name}, is {state} {when}.",
        "In {place}, {crowd} {do} {n} {thing} {when}.",
        "{actor} promised {n} {thing} for {name} {when}.",
        "{actor} {act} {actor} {over} the {kind} {what}.",
        "{turn} {crowd} {do} {thing} beside the {kind} {what}, {say} {job}.",
        "“{n} {thing} for {name}, and the {what} {state}”, {say} {name}, {job} from {place}.",
        "{when}, {crowd} {go} past the {what}; {n} {do} {thing}.",
        "{actor} will lend {name} {n} {thing} {over} the {what}, {say} {job}.",
        "{turn}, {actor} {act} {name} {when}.",
        "Of {n} {crowd} who {go} towards {name}, {n} {do} {thing}, {job} {say}.",
        "{name} has been {state} {when}: {crowd} {do} what {thing} they had, {say} {name}.",
        "{job} named {name} {do} {n} {thing} {when}, {turn}.",
        "{actor} sent {name} to {place} {when} {over} {thing} and the {kind} {what}.",
    ),
    (
        "{actor} {act} {actor} {over} the {kind} {what} in {place}.",
        "{actor} and {actor} held talks {when} on the {kind} {what} in {place}.",
        "Soldiers of {actor} shelled {place} {when}, killing {n} {crowd}.",
        "{actor} signed an agreement with {actor} {when} on the {kind} {what}.",
        "{actor} imposed sanctions on {actor} {over} the {kind} {what}.",
        "{n} {crowd} protested {when} in {place} against {actor} {over} {thing}.",
        "{actor} arrested {n} {crowd} from {actor} {when} near the {what}.",
        "{actor} sent {n} {thing} to {actor} {when}, for {place}.",
    ),
    _fields("en"),
    (
        "{first}, {job} from {village}, {act} {second} {over} {word}.",
        "“{n} {thing}”, {say} {second}, {job} in {village}.",
    ),
)
FRENCH = Words(
    {
        "act": _split(
            "a accusé|a blâmé|a averti|a salué|a remercié|a exhorté|a condamné|a rencontré|"
            "a sanctionné|a critiqué|a invité|a menacé|a soutenu|a félicité|a dénoncé|a attaqué"
        ),
        "over": _split("à propos de|à cause de|au sujet de|en raison de|après l'affaire de|malgré"),
        "when": _split(
            "lundi|mardi soir|mercredi matin|dès jeudi|vendredi|aujourd'hui|ce week-end|"
            "avant l'aube|la semaine dernière|à midi|hier|en mars|depuis janvier|"
            "après minuit|ce printemps"
        ),
        "job": _split(
            "greffière|pilote|ingénieure|infirmier|maire adjointe|douanier|institutrice|colonel|"
            "pêcheur|juge|émissaire|cultivatrice|étudiant|gardienne"
        ),
        "say": _split(
            "a dit|a rapporté|a écrit|a insisté|a répété|a expliqué|a concédé|a rappelé|a noté|"
            "a déploré|a affirmé|a ajouté|a remarqué"
        ),
        "go": _split("ont marché|sont partis|ont fui|ont défilé|sont revenus|ont vogué|ont couru"),
        "do": _split(
            "ont compté|ont vendu|ont réparé|ont brûlé|ont caché|ont déchargé|ont repeint|"
            "ont perdu|ont rendu|ont gardé"
        ),
        "state": _split(
            "encore fermée|presque achevée|trop petite|hors d'usage|rouverte|sous bonne garde|"
            "à moitié vide|à vendre|ensablée|sans courant|difficile d'accès|sûre pour l'heure"
        ),
        "turn": _split(
            "Pendant ce temps|Malgré tout|Depuis des années|Plus au sud|Selon un témoin|Jusque-là|"
            "À la fin|À huis clos|Loin de la côte|Quelques semaines avant|De son côté"
        ),
    },
    (
        "{turn}, {name}, {job}, {say} que la {what} {kind} était {state}.",
        "{n} {crowd} {go} de {name} à {place} {when}, {say} {name}.",
        "La {what} {kind} de {name}, {say} {name}, est {state} {when}.",
        "À {place}, des {crowd} {do} {n} {thing} {when}.",
        "{actor} a promis {n} {thing} à {name} {when}.",
        "{actor} {act} {actor} {over} la {what} {kind}.",
        "{turn}, des {crowd} {do} des {thing} devant la {what} {kind}, {say} {name}.",
        "« {n} {thing} pour {name}, et la {what} {state} », {say} {name}, {job} de {place}.",
        "{when}, des {crowd} {go} vers la {what} ; {n} {do} des {thing}.",
        "{actor} prêtera {n} {thing} à {name} {over} la {what}, {say} {name}.",
        "{turn}, {actor} {act} {name} {when}.",
        "Sur {n} {crowd} qui {go} vers {name}, {n} {do} des {thing}, {say} {name}.",
        "{name} est {state} {when} : des {crowd} {do} leurs {thing}, {say} {name}.",
        "{actor} a envoyé {name} à {place} {when} {over} {thing} et la {what} {kind}.",
    ),
    (
        "{actor} {act} {actor} {over} la {what} {kind} à {place}.",
        "{actor} et {actor} ont discuté {when} de la {what} {kind} à {place}.",
        "Des soldats de {actor} ont bombardé {place} {when}, tuant {n} {crowd}.",
        "{actor} a signé un accord avec {actor} {when} sur la {what} {kind}.",
        "{actor} a imposé des sanctions à {actor} {over} la {what} {kind}.",
        "{n} {crowd} ont manifesté {when} à {place} contre {actor} {over} {thing}.",
        "{actor} a arrêté {n} {crowd} de {actor} {when} près de la {what}.",
        "{actor} a envoyé {n} {thing} à {actor} {when}, pour {place}.",
    ),
    _fields("fr"),
    (
        "{first}, {job} de {village}, {act} {second} {over} {word}.",
        "« {n} {thing} », {say} {second}, {job} à {village}.",
    ),
)
LANGUAGES: Mapping[str, Words] = {"en": ENGLISH, "fr": FRENCH}
SYLLABLES = ("ba", "do", "ke", "li", "mu", "na", "po", "ri", "su", "ta", "ve", "zo", "gra", "sel")


def name(dice: Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 3))).capitalize()


OWN = {"job": 4, "act": 4, "do": 3, "go": 2}
"""What a story keeps to: so many pieces of each of these slots."""


def own(words: Words, number: int) -> Words:
    """The words of one story, by its number: it is about one field, in whatever language."""
    dice = Random(f"{number} words")
    field = dice.randrange(len(words.fields))
    few = {slot: dice.sample(words.slots[slot], most) for slot, most in OWN.items()}
    return replace(words, slots={**words.slots, **words.fields[field], **few})


def sentence(words: Words, actors: Sequence[str], places: Sequence[str], dice: Random) -> str:
    """One sentence; no actor stands in it twice."""
    return _filled(dice.choice(words.sentences), words, actors, places, dice)


def act(words: Words, actors: Sequence[str], places: Sequence[str], dice: Random) -> str:
    """A sentence that tells what was done to whom."""
    return _filled(dice.choice(words.acts), words, actors, places, dice)


def known_by(words: Words, names: Sequence[str], word: str, dice: Random) -> list[str]:
    """The sentences by which a story is known, with two people and a village, and a word."""
    first, second, village = names
    given = {"{first}": first, "{second}": second, "{village}": village, "{word}": word}
    made = []
    for text in words.known_by:
        for slot, one in given.items():
            text = text.replace(slot, one)
        made.append(_filled(text, words, (), (), dice))
    return made


def _filled(
    text: str, words: Words, actors: Sequence[str], places: Sequence[str], dice: Random
) -> str:
    for one in dice.sample(actors, min(len(actors), text.count("{actor}"))):
        text = text.replace("{actor}", one, 1)
    while (at := text.find("{")) >= 0:
        end = text.index("}", at)
        text = text[:at] + _drawn(words, text[at + 1 : end], places, dice) + text[end + 1 :]
    return text[0].upper() + text[1:]


def _drawn(words: Words, slot: str, places: Sequence[str], dice: Random) -> str:
    if slot == "n":
        return str(dice.randint(2, 900))
    if slot == "name":
        return f"{name(dice)} {name(dice)}"
    return dice.choice(places if slot == "place" else words.slots[slot])
