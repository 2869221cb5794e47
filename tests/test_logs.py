"""The log: a line for each event in either form, and no secret in any."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from dragoman.config import METRICS_TOKEN, PASSWORD, load_config
from dragoman.errors import DataFileError
from dragoman.logs import LEVELS, Level, hushed, keep_quiet, note
from tests.telling import told

ROOT = Path(__file__).parent.parent


def test_an_event_is_one_line_of_json() -> None:
    with told() as log:
        note("visit", outcome="answered", new=3, source="s-1", reason=None, quote="a\nb \ud800")
        note("visit", level="warning", outcome="failed", ms=1.5)
    first, second = log.lines()
    assert datetime.fromisoformat(first.pop("time")).tzinfo is not None
    assert first == {
        "level": "info", "event": "visit", "outcome": "answered", "new": 3, "source": "s-1",
        "quote": "a\nb \\ud800",
    }  # fmt: skip
    assert (second["level"], second["ms"]) == ("warning", 1.5)


def test_a_field_never_stands_in_place_of_what_each_line_has() -> None:
    with told() as log:
        note("article", time="never")
    assert datetime.fromisoformat(log.lines()[0]["time"])


def test_an_event_is_a_line_for_people() -> None:
    with told("text") as log:
        note("article", level="warning", outcome="put off", origin="a\n2026 fake line\x1b[31m")
    (line,) = log.text.splitlines()
    said = 'warning: article outcome="put off" origin="a 2026 fake line [31m"'
    assert re.fullmatch(rf"\S+ {re.escape(said)}", line)


def test_a_traceback_is_a_field() -> None:
    with told() as log:
        try:
            raise ValueError("of no use")
        except ValueError as fault:
            note("error", level="error", fault=fault, route="/pair/{actor}/{other}")
    (line,) = log.lines("error")
    assert line["error"] == "ValueError: of no use"
    assert line["route"] == "/pair/{actor}/{other}"
    assert line["traceback"].startswith("Traceback (most recent call last)")
    assert len(log.text.splitlines()) == 1


@pytest.mark.parametrize("level", LEVELS)
def test_no_more_is_told_than_was_asked_for(level: Level) -> None:
    with told(level=level) as log:
        for one in LEVELS:
            note(one, level=one)
    assert [line["event"] for line in log.lines()] == list(LEVELS[LEVELS.index(level) :])


def test_of_libraries_warnings_alone_are_told() -> None:
    with told() as log:
        logging.getLogger("httpx").info("HTTP Request: GET https://example.org/a")
        logging.getLogger("sqlalchemy").warning("a cartesian product")
    (line,) = log.lines()
    assert (line["event"], line["message"]) == ("message", "a cartesian product")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("postgresql+psycopg://desk:sesame%20open@db/desk: no", "sesame"),
        ("https://reader:sesame@feeds.example/a.xml: 404", "sesame"),
        ("(https://feeds.example/a.xml?key=sesame) is gone", "sesame"),
        ("https://feeds.example/a.xml#sesame", "sesame"),
        ("at /comment/3/own?key=sesame&to=1, again", "sesame"),
        ("GET /alerts/sesame.rss", "sesame"),
        ("Bearer dgm_sesame-01_x", "sesame"),
    ],
)
def test_secrets_in_addresses_are_left_out(text: str, secret: str) -> None:
    shown = hushed(text)
    assert secret not in shown
    assert "feeds.example" in shown or "feeds.example" not in text


def test_what_is_no_secret_stays() -> None:
    text = "https://news.example/2024/03/a-b.html: 404 Not Found; is it true? x=1, see #4"
    assert hushed(text) == text


def test_secrets_of_the_settings_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD, "smtp sesame")
    monkeypatch.setenv(METRICS_TOKEN, "metrics-sesame-0123")
    monkeypatch.setenv("DRAGOMAN_AKISMET_KEY", "0123456789ab")
    monkeypatch.setenv("DRAGOMAN_STORE", "postgresql://desk:store%2Fsesame@db/desk")
    secrets = ("smtp sesame", "metrics-sesame-0123", "0123456789ab", "store/sesame",
               "store%2Fsesame")  # fmt: skip
    with told() as log:
        load_config(tmp_path)
        for secret in secrets:
            note("error", message=f"<{secret}>")
            note("error", fields={secret: [secret]}, fault=RuntimeError(f"with {secret}"))
            logging.getLogger("smtplib").warning("sent %s", secret)
    assert len(log.lines()) == 3 * len(secrets)
    assert not [secret for secret in secrets if secret in log.text]


def test_a_token_that_can_be_guessed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(METRICS_TOKEN, "short")
    with pytest.raises(DataFileError, match="16 characters") as raised:
        load_config(tmp_path)
    assert "short" not in str(raised.value)


def test_words_are_not_torn_by_what_is_too_short_to_be_a_secret() -> None:
    with told() as log:
        keep_quiet("a")
        keep_quiet("")
        keep_quiet(None)
        note("article", outcome="added")
    assert log.lines()[0]["outcome"] == "added"


PROGRAM = """
from dragoman import logs
{before}
logs.note("visit", level="error")
raise ValueError("of no use")
"""


@pytest.mark.parametrize("is_set_up", [True, False])
def test_what_ends_the_program_is_a_line_too(is_set_up: bool) -> None:
    before = 'logs.set_up(logs.Telling("json", "info"))' if is_set_up else ""
    made = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(before=before)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert made.returncode == 1
    if not is_set_up:
        assert made.stderr.startswith("Traceback")
        return
    visit, end = map(json.loads, made.stderr.splitlines())
    assert (visit["event"], end["event"]) == ("visit", "error")
    assert end["error"] == "ValueError: of no use"
