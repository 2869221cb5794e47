"""Two cleanings of one capture: what differs is told, what only stands elsewhere is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dragoman.clean.compare import compare
from dragoman.model import (
    Article,
    Attribution,
    Author,
    Block,
    Claim,
    Dated,
    FieldChange,
    Genre,
    Image,
    Label,
    Relabelled,
)

Lines = Sequence[tuple[Label, str]]
LINES: Lines = (
    ("headline", "Ferries and lights"),
    ("body", "The ferry leaves at six."),
    ("body", "Read also the timetable."),
    ("navigation", "Home World"),
)


def article(lines: Lines = LINES, *, rule: str = "new", gap: str = "\n") -> Article:
    text, blocks = "", []
    for label, line in lines:
        blocks.append(Block(label, len(text), len(text) + len(line), rule))
        text += line + gap
    return Article("a-1", "c-1", text, "en", title=lines[0][1], blocks=tuple(blocks))


def test_the_same_is_no_change() -> None:
    assert not compare(article(), article())


def test_another_rule_for_the_same_label_is_no_change() -> None:
    assert not compare(article(rule="old"), article())


def test_a_name_that_stands_elsewhere_is_no_change() -> None:
    def given(start: int, rule: str) -> Article:
        claim = Claim("Coast News Agency", start, start + 5, rule)
        return replace(article(), attribution=Attribution(agency=claim))

    assert not compare(given(3, "byline"), given(30, "footer"))


DAY = Dated("2024-03-18", "2024-03-18", "day", "page: meta")


@pytest.mark.parametrize(
    ("now", "changed"),
    [
        (replace(article(), title="Lights"), FieldChange("title", "Ferries and lights", "Lights")),
        (replace(article(), title=None), FieldChange("title", "Ferries and lights", None)),
        (replace(article(), language="fr"), FieldChange("language", "en", "fr")),
        (replace(article(), genre=Genre("live", "x")), FieldChange("genre", "other", "live")),
        (
            replace(article(), published=DAY),
            FieldChange("published", None, "2024-03-18 (day, page: meta)"),
        ),
        (
            replace(article(), authors=(Author("Coast desk", "writes"), Author("Pier desk"))),
            FieldChange("authors", None, "Coast desk, writes; Pier desk"),
        ),
        (
            replace(article(), attribution=Attribution(agency=Claim("Coast", None, None, "x"))),
            FieldChange("attribution", None, "agency Coast"),
        ),
        (
            replace(article(), images=(Image("a.jpg", "A pier", "Coast"),)),
            FieldChange("images", None, "A pier, Coast"),
        ),
    ],
    ids=lambda value: value.field if isinstance(value, FieldChange) else "",
)
def test_each_field(now: Article, changed: FieldChange) -> None:
    assert compare(article(), now).fields == (changed,)


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["same text", "text made anew"])
def test_a_line_that_is_no_body_any_more(gap: str) -> None:
    now = article((*LINES[:2], ("teaser", LINES[2][1]), LINES[3]), gap=gap)
    change = compare(article(), now)
    characters = len("Readalsothetimetable.")
    assert (change.kept, change.dropped) == (0, characters)
    assert change.relabelled == (Relabelled("body", "teaser", "new", characters),)


def test_a_line_that_is_body_now() -> None:
    now = article((*LINES[:3], ("body", LINES[3][1])))
    change = compare(article(), now)
    assert (change.kept, change.dropped) == (len("HomeWorld"), 0)
    assert change.relabelled == (Relabelled("navigation", "body", "new", len("HomeWorld")),)


def test_a_piece_cut_out_of_a_block() -> None:
    """In one text only the piece changed sides, not the paragraph around it."""
    whole = article((("headline", "Lights"), ("body", "The ferry {$ad} leaves at six.")))
    start = whole.text.index("{$ad}")
    head, body = whole.blocks
    cut = replace(
        whole,
        blocks=(head, replace(body, end=start - 1), Block("placeholder", start, start + 5, "cut"),
                replace(body, start=start + 6)),
    )  # fmt: skip
    change = compare(whole, cut)
    assert change.relabelled == (Relabelled("body", "placeholder", "cut", 5),)
    assert (change.kept, change.dropped) == (0, 5)
    back = compare(cut, whole)
    assert back.relabelled == (Relabelled("placeholder", "body", "new", 5),)
    assert (back.kept, back.dropped) == (5, 0)


def test_paragraphs_that_changed_places_are_neither_kept_nor_dropped() -> None:
    now = article((LINES[0], LINES[2], LINES[1], LINES[3]))
    change = compare(article(), now)
    assert (change.kept, change.dropped, change.relabelled) == (0, 0, ())


def test_nothing_and_something() -> None:
    nothing = replace(article(), text="", blocks=(), title=None)
    assert compare(nothing, article()).kept == sum(len("".join(t.split())) for _, t in LINES[1:3])
    assert compare(article(), nothing).relabelled == ()
