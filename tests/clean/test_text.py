"""Bare text: what is taken for furniture, and what never is. All texts are our own."""

from __future__ import annotations

import pytest

from .conftest import Cleaner, check_cover, texts

PARAGRAPH = (
    "The two ministers met on the ferry on Tuesday and agreed to reopen the northern crossing, "
    "which had been closed since the winter storms damaged both piers."
)
SECOND = (
    "Work on the piers will begin in the spring, the harbour office said, and the first boats "
    "should run again before the fishing season starts in June."
)
SCRAPE = f"""Northern crossing to reopen in June
Northern crossing to reopen in June
Two boats wait at the damaged pier (left) on Tuesday. ReutersThe islands wait. {PARAGRAPH}
A slow repair
{SECOND}
Ada Lindqvist
Senior fellow at the Institute of Small Harbours and author of two books on ferries.
The post Northern crossing to reopen in June appeared first on Valley Mail.
Check Also
A lighthouse goes dark
{{$inline_image}} A lighthouse goes dark The keeper left a note and …
Leave a Reply
Your email address will not be published. Required fields are marked *
This site uses Akismet to reduce spam. Learn how your comment data is processed.
"""


def test_a_scrape_is_taken_apart(cleaned: Cleaner) -> None:
    article = cleaned(SCRAPE)
    assert [block.label for block in article.blocks] == [
        "headline", "other", "caption", "credit", "body", "heading", "body", "byline", "bio",
        "syndication", "related", "teaser", "placeholder", "teaser", "comment_form",
        "comment_form", "notice",
    ]  # fmt: skip
    assert article.text == SCRAPE
    check_cover(article)
    assert article.title == "Northern crossing to reopen in June"
    assert texts(article, "body")[0].startswith("The islands wait")
    assert [author.name for author in article.authors] == ["Ada Lindqvist"]
    first = article.attribution.first_publisher
    assert first is not None
    assert first.value == "Valley Mail"


@pytest.mark.parametrize("bare", [True, False])
def test_without_a_cue_all_is_read(cleaned: Cleaner, bare: bool) -> None:
    article = cleaned(f"{PARAGRAPH}\n\n{SECOND}\n", bare=bare)
    assert {block.label for block in article.blocks} == {"body"}


def test_a_bare_text_keeps_even_its_first_short_line_as_body(cleaned: Cleaner) -> None:
    text = f"Ferry to run again\n\n{PARAGRAPH}\n{SECOND}"
    assert {block.label for block in cleaned(text, bare=True).blocks} == {"body"}
    assert texts(cleaned(text), "headline") == ["Ferry to run again"]


def test_line_ends_and_marks_are_kept(cleaned: Cleaner) -> None:
    raw = f"\ufeff{PARAGRAPH}\r\n\r\n{SECOND}\r\n"
    article = cleaned(raw.encode())
    assert article.text == raw[1:]
    check_cover(article)


# (text, label of its last line): one phenomenon each
LAST_LINES = [
    # an older wording of the feed footer, curly apostrophe
    ("Cet article Le bac repart est apparu en premier sur L-Post.", "syndication"),
    ("L’article Le bac repart est apparu en premier sur L-Post.", "syndication"),
    # another language than the page's
    ("Der Beitrag Die Fähre erschien zuerst auf Hafenblatt.", "syndication"),
    # republication with permission
    ("Republished from the Valley Mail.", "syndication"),
    ("Publié initialement sur L-Post.", "syndication"),
    ("Source : LPOST", "syndication"),
    ("Laisser un commentaire", "comment_form"),
    ("Schreibe einen Kommentar", "comment_form"),
]


@pytest.mark.parametrize(("line", "label"), LAST_LINES)
def test_furniture_below_a_text(cleaned: Cleaner, line: str, label: str) -> None:
    article = cleaned(f"{PARAGRAPH}\n{SECOND}\n{line}\n")
    assert article.blocks[-1].label == label
    assert [block.label for block in article.blocks[:-1]] == ["body", "body"]


GLUED = [
    # an agency's mark before the sentence
    ("Deux pêcheurs sur le quai, mardi, dans le port du nord. AFPLe bac repartira en juin", "AFP"),
    # a person and an agency
    (
        "The pier after the storm on Monday. Ida Holm/ReutersThe ferry will run again",
        "Ida Holm/Reuters",
    ),
]


@pytest.mark.parametrize(("line", "credit"), GLUED)
def test_glued_credit(cleaned: Cleaner, line: str, credit: str) -> None:
    tail = ", a dit l’office du port dans un communiqué publié après la réunion de mardi."
    text = f"Le bac repart bientôt\nLe bac repart bientôt\n{line}{tail}\n{SECOND}\nLeave a Reply"
    article = cleaned(text)
    assert texts(article, "credit") == [credit]
    check_cover(article)


def test_names_with_a_capital_inside_are_not_glue(cleaned: Cleaner) -> None:
    body = (
        "A court told YouTube and MacTavish Lines on Monday to share the ferry timetable at once."
    )
    article = cleaned(
        f"Court rules on ferry\nCourt rules on ferry\n{body}\n{SECOND}\nLeave a Reply"
    )
    assert texts(article, "caption") == []


@pytest.mark.parametrize(
    "field", ["{{ hero.image }}", "{$inline_image}", "%%sitename%%", "[vc_row]"]
)
def test_placeholders_split_their_line(cleaned: Cleaner, field: str) -> None:
    article = cleaned(f"{PARAGRAPH}\n{SECOND[:40]} {field} {SECOND[40:]}\n")
    assert texts(article, "placeholder") == [field]
    check_cover(article)


def test_percentages_are_no_placeholders(cleaned: Cleaner) -> None:
    article = cleaned(f"{PARAGRAPH} Fares rise by 12 % [sic] and by 5% more in July.\n{SECOND}")
    assert texts(article, "placeholder") == []


def test_dateline_names_the_agency(cleaned: Cleaner) -> None:
    article = cleaned(f"BAKU, March 17 (Reuters) - {PARAGRAPH}\n\n{SECOND}")
    assert article.blocks[0].label == "dateline"
    agency = article.attribution.agency
    assert agency is not None
    assert agency.value == "Reuters"
    assert article.text[agency.start : agency.end] == "Reuters"


def test_a_language_without_rules_is_still_cleaned(cleaned: Cleaner) -> None:
    text = (
        "Die beiden Minister trafen sich am Dienstag auf der Fähre und einigten sich darauf, den "
        "nördlichen Übergang wieder zu öffnen, der seit den Winterstürmen geschlossen war."
    )
    article = cleaned(text)
    assert article.language == "de"
    assert any("not read yet" in doubt.reason for doubt in article.doubts)
