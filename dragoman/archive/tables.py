"""The tables of an archive's output: their columns with what they mean, and their Arrow schemas.

In: names of tables. Out: schemas, and tables taken out of what the read stage made, which holds
all tables of a capture side by side. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from dragoman.extras import needed

if TYPE_CHECKING:
    import pyarrow

Type = Literal["text", "texts", "integer", "number", "date", "bytes", "flag"]
Shape = Literal["one", "many"]
"""How many rows a table has for each capture: one or none, or any number."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: Type
    means: str


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    means: str
    shape: Shape
    columns: tuple[Column, ...]
    is_inner: bool = False
    """Only there for the steps that look at several articles."""

    def fields(self) -> list[pyarrow.Field]:
        pa = needed("pyarrow")
        types = {
            "text": pa.string(),
            "texts": pa.list_(pa.string()),
            "integer": pa.int64(),
            "number": pa.float64(),
            "date": pa.date32(),
            "bytes": pa.binary(),
            "flag": pa.bool_(),
        }
        return [pa.field(one.name, types[one.type]) for one in self.columns]

    def schema(self) -> pyarrow.Schema:
        return needed("pyarrow").schema(self.fields())


_PART = Column("part", "text", "The part of the archive that it came in.")
_ROW = Column("row", "integer", "Which capture of the part; parts and rows name a capture.")
_DAY = Column("day", "date", "The day of the article: published, or else fetched.")
_JSON = "The whole record, as a desk keeps it."
_LANGUAGE = Column("language", "text", "ISO 639 code; empty where it is not known.")
_OUTLET = Column("outlet", "text", "Who shows the page.")

CAPTURES = Table("captures", "The pages as they were found.", "one", (
    _PART, _ROW,
    Column("id", "text", "Digest of the bytes, and of the address."),
    Column("origin", "text", "Address, or file and row."),
    Column("url", "text", "Address."),
    Column("media_type", "text", "text/html or text/plain."),
    Column("charset", "text", "As the server declared it."),
    Column("fetched", "text", "ISO instant in UTC."),
    Column("language", "text", "As it was declared."),
    Column("published", "text", "As it was declared."),
    Column("bare", "flag", "A text that was handed in as an article's."),
    Column("entry", "text", "The archive that it was in, as JSON."),
    Column("body", "bytes", "The bytes; empty where the archive was made without pages."),
))  # fmt: skip
ARTICLES = Table("articles", "The clean articles, one row for each capture that became one.", "one",
    (
    _PART, _ROW,
    Column("id", "text", "Id of the article; it never changes."),
    Column("capture", "text", "Id of the capture that it was made of."),
    _DAY,
    Column("published", "date", "The day it was published, where that is stated."),
    _OUTLET,
    Column("outlet_country", "text", "Its country (ISO 3166 alpha-3), where the outlet is known."),
    Column("host", "text", "Host of its address."),
    Column("url", "text", "Where it was found."),
    Column("title", "text", "Its headline."),
    _LANGUAGE,
    Column("genre", "text", "news, wire, analysis, opinion, interview, release, live or other."),
    Column("agency", "text", "The agency that it credits."),
    Column("first_publisher", "text", "Who published it first, by its own word."),
    Column("republisher", "text", "Who printed it again, by its own word."),
    Column("tier", "text", "How far its text was read: full, light or none."),
    Column("words", "integer", "Words of its body."),
    Column("mentions", "integer", "Names and offices that were found in it."),
    Column("reports", "integer", "Acts that were coded from it."),
    Column("json", "text", _JSON),
    Column("backing", "text", "What stands behind it, as JSON."),
    Column("signature", "text", "What it is compared by, as JSON, without the vector."),
    Column("vector", "bytes", "Its meaning: signed bytes."),
))  # fmt: skip
READINGS = Table("readings", "Sentences, mentions, times, clauses and quotes of an article.", "one",
    (
    _PART, _ROW,
    Column("article", "text", "Id of the article."),
    _LANGUAGE,
    Column("sentences", "integer", "Sentences that were read."),
    Column("quotes", "integer", "Quotes that were found."),
    Column("json", "text", _JSON),
))  # fmt: skip
REFERENCES = Table("references", "Who and where is named: one row for each mention.", "many", (
    _PART, _ROW,
    Column("article", "text", "Id of the article."),
    Column("position", "integer", "Its place among those of the article."),
    _DAY, _LANGUAGE, _OUTLET,
    Column("kind", "text", "PER, LOC, ORG or ROLE."),
    Column("actor", "text", "Id of who is meant, where it is known."),
    Column("name", "text", "The actor's name, or the words of the text."),
    Column("place", "text", "Id of the place, where it is one."),
    Column("country", "text", "State that holds the place (ISO 3166 alpha-3)."),
    Column("json", "text", _JSON),
))  # fmt: skip
REPORTS = Table("reports", "Who did what to whom, as one article tells it.", "many", (
    _PART, _ROW,
    Column("id", "text", "Id of the report; it never changes."),
    Column("article", "text", "Id of the article."),
    Column("position", "integer", "Its place among those of the article."),
    Column("day", "date", "First day on which it may have been."),
    Column("end_day", "date", "Last day, included; empty while it lasts or if it is not known."),
    Column("precision", "text", "How exact the day is, such as day, month or year."),
    Column("published", "date", "The day of the article: published, or else fetched."),
    Column("category", "text", "PLOVER category, after status."),
    Column("root", "text", "Category of the act as such."),
    Column("mode", "text", "Finer kind within the category."),
    Column("quad", "integer", "1 and 2 verbal and material cooperation, 3 and 4 conflict."),
    Column("status", "text", "happened, ongoing, planned, demanded, threatened, hypothetical, "
           "denied, alleged or halted."),
    Column("told_as", "text", "news, background or announced."),
    Column("source", "text", "Id of the first actor that acts."),
    Column("source_name", "text", "Its name as told."),
    Column("target", "text", "Id of the first actor that it is done to."),
    Column("target_name", "text", "Its name as told."),
    Column("sources", "texts", "Ids of all that act; a dash for one not in the atlas."),
    Column("targets", "texts", "Ids of all that are acted on."),
    Column("place", "text", "Name of the place."),
    Column("country", "text", "State that holds it (ISO 3166 alpha-3)."),
    Column("lat", "number", "Latitude in degrees."),
    Column("lon", "number", "Longitude in degrees."),
    _LANGUAGE, _OUTLET,
    Column("evidence", "text", "The sentence that tells it."),
    Column("confidence", "number", "From 0 to 1, how sure the coder is."),
    Column("json", "text", _JSON),
))  # fmt: skip
SET_ASIDE = Table("set_aside", "What could not be used, and why.", "one", (
    _PART, _ROW,
    Column("capture", "text", "Id of the capture; empty where nothing could be captured."),
    Column("origin", "text", "Address, or the archive."),
    Column("step", "text", "Where it ended: collect, clean, read, link or record."),
    Column("reason", "text", "Why, in a sentence."),
))  # fmt: skip
PRINTINGS = Table("printings", "Which text an article prints, when and after whom.", "one", (
    _PART, _ROW,
    Column("article", "text", "Id of the article."),
    Column("capture", "text", "Id of the capture that it was made of."),
    Column("fetched", "text", "When that was fetched."),
    _DAY,
    Column("period", "integer", "The stretch of 30 days in which it was published; -1: none."),
    Column("text", "integer", "Digest of the words of its body."),
    Column("words", "integer", "How many these are."),
    Column("first", "text", "Between which moments it was printed."),
    Column("last", "text", "The later of them."),
    Column("by", "text", "Key of the outlet whose page it is."),
    Column("credits", "texts", "Keys of those whom it credits."),
    Column("credit", "text", "The first of them as the page says it."),
), is_inner=True)  # fmt: skip
KEYS = Table("keys", "Sampled runs of four words, by which texts are looked up.", "many", (
    Column("key", "integer", "Hash of the run."),
    Column("text", "integer", "Digest of a text that has it."),
    Column("period", "integer", "In which that was printed."),
), is_inner=True)  # fmt: skip
TEXTS = Table("texts", "Words of texts as numbers, which copies are aligned by.", "one", (
    Column("text", "integer", "Digest of the words."),
    Column("words", "bytes", "32 bits for each word."),
), is_inner=True)  # fmt: skip
TABLES = (
    CAPTURES, ARTICLES, READINGS, REFERENCES, REPORTS, SET_ASIDE, PRINTINGS, KEYS, TEXTS
)  # fmt: skip
"""Of each part: a file in a folder of each name."""

