"""The calendar of what is to come, read back by icalendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Dated, Status, Turn
from dragoman.publish.formats.account import headline
from dragoman.publish.formats.ics import LINE, is_to_come, text_value
from dragoman.publish.gathering import EventItem
from tests.publish.documents import ALL, LONG, MARKED, MONTH, TALKS, VISIT, between, written
from tests.publish.items import ABOUT, BAKU, DAY

SOON = between("soon", "FRA", "AZE", date=DAY, place=BAKU, status="planned")


def entries(*items: EventItem) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(written("ics", items))
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not [one.errors for one in found if one.errors]
    return list(found)


def dated(start: str, end: str | None, precision: Any, basis: str = "stated") -> EventItem:
    return replace(SOON, event=replace(SOON.event, date=Dated(start, end, precision, basis)))


def with_status(status: Status, **changes: Any) -> EventItem:
    event = replace(SOON.event, status=status, told_as="announced", **changes)
    return replace(SOON, event=event)


def test_what_is_to_come_is_there_as_a_day() -> None:
    (one,) = entries(SOON)
    assert one["UID"] == "e-soon@desk.example.org"
    assert one["SEQUENCE"] == 3
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (date(2024, 3, 17), date(2024, 3, 18))
    assert one["SUMMARY"] == headline(SOON)
    assert one["LOCATION"] == "Baku"
    assert (one["GEO"].latitude, one["GEO"].longitude) == (BAKU.lat, BAKU.lon)
    assert one["URL"] == SOON.address
    assert one["CATEGORIES"].cats == ["CONSULT", "planned", "news"]
    assert one["STATUS"] == "CONFIRMED"
    assert one.decoded("DTSTAMP") == datetime.fromisoformat("2024-03-16T07:30:00+00:00")
    assert "“Azerbaijan received France in Baku.”" in one["DESCRIPTION"]
    assert one["DESCRIPTION"].endswith(SOON.address)


def test_only_what_was_announced_or_planned_is_there() -> None:
    assert [one.event.id for one in ALL if is_to_come(one)] == ["e-talks"]
    assert entries(*ALL)[0]["UID"] == "e-talks@desk.example.org"
    assert len(entries(*ALL)) == 1
    assert entries() == []
    came = replace(VISIT, event=replace(VISIT.event, history=(Turn("planned", None, "r-1"),)))
    assert entries(came)[0]["STATUS"] == "CONFIRMED"


def test_a_month_is_a_span_and_tentative() -> None:
    (one,) = entries(TALKS)
    assert TALKS.event.date == MONTH
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (date(2024, 11, 1), date(2024, 12, 1))
    assert one["STATUS"] == "TENTATIVE"
    assert one["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    "made",
    [
        dated("2025-01-01", "2025-12-31", "year"),
        dated("2030-01-01", "2039-12-31", "decade"),
        dated("2024-03-17", None, "day"),
        dated("2024-03-17", "2024-03-19", "range", "bounds: not before a day"),
        dated("2024-03-17", "2024-03-16", "day"),
        dated("some day", "2024-03-16", "day"),
        dated("9999-12-31", "9999-12-31", "day"),
        replace(SOON, event=replace(SOON.event, date=None)),
    ],
)
def test_what_has_no_days_is_left_out(made: EventItem) -> None:
    assert not is_to_come(made)
    assert entries(made) == []


@pytest.mark.parametrize(
    ("made", "status"),
    [
        (with_status("halted"), "CANCELLED"),
        (with_status("denied"), "CANCELLED"),
        (replace(SOON, retracted_at="2024-03-19T08:00:00+00:00", reports=()), "CANCELLED"),
        (with_status("happened"), "CONFIRMED"),
        (with_status("ongoing", date=MONTH), "CONFIRMED"),
        (with_status("demanded"), "TENTATIVE"),
        (with_status("threatened"), "TENTATIVE"),
        (with_status("planned", date=MONTH), "TENTATIVE"),
    ],
)
def test_the_status_says_how_sure_it_is(made: EventItem, status: str) -> None:
    assert entries(made)[0]["STATUS"] == status


def test_a_withdrawn_event_keeps_its_id_and_its_new_stamp() -> None:
    gone = replace(SOON, retracted_at="2024-03-19T08:00:00+00:00", reports=(), revision=4)
    (before,), (after,) = entries(SOON), entries(gone)
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTAMP") == datetime.fromisoformat("2024-03-19T08:00:00+00:00")
    assert after["SUMMARY"].startswith("Withdrawn: ")


def test_long_lines_are_folded_between_characters() -> None:
    reports = tuple(
        replace(one, report=replace(one.report, evidence_text=MARKED + LONG))
        for one in SOON.reports
    )
    made = written("ics", [replace(SOON, reports=reports)])
    lines = made.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= LINE for line in lines)
    assert all(line.decode() for line in lines)
    assert b"\n" not in made.replace(b"\r\n", b"")
    one: Any = icalendar.Calendar.from_ical(made).walk("VEVENT")[0]
    said = MARKED + LONG
    for control in ("\x00", "\x1b", "\ud83d"):
        said = said.replace(control, "")
    assert f"“{said}”".replace("\r\n", "\n") in one["DESCRIPTION"]


def test_a_calendar_says_what_was_asked() -> None:
    made = written("ics", (), replace(ABOUT, query="lang:fr, place:Baku; x"))
    calendar: Any = icalendar.Calendar.from_ical(made)
    for name in ("NAME", "X-WR-CALNAME"):
        assert f"\r\n{name}:Desk: lang:fr\\, place:Baku\\; x\r\n".encode() in made
    assert calendar["PRODID"] == "-//Dragoman//Dragoman 0.1.0//EN"
    assert written("ics", [SOON]) == written("ics", [SOON])


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=200))
def test_any_text_comes_back(text: str) -> None:
    place = replace(BAKU, name=text)
    (one,) = entries(replace(SOON, event=replace(SOON.event, place=place)))
    assert str(one["LOCATION"]) == text
    assert "\n" not in text_value(text + "\r\n")
