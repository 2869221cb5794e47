"""The settings that decide how a desk fetches."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.config import load_config
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
