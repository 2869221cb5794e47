"""Every table read back by the tools it is for: as many rows, and each field as it was."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pandas
import polars
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.knowledge import Knowledge
from dragoman.knowledge.columns import FORMS, Form, file_columns
from dragoman.knowledge.countries import cameo, countries, country_name, fips, number
from dragoman.publish.formats import Field, Format, formats
from dragoman.publish.formats.columns import Column, cell, clean, in_form, unguarded, write_csv
from dragoman.publish.formats.event_columns import COLUMNS
from dragoman.publish.formats.gdelt import COLUMNS as GDELT
from dragoman.publish.formats.gdelt_codes import GOLDSTEIN, number_of
from dragoman.publish.formats.gdelt_mentions import mentions
from dragoman.publish.formats.record_json import event_json
from dragoman.publish.formats.report_columns import COLUMNS as REPORTS
from dragoman.publish.gathering import EventItem
from tests.publish.items import (
    ABOUT,
    ALL,
    AWKWARD,
    BARE,
    DAY,
    GONE,
    LASTING,
    ODD,
    PLANNED,
    VISIT,
    YEAR,
    item,
    many,
    report,
    row,
    side,
)

GDELT_NAMES = [
    "GlobalEventID",
    "Day",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_Fullname",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_Fullname",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_Fullname",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
]
"""As GDELT's own documentation of the 2.0 events file has them, in order."""
MENTION_NAMES = [
    "GlobalEventID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
]
ACLED_NAMES = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]


def made(name: str, items: Iterable[EventItem] = ALL) -> bytes:
    """What a format writes."""
    out = io.BytesIO()
    formats()[name].write(items, ABOUT, out)
    return out.getvalue()


def cells(columns: Sequence[Column[Any]], rows: Iterable[Any]) -> list[dict[str, str]]:
    """What a table should say, as text."""
    return [{one.name: cell(one.value(row), one.type) for one in columns} for row in rows]


def plain(rows: Iterable[dict[Any, Any]]) -> list[dict[str, str]]:
    """A table as it was read: empty for what was not there, without our guard."""
    return [{name: unguarded(value or "") for name, value in row.items()} for row in rows]


# --- CSV ---------------------------------------------------------------------------------------


def test_csv_by_the_standard_library() -> None:
    read = csv.DictReader(io.StringIO(made("csv").decode(), newline=""))
    assert plain(read) == cells(COLUMNS, ALL)


def test_csv_by_pandas() -> None:
    table = pandas.read_csv(io.BytesIO(made("csv")), dtype=str, keep_default_na=False)
    assert plain(table.to_dict("records")) == cells(COLUMNS, ALL)


def test_csv_by_polars() -> None:
    table = polars.read_csv(made("csv"), infer_schema=False)
    assert plain(table.to_dicts()) == cells(COLUMNS, ALL)


def test_numbers_of_csv_are_numbers() -> None:
    table = pandas.read_csv(io.BytesIO(made("csv"))).set_index("id")
    odd = table.loc["e-odd"]
    assert (odd["lat"], odd["lon"]) == (-54.8, -68.3)
    assert (odd["killed_low"], odd["killed_high"]) == (2, 5)
    assert (odd["money_low"], odd["money_high"], odd["money_unit"]) == (1000, 2000, "ARS")
    assert table.loc["e-visit", "reports"] == 2
    assert math.isnan(table.loc["e-bare", "lat"])


def test_csv_says_who_did_what_to_whom() -> None:
    (told,) = csv.DictReader(io.StringIO(made("csv", [VISIT]).decode(), newline=""))
    expected = {
        "id": "e-visit", "source": "FRA", "source_sector": "GOV", "target_country": "AZE",
        "date_start": "2024-03-17", "place_country": "AZE", "context": "diplomatic;economic",
        "languages": "en;fr", "evidence": "Azerbaijan received France in Baku.",
        "why": "lexicon: received\nsource: its subject", "attributed_to": "FRA",
        "codebook_version": "3", "retracted_at": "", "killed_low": "",
    }  # fmt: skip
    assert {name: told[name] for name in expected} == expected


def test_reports_by_pandas() -> None:
    rows = [one for item_ in ALL for one in item_.reports]
    table = pandas.read_csv(io.BytesIO(made("reports-csv")), dtype=str, keep_default_na=False)
    assert len(table) == 7
    assert plain(table.to_dict("records")) == cells(REPORTS, rows)
    assert table["sources"][0] == "FRA;-"


