"""Small stories in which some texts rest on the word of one speaker, each in words of its own.

In: a half, "dev" or "test". Out: twenty stories of two to four texts in English and French, with
the right number of origins: one for each body whose word is passed on, one for each reporter who
saw for himself. The halves have no sentence, speaker or turn of phrase in common. All of it is made
up: what the bodies are given to say they never said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.origin_sets import Texts, Told

SEED = 1794
STORIES = 20
HOSTS = {"en": ("lake", "hill", "mole"), "fr": ("quai", "pont", "phare")}
SEEN_SHARE = 1 / 3
"""Of the texts, those of a reporter who was there."""

Lines = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Half:
    """`bodies`: for each one its names by language. `frames` have {who}, {said} and {more}, each a
    paragraph or two. `said` are clauses, three by language for each happening; `seen` are texts of
    reporters."""

    bodies: Sequence[Lines]
    frames: Lines
    said: Sequence[Lines]
    seen: Lines


DEV = _Half(
    bodies=(
        {"en": ("the Turkish defence ministry", "Turkey's ministry of defence"),
         "fr": ("le ministère turc de la Défense", "l'armée turque")},
        {"en": ("Egypt's foreign ministry", "the Egyptian foreign minister"),
         "fr": ("le ministère égyptien des Affaires étrangères", "la diplomatie égyptienne")},
        {"en": ("the Ukrainian army", "a spokesman for the Ukrainian army"),
         "fr": ("l'armée ukrainienne", "le porte-parole de l'armée ukrainienne")},
        {"en": ("the African Union", "the African Union's spokeswoman"),
         "fr": ("l'Union africaine", "la porte-parole de l'Union africaine")},
    ),
    frames={
        "en": ("{Who} said on Monday that {said}. | It added that {more}.",
               "{Said}, {who} said on Monday. | According to the same statement, {more}.",
               "According to {who}, {said}. | {More}."),
        "fr": ("{Who} a annoncé lundi que {said}. | Selon la même source, {more}.",
               "Selon {who}, {said}. | {More}, a précisé {who}.",
               "{Said}, a déclaré lundi {who}. | {More}."),
    },
    said=(
        {"en": ("three mines had been found near the strait",
                "the shipping lane would stay closed until Friday",
                "two tugs were standing by at the northern buoy"),
         "fr": ("trois mines avaient été trouvées près du détroit",
                "le chenal resterait fermé jusqu'à vendredi",
                "deux remorqueurs attendaient à la bouée du nord")},
        {"en": ("the convoy had crossed the river without being stopped",
                "forty tonnes of seed had reached the upper villages",
                "the second bridge could not bear the heavier lorries"),
         "fr": ("le convoi avait franchi la rivière sans être arrêté",
                "quarante tonnes de semences étaient arrivées aux villages d'en haut",
                "le second pont ne supportait pas les camions les plus lourds")},
        {"en": ("the talks had been moved to the end of the month",
                "both delegations had asked for more time",
                "the hall was being searched before each round"),
         "fr": ("les pourparlers étaient repoussés à la fin du mois",
                "les deux délégations avaient demandé un délai",
                "la salle était fouillée avant chaque séance")},
    ),
    seen={
        "en": ("The lane lay empty on Monday, and a cormorant dried its wings on the buoy. | "
               "Nets hung over every railing as far as the lighthouse.",
               "Lorries stood nose to tail along the embankment on Monday, engines off. | "
               "“We have tea and nothing else,” said a driver who had come from the plain.",
               "The chairs in the hall were still stacked at noon on Monday. | "
               "A caretaker swept confetti from some other feast."),
        "fr": ("Lundi matin, la digue était couverte de filets et de vélos. | "
               "« On attend, comme toujours », soupire une vendeuse de café.",
               "Au bord de la rivière, des enfants comptaient lundi les camions arrêtés. | "
               "Un berger avait ouvert son enclos pour y faire du feu.",
               "Devant la salle, les drapeaux étaient encore roulés lundi à midi. | "
               "Le gardien cherchait une clef dans un trousseau de vingt."),
    },
)  # fmt: skip
TEST = _Half(
    bodies=(
        {"en": ("Poland's interior ministry", "the Polish interior minister"),
         "fr": ("le ministère polonais de l'Intérieur", "le ministre polonais de l'Intérieur")},
        {"en": ("the Indian government", "India's transport ministry"),
         "fr": ("le gouvernement indien", "le ministère indien des Transports")},
        {"en": ("the Kenyan navy", "a Kenyan navy officer"),
         "fr": ("la marine kényane", "un officier de la marine kényane")},
        {"en": ("the European Commission", "a spokeswoman for the European Commission"),
         "fr": ("la Commission européenne", "une porte-parole de la Commission européenne")},
    ),
    frames={
        "en": ("{Who} announced in a statement that {said}. | The statement said that {more}.",
               "{Said}, {who} told reporters on Sunday evening. | {More}, it said.",
               "{Who} has confirmed that {said}, and that {more}."),
        "fr": ("{Who} a indiqué dans un communiqué que {said}. | Le communiqué ajoute que {more}.",
               "D'après {who}, {said}. | Toujours selon cette source, {more}.",
               "{Said} et {more}, a fait savoir {who} dimanche soir."),
    },
    said=(
        {"en": ("the tunnel had been emptied within ten minutes",
                "no train would run before Wednesday",
                "the smoke came from a cable and not from a wagon"),
         "fr": ("le tunnel avait été évacué en dix minutes",
                "la ligne ne rouvrirait pas avant mercredi",
                "la fumée venait d'un câble et non d'un wagon")},
        {"en": ("four trawlers had been led back to the harbour",
                "their holds had been empty when they were boarded",
                "the crews were free to leave the ship"),
         "fr": ("quatre chalutiers avaient été ramenés au port",
                "les cales étaient vides au moment du contrôle",
                "les équipages pouvaient quitter le bord")},
        {"en": ("the quota for honey would be doubled in the spring",
                "small growers were to be paid within thirty days",
                "the rules on labels would be looked at again"),
         "fr": ("le contingent de miel serait doublé au printemps",
                "les petits producteurs seraient payés sous trente jours",
                "les règles d'étiquetage seraient revues")},
    ),
    seen={
        "en": ("The platform smelt of rubber on Sunday, and pigeons walked where a queue was. | "
               "A violinist played on for nobody.",
               "Ice was shovelled back into the harbour on Sunday, crate after crate. | "
               "“Nobody has told us a thing,” said a man mending a winch.",
               "At the market on Sunday the jars stood in three rows, without a price. | "
               "Bees had found the open lid long before the buyers did."),
        "fr": ("Sur le quai numéro deux, des valises sans maître formaient dimanche un mur. | "
               "Une contrôleuse offrait des mandarines aux enfants.",
               "Au port, les chalutiers se balançaient dimanche, ponts rincés, lampes éteintes. | "
               "« Mon frère est là-dedans », répète une femme derrière la grille.",
               "Dimanche, au marché couvert, on goûtait le miel à la pointe du couteau. | "
               "Personne n'achetait, tout le monde revenait."),
    },
)  # fmt: skip
HALVES = {"dev": DEV, "test": TEST}


def stories(half: str, seed: int = SEED) -> list[Texts]:
    """Twenty of them, the same for a seed."""
    random = Random(f"{seed} {half}")
    return [_story(f"{half} {number}", HALVES[half], random) for number in range(STORIES)]


def _story(name: str, half: _Half, random: Random) -> Texts:
    """On one or two bodies, with or without a reporter who was there."""
    happening = random.choice(half.said)
    bodies = random.sample(half.bodies, random.choice((1, 1, 2)))
    hosts = {language: random.sample(some, len(some)) for language, some in HOSTS.items()}
    seen = {language: random.sample(some, len(some)) for language, some in half.seen.items()}
    texts, spoken, own = [], set(), 0
    for _ in range(random.randint(2, 4)):
        language = random.choice([code for code in hosts if hosts[code]])
        host = hosts[language].pop()
        if random.random() < SEEN_SHARE:
            text = seen[language].pop()
            own += 1
        else:
            body = random.randrange(len(bodies))
            text = _spoken(half, bodies[body], happening, language, random)
            spoken.add(body)
        title = {"en": "What is known so far", "fr": "Ce que l'on sait"}[language]
        texts.append(Told(host, language, title, tuple(text.split(" | "))))
    return Texts(name, (len(spoken) + own, 0, 0), tuple(texts))


def _spoken(half: _Half, body: Lines, happening: Lines, language: str, random: Random) -> str:
    """What a body says, in a frame and an order of the outlet's own."""
    said, more = random.sample(happening[language], 2)
    who = random.choice(body[language])
    frame = random.choice(half.frames[language])
    words = {"who": who, "said": said, "more": more}
    return frame.format(**words, **{key.capitalize(): _opened(words[key]) for key in words})


def _opened(words: str) -> str:
    return words[0].upper() + words[1:]
