"""What is done to a text on its way to another outlet, and the prose that is put beside it.

In: texts in pieces, and a random source. Out: changed texts in pieces; sentences of our own, none
of which tells a fact. It decides no gold: keys stay with the pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks import generated
from benchmarks.copy_text import Piece, Text

AGENCIES = (
    "Meridian Wire", "Northern Press Service", "Agence du Littoral", "Black Sea Newsroom",
    "Orient Dispatch", "Central Telegraph",
)  # fmt: skip
_PLACES = ("Harbour", "Valley", "Upland", "Delta", "Summit", "Lakeside", "Old Town", "Ferry")
_NAMES = ("Gazette", "Courier", "Observer", "Tribune", "Chronicle")

FURNITURE = (
    "Read also: ten questions our readers ask most often about travel this summer.",
    "Sign up for the morning letter and receive five stories before breakfast.",
    "Share this page with friends or save it for later in your own list.",
    "Suivez toute l'actualité en temps réel sur notre application gratuite.",
    "This is a breaking story and will be updated as more becomes known.",
    "Подписывайтесь на наш канал, чтобы не пропустить главные новости дня.",
)
DISCLAIMERS = tuple(
    tuple(
        Piece(f"disclaimer {n} {i}", sentence, opens=i == 0) for i, sentence in enumerate(sentences)
    )
    for n, sentences in enumerate(
        (
            (
                "The views set out on this page are those of their writers and bind nobody else.",
                "Our house follows the code of the press council, whose ombudsman answers letters "
                "from readers within ten working days.",
                "To have an error put right, write to the desk and name the page and the line.",
            ),
            (
                "This text was prepared with the help of our correspondents and passed by two "
                "editors before it was printed.",
                "Reproduction in whole or in part is welcome where the source is named.",
            ),
            (
                "You are reading one of three free pages for this month, and subscribers read as "
                "many as they like.",
                "Independent work costs money, and every contribution, however small, keeps our "
                "reporters on the road and our archive open to schools.",
            ),
        )
    )
)
_OPINIONS = (
    "I have never believed that a signature settles anything that neighbours do not want settled.",
    "We tell ourselves that patience is a policy, and then act surprised when it runs out.",
    "To my mind the lesson is a plain one: count what was done, and leave aside what was said.",
    "Let us be frank, for once, about who pays for gestures of this sort.",
    "Those who cheer today should keep this page and read it again in a year.",
    "My own view has changed more than once, and I would distrust anyone whose has not.",
    "A government that explains itself well is still not a government that is right.",
    "It is a comfort to blame distant capitals, and comfort is a poor adviser.",
    "If there is courage in this affair, it is to be looked for in the villages, not the halls.",
    "What we owe each other is not agreement but the trouble of reading to the end.",
)
_TEMPLATES = (
    (
        "A tremor of magnitude {a}.{b} was recorded {n} kilometres {way} of {town} at {hour}:{min} "
        "local time on {day}.",
        "Its centre lay at a depth of {m} kilometres, according to the seismological institute.",
        "No damage or injuries have been reported so far, and no warning was given for the coast.",
        "The institute recorded {k} weaker tremors in the same district over the past week.",
    ),
    (
        "The main index in {town} closed at {n}{m} points on {day}, {a}.{b} percent {move} than "
        "the day before.",
        "Shares of banks moved by {b}.{a} percent, and those of builders by {a}.{k} percent.",
        "Dealers spoke of a quiet session with a turnover of {k}{n} million crowns.",
        "The crown stood at {a}.{m} to the dollar when trading ended.",
    ),
    (
        "For {town} the weather service expects {sky} on {day}, with {a} degrees in the morning "
        "and up to {k} in the afternoon.",
        "A {way} wind of {n} kilometres an hour will ease towards the evening.",
        "The chance of rain is put at {m} percent, and the sun sets at {hour}:{min}.",
        "Drivers should allow more time on bridges and in the passes early in the day.",
    ),
)
_SLOTS = {
    "town": ("Varna", "Tromsø", "Izmir", "Oran", "Cork", "Split", "Kutaisi", "Bergen", "Aqaba"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "way": ("north", "south", "east", "west", "north-east", "south-west"),
    "move": ("higher", "lower"),
    "sky": ("clear skies", "light cloud", "heavy cloud", "fog", "showers"),
}
_SMALL = ("perhaps", "indeed", "quite", "often", "donc", "ainsi", "encore", "уже", "также", "лишь")


def papers() -> list[str]:
    """Names of forty newspapers that do not exist."""
    return [f"{place} {name}" for place in _PLACES for name in _NAMES]


def changed(kind: str, sources: Sequence[Text], given: tuple[str, str], random: Random) -> Text:
    """A text as another outlet prints it; `sources` are two where the kind is "merged".

    `given`: the text's language, and the headline that a translation would give it.
    """
    words, (language, title) = sources[0], given
    make = {
        "cut": lambda: _cut(words, random),
        "extended": lambda: (words[0], *_own(language, random, 1), *_after_lead(words, random)),
        "merged": lambda: _merged(words, sources[-1], random),
        "repunctuated": lambda: _repunctuated(words),
        "headline": lambda: (Piece(words[0].key, title), *words[1:]),
        "excerpt": lambda: _excerpt(words, language, random),
        "furniture": lambda: _furnished(words, random),
        "edited": lambda: _edited(words, random),
    }
    return tuple(make[kind]()) if kind in make else words


def opinion(name: str, title: str, random: Random) -> Text:
    """A piece that tells what its writer thinks, without a fact."""
    headline = Piece(f"{name} opinion headline", f"Opinion: {title}")
    return (headline, *_fresh(_OPINIONS, random, 2), *_own("en", random, 8))


def bulletin(name: str, random: Random) -> Text:
    """One of a kind that a machine fills in day after day: the same words, other facts."""
    sentences = random.choice(_TEMPLATES)
    filled = [
        sentence.format(
            a=random.randint(2, 6), b=random.randint(0, 9), n=random.randint(11, 98),
            m=random.randint(11, 88), k=random.randint(7, 29), hour=random.randint(10, 21),
            min=random.randint(10, 59),
            **{slot: random.choice(values) for slot, values in _SLOTS.items()},
        )
        for sentence in sentences
    ]  # fmt: skip
    title = Piece(f"bulletin {name} headline", filled[0].split(",")[0])
    body = (Piece(f"bulletin {name} {i}", text, opens=i == 0) for i, text in enumerate(filled))
    return (title, *body)


def _fresh(sentences: Sequence[str], random: Random, number: int) -> list[Piece]:
    """Sentences put in by the outlet; where two outlets put in the same one, they share it."""
    return [Piece(f"own {text[:40]}", text, True) for text in random.sample(sentences, number)]


def _cut(words: Text, random: Random) -> Text:
    """The last tenth to half of the sentences falls away."""
    kept = max(2, round((len(words) - 1) * random.uniform(0.5, 0.9)))
    return words[: 1 + kept]


def _after_lead(words: Text, random: Random) -> Text:
    """All of it, or all but its own first sentence, for which the new lead stands."""
    return words[1:] if random.random() < 0.5 or len(words) < 6 else words[2:]


def _merged(one: Text, other: Text, random: Random) -> Text:
    first = one[1 : 1 + max(2, round((len(one) - 1) * random.uniform(0.5, 0.8)))]
    second = other[1 : 1 + max(2, round((len(other) - 1) * random.uniform(0.5, 0.8)))]
    return (one[0], *first, *second)


def _excerpt(words: Text, language: str, random: Random) -> Text:
    """Quoted at length, at least half of it, in a longer text of the outlet's own."""
    body = words[1:]
    length = max(2, round(len(body) * random.uniform(0.6, 0.9)))
    start = random.randint(0, len(body) - length)
    own = _own(language, random, 10)
    return (own[0], *own[1:6], *body[start : start + length], *own[6:])