@pytest.mark.parametrize("text", [AWKWARD, GONE.address, "'=x", "''=x", "'", "-1", "＝1", "\n@"])
def test_text_that_a_spreadsheet_would_compute_is_guarded(text: str) -> None:
    value = said_and_length(text)["said"]
    assert not value.startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert unguarded(value) == clean(text)


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    found = said_and_length(text)
    assert (unguarded(found["said"]), found["n"]) == (clean(text), str(len(text)))


def said_and_length(text: str) -> dict[str, str]:
    """A text and its length, written as a row and read again."""
    said: Column[str] = Column("said", "text", "", str)
    out = io.BytesIO()
    write_csv([said, Column("n", "integer", "", len)], [text], out)
    (found,) = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    return found


# --- JSON Lines --------------------------------------------------------------------------------


def test_jsonl_by_json_and_pandas() -> None:
    lines = made("jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(
        json.dumps(list(map(event_json, ALL)))
    )
    table = pandas.read_json(io.BytesIO(made("jsonl")), lines=True)
    assert list(table["id"]) == [one.event.id for one in ALL]
    assert {one.name for one in formats()["jsonl"].fields} == set(table.columns)


# --- Parquet -----------------------------------------------------------------------------------


def native(column: Column[EventItem], one: EventItem) -> object:
    """A value as Arrow has it."""
    value = column.value(one)
    if isinstance(value, tuple):
        return [clean(part) for part in value]
    if isinstance(value, str) and column.type == "date":
        return date.fromisoformat(value)
    if isinstance(value, str) and column.type == "instant":
        return datetime.fromisoformat(value)
    return clean(value) if isinstance(value, str) else value


def expected() -> list[dict[str, object]]:
    return [{column.name: native(column, one) for column in COLUMNS} for one in ALL]


def test_parquet_by_pyarrow() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(made("parquet")))
    assert table.to_pylist() == expected()
    types = {field.name: str(field.type) for field in table.schema}
    assert types["date_start"] == "date32[day]"
    assert types["languages"].startswith("list<")
    assert types["category"].startswith("dictionary<")
    assert types["lon"] == "double"
    assert table.schema.metadata[b"made_at"] == ABOUT.made_at.encode()


def test_parquet_by_polars() -> None:
    assert polars.read_parquet(io.BytesIO(made("parquet"))).to_dicts() == expected()


def test_parquet_by_pandas() -> None:
    table = pandas.read_parquet(io.BytesIO(made("parquet")))
    assert list(table["id"]) == [one.event.id for one in ALL]
    assert table["evidence"][1] == clean(AWKWARD)
    assert table["lon"][1] == -68.3
    assert list(table["languages"][0]) == ["en", "fr"]


# --- GDELT -------------------------------------------------------------------------------------

DONE = (VISIT, ODD, LASTING)


def gdelt_rows(data: bytes, names: Sequence[str]) -> Iterator[dict[str, str]]:
    """As programs that know the columns read it: split at tabs, nothing else."""
    for line in data.decode().split("\n")[:-1]:
        yield dict(zip(names, line.split("\t"), strict=True))


def test_gdelt_by_a_reader_of_its_columns() -> None:
    flat = [
        {name: " ".join(value.split()) for name, value in row.items()} for row in cells(GDELT, DONE)
    ]
    read = list(gdelt_rows(made("gdelt"), GDELT_NAMES))
    assert [{n: " ".join(v.split()) for n, v in row.items()} for row in read] == flat
    assert [one.name for one in GDELT] == GDELT_NAMES
    visit, odd, lasting = read
    assert visit["Actor1Code"] == "FRAGOV"
    assert (visit["Actor1CountryCode"], visit["Actor2CountryCode"]) == ("FRA", "AZE")
    assert (visit["EventCode"], visit["EventRootCode"], visit["GoldsteinScale"]) == (
        "042", "04", "1.0",
    )  # fmt: skip
    assert visit["FractionDate"] == str(round(2024 + 77 / 365, 4))
    assert (visit["ActionGeo_Type"], visit["ActionGeo_CountryCode"]) == ("4", "AJ")
    assert (visit["NumMentions"], visit["DATEADDED"]) == ("2", "20240318000000")
    assert (odd["Day"], odd["ActionGeo_Lat"], odd["Actor2Type1Code"]) == (
        "20240201",
        "-54.8",
        "CVL",
    )
    assert (lasting["ActionGeo_Type"], lasting["AvgTone"]) == ("1", "")


