"""What is wrong in an atlas that loads is told with file, line and what to do."""

# ruff: noqa: E501 - a row of a table of cases stays on one line, so that it can be read

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.knowledge import ATLAS
from dragoman.knowledge.atlas_check import check_atlas, first_day, last_day
from tests.knowledge.tables import ADA, Cells, Write, small_atlas

BO = ("bo-ek", "-", "Bo Ek", "-", "-", "NOR")
PACT = ("pact", "-", "alliance", "IGO", "-", "Sea League Pact", "-", "-", "-", "-")
NOW = "2026-06-15"


def term(
    person: str,
    start: str,
    end: str,
    known: str = "",
    *,
    office: str = "president",
    note: str = "-",
) -> Cells:
    return (person, office, "NOR", "GOV", start, end, known or end, note)


# fmt: off
FAULTS: list[tuple[str, str, int, str, dict[str, list[Cells]]]] = [
    # two presidents, whatever the order of rows
    ("overlap", "roles", 3, "bo-ek from 2012", {"roles": [term("ada-lund", "2010-01-01", "2014-06-30"), term("bo-ek", "2012", "2016")]}),
    ("overlap", "roles", 2, "bo-ek from 2012", {"roles": [term("bo-ek", "2012", "2016"), term("ada-lund", "2010-01-01", "2014-06-30")]}),
    # one who is still there when another comes
    ("overlap", "roles", 3, "until now", {"roles": [term("ada-lund", "2010", "-", "2025"), term("bo-ek", "2012", "2016")]}),
    # an office that no table names
    ("office", "roles", 2, "'presidnet' is not in offices.tsv", {"roles": [term("ada-lund", "2010", "2014", office="presidnet")]}),
    # impossible dates
    ("date", "roles", 2, "'2010-13' is no date", {"roles": [term("ada-lund", "2010-13", "2014")]}),
    ("date", "roles", 2, "'10-05-2010' is no date", {"roles": [term("ada-lund", "10-05-2010", "2014")]}),
    ("date", "roles", 2, "after it was last looked up", {"roles": [term("ada-lund", "2020", "-", "2019")]}),
    ("date", "roles", 2, "lies ahead of", {"roles": [term("ada-lund", "2020", "-", "2027")]}),
    ("date", "memberships", 2, "is no date", {"memberships": [("NOR", "sea-league", "1990-02-30", "-", "2025", "-")]}),
    # one person twice: by name without accents, by Russian name, by Wikidata id
    ("double", "people", 3, "share “ada lund”", {"people": [ADA, ("a-lund", "-", "A. Lund", "Àda Lund", "-", "NOR")]}),
    ("double", "people", 3, "share “ада лунд”", {"people": [("ada-lund", "-", "Ada Lund", "-", "Ада Лунд", "NOR"), ("a-lund", "-", "A. Lund", "-", "Ада Лунд", "NOR")]}),
    ("double", "people", 3, "share “Q1”", {"people": [("ada-lund", "Q1", "Ada Lund", "-", "-", "NOR"), ("bo-ek", "Q1", "Bo Ek", "-", "-", "NOR")]}),
    # one name for two bodies, for a body and a person, for a body and a palace
    ("clash", "organisations", 3, "“sea league” stands for pact and for sea-league", {"organisations": [("sea-league", *PACT[1:5], "Sea League", *PACT[6:]), ("pact", *PACT[1:5], "Pact|Sea League", *PACT[6:])]}),
    ("clash", "people", 3, "“sea league”", {"people": [ADA, ("sea", "-", "Sea League", "-", "-", "NOR")]}),
    ("clash", "metonyms", 2, "stands for NOR and for sea-league", {"metonyms": [("Sea League", "NOR", "GOV", "-")]}),
    # a state that is twice in a body
    ("membership", "memberships", 3, "overlaps line 2", {"memberships": [("NOR", "sea-league", "1990", "2000", "2000", "-"), ("NOR", "sea-league", "1995", "-", "2025", "-")]}),
]
NOTES: list[tuple[str, str, int, str, dict[str, list[Cells]]]] = [
    ("gap", "roles", 3, "nobody from 2012-03-01 (ada-lund, line 2) to 2012-06-01 (bo-ek), 92 days", {"roles": [term("ada-lund", "2010", "2012-03-01"), term("bo-ek", "2012-06-01", "2016")]}),
    ("double", "people", 3, "Bo Ekk may be Bo Ek", {"people": [BO, ("bo-ekk", "-", "Bo Ekk", "-", "-", "NOR")], "roles": [term("bo-ek", "2010", "2012")]}),
    ("open", "roles", 2, "last looked up 2025-10", {"roles": [term("ada-lund", "2010", "-", "2025-10")]}),
    ("open", "memberships", 2, "NOR sea-league: open since 1990", {"memberships": [("NOR", "sea-league", "1990", "-", "2025", "-")]}),
]
QUIET: list[dict[str, list[Cells]]] = [
    {},
    # a day or month of hand-over; a short time without a holder
    {"roles": [term("ada-lund", "2010", "2012-03-01"), term("bo-ek", "2012-03-01", "2016")]},
    {"roles": [term("ada-lund", "2010", "2012-03"), term("bo-ek", "2012-03", "2016")]},
    {"roles": [term("ada-lund", "2010", "2012-03-01"), term("bo-ek", "2012-04-01", "2016")]},
    # dates too coarse to say
    {"roles": [term("ada-lund", "2010", "2012"), term("bo-ek", "2012", "2016")]},
    # what a note explains
    {"roles": [term("ada-lund", "2010", "2012", note="vacant until June 2013"), term("bo-ek", "2013-06", "2016")]},
    {"roles": [term("ada-lund", "2010", "2014"), term("bo-ek", "2012-06", "2013", note="rival cabinet in the north")]},
    # an office of several
    {"roles": [term("ada-lund", "2010", "2014", office="special_envoy"), term("bo-ek", "2012", "2013", office="special_envoy")]},
    # open, and looked up this month
    {"roles": [term("ada-lund", "2010", "-", "2026-06")]},
    # a state that left and came back
    {"memberships": [("NOR", "sea-league", "1990", "1995", "1995", "-"), ("NOR", "sea-league", "1995", "1999", "1999", "-")]},
    # names with less than a likeness
    {"people": [ADA, BO, ("bo-falk", "-", "Bo Falk", "-", "-", "NOR")]},
]
# fmt: on
OFFICES: list[Cells] = [("president", "one", "-", "-"), ("special_envoy", "several", "-", "-")]


