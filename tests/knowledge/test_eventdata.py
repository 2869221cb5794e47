"""Codes of other event data in our terms, and faults in their tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dragoman.errors import DataFileError
from dragoman.knowledge import DATA, Knowledge
from dragoman.knowledge.columns import FORMS
from dragoman.knowledge.eventdata import EventData, group_code, load_eventdata


@pytest.fixture(scope="module")
def data(knowledge: Knowledge) -> EventData:
    return knowledge.eventdata


def test_columns_are_as_many_as_the_files_have(data: EventData) -> None:
    assert {form: len(data.columns[form]) for form in FORMS} == {
        "gdelt": 61, "polecat": 40, "acled": 31,
    }  # fmt: skip
    for form in FORMS:
        assert len(set(data.columns[form])) == len(data.columns[form])
        assert data.needed[form] < set(data.columns[form])


@pytest.mark.parametrize(
    ("code", "categories"),
    [
        ("042", ("CONSULT",)),
        ("42", ("CONSULT",)),  # a spreadsheet dropped the zero
        ("871", ("CONCEDE", "RETREAT")),
        ("190", ("ASSAULT",)),
        ("1712", ("ASSAULT", "COERCE")),
        ("1699", ("SANCTION",)),  # unknown below its root
        ("010", ()),  # a statement is no category of ours
        ("08", ("CONCEDE",)),  # a root by itself
        ("", ()),
    ],
)
def test_codes_of_cameo(data: EventData, code: str, categories: tuple[str, ...]) -> None:
    assert data.of_cameo(code) == categories


def test_every_root_of_cameo_is_known(data: EventData) -> None:
    roots = [f"{n:02d}" for n in range(1, 21)]
    assert all(root in data.cameo for root in roots)
    assert [root for root in roots if not data.of_cameo(f"{root}0")] == ["01"]


@pytest.mark.parametrize(
    ("code", "state"),
    [("AZE", "AZE"), ("ROM", "ROU"), ("ROU", "ROU"), ("GZS", "PSE"), ("EUR", None), ("", None)],
)
def test_codes_of_countries(data: EventData, code: str, state: str | None) -> None:
    assert data.of_country(code) == state


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Military Forces of Azerbaijan (2003-)", "AZE"),
        ("Police Forces of Armenia (2018-) Prison Guards", "ARM"),
        ("Government of the United States (2021-2025)", "USA"),
        ("Civilians (Armenia)", "ARM"),
        ("Protesters (France)", "FRA"),
        ("Hamas Movement", "hamas"),
        ("NATO: North Atlantic Treaty Organization (1949-)", "nato"),
        ("Unidentified Armed Group (Syria)", None),
        ("Civilians (International)", None),
        ("", None),
    ],
)
def test_names_of_acled(data: EventData, name: str, actor: str | None) -> None:
    assert data.of_acled_actor(name) == actor


def test_a_name_of_several_is_nobody_s(data: EventData) -> None:
    assert data.of_name("Congo") is None
    assert data.of_name("russian federation") == "RUS"


def test_types_of_acled(data: EventData) -> None:
    assert data.of_acled("Battles", "Armed clash") == ("ASSAULT",)
    assert data.of_acled("Battles", "Government regains territory") == ("COERCE",)
    assert data.of_acled("Strategic developments", "Other") == ()
    assert data.of_acled("Battle", "") == ()


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("actors.tsv", "cameo-group\tXXX\tnobody", "no actor 'nobody'"),
        ("categories.tsv", "cameo\t21\t-\tCHARM", "no category 'CHARM'"),
        ("countries.tsv", "FRA\tFR\t250\tFR\t-", "FRA stands here twice"),
        ("countries.tsv", "FRX\tFX\ttwo\tFX\t-", "'two' is not a number"),
        ("columns.tsv", "icews\tEvent ID\tyes", "the forms are gdelt, polecat, acled"),
    ],
)
def test_a_fault_names_its_line(
    knowledge: Knowledge, tmp_path: Path, table: str, line: str, said: str
) -> None:
    shutil.copytree(DATA / "eventdata", tmp_path / "eventdata")
    path = tmp_path / "eventdata" / table
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, line]), "utf-8")
    with pytest.raises(DataFileError) as fault:
        load_eventdata(tmp_path / "eventdata", knowledge.codebook, knowledge.atlas)
    assert said in str(fault.value)
    assert fault.value.line == len(lines) + 1


def test_a_group_is_written_by_the_code_it_is_read_by(knowledge: Knowledge) -> None:
    groups = knowledge.eventdata.groups
    assert {group_code(actor) for actor in groups.values()} <= set(groups)
    assert all(groups[group_code(actor) or ""] == actor for actor in groups.values())
    assert group_code("nato") == "NAT"
    assert group_code("FRA") is None
    assert group_code(None) is None
