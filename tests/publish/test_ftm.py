"""FollowTheMoney entities checked by FollowTheMoney's own model, where it is installed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dragoman.publish.formats.account import headline
from dragoman.publish.formats.ftm import country, language
from dragoman.publish.formats.xml_stream import xml_text
from tests.publish.documents import ALL, LONG, MARKED, SCRIPT, TALKS, VISIT, written
from tests.publish.items import GONE, LASTING, YEAR

CODED = frozenset({"date", "country", "language", "url", "entity", "identifier"})


def entities(*items: Any) -> list[Any]:
    return [json.loads(line) for line in written("ftm", items).splitlines()]


def one_of(items: Any, identity: str) -> Any:
    (found,) = (one for one in entities(*items) if one["id"] == f"dragoman-{identity}")
    return found["properties"]


def test_every_entity_is_one_of_followthemoneys() -> None:
    ftm = pytest.importorskip("followthemoney", reason="the group ftm is not installed")
    found = entities(*ALL)
    for one in found:
        schema = ftm.model.get(one["schema"])
        assert schema is not None
        assert set(one["properties"]) <= set(schema.properties)
        schema.validate(one)
        proxy = ftm.model.get_proxy(one)
        for name, values in one["properties"].items():
            kind = schema.get(name).type
            assert all(kind.validate(value) for value in values)
            assert sorted(proxy.get(name)) == sorted(values)
            if kind.name in CODED:  # no value is written in another form than its own
                assert [kind.clean(value) for value in values] == values
    assert len([one for one in found if one["schema"] == "Event"]) == len(ALL)


def test_an_event_names_its_actors_articles_and_days() -> None:
    made = one_of((VISIT,), "e-visit")
    assert made == {
        "name": [headline(VISIT)],
        "summary": ["Azerbaijan received France in Baku."],
        "description": ["France → Azerbaijan"],
        "date": ["2024-03-17"],
        "location": ["Baku"],
        "country": ["az"],
        "involved": ["dragoman-actor-FRA", "dragoman-actor-AZE"],
        "keywords": ["CONSULT", "happened", "news"],
        "proof": ["dragoman-a-visit"],
        "publisher": ["Quay Post"],
        "sourceUrl": [VISIT.address, "https://quay.example/r-visit"],
        "recordId": ["e-visit"],
        "modifiedAt": ["2024-03-16"],
        "notes": ["revision 3"],
    }
    assert one_of((VISIT,), "actor-FRA") == {
        "name": ["France"],
        "alias": ["France"],
        "country": ["fr"],
        "classification": ["state"],
        "wikidataId": ["Q142"],
        "sourceUrl": ["https://www.wikidata.org/wiki/Q142"],
    }
    assert one_of((VISIT,), "a-visit")["language"] == ["eng"]


def test_every_id_that_is_pointed_to_is_there_before() -> None:
    seen: set[str] = set()
    for one in entities(*ALL):
        pointed = (*one["properties"].get("involved", ()), *one["properties"].get("proof", ()))
        assert set(pointed) <= seen
        assert one["id"] not in seen
        seen.add(one["id"])


def test_dates_are_as_exact_as_they_are_known() -> None:
    assert one_of((TALKS,), "e-talks")["date"] == ["2024-11"]
    assert one_of((YEAR,), "e-year")["date"] == ["2023"]
    assert one_of((LASTING,), "e-lasting")["startDate"] == ["2024-03-17"]
    assert "endDate" not in one_of((LASTING,), "e-lasting")
    assert "withdrawn 2024-03-19" in one_of((GONE,), "e-gone")["notes"][0]


def test_awkward_words_come_whole_without_control_characters() -> None:
    wild = one_of(ALL, "e-wild")
    assert wild["summary"] == [xml_text(MARKED)]
    assert wild["namesMentioned"] == ['a <i>"pilot"</i> & crew']
    assert "involved" not in wild
    assert one_of(ALL, "e-endless")["summary"] == [LONG]
    assert one_of((SCRIPT,), "e-script")["sourceUrl"] == [SCRIPT.address]


def test_codes_are_those_of_followthemoney() -> None:
    assert [country(one) for one in ("ARM", "XKX", "", None)] == ["am", "xk", None, None]
    assert [language(one) for one in ("fr", "ar", "ru", None, "tlh")] == [
        "fra", "ara", "rus", None, "tlh",
    ]  # fmt: skip
