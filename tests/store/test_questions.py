"""Questions in SQL: over what Dragoman wrote, and over nothing else."""

from __future__ import annotations

import gzip
import json
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.errors import DragomanError
from dragoman.store.questions import Questions, questions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in the form of an archive's output, as small as it can be."""
    made = tmp_path / "out"
    (made / "done").mkdir(parents=True)
    (made / "plan.json").write_text("{}")
    (made / "manifest.json").write_text("{}")

    def write(file: str, **columns: list[object]) -> None:
        path = made / file
        path.parent.mkdir(exist_ok=True)
        pq.write_table(pa.table(columns), path)

    write("articles/p-0.parquet", part=["p", "p", "p"], row=[0, 1, 2], id=["a", "a", "b"],
          language=["en", "en", "fr"], outlet=["X", "X", None])  # fmt: skip
    write("articles/p-1.parquet", part=["q"], row=[0], id=["c"], language=["en"], outlet=["Y"])
    write("captures/p-0.parquet", part=["p", "p", "p"], row=[0, 1, 2], id=["1", "2", "3"])
    write("references/p-0.parquet", part=["p", "p"], row=[1, 0], name=["Oslo", "Rome"])
    write("set_aside/p-0.parquet", step=["clean"], reason=["x: nothing"])
    write("keys/p-0.parquet", key=[1])
    write("current/all.parquet", part=["p", "p", "q"], row=[1, 2, 0])
    write("copies/all.parquet", article=["c"], origin=["a"], position=[0], share=[0.9])
    return made


@pytest.fixture
def asked(folder: Path) -> Iterator[Questions]:
    with questions(folder) as made:
        yield made


def rows(asked: Questions, question: str) -> list[tuple[object, ...]]:
    return list(asked.ask(question).rows)


def test_views_have_plain_names_and_what_counts(asked: Questions) -> None:
    names = [view.name for view in asked.views()]
    assert names == ["articles", "captures", "copies", "mentions", "set_aside"]
    assert rows(asked, "SELECT id, row FROM articles ORDER BY id") == [("a", 1), ("b", 2), ("c", 0)]
    assert rows(asked, "SELECT name FROM mentions") == [("Oslo",)]
    assert rows(asked, "SELECT count(*) FROM captures") == [(3,)]


def test_columns_of_one_name_are_kept_apart(asked: Questions) -> None:
    answer = asked.ask("SELECT 1 AS a, 2 AS a, 3 AS a")
    assert (answer.columns, list(answer.rows)) == (("a", "a_2", "a_3"), [(1, 2, 3)])


def test_long_answers_come_whole(asked: Questions) -> None:
    assert len(rows(asked, "SELECT * FROM range(5000)")) == 5000


def test_examples_are_those_that_can_be_put(asked: Questions, folder: Path) -> None:
    found = {one.asks for one in asked.examples()}
    assert "Articles by language and outlet" in found
    assert "What was set aside, by reason" in found
    assert "One pair, month by month" not in found  # there are no reports here
    for example in asked.examples():
        rows(asked, example.sql)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_parquet('{other}')",
        "SELECT * FROM glob('{folder}/../*')",
        "SELECT * FROM read_text('{folder}/../secret.txt')",
        "SELECT * FROM read_csv('https://127.0.0.1:9/a.csv')",
        "SELECT * FROM sniff_csv('{secret}')",
        "SELECT * FROM '{secret}'",
        "FROM query('COPY articles TO ''{folder}/x.csv''')",
    ],
)
def test_nothing_else_is_read(asked: Questions, folder: Path, question: str) -> None:
    secret, other = folder.parent / "secret.txt", folder.parent / "other.parquet"
    secret.write_text("a secret word")
    pq.write_table(pa.table({"a": ["a secret word"]}), other)
    with pytest.raises(DragomanError) as told:
        rows(asked, question.format(secret=secret, other=other, folder=folder))
    assert "a secret word" not in str(told.value)


