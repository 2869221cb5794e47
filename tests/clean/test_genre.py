"""What kind of piece a page says it is, and by which sign. All texts are our own."""

from __future__ import annotations

import pytest

from dragoman.clean.article import clean
from dragoman.knowledge import Knowledge
from dragoman.model import Capture, Genre

PARAGRAPHS = (
    "The bridge over the strait was opened to traffic on the first of July after five years.",
    "It carries a road and a railway, and beyond an island the road goes on in a tunnel.",
    "Fares were set by the two states that own the company which built it and runs it.",
)
ADDRESS = "https://kura-dispatch.example/bridge"


@pytest.fixture(scope="module")
def desk() -> Knowledge:
    return Knowledge()


def genre(
    desk: Knowledge, *, head: str = "", above: str = "", first: str = "", url: str = ADDRESS
) -> Genre:
    body = [first + PARAGRAPHS[0], *PARAGRAPHS[1:]]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in body)
    html = (
        f'<html lang="en"><head><title>Bridge opened</title>{head}</head>'
        f"<body><article>{above}<h1>Bridge opened</h1>{text}</article></body></html>"
    )
    return clean(Capture("c-1", url, "text/html", html.encode(), url=url), desk).genre


# (what the page has, genre, rule)
SIGNS = [
    ({}, "other", "nothing says"),
    ({"first": "MALMÖ (Reuters) - "}, "wire", "an agency alone signs"),
    ({"url": "https://www.reuters.com/world/bridge"}, "wire", "an agency's own page"),
    ({"first": "MALMÖ, July 1, 2000 /PRNewswire/ -- "}, "release", "mark of a release wire"),
    ({"url": "https://www.gov.example/x"}, "other", "nothing says"),
    ({"url": "https://www.transport.gov.uk/bridge"}, "release", "address of an office"),
    ({"url": "https://www.company.example/press-releases/bridge"}, "release", "address"),
    ({"above": "<p>Communiqué de presse</p>"}, "release", "mark at the head"),
    ({"above": "<p>Пресс-релиз</p>"}, "release", "mark at the head"),
    ({"above": "<p>Gastbeitrag</p>"}, "opinion", "mark at the head"),
    ({"url": "https://paper.example/opinion/bridge"}, "opinion", "address"),
    ({"url": "https://paper.example/новости/bridge"}, "news", "section or address"),
    ({"head": '<meta property="article:section" content="Analyse">'}, "analysis", "page: section"),
    (
        {"head": '<script type="application/ld+json">{"@type": "OpinionNewsArticle"}</script>'},
        "opinion",
        "page: json-ld type",
    ),
]


@pytest.mark.parametrize(("page", "value", "rule"), SIGNS)
def test_signs(page: dict[str, str], value: str, rule: str, desk: Knowledge) -> None:
    assert genre(desk, **page) == Genre(value, rule)


def dialogue(questions: list[str], tag: str) -> str:
    answers = [
        "We began with the piers, because the water is deepest there and winter comes early.",
        "Nobody had built in such a current, so the first year went by with trials alone.",
        "It was finished before its time, and that had much to do with two mild winters.",
    ]
    rows = (f"<{tag}>{q}</{tag}><p>{a}</p>" for q, a in zip(questions, answers, strict=True))
    return f"<p>{PARAGRAPHS[0]}</p>" + "".join(rows)


ASKED = [
    "Where did you begin?",
    "How did your team deal with the current?",
    "Were you surprised when it was done?",
]
EXPLAINED = ["How long is the bridge?", "Who pays for it?", "When was it opened?"]


@pytest.mark.parametrize(
    ("questions", "tag", "value"),
    [(ASKED, "p", "interview"), (EXPLAINED, "p", "other"), (ASKED, "h2", "other")],
)
def test_an_interview_by_its_shape(
    questions: list[str], tag: str, value: str, desk: Knowledge
) -> None:
    html = (
        "<html lang='en'><head><title>The builder</title></head><body><article>"
        f"<h1>The builder</h1>{dialogue(questions, tag)}</article></body></html>"
    )
    capture = Capture("c-1", ADDRESS, "text/html", html.encode(), url=ADDRESS)
    assert clean(capture, desk).genre.value == value


def test_a_person_who_signs_makes_no_wire(desk: Knowledge) -> None:
    head = '<meta name="author" content="Ada Lindqvist">'
    assert genre(desk, head=head, first="MALMÖ (Reuters) - ").value != "wire"
