"""The tally of a re-cleaning: counts, and as many examples as were asked for."""

from __future__ import annotations

from dragoman.model import Change, FieldChange, Relabelled
from dragoman.publish.terminal.changes import Tally

TITLE = Change(fields=(FieldChange("title", "Old\n words", None),))
BODY = Change(kept=3, dropped=40, relabelled=(Relabelled("body", "teaser", "check-also", 40),))


def tally(examples: int = 1) -> Tally:
    made = Tally(examples)
    for identity, change in (("a-1", TITLE), ("a-2", Change()), ("a-3", BODY), ("a-4", BODY)):
        made.add(identity, change)
    return made


def test_lines() -> None:
    assert list(tally().lines()) == [
        "4 articles: 3 changed, 1 unchanged",
        "  body: 2 changed: 6 characters kept, 80 dropped",
        "    a-3: 3 kept, 40 dropped",
        "  labels: 2 changed",
        "    a-3: body → teaser by check-also (40 characters)",
        "    body → teaser by check-also: in 2 articles",
        "  title: 1 changed",
        "    a-1: “Old words” → nothing",
    ]


def test_examples_can_be_left_out() -> None:
    assert not [line for line in tally(0).lines() if "a-" in line]
    assert len([line for line in tally(9).lines() if "a-3" in line or "a-4" in line]) == 4


def test_json_says_the_same() -> None:
    assert tally().json() == {
        "articles": 4,
        "changed": 3,
        "unchanged": 1,
        "fields": {"body": 2, "labels": 2, "title": 1},
        "body": {"kept": 6, "dropped": 80},
        "labels": [{"was": "body", "now": "teaser", "rule": "check-also", "articles": 2}],
    }


def test_captured_text_stays_text() -> None:
    made = Tally(1)
    made.add("a-1", Change(fields=(FieldChange("title", "a\x1b[31m" + "b" * 99, "c"),)))
    assert not any("\x1b" in line for line in made.lines())
    assert all(len(line) < 120 for line in made.lines())