def folder(write: Write, rows: dict[str, list[Cells]]) -> Path:
    people = rows.get("people", [ADA, BO])
    given: dict[str, list[Cells]] = {"offices": OFFICES, **rows, "people": people}
    return small_atlas(write, **given)


@pytest.mark.parametrize(("kind", "table", "line", "text", "rows"), FAULTS)
def test_faults(
    kind: str, table: str, line: int, text: str, rows: dict[str, list[Cells]], write: Write
) -> None:
    found = check_atlas(folder(write, rows), NOW)
    (fault,) = [one for one in found if one.level == "fault"]
    assert (fault.kind, fault.path.name, fault.line) == (kind, f"{table}.tsv", line)
    assert text in fault.text


@pytest.mark.parametrize(("kind", "table", "line", "text", "rows"), NOTES)
def test_notes(
    kind: str, table: str, line: int, text: str, rows: dict[str, list[Cells]], write: Write
) -> None:
    (note,) = check_atlas(folder(write, rows), NOW)
    assert (note.level, note.kind, note.path.name, note.line) == (
        "note",
        kind,
        f"{table}.tsv",
        line,
    )
    assert text in note.text
    assert str(note).endswith(f"{table}.tsv:{line}: {note.text}")


@pytest.mark.parametrize("rows", QUIET)
def test_what_is_right_is_passed_over(rows: dict[str, list[Cells]], write: Write) -> None:
    assert check_atlas(folder(write, rows), NOW) == []


def test_faults_come_first(write: Write) -> None:
    roles = [term("ada-lund", "2010", "-", "2024"), term("bo-ek", "2012", "2016")]
    rows: dict[str, list[Cells]] = {"roles": roles}
    assert [one.level for one in check_atlas(folder(write, rows), NOW)] == ["fault", "note"]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
    ],
)
def test_bounds_of_coarse_dates(value: str, first: str, last: str) -> None:
    assert (first_day(value).isoformat(), last_day(value).isoformat()) == (first, last)


def test_the_atlas_has_no_faults() -> None:

    faults = [str(one) for one in check_atlas(ATLAS, "2100-01-01") if one.level == "fault"]
    assert faults == []
