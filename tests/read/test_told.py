"""What sentences tell, as the parser models read them: contents, speakers, stances, turns."""

from __future__ import annotations

import pytest

from dragoman.model import Kept
from dragoman.pipeline import Steps


def read(steps: Steps, language: str, text: str) -> Kept:
    return steps.read(steps.text(text, language))


def shown(kept: Kept) -> list[tuple[str, str, str, str | None]]:
    """Kind, stance, what is told, by whom (as the text has it)."""
    text = kept.article.text
    return [
        (q.kind, q.stance, text[q.start : q.end], text[slice(*q.speaker)] if q.speaker else None)
        for q in kept.reading.quotes
    ]


# (language, text, [(kind, stance, what is told, speaker)])
CASES = [
    # an infinitive of intention, of refusal
    ("en", "Peru wants to send boats.", [("indirect", "intend", "to send boats", "Peru")]),
    ("en", "Peru refused to send boats.", [("indirect", "reject", "to send boats", "Peru")]),
    ("fr", "Le Pérou veut envoyer des navires.",
     [("indirect", "intend", "envoyer des navires", "Pérou")]),
    ("fr", "Le ministre a promis de réparer le pont.",
     [("indirect", "promise", "de réparer le pont", "ministre")]),
    # what somebody is asked to do, with who is asked
    ("en", "The mayor urged drivers to stay at home.",
     [("indirect", "demand", "drivers to stay at home", "mayor")]),
    # a preposition of the verb's own
    ("en", "The minister called for a truce.", [("topic", "demand", "a truce", "minister")]),
    ("en", "The mayor accused the firm of dumping oil.",
     [("indirect", "accuse", "dumping oil", "mayor")]),
    # an object is only spoken of; with a predicate it is called something
    ("en", "Chile condemned the raid.", [("topic", "accuse", "the raid", "Chile")]),
    ("en", "Chile called the raid a crime.", [("topic", "neutral", "the raid a crime", "Chile")]),
    ("en", "Critics attacked him.", []),
    # two stances of one verb
    ("fr", "Le maire appelle au calme.", [("topic", "demand", "calme", "maire")]),
    # a noun of speech, with its owner or the subject above it
    ("en", "The army denied the mayor's claim that shells fell on the town.",
     [("topic", "deny", "the mayor's claim that shells fell on the town", "army")]),
    ("en", "The mayor's claim that shells fell on the town was false.",
     [("indirect", "claim", "that shells fell on the town", "mayor's")]),
    ("en", "Allegations of torture grow.",
     [("topic", "claim", "torture", None)]),
    # a verb that closes what it tells
    ("en", "The bridge fell, but nobody was hurt, the mayor said.",
     [("indirect", "neutral", "The bridge fell, but nobody was hurt", "mayor")]),
    ("fr", "Le pont a sauté dimanche, ont annoncé les Nations unies.",
     [("indirect", "neutral", "Le pont a sauté dimanche", "Nations unies")]),
    # a second verb of the same speaker
    ("en", "The mayor said the bridge fell, adding that nobody was hurt.",
     [("indirect", "neutral", "the bridge fell", "mayor"),
      ("indirect", "neutral", "that nobody was hurt", "mayor")]),
    # the author speaks, or nobody
    ("en", "Note that the bridge is old.", []),
    ("fr", "On sait que le pont est vieux.", []),
    ("fr", "À noter que le pont est vieux.", []),
    # sources, and what is none
    ("fr", "Selon la police, le pont a sauté.",
     [("indirect", "neutral", "le pont a sauté", "police")]),
    ("fr", "Selon un sondage réalisé lundi, la ministre est populaire.",
     [("indirect", "neutral", "la ministre est populaire", "sondage")]),
    ("fr", "Le pont ferme tôt ou tard, selon le jour.", []),
    ("fr", "D'après des chiffres publiés par la mairie, le pont est sûr.",
     [("indirect", "neutral", "le pont est sûr", "mairie")]),
    # before a colon stands a person or a noun that tells; not a topic
    ("en", "Police: The bridge was unsafe", [("indirect", "neutral", "The bridge was unsafe",
                                              "Police")]),
    ("fr", "Astronomie : les étoiles sont plus jeunes", []),
    ("fr", "Pour lui, le pont est sûr.", [("indirect", "think", "le pont est sûr", "lui")]),
    ("fr", "Pour cela, le pont est fermé.", []),
    # denied and admitted
    ("fr", "L'armée nie avoir tiré.", [("indirect", "deny", "avoir tiré", "armée")]),
    ("fr", "L'armée reconnaît que des obus sont tombés.",
     [("indirect", "admit", "que des obus sont tombés", "armée")]),
    # verbs that report only marks
    ("fr", "Le club a continué d'avancer.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "quotes"), CASES)
def test_told(
    steps: Steps, language: str, text: str, quotes: list[tuple[str, str, str, str | None]]
) -> None:
    assert shown(read(steps, language, text)) == quotes


# (language, text, what is said, whether all is one turn, speakers)
MARKED = [
    ("en", "“We leave,” said the mayor, “and nobody stays.”",
     ["We leave,", "and nobody stays."], True, {"mayor"}),
    ("en", "“We leave,” the mayor said. “Nobody stays.”",
     ["We leave,", "Nobody stays."], True, {"mayor"}),
    ("en", "“We leave,” the mayor said.\n“We stay,” the bishop said.",
     ["We leave,", "We stay,"], False, {"mayor", "bishop"}),
    ("en", "The mayor said: “We leave today.\n“Nobody stays.”",
     ["We leave today.", "Nobody stays."], True, {"mayor"}),
    ("fr", "« Nous partons », a-t-il déclaré.", ["Nous partons"], True, {"il"}),
    ("fr", "« Nous partons », remarque-t-elle.", ["Nous partons"], True, {"elle"}),
    ("fr", "« Nous partons », a salué pour sa part le maire.", ["Nous partons"], True, {"maire"}),
    ("fr", "« Nous partons », a fait savoir la ministre.", ["Nous partons"], True, {"ministre"}),
    ("en", "“We will never leave this town.” — Jane Doe", ["We will never leave this town."],
     True, {"Jane Doe"}),
    ("fr", "Le maire a dit qu'il pleuvait. Il a ri. « Nous partons demain matin. »",
     ["qu'il pleuvait", "Nous partons demain matin."], False, {"maire", "Il"}),
    ("fr", "Le maire à la radio : « Nous partons. »", ["Nous partons."], True,
     {"maire à la radio"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "said", "one_turn", "speakers"), MARKED)
def test_said_in_marks(
    steps: Steps, language: str, text: str, said: list[str], one_turn: bool, speakers: set[str]
) -> None:
    kept = read(steps, language, text)
    quotes = kept.reading.quotes
    body = kept.article.text
    assert [body[q.start : q.end] for q in quotes] == said
    assert quotes[-1].kind == "direct"
    assert (len({q.turn for q in quotes}) == 1) == one_turn
    assert {body[slice(*q.speaker)] for q in quotes if q.speaker} == speakers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The museum shows the “Blue Boat” until May."),
        ("en", "The so-called “peace train” stopped in the town."),
        ("fr", "Le musée montre le « Bateau bleu » jusqu'en mai."),
        ("fr", "Il est l'auteur du roman « Les eaux mortes », paru en mai."),
    ],
)
def test_titles_and_words_held_at_a_distance_are_not_said(
    steps: Steps, language: str, text: str
) -> None:
    quotes = read(steps, language, text).reading.quotes
    assert [q for q in quotes if q.kind == "direct"] == []


def test_lines_of_a_transcript_have_their_speakers(steps: Steps) -> None:
    text = "MAYOR: The bridge is safe.\nBISHOP: Nobody believes it.\nMAYOR: Then walk."
    kept = read(steps, "en", text)
    told = [(text[slice(*q.speaker)], text[q.start : q.end]) for q in kept.reading.quotes
            if q.speaker]  # fmt: skip
    assert told == [
        ("MAYOR", "The bridge is safe."),
        ("BISHOP", "Nobody believes it."),
        ("MAYOR", "Then walk."),
    ]


def test_one_line_in_capitals_is_no_transcript(steps: Steps) -> None:
    assert read(steps, "en", "UPDATE: The bridge is safe.").reading.quotes == ()


def test_thoughts_and_topics_are_no_speech(steps: Steps) -> None:
    text = "The mayor said it rained. The mayor thinks it rained. The mayor praised the rain."
    quotes = read(steps, "en", text).reading.quotes
    assert [q.is_speech for q in quotes] == [True, False, False]
    assert [q.is_claim for q in quotes] == [True, True, False]
