"""`dragoman atlas`: findings on the command line, for people and for machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.knowledge.tables import Cells, small_atlas

OVERLAP: list[Cells] = [
    ("ada-lund", "president", "NOR", "GOV", "2010", "2014-06", "2014-06", "-"),
    ("bo-ek", "president", "NOR", "GOV", "2012", "-", "2025", "-"),
]
PEOPLE: list[Cells] = [
    ("ada-lund", "-", "Ada Lund", "-", "-", "NOR"),
    ("bo-ek", "-", "Bo Ek", "-", "-", "NOR"),
]


def tables(folder: Path, roles: list[Cells]) -> Path:
    def write(name: str, text: str) -> Path:
        path = folder / name
        path.write_text(text, "utf-8")
        return path

    return small_atlas(write, roles=roles, people=PEOPLE)


def test_a_fault_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    ran = run("atlas", "check", tables(tmp_path, OVERLAP), "--day", "2026-06-15")
    assert ran.code == 1
    assert "fault: " in ran.out
    assert "roles.tsv:3: president of NOR: bo-ek from 2012" in ran.out
    assert "1 faults, 1 notes" in ran.out
    assert "--open lists them" in ran.out


def test_open_roles_are_listed_when_asked_for(run: Run, tmp_path: Path) -> None:
    folder = tables(tmp_path, OVERLAP[1:])
    ran = run("atlas", "check", folder, "--day", "2026-06-15", "--open")
    assert ran.code == 0
    assert "note: " in ran.out
    assert "bo-ek president NOR: open since 2012, last looked up 2025" in ran.out


def test_findings_as_json(run: Run, tmp_path: Path) -> None:
    ran = run("atlas", "check", tables(tmp_path, OVERLAP), "--day", "2026-06-15", "--json")
    found = json.loads(ran.out)
    assert (ran.code, found["faults"], found["day"]) == (1, 1, "2026-06-15")
    kinds = [(one["level"], one["kind"], one["line"]) for one in found["findings"]]
    assert kinds == [("fault", "overlap", 3), ("note", "open", 3)]
    assert all(Path(one["file"]).name == "roles.tsv" and one["text"] for one in found["findings"])


def test_our_own_tables_have_no_faults(run: Run) -> None:
    ran = run("atlas", "check", "--json")
    assert (ran.code, json.loads(ran.out)["faults"]) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "there is no such folder"),
        (("--day", "tomorrow"), "this is no day"),
        (("--day", "2026-02"), "this is no day"),
    ],
)
def test_bad_arguments(arguments: tuple[str, ...], said: str, run: Run) -> None:
    ran = run("atlas", "check", *arguments)
    assert ran.code == 1
    assert said in ran.err


def test_tables_that_do_not_load(run: Run, tmp_path: Path) -> None:
    folder = tables(tmp_path, [("nobody", *OVERLAP[0][1:])])
    ran = run("atlas", "check", folder)
    assert ran.code == 1
    assert "roles.tsv:2: person 'nobody' is in no table of actors" in ran.err


# --- suggestions -------------------------------------------------------------------------------

PAGE = """<html lang="en"><head><title>A minister in Oslo</title>
<meta property="article:published_time" content="2024-03-17T08:00:00Z"></head><body><article>
<h1>A minister in Oslo</h1><p>Amadi Wekesa, the Kenyan foreign minister, arrived in Oslo on Sunday
for two days of talks with officials of Norway.</p></article></body></html>
"""


def test_offices_that_articles_tell_are_suggested(run: Run, tmp_path: Path) -> None:
    page, home = tmp_path / "page.html", tmp_path / "desk"
    page.write_text(PAGE, "utf-8")
    assert run("add", page, "--home", home).code == 0
    ran = run("atlas", "suggestions", "--home", home)
    assert ran.code == 0
    assert "# Amadi Wekesa: 1 article, 1 outlet, 2024-03-17 to 2024-03-17" in ran.out
    assert "Amadi Wekesa, the Kenyan foreign minister" in ran.out
    assert "amadi-wekesa\tforeign_minister\tKEN\tGOV\t2024-03-17\t-\t2024-03-17\t" in ran.out
    assert "# 1 suggestion from 1 telling" in ran.out
    (told,) = json.loads(run("atlas", "suggestions", "--home", home, "--json").out)["suggestions"]
    assert (told["person"], told["known"], told["articles"]) == ("amadi-wekesa", False, 1)
    assert len(told["rows"]) == 2
    assert "0 suggestions" in run("atlas", "suggestions", "--home", home, "--least", 2).out


def test_suggestions_need_a_desk(run: Run, tmp_path: Path) -> None:
    ran = run("atlas", "suggestions", "--home", tmp_path / "none")
    assert ran.code == 1
    assert "there is no desk here" in ran.err