def test_gdelt_by_pandas() -> None:
    table = pandas.read_csv(
        io.BytesIO(made("gdelt")), sep="\t", header=None, names=GDELT_NAMES,
        quoting=csv.QUOTE_NONE, dtype={"EventCode": str, "EventRootCode": str},
    )  # fmt: skip
    assert table.shape == (3, 61)
    assert list(table["GlobalEventID"]) == [number_of(one.event.id) for one in DONE]
    assert list(table["ActionGeo_Long"]) == [49.89, -68.3, 47.6]


def test_gdelt_ids_are_numbers_that_every_program_holds() -> None:
    numbers = {number_of(f"e-{at}") for at in range(1000)}
    assert len(numbers) == 1000
    assert all(int(float(one)) == one for one in numbers)
    assert number_of("e-visit") == 246_154_085_567_639


def test_gdelt_mentions_by_a_reader_of_its_columns() -> None:
    read = list(gdelt_rows(made("gdelt-mentions"), MENTION_NAMES))
    assert [one.name for one in formats()["gdelt-mentions"].fields] == MENTION_NAMES
    assert len(read) == len(list(mentions(ALL))) == 4
    assert {one["GlobalEventID"] for one in read} == {str(number_of(i.event.id)) for i in DONE}
    first = read[0]
    assert (first["Confidence"], first["Actor2CharOffset"], first["ActionCharOffset"]) == (
        "80", "20", "11",
    )  # fmt: skip
    assert first["MentionIdentifier"] == "https://quay.example/r-visit"


def test_every_root_of_cameo_has_its_place_on_the_scale(knowledge: Knowledge) -> None:
    codes = {code.cameo[:2] for one in knowledge.codebook.categories.values() for code in one.codes}
    assert codes <= set(GOLDSTEIN)
    assert set(GOLDSTEIN) == {f"{at:02d}" for at in range(1, 21)}


# --- POLECAT and ACLED -------------------------------------------------------------------------


def test_polecat_by_pandas() -> None:
    table = pandas.read_csv(
        io.BytesIO(made("polecat")), sep="\t", dtype=str, keep_default_na=False,
        quoting=csv.QUOTE_NONE,
    )  # fmt: skip
    assert table.shape == (3, 40)
    read = table.to_dict("records")
    flat = [
        {n: " ".join(v.split()) for n, v in one.items()}
        for one in cells(formats()["polecat"].fields, DONE)  # type: ignore[arg-type]
    ]
    assert [{n: " ".join(v.split()) for n, v in one.items()} for one in read] == flat
    visit = read[0]
    assert (visit["Event Date"], visit["Event Type"], visit["Quad Code"]) == (
        "2024-03-17", "CONSULT", "VERBAL COOPERATION",
    )  # fmt: skip
    assert (visit["Actor Name Raw"], visit["Actor Sectors"]) == (
        "France;a harbour pilot",
        "GOV;CIV",
    )
    assert (visit["GeoNames ID"], visit["Country"]) == ("587084", "Azerbaijan")


def test_acled_by_pandas() -> None:
    table = pandas.read_csv(io.BytesIO(made("acled")), dtype=str, keep_default_na=False)
    assert list(table.columns) == ACLED_NAMES
    odd, lasting = plain(table.to_dict("records"))
    expected = {
        "event_id_cnty": "e-odd", "event_date": "2024-02-01", "year": "2024",
        "time_precision": "3", "event_type": "Violence against civilians",
        "sub_event_type": "Attack", "disorder_type": "Political violence",
        "actor1": '-5 "armed" men\tand a dog', "inter1": "Rebel group", "inter2": "Civilians",
        "interaction": "Rebel group-Civilians", "civilian_targeting": "Civilian targeting",
        "iso": "32", "country": "Argentina", "latitude": "-54.8", "longitude": "-68.3",
        "fatalities": "2", "notes": clean(AWKWARD), "source": "+Plus, «Média»",
    }  # fmt: skip
    assert {name: odd[name] for name in expected} == expected
    assert (lasting["event_type"], lasting["time_precision"], lasting["geo_precision"]) == (
        "Protests", "1", "3",
    )  # fmt: skip
    assert (lasting["inter1"], lasting["fatalities"]) == ("Protesters", "")


