"""The desk from Python: what it finds, as objects, tables and files; what it refuses."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pandas
import polars
import pyarrow
import pytest

import dragoman
from dragoman import api
from dragoman.errors import DragomanError, MissingPart, StoreError, Unreadable
from dragoman.publish.formats import event_columns, report_columns
from dragoman.publish.query_text import query_text
from dragoman.store import open_store
from tests.publish.desk import PAGES, settle
from tests.publish.items import many

ROOT = Path(__file__).parent.parent


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        settle(store, PAGES)
    return tmp_path


@pytest.fixture
def desk(home: Path) -> Iterator[api.Desk]:
    with dragoman.open(home) as opened:
        yield opened


# --- objects -----------------------------------------------------------------------------------


def test_events_with_their_reports(desk: api.Desk) -> None:
    items = list(desk.events())
    assert len(items) == 6
    met = next(item for item in items if item.event.id == "e-met")
    assert len(met.reports) == 3
    assert met.best is not None
    assert met.best.report.evidence_text.startswith("Jens Stoltenberg")
    assert list(desk.events()) == items


def test_a_closed_desk_answers_nothing(home: Path, tmp_path: Path) -> None:
    desk = dragoman.open(home)
    records, begun = desk.events(), iter(desk.articles())
    next(begun)
    desk.close()
    asked: list[Callable[[], object]] = [
        lambda: list(records),
        lambda: list(desk.reports()),
        lambda: list(begun),
        lambda: desk.event("e-met"),
        lambda: desk.read("France met Germany."),
        lambda: records.to_csv(tmp_path / "events.csv"),
    ]
    for ask in asked:
        with pytest.raises(StoreError, match="was closed; open it again"):
            ask()
    assert not (tmp_path / "events.csv").exists()
    desk.close()  # once more does no harm


def test_nothing_is_read_before_it_is_gone_through(
    desk: api.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    def noting(*_: object, **__: object) -> Iterator[object]:
        for at, item in enumerate(many(10_000)):
            taken.append(at)
            yield item

    monkeypatch.setattr("dragoman.publish.gathering.events", noting)
    found = desk.events()
    assert taken == []
    assert len(list(islice(found, 3))) == 3
    assert len(taken) == 3


def test_reports_articles_and_single_events(desk: api.Desk) -> None:
    assert len(list(desk.reports())) == 8
    assert {row.event_id for row in desk.reports()} == {item.event.id for item in desk.events()}
    assert {item.kept.article.id for item in desk.articles()} >= {"a-wire", "a-copy"}
    assert desk.event("e-met").event.id == "e-met"
    with pytest.raises(DragomanError, match="e-none: this desk has no such event"):
        desk.event("e-none")


def test_a_text_is_read_and_not_kept(desk: api.Desk) -> None:
    read = desk.read("Kenya condemned Rwanda yesterday.", "en", published=date(2024, 3, 13))
    (report,) = read.reports
    assert (report.category, report.sources[0].actor, report.targets[0].actor) == (
        "ACCUSE", "KEN", "RWA",
    )  # fmt: skip
    assert report.date is not None
    assert report.date.start == "2024-03-12"
    assert read.article.language == "en"
    assert len(list(desk.articles())) == 4
    with pytest.raises(Unreadable):
        desk.read("  ")
    with pytest.raises(DragomanError, match="'13 March' is not an ISO date"):
        desk.read("Kenya condemned Rwanda.", published="13 March")


# --- queries -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "keywords", "text"),
    [
        ("", {}, ""),
        ("from:FRA to:AZE", {}, "from:FRA to:AZE"),
        ("ferry OR boat", {"actor": "NATO"}, '(ferry OR boat) actor:"NATO"'),
        ("", {"source": "FRA", "target": ["AZE", "ARM"]}, 'from:"FRA" to:"AZE","ARM"'),
        (
            "",
            {"after": date(2024, 1, 2), "before": "2024-03"},
            'after:"2024-01-02" before:"2024-03"',
        ),
        ("", {"language": "fr", "origins": 2}, 'lang:"fr" origins:>=2'),
        ("", {"outlet": 'The "Quay" \\ Post'}, 'outlet:"The \\"Quay\\" \\\\ Post"'),
        ("", {"actor": "x) OR (y"}, 'actor:"x) OR (y"'),
    ],
)
def test_keywords_become_conditions(query: str, keywords: dict[str, Any], text: str) -> None:
    assert query_text(query, **keywords) == text


def test_a_keyword_that_is_no_field() -> None:
    with pytest.raises(TypeError, match="colour is no field"):
        query_text(colour="red")


def test_queries_are_passed_on(desk: api.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noting(_room: object, query: str, **_: object) -> Iterator[object]:
        asked.append(query)
        return iter(())

    monkeypatch.setattr("dragoman.publish.gathering.events", noting)
    monkeypatch.setattr("dragoman.publish.gathering.articles", noting)
    list(desk.events("ferry", category="ACCUSE"))
    list(desk.reports(status="happened"))
    list(desk.articles(language="fr"))
    list(desk.pair("Armenia", "AZE", after="2024"))
    assert asked == [
        '(ferry) category:"ACCUSE"',
        'status:"happened"',
        'lang:"fr"',
        '((from:"ARM" to:"AZE") OR (from:"AZE" to:"ARM")) after:"2024"',
    ]


# --- tables and files --------------------------------------------------------------------------


def test_tables(desk: api.Desk) -> None:
    table = desk.events().to_arrow()
    assert isinstance(table, pyarrow.Table)
    assert table.column_names == [column.name for column in event_columns.COLUMNS]
    frame = desk.events().to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert (str(frame.dtypes["date_start"]), str(frame.dtypes["quad"])) == (
        "datetime64[ms]",
        "Int64",
    )
    assert list(frame["id"]) == table["id"].to_pylist()
    polar = desk.events().to_polars()
    assert isinstance(polar, polars.DataFrame)
    assert polar.to_dicts() == table.to_pylist()
    assert desk.reports().to_arrow().column_names == [one.name for one in report_columns.COLUMNS]
    assert desk.articles().to_pandas()["title"][0] == "Azerbaijan and Armenia speak of ferries"


def test_an_empty_table_has_its_columns(desk: api.Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.publish.gathering.events", lambda *_, **__: iter(()))
    assert desk.events().to_pandas().shape == (0, len(event_columns.COLUMNS))


def test_files(desk: api.Desk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    made = desk.events().to_csv(out / "a.csv")
    with (out / "a.csv").open(newline="", encoding="utf-8") as file:
        assert len(list(csv.DictReader(file))) == made.rows == 6
    assert "rows=6" in repr(made)
    assert "GlobalEventID" not in repr(desk.events().export("gdelt", out / "e.tsv"))
    assert desk.reports().to_csv(out / "b.csv").rows == 8
    assert desk.articles().to_csv(out / "c.csv").rows == 4
    assert desk.articles().export("articles", str(out / "d.jsonl")).rows == 4
    assert desk.events().export("gdelt", out / "e.tsv").left_out == 1
    with pytest.raises(DragomanError, match="articles takes articles, and these are events"):
        desk.events().export("articles", out / "f")
    with pytest.raises(DragomanError, match="there is no format 'xlsx'"):
        desk.events().export("xlsx", out / "g")
    assert sorted(one.name for one in out.iterdir()) == [
        "a.csv", "b.csv", "c.csv", "d.jsonl", "e.tsv",
    ]  # fmt: skip


def test_a_table_without_its_package_names_the_fix(
    desk: api.Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingPart, match=r'polars is not .*pip install "dragoman\[data\]"'):
        desk.events().to_polars()


# --- opening -----------------------------------------------------------------------------------


def test_no_desk(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no desk here"):
        dragoman.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_public_view(home: Path) -> None:
    with dragoman.open(home, public=True) as desk:
        texts = [item.kept.article.text for item in desk.articles()]
    assert not any("The boats will sail" in text for text in texts)


def test_it_needs_no_data_packages() -> None:
    program = (
        "import sys\n"
        "for name in ('pandas', 'polars', 'pyarrow'):\n"
        "    sys.modules[name] = None\n"
        "import dragoman\n"
        "print(dragoman.open.__module__, dragoman.Desk.__name__)"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert made.stdout == "dragoman.api Desk\n"


def test_a_file_that_cannot_be_written(desk: api.Desk, tmp_path: Path) -> None:
    with pytest.raises(DragomanError, match=r"nowhere.*No such file or directory"):
        desk.events().to_csv(tmp_path / "nowhere" / "events.csv")