COPIES = Table("copies", "Which article was made of which.", "many", (
    Column("article", "text", "Id of the copy."),
    Column("origin", "text", "Id of what it was made of."),
    Column("position", "integer", "0: the text that most of it stands in; others add to it."),
    Column("share", "number", "Part of its words that stand there, from 0 to 1."),
    Column("kind", "text", "whole, cut, extended, excerpt, merged or rewrite."),
    Column("basis", "text", "stated, time, containment or unknown: what tells which was first."),
    Column("reason", "text", "The same in a sentence."),
    Column("day", "date", "The day of the copy: published, or else fetched."),
))  # fmt: skip
CURRENT = Table("current", "Of each article the capture that counts: the newest.", "one", (
    _PART, _ROW,
    Column("article", "text", "Id of the article."),
))  # fmt: skip
JOINED = (COPIES, CURRENT)
"""Made of all parts together: one file each."""


def made_schema() -> pyarrow.Schema:
    """Of what the read stage makes: a row for each capture, a column for each other table."""
    pa = needed("pyarrow")
    fields = []
    for table in TABLES:
        struct = pa.struct(table.fields())
        fields.append(pa.field(table.name, pa.list_(struct) if table.shape == "many" else struct))
    return pa.schema(fields)


def taken(made: pyarrow.Table, table: Table) -> pyarrow.Table:
    """One of the tables out of what the read stage made."""
    pa = needed("pyarrow")
    column = made.column(table.name).combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # none at all
        column = pa.array([], made.schema.field(table.name).type)
    rows = column.flatten() if table.shape == "many" else column.drop_null()
    return pa.Table.from_struct_array(rows).cast(table.schema())


def written(table: pyarrow.Table, path: Any) -> None:
    """Write a file that hangs on the rows alone: the same rows are the same bytes."""
    needed("pyarrow.parquet").write_table(
        table, path, compression="zstd", compression_level=6, row_group_size=len(table) or 1
    )


def of_rows(table: Table, rows: Sequence[dict[str, object]]) -> pyarrow.Table:
    return needed("pyarrow").Table.from_pylist(list(rows), schema=table.schema())
