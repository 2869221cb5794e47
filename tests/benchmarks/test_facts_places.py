"""The scorer of places, on two files of our own in the forms of the public ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.facts_places import Toponym, is_right, measure, texts
from dragoman.knowledge import Knowledge
from dragoman.model import Place
from dragoman.pipeline import Steps

GEOVIRUS = """<articles><article><source>https://wiki.example/a</source>
<text>Ships from Norway reached Tirana and Nowhereville.</text><locations>
<location><name>Norway</name><start>12</start><end>18</end><lat>62</lat><lon>10</lon>
<page>https://wiki.example/Norway</page></location>
<location><name>Tirana</name><start>27</start><end>33</end><lat>41.3</lat><lon>19.8</lon>
<page>https://wiki.example/Tirana</page></location>
<location><name>Nowhereville</name><start>38</start><end>50</end><lat>1</lat><lon>1</lon>
<page>https://wiki.example/Nowhereville</page></location>
</locations></article></articles>"""
LGL = """<articles><article docid="1"><text>Snow fell in Tirana.</text><toponyms>
<toponym><start>13</start><end>19</end><phrase>Tirana</phrase><gaztag geonameid="3183875">
<name>Tirana</name><fcode>PPLC</fcode><lat>41.3</lat><lon>19.8</lon></gaztag></toponym>
<toponym><start>0</start><end>4</end><phrase>Snow</phrase></toponym>
</toponyms></article></articles>"""


@pytest.fixture
def geovirus(tmp_path: Path) -> Path:
    path = tmp_path / "geovirus.xml"
    path.write_text(GEOVIRUS, "utf-8")
    return path


def test_shares_of_all_names(geovirus: Path, steps: Steps) -> None:
    assert measure(geovirus, steps) == {
        "acc161": 0.667,
        "found": 0.667,
        "open": 0.0,
        "states": 1.0,
    }


def test_offsets_count_from_one_in_the_one_and_from_nought_in_the_other(
    geovirus: Path, tmp_path: Path, knowledge: Knowledge
) -> None:
    (text,) = texts(geovirus, knowledge)
    names = [text.text[t.start : t.end] for t in text.toponyms]
    assert names == ["Norway", "Tirana", "Nowhereville"]
    assert [t.state for t in text.toponyms] == ["NOR", None, None]
    (tmp_path / "lgl.xml").write_text(LGL, "utf-8")
    (text,) = texts(tmp_path / "lgl.xml", knowledge)
    assert [text.text[t.start : t.end] for t in text.toponyms] == ["Tirana"]


NEAR_ROME = Place("spot", "Spot", 42.9, 12.5)


@pytest.mark.parametrize(
    ("state", "place", "due"),
    [
        (None, NEAR_ROME, True),  # 111 km
        (None, Place("spot", "Spot", 44.9, 12.5), False),
        (None, Place("spot", "Spot", None, None), False),
        (None, None, False),
        # a state by what it is, wherever it is put
        ("ITA", NEAR_ROME, False),
        ("ITA", Place("ITA", "Italy", 0.0, 0.0), True),
    ],
)
def test_right_is_near_or_the_same_state(state: str | None, place: Place | None, due: bool) -> None:
    assert is_right(Toponym(0, 4, 41.9, 12.5, "Rome", state), place) is due