@pytest.mark.parametrize(
    "question",
    [
        "COPY articles TO '{folder}/articles/x.parquet'",
        "EXPLAIN ANALYZE COPY articles TO '{folder}/articles/x.parquet'",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW articles",
        "ATTACH '{folder}/x.db'",
        "SET enable_external_access = true",
        "PRAGMA enable_profiling",
        "INSTALL httpfs",
        "SELECT 1; COPY articles TO '{folder}/x.csv'",
        "EXPORT DATABASE '{folder}/x'",
        "CALL pragma_version()",
    ],
)
def test_nothing_is_written_or_set(asked: Questions, folder: Path, question: str) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(DragomanError, match=r"only a SELECT|one question at a time"):
        asked.ask(question.format(folder=folder))
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("SELEC 1", "syntax error"),
        ("SELECT nothing FROM articles", 'Referenced column "nothing" not found'),
        ("SELECT * FROM evnts", "There are: articles, captures"),
        ("  ", "the question is empty"),
        ("SELECT 1; SELECT 2", "one question at a time"),
        ("SELECT 'x'::INTEGER", "the question can't be answered: Could not convert"),
    ],
)
def test_faults_are_told(asked: Questions, question: str, told: str) -> None:
    with pytest.raises(DragomanError, match=told):
        rows(asked, question)


def test_memory_has_a_limit(folder: Path) -> None:
    with questions(folder, "20MB") as asked, pytest.raises(DragomanError, match="--memory"):
        rows(asked, "SELECT list(range) FROM range(20000000)")
    with pytest.raises(DragomanError, match="much: no size"), questions(folder, "much"):
        pass


def test_what_is_no_folder_of_ours(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/events.parquet").write_bytes(b"none")
    (folder / "manifest.json").unlink()
    for path, told in (
        (tmp_path / "none", "no folder, and no Parquet file"),
        (tmp_path / "empty", "no Parquet file is in"),
        (tmp_path / "bad", "no Parquet file, or it is damaged"),
        (folder, "not finished"),
    ):
        with pytest.raises(DragomanError, match=told), questions(path):
            pass


def test_exports_are_called_by_their_file(tmp_path: Path) -> None:
    days = pa.array(["2024-03-18"]).cast(pa.date32())
    table = pa.table({"id": ["e"], "date_start": days, "source": ["NOR"], "target": ["ISL"],
                      "category": ["CONSULT"]})  # fmt: skip
    pq.write_table(table, tmp_path / "events.parquet")
    pq.write_table(table, tmp_path / "2024 spring.parquet")
    for over in (tmp_path, tmp_path / "events.parquet"):
        with questions(over) as asked:
            pairs = next(one for one in asked.examples() if one.asks.startswith("One pair"))
            assert rows(asked, pairs.sql) == [("2024-03", "CONSULT", 1)]
    with questions(tmp_path) as asked:
        assert [view.name for view in asked.views()] == ["2024_spring", "events"]


def test_snapshots_are_read_by_their_dictionary(tmp_path: Path) -> None:
    fields = [("id", "text"), ("category", "text"), ("source", "text"), ("target", "text"),
              ("date", "object"), ("outlets", "integer"), ("origins", "integer")]  # fmt: skip
    manifest = {
        "dictionary": [
            {"file": "events.jsonl.gz", "fields": [{"name": n, "type": t} for n, t in fields]},
            {"file": "articles.jsonl.gz", "fields": [{"name": "id", "type": "text"},
                                                     {"name": "published", "type": "object"}]},
        ]
    }  # fmt: skip
    event = {"id": "e", "category": "AID", "source": "NOR", "target": "ISL", "outlets": 3,
             "origins": 2, "date": {"start": "2024-03", "end": "2024-03"}}  # fmt: skip
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "events.jsonl.gz").write_bytes(gzip.compress(json.dumps(event).encode() + b"\n"))
    (tmp_path / "articles.jsonl.gz").write_bytes(gzip.compress(b""))
    with questions(tmp_path) as asked:
        assert rows(asked, "SELECT day::VARCHAR, origins + 1 FROM events") == [("2024-03-01", 3)]
        assert rows(asked, "SELECT day FROM articles") == []
        found = {one.asks: rows(asked, one.sql) for one in asked.examples()}
        assert found["One pair, month by month"] == [("2024-03", "AID", 1)]
        assert "Events that several independent origins tell" in found
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(DragomanError, match="damaged"), questions(tmp_path):
        pass


@pytest.mark.skipif(
    "PYTEST_XDIST_WORKER" in os.environ or signal.getsignal(signal.SIGINT) is signal.SIG_IGN,
    reason="a worker of xdist is told of no Ctrl-C, and neither is a job in the background",
)
def test_an_endless_question_is_ended_by_ctrl_c(folder: Path) -> None:
    endless = (
        "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range % 7 > b.range"
    )
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    with questions(folder) as asked:
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            asked.ask(endless)
    timer.join()
