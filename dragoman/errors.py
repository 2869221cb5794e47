"""The exceptions that leave the package: one short tree.

    DragomanError
    ├── SourceError     the source did not answer as it should; trying later may help
    ├── Unreadable      the thing itself can't be used; set aside for good, with the reason
    ├── DataFileError   one of our data files is wrong; names file and line
    ├── StoreError      the desk's file can't be opened, read or written
    └── MissingPart     an optional or configured part isn't installed; names the fix

Doubt in a *text* is never an exception: it is a value of `None` and a `Doubt`.
"""

from __future__ import annotations

from pathlib import Path


class DragomanError(Exception):
    """Base of all errors meant for users; its text is one plain sentence."""


class SourceError(DragomanError):
    """A source could not be reached or answered wrongly; trying again later may help."""


class Unreadable(DragomanError):
    """An input that can't be used at all: empty, binary, too large."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return type(self), (self.origin, self.reason)  # crosses from worker processes


class DataFileError(DragomanError):
    """A data file (atlas, codebook, language, outlet, configuration) breaks its rules."""

    def __init__(self, path: Path | str, line: int | None, reason: str) -> None:
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{place}: {reason}")
        self.path = Path(path)
        self.line = line
        self.reason = reason

    def __reduce__(self) -> tuple[type[DataFileError], tuple[Path, int | None, str]]:
        return type(self), (self.path, self.line, self.reason)


class StoreError(DragomanError):
    """The desk can't be opened, read or written."""


class MissingPart(DragomanError):
    """A model or optional package isn't installed; the text says how to get it."""