def _own(language: str, random: Random, number: int) -> list[Piece]:
    """Sentences that no other text has, though others are made after the same pattern."""
    phrases = generated.LANGUAGES.get(language, generated.LANGUAGES["fr"])
    texts = [generated.sentence(phrases, random) for _ in range(number)]
    return [Piece(f"own {random.getrandbits(40):x}", text, True) for text in texts]


def _furnished(words: Text, random: Random) -> Text:
    made = list(words)
    house = random.choice(papers())
    for sentence in random.sample(FURNITURE, 3):
        text = f"{sentence} ({house}, {random.randint(2, 99)})"
        made.insert(random.randint(1, len(made)), Piece(f"own {text}", text, True))
    return tuple(made)


def _repunctuated(words: Text) -> Text:
    other = str.maketrans({",": " –", ";": ".", "«": "“", "»": "”", '"': "'", ":": ","})
    return tuple(
        Piece(piece.key, piece.text.translate(other).rstrip(".") + " .", piece.opens)
        for piece in words
    )


def _edited(words: Text, random: Random) -> Text:
    """Of the body's words 15 in 100 left out, doubled with a small word, or replaced by one."""
    return (words[0], *(_edit(piece, random) for piece in words[1:]))


def _edit(piece: Piece, random: Random) -> Piece:
    made: list[str] = []
    for word in piece.text.split():
        if random.random() >= 0.15:
            made.append(word)
            continue
        way = random.randrange(3)
        if way:
            made.append(random.choice(_SMALL))
        if way == 2:
            made.append(word)
    return Piece(piece.key, " ".join(made) or piece.text, piece.opens)
