"""Records to JSON and back, by adapters made once per record type.

Takes and gives frozen records; refuses JSON that no longer fits them. Two records are compared
as records, so that a new field with a default is not taken for a change.
"""

from __future__ import annotations

import zlib
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from dragoman.errors import Damaged, StoreError
from dragoman.model import (
    Article,
    Backing,
    Entry,
    Event,
    Outline,
    Quote,
    Reading,
    Reference,
    Report,
    Signature,
    SourceState,
    Word,
)
from dragoman.model.audit import Audit, AuditItem

T = TypeVar("T")
ANEW = "`dragoman build --from clean` makes it anew from its page"
OF_OLD = "its page can't be read: a backup may have it whole (`dragoman restore BACKUP --home NEW`)"

ARTICLE = TypeAdapter(Article)
READING = TypeAdapter(Reading)
QUOTES = TypeAdapter(tuple[Quote, ...])
REFERENCES = TypeAdapter(tuple[Reference, ...])
REFERENCE = TypeAdapter(Reference)
REPORT = TypeAdapter(Report)
EVENT = TypeAdapter(Event)
BACKING = TypeAdapter(Backing)
OUTLINE = TypeAdapter(Outline)
ENTRY = TypeAdapter(Entry)
SOURCE_STATE = TypeAdapter(SourceState)
SIGNATURE = TypeAdapter(Signature)
AUDIT = TypeAdapter(Audit)
AUDIT_ITEM = TypeAdapter(AuditItem)
TAGS = TypeAdapter(tuple[str, ...])
WORD: TypeAdapter[Word] = TypeAdapter(Annotated[Word, Field(discriminator="says")])
"""Of a judgement: `says` tells which of the records it is."""


def dump(adapter: TypeAdapter[T], record: T) -> str:
    """The record as JSON text."""
    try:
        return adapter.dump_json(record).decode()
    except PydanticSerializationError as error:  # half a surrogate pair, mostly
        raise StoreError(f"a record can't be written as JSON: {error}") from error


def load(adapter: TypeAdapter[T], text: str | bytes, way: str = ANEW) -> T:
    """The record that `dump` wrote. Raises Damaged, with the way out."""
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise Damaged(
            f"a kept {error.title} is damaged, or does not fit this version of Dragoman ({where}: "
            f"{first['msg']}); {way}"
        ) from error


def pack(data: bytes) -> bytes:
    """Compressed: the trees of a text shrink to a tenth, a page to a fifth."""
    return zlib.compress(data, 6)


def unpack(data: bytes, way: str = ANEW) -> bytes:
    """Raises Damaged, with the way out."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise Damaged(f"what is kept is damaged ({error}); {way}") from error


def same(adapter: TypeAdapter[Any], kept: str, made: object, made_json: str) -> bool:
    """Whether the kept JSON says the same as the record now made."""
    if kept == made_json:
        return True
    try:
        return bool(load(adapter, kept) == made)
    except Damaged:
        return False
