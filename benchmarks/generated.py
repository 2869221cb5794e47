"""Made-up news in English and French, for measuring speed on text that does not repeat itself.

In: how many, and a seed. Out: bare texts of 120 to 500 words, the same for the same seed. They are
sentences of our own with actors, places, days and numbers drawn into them: nothing in them is
true, and no figure of quality may be taken from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

SEED = 1948
SHORTEST, LONGEST = 120, 500
"""Words of an article."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language: what is drawn into the slots, and the sentences that have them."""

    slots: Mapping[str, Sequence[str]]
    sentences: Sequence[str]


ENGLISH = Phrases(
    {
        "actor": (
            "Norway", "the Kenyan government", "Chile's foreign minister", "the African Union",
            "Ecuador", "the Lithuanian parliament", "Jordan", "the prime minister of Nepal",
            "Canada", "the Ghanaian opposition", "Vietnam", "the Portuguese president", "Oman",
            "the Mongolian army", "Uruguay", "the European Commission", "Botswana's high court",
            "the Philippine coast guard", "Georgia", "the Arab League", "Senegal", "the rebels",
            "Finland", "the Bolivian teachers' union", "Cyprus", "the UN Security Council",
        ),
        "place": (
            "Oslo", "Nairobi", "Santiago", "Quito", "Vilnius", "Amman", "Kathmandu", "Accra",
            "Hanoi", "Lisbon", "Muscat", "Montevideo", "Brussels", "Manila", "Tbilisi", "Dakar",
        ),
        "day": (
            "on Monday", "on Tuesday evening", "late on Wednesday", "on 4 March", "last week",
            "in early April", "on Friday", "two days later", "at the end of May", "this morning",
        ),
        "topic": (
            "the fishing rights", "the closed border", "grain exports", "the new pipeline",
            "the water of the upper valley", "the detained sailors", "the disputed islands",
            "visas for students", "the radar station", "the rail link", "customs duties",
            "the census", "the cease-fire line", "the frozen accounts", "the vaccination drive",
        ),
        "thing": (
            "tents", "rice", "generators", "field hospitals", "fuel", "school books", "boats",
        ),
        "crowd": (
            "dockers", "students", "farmers", "nurses", "pensioners", "lorry drivers", "villagers",
        ),
    },
    (
        "{actor} accused {actor} of breaking the agreement on {topic} {day}.",
        "{actor} and {actor} held talks in {place} {day} about {topic}.",
        "{day}, {actor} rejected a proposal by {actor} to share {topic}.",
        "{actor} will send {n} tonnes of {thing} to {place}, an official said {day}.",
        "More than {n} {crowd} marched through {place} {day} in anger over {topic}.",
        "{actor} urged {actor} to release {n} people who had been held since the winter.",
        "Soldiers loyal to {actor} shelled a suburb of {place} {day}, killing {n}.",
        "{actor} has signed a treaty with {actor} that settles {topic} for {n} years.",
        "Police in {place} arrested {n} {crowd} after a rally against {actor}.",
        "{actor} threatened to close its embassy in {place} unless {topic} were discussed.",
        "{actor} lifted sanctions that had been imposed on {actor} {n} years earlier.",
        "A visit by {actor} to {place} that was planned for {day} has been put off.",
        "{actor} denied that its ships had entered waters claimed by {actor}.",
        "According to {actor}, {n} families left {place} when the road was cut {day}.",
        "{actor} praised the way in which {actor} had handled {topic}.",
        "{actor} put {n} reservists on alert near {place} {day}.",
        "The price of {thing} in {place} rose by {n} percent, traders said {day}.",
        "It was the coldest week in {place} for {n} years, and schools stayed shut.",
        "{topic} had been on the agenda of three earlier rounds, none of which lasted long.",
        "Few people in {place} remember how the quarrel over {topic} began.",
        "A spokeswoman said that {n} letters from {crowd} had arrived by {day}.",
        "The archive in {place} keeps {n} maps which show how the line once ran.",
        "Analysts think that {topic} will matter less than the harvest, which begins late.",
        "If {actor} agreed, {thing} could reach {place} within {n} days, engineers say.",
    ),
)  # fmt: skip
FRENCH = Phrases(
    {
        "actor": (
            "la Norvège", "le gouvernement kényan", "la ministre chilienne des Affaires étrangères",
            "l'Union africaine", "l'Équateur", "le Parlement lituanien", "la Jordanie",
            "le Premier ministre népalais", "le Canada", "l'opposition ghanéenne", "le Vietnam",
            "le président portugais", "la marine omanaise", "l'armée mongole", "l'Uruguay",
            "la Commission européenne", "la Cour suprême du Botswana", "la Géorgie",
            "la Ligue arabe", "le Sénégal", "la rébellion", "la Finlande", "le syndicat bolivien",
            "la police chypriote", "le Conseil de sécurité", "la diplomatie lettone",
        ),
        "place": (
            "Reykjavik", "Nairobi", "Santiago", "Quito", "Vilnius", "Tallinn", "Katmandou", "Lomé",
            "Hanoï", "Lisbonne", "Mascate", "Montevideo", "Bruxelles", "Manille", "Tbilissi",
        ),
        "day": (
            "lundi", "mardi soir", "dans la nuit de mercredi", "le 4 mars", "la semaine dernière",
            "début avril", "vendredi", "deux jours plus tard", "fin mai", "dans la matinée",
        ),
        "topic": (
            "les droits de pêche", "la frontière fermée", "les exportations de blé",
            "le nouveau gazoduc", "les eaux de la haute vallée", "les marins détenus",
            "les îles disputées", "les visas des étudiants", "la station radar", "le recensement",
            "la liaison ferroviaire", "les droits de douane", "la ligne de cessez-le-feu",
            "les comptes gelés", "la campagne de vaccination",
        ),
        "thing": (
            "tentes", "riz", "groupes électrogènes", "carburant", "manuels scolaires", "vedettes",
        ),
        "crowd": (
            "dockers", "lycéens", "cultivateurs", "soignants", "retraités", "routiers", "mineurs",
        ),
    },
    (
        "{actor} a accusé {actor} d'avoir violé l'accord sur {topic} {day}.",
        "{actor} et {actor} ont discuté {day} à {place} pour régler {topic}.",
        "{day}, {actor} a rejeté une proposition faite par {actor} sur {topic}.",
        "{actor} enverra {n} tonnes de {thing} à {place}, a indiqué un responsable {day}.",
        "Plus de {n} {crowd} ont défilé {day} à {place} contre {actor}.",
        "{actor} a exhorté {actor} à libérer {n} personnes détenues depuis l'hiver.",
        "Des soldats fidèles à {place} ont bombardé {day} un faubourg, tuant {n} civils.",
        "{actor} a signé avec {actor} un traité qui règle {topic} pour {n} ans.",
        "La police de {place} a arrêté {n} {crowd} après un rassemblement contre {actor}.",
        "{actor} menace de fermer son ambassade à {place} si {topic} ne sont pas évoqués.",
        "{actor} a levé les sanctions prises contre {actor} il y a {n} ans.",
        "La visite à {place} que {actor} prévoyait {day} a été reportée.",
        "{actor} a démenti que ses navires aient provoqué {actor} au large.",
        "Selon {actor}, {n} familles ont quitté {place} quand la route a été coupée {day}.",
        "{actor} a salué les efforts menés par {actor} sur {topic}.",
        "{actor} a placé {n} réservistes en alerte près de {place} {day}.",
        "Le prix du sac de {thing} a augmenté de {n} % à {place}, disent les marchands.",
        "{place} n'avait pas connu semaine aussi froide depuis {n} ans et les écoles ont fermé.",
        "Trois séances précédentes avaient porté sur {topic}, sans durer bien longtemps.",
        "Peu de gens à {place} se rappellent comment la querelle sur {topic} a commencé.",
        "Une porte-parole a compté {n} lettres de {crowd} arrivées {day}.",
        "Les archives de {place} gardent {n} cartes où l'ancien tracé se voit encore.",
        "Les observateurs jugent que {topic} pèseront moins que la moisson, qui commence tard.",
        "Avec l'aval de {place}, les {thing} arriveraient en {n} jours, estiment les ingénieurs.",
    ),
)  # fmt: skip
LANGUAGES: Mapping[str, Phrases] = {"en": ENGLISH, "fr": FRENCH}


def articles(count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """(language, text) of each article, the languages by turns."""
    draw = Random(seed)
    for i in range(count):
        language = ("en", "fr")[i % 2]
        yield language, article(LANGUAGES[language], draw)


def article(phrases: Phrases, draw: Random) -> str:
    """A headline, then paragraphs of one to four sentences."""
    wanted = draw.randint(SHORTEST, LONGEST - 40)
    blocks = [sentence(phrases, draw).rstrip(".")]
    while sum(len(block.split()) for block in blocks) < wanted:
        blocks.append(" ".join(sentence(phrases, draw) for _ in range(draw.randint(1, 2))))
    return "\n\n".join(blocks)


def sentence(phrases: Phrases, draw: Random) -> str:
    """One sentence; a slot that stands twice is filled with two different words."""
    text = draw.choice(phrases.sentences).replace("{n}", str(draw.randint(2, 900)))
    for slot, words in phrases.slots.items():
        mark = f"{{{slot}}}"
        for word in draw.sample(words, text.count(mark)):
            text = text.replace(mark, word, 1)
    return text[0].upper() + text[1:]