@pytest.mark.parametrize(
    ("mode", "cameo", "source", "target", "kind"),
    [
        ("firearms", "193", "MIL", "REB", "Battles"),
        ("firearms", "193", "MIL", "CIV", "Violence against civilians"),
        ("heavy-weapons", "195", "MIL", None, "Explosions/Remote violence"),
        ("firearms", "193", "MIL", None, None),
        ("firearms", "193", "MIL", "IGO", None),
        ("crowd-control", "175", "COP", "CIV", "Protests"),
    ],
)
def test_what_acled_has_no_type_for_is_left_out(
    mode: str, cameo: str, source: str, target: str | None, kind: str | None
) -> None:
    told = report(
        "x", category="ASSAULT", mode=mode, cameo=cameo, quad=4, date=DAY,
        sources=(side("a", "One", source),), targets=(side("b", "Two", target),) if target else (),
    )  # fmt: skip
    table = pandas.read_csv(io.BytesIO(made("acled", [item("x", row(told))])))
    assert list(table["event_type"]) == ([kind] if kind else [])


@pytest.mark.parametrize("name", ["gdelt", "gdelt-mentions", "polecat", "acled"])
@pytest.mark.parametrize("one", [BARE, PLANNED, YEAR, GONE], ids=lambda one: one.event.id)
def test_what_was_not_done_on_a_day_has_no_row(name: str, one: EventItem) -> None:
    made_of = formats()[name]
    assert made_of.holds is not None
    assert not made_of.holds(one)
    assert made_of.write([one], ABOUT, io.BytesIO()) == 0


# --- all of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("one", formats().values(), ids=lambda one: one.name)
def test_every_column_has_a_sentence(one: Format) -> None:
    assert one.means.endswith(".")
    assert len({field.name for field in one.fields}) == len(one.fields)
    assert [field.name for field in one.fields if not _is_sentence(field)] == []


def _is_sentence(field: Field) -> bool:
    return bool(field.type) and field.means.endswith((".", ")"))


def test_suffixes_tell_formats_apart() -> None:
    suffixes = [one.suffix for one in formats().values()]
    assert len(set(suffixes)) == len(suffixes)


class Counting(io.BytesIO):
    """What was taken when each byte was written."""

    taken = 0
    first = 0

    def write(self, data: Any, /) -> int:
        self.first = self.first or self.taken
        return super().write(data)


@pytest.mark.parametrize("name", ["csv", "jsonl", "reports-csv", "gdelt", "polecat", "parquet"])
def test_rows_are_written_as_they_come(name: str) -> None:
    """Nothing is read ahead beyond a buffer or a batch."""
    out = Counting()
    left: list[int] = []

    def items() -> Iterator[EventItem]:
        for at, one in enumerate(many(12_000 if name == "parquet" else 600)):
            out.taken = at
            left.append(out.tell())
            yield one

    assert formats()[name].write(items(), ABOUT, out) == len(left) * (
        2 if name == "reports-csv" else 1
    )
    ahead = next(at for at, place in enumerate(left) if place > left[0] + 100)
    assert ahead <= (4200 if name == "parquet" else 100)


def test_states_have_their_codes(knowledge: Knowledge) -> None:
    states = [one for one in knowledge.atlas.actors.values() if one.kind == "state"]
    assert [one.id for one in states if one.id not in countries()] == []
    assert [one.id for one in states if fips(one.id) is None] == []
    codes = [codes.fips for codes in countries().values() if codes.fips is not None]
    assert len(set(codes)) == len(codes)
    assert (fips("GEO"), number("FRA"), country_name("ARM")) == ("GG", 250, "Armenia")
    assert (number("XKX"), fips(None), country_name("ZZZ")) == (None, None, None)
    assert (cameo("ROU"), cameo("PSE"), cameo("ZZZ"), cameo(None)) == ("ROM", "PSE", "ZZZ", None)


def test_a_code_that_is_written_is_read_as_the_same_state(knowledge: Knowledge) -> None:
    states = [one.id for one in knowledge.atlas.actors.values() if one.kind == "state"]
    assert [knowledge.eventdata.of_country(cameo(one) or "") for one in states] == states


@pytest.mark.parametrize("form", FORMS)
def test_files_of_others_have_their_columns_in_their_order(form: Form) -> None:
    assert tuple(one.name for one in formats()[form].fields) == file_columns()[form].names


def test_a_column_that_such_files_lack_is_refused() -> None:
    with pytest.raises(ValueError, match="acled files have no mood"):
        in_form("acled", [Column("mood", "text", "How it felt.", lambda _: "")], "text")
