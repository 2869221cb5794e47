"""The settings that decide how a desk fetches."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.config import load_config
from dragoman.engine import FREE, Limits, engine_for
from dragoman.engine.here import Here
from dragoman.engine.processes import Processes
from dragoman.errors import DataFileError


def test_how_servers_are_asked(tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text(
        'agent_contact = "https://desk.example/about"\npolite_delay = 10\n'
        'allow_hosts = ["intranet"]\n',
        "utf-8",
    )
    config = load_config(tmp_path)
    assert config.agent_contact == "https://desk.example/about"
    assert (config.polite_delay, config.allow_hosts) == (10.0, ["intranet"])


def test_without_settings(tmp_path: Path) -> None:
    config = load_config(tmp_path)
    assert (config.agent_contact, config.polite_delay, config.allow_hosts) == (None, 3.0, [])


def test_an_article_is_read_in_a_process_that_can_be_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with one job, unless a desk says that nothing is to be limited."""
    monkeypatch.delenv("DRAGOMAN_ARTICLE_SECONDS")
    config = load_config(tmp_path)
    assert (config.jobs, config.limits) == (1, Limits(120, 4096))
    assert isinstance(engine_for(config.jobs, config.limits), Processes)
    (tmp_path / "dragoman.toml").write_text("article_seconds = 0\n", "utf-8")
    limits = load_config(tmp_path).limits
    assert isinstance(engine_for(1, limits), Here)
    assert isinstance(engine_for(1, FREE), Here)
    monkeypatch.setenv("DRAGOMAN_ARTICLE_SECONDS", "7.5")
    assert load_config(tmp_path).limits.seconds == 7.5
    monkeypatch.setenv("DRAGOMAN_ARTICLE_SECONDS", "long")
    with pytest.raises(DataFileError, match="DRAGOMAN_ARTICLE_SECONDS"):
        load_config(tmp_path)


def test_a_contact_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_AGENT_CONTACT", "desk@example.org")
    assert load_config(tmp_path).agent_contact == "desk@example.org"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('agent_contact = "a@b.example\\r\\nX-Injected: yes"', "a contact is one"),
        ('agent_contact = "bureau à Genève"', "a contact is one"),
        ('agent_contact = ""', "a contact is one"),
        ("polite_delay = -1", "polite_delay"),
        ("polite_delay = 100000", "polite_delay"),
    ],
)
def test_settings_that_cannot_be(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text(line + "\n", "utf-8")
    with pytest.raises(DataFileError, match=said):
        load_config(tmp_path)
