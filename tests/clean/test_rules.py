"""Furniture rules and outlets as data files: what loads, and how a fault is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.furniture import load_furniture
from dragoman.knowledge.outlets import Outlet, load_outlets, outlets_of

BROKEN = [
    # a pattern that does not compile
    ('placeholders = ["ok"]\n[[line]]\nlabel = "share"\nrule = "r"\nwhole = ["(open"]\n', 5),
    # a footer that names nobody
    ('[[footer]]\nrule = "r"\npatterns = ["appeared first"]\n', 3),
    # a label that is none
    ('[[line]]\nlabel = "menu"\nrule = "r"\n', 2),
    ("colour = 1\n", 1),
]


@pytest.mark.parametrize(("text", "line"), BROKEN)
def test_faults_name_file_and_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "furniture.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataFileError) as fault:
        load_furniture(path)
    assert (fault.value.path, fault.value.line) == (path, line)


def write_outlet(folder: Path, key: str, name: str, domain: str) -> None:
    text = f'id = "{key}"\nname = "{name}"\ndomains = ["{domain}"]\nkind = "newspaper"\n'
    (folder / f"{key}.toml").write_text(text, "utf-8")


def test_outlets_are_found_by_name_and_address(tmp_path: Path) -> None:
    write_outlet(tmp_path, "l-post", "L-Post", "lpost.be")
    outlets = load_outlets(tmp_path)
    for name in ("L-Post", "LPOST", "l post", "L’Post"):
        found = outlets.named(name)
        assert found is not None
        assert found.id == "l-post"
    assert outlets.at("https://www.lpost.be/x") is outlets.at("amp.lpost.be")
    assert outlets.at("https://notlpost.be/x") is None


def test_two_claims_on_one_domain(tmp_path: Path) -> None:
    write_outlet(tmp_path, "one", "One", "same.example")
    write_outlet(tmp_path, "two", "Two", "same.example")
    with pytest.raises(DataFileError, match=r"two\.toml:3: domain 'same\.example'"):
        load_outlets(tmp_path)


def test_agencies_are_found_by_their_marks() -> None:
    outlets = outlets_of([Outlet("afp", "AFP", kind="agency", agency_marks=("avec AFP",))])
    assert outlets.agency("(AFP)") is outlets.agency("Avec AFP") is outlets.named("afp")
    assert outlets.agency("Post") is None


def test_the_quick_look_passes_over_no_line_that_a_rule_knows() -> None:
    texts = ("SHARE THIS ARTICLE", "ALL RIGHTS RESERVED", "Read also: the talks", "À LIRE AUSSI")
    known = [
        (rules, text)
        for rules in Knowledge().furniture.values()
        for text in texts
        if any(rule.pattern.match(text) for rule in rules.lines)
    ]
    assert {text for _, text in known} == set(texts)
    assert all(rules.any_line.match(text.lower()) for rules, text in known)
