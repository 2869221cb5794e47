"""The folder of a desk, its settings, and the machine: each fault is found under its own name."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from dragoman.config import PASSWORD, Config, MailSettings
from dragoman.doctor.finding import Finding
from dragoman.doctor.folder import folder, settings, site
from dragoman.doctor.machine import _packages, _sqlite, machine, versions
from dragoman.errors import MissingPart
from dragoman.pipeline import Steps
from tests.disks import read_only


def names(home: Path) -> list[str]:
    return [one.name for one in folder(home, 1_000_000)]


def test_a_folder_that_is_well(tmp_path: Path) -> None:
    assert isinstance(settings(tmp_path), Config)
    assert names(tmp_path) == []
    assert list(site(Config(), tmp_path)) == []


def test_an_unknown_key_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "dragoman.toml").write_text('titel = "Harbour desk"\n', "utf-8")
    found = settings(tmp_path)
    assert isinstance(found, Finding)
    assert found.name == "settings"
    assert "titel" in found.what
    assert "dragoman.toml" in found.mend


def test_a_disk_that_can_only_be_read_can_be_written_again(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    with read_only(tmp_path, tmp_path.with_name("seen")) as seen:
        assert names(seen / "desk") == ["home"]
        (one,) = folder(seen / "desk", 0)
        assert os.system(one.mend) == 0
        assert names(seen / "desk") == []


def test_a_secret_that_others_may_read(tmp_path: Path) -> None:
    path = tmp_path / "dragoman.toml"
    path.write_text('[comments]\nakismet_key = "0123456789ab"\n', "utf-8")
    path.chmod(0o644)
    (one,) = folder(tmp_path, 0)
    assert one.name == "secrets"
    assert os.system(one.mend) == 0
    assert names(tmp_path) == []


def test_a_store_with_a_password_is_a_secret_and_one_without_is_none(tmp_path: Path) -> None:
    path = tmp_path / "dragoman.toml"
    path.write_text('store = "postgresql://ada:harbour@db.example/desk"\n', "utf-8")
    path.chmod(0o644)
    assert names(tmp_path) == ["secrets"]
    path.write_text('store = "postgresql://ada@db.example/desk"\n', "utf-8")
    assert names(tmp_path) == []


def test_a_disk_that_is_nearly_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 0, 600_000_000))
    assert names(tmp_path) == []
    (one,) = folder(tmp_path, 7_000_000_000)
    assert (one.name, "7,000 MB" in one.what) == ("disk", True)


def test_a_folder_that_can_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write everywhere, so the answer is given by hand."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    (one,) = folder(tmp_path, 0)
    assert (one.name, one.mend.startswith("chmod u+wx ")) == ("home", True)


def test_mail_that_can_not_go_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSWORD, raising=False)
    mail = MailSettings(host="mail.example.org", user="ada")
    assert [one.name for one in site(Config(mail=mail), tmp_path)] == ["mail", "mail"]
    monkeypatch.setenv(PASSWORD, "harbour")
    given = {"host": "mail.example.org", "user": "ada", "from": "desk@example.org"}
    whole = MailSettings.model_validate(given)
    assert list(site(Config(mail=whole), tmp_path)) == []


def test_packages_and_sqlite() -> None:
    (one,) = _packages(("nothing-of-this-name>=3", "pydantic>=2", 'absent-too; extra == "data"'))
    assert one.mend == 'pip install "nothing-of-this-name>=3"'
    assert [one.name for one in _sqlite((3, 31, 1))] == ["sqlite"]
    assert {"python", "sqlite", "spacy"} <= versions().keys()


def test_a_parser_that_is_missing(monkeypatch: pytest.MonkeyPatch, steps: Steps) -> None:
    def parser(_: Steps, language: str) -> object:
        if language == "ru":
            raise MissingPart("natasha is not installed")
        return object()

    monkeypatch.setattr(Steps, "parser", parser)
    (one,) = machine(steps)
    assert (one.name, "ru" in one.what) == ("parsers", True)
