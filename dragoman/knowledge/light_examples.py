"""Sentences of a light language's folder with what is to be found in them: `examples.tsv`.

In: a folder and the atlas. Out: `LightExample`s. They are its tests, and `dragoman language check`
says what they score. Unknown ids and words that their sentence lacks are errors with file and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.knowledge.atlas import Atlas
from dragoman.knowledge.files import Row, read_table

COLUMNS = ("text", "published", "actors", "places", "days")


@dataclass(frozen=True, slots=True)
class LightExample:
    """A sentence published on a day (ISO). `actors` and `places` are (words, id), `days` (words,
    first day of the time they name); all that the sentence names stands there."""

    language: str
    text: str
    published: str | None
    actors: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, str], ...]


def load_light_examples(folder: Path, atlas: Atlas) -> tuple[LightExample, ...]:
    """Empty where the folder has none."""
    path = folder / "examples.tsv"
    if not path.exists():
        return ()
    return tuple(
        LightExample(
            folder.name,
            row["text"],
            row.optional("published"),
            tuple(_pairs(row, "actors", atlas.actors)),
            tuple(_pairs(row, "places", atlas.places)),
            tuple(_pairs(row, "days", None)),
        )
        for row in read_table(path, COLUMNS)
    )


def _pairs(row: Row, column: str, known: object) -> Iterator[tuple[str, str]]:
    for member in row.members(column):
        words, _, value = member.rpartition("=")
        if not words or words not in row["text"]:
            raise row.fault(f"{column}: {words or member!r} is not in its sentence")
        if isinstance(known, dict) and value not in known:
            raise row.fault(f"{column}: {value!r} is not in the atlas")
        yield words, value
