"""The exceptions that leave the package: one short tree.

    DragomanError
    ├── SourceError     the source did not answer as it should; trying later may help
    ├── Unreadable      the thing itself can't be used; set aside for good, with the reason
    ├── DataFileError   one of our data files is wrong; names file and line
    ├── StoreError      the desk's file can't be opened, read or written
    │   ├── EmptyDesk     its file is there and empty
    │   ├── Damaged       something that it holds can't be read back; the rest can
    │   ├── CannotWrite   it can be read but not written: the disk is full, it is closed, or busy
    │   └── AccountError  a member of the desk can't be changed so; says which rule forbids it
    ├── QueryError      a query can't be understood; shows the place of the fault
    ├── WorkerLost      a worker process ended before it gave its result
    └── MissingPart     an optional or configured part isn't installed; names the fix

Doubt in a *text* is never an exception: it is a value of `None` and a `Doubt`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

FaultKind = Literal[
    "not-http",  # not a plain http or https address: another scheme, user name, odd spelling
    "private",  # the name leads into a private network, and allow_hosts does not name it
    "name",  # the host's name can't be resolved
    "connection",  # nobody answers there, or the connection was lost
    "tls",  # no safe connection: wrong certificate, or no TLS at all
    "timeout",  # no answer, or not the whole of it, in time
    "redirects",  # too many, in a circle, or to nowhere
    "too-large",  # more bytes than we take, before or after unpacking
    "broken",  # an answer that breaks the rules of HTTP, or ends too early
    "gone",  # 404, 410
    "refused",  # 401, 403, 451
    "busy",  # 429, 503, or the host asked us to wait: see retry_after
    "status",  # any other answer that is no page
    "robots",  # the host's robots.txt does not want it fetched
    "other",  # nothing to do with the network
]
"""What went wrong with a source, for those who decide when to try again."""
AROUND = 40
"""Characters of a query that an error shows on either side of the fault."""


class DragomanError(Exception):
    """Base of all errors meant for users; its text is one plain sentence."""

    step: str | None = None
    """At which step of the pipeline an item came to grief, where that is known."""


class SourceError(DragomanError):
    """A source could not be reached or answered wrongly; trying again later may help.

    `status` is the HTTP status, where there was an answer; `retry_after` the seconds that the
    server asked us to wait, where it did.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: FaultKind = "other",
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.kind: FaultKind = kind
        self.status = status
        self.retry_after = retry_after


class Unreadable(DragomanError):
    """An input that can't be used at all: empty, binary, too large."""

    def __init__(self, origin: str, reason: str, step: str | None = None) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason
        self.step = step

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, str | None]]:
        return type(self), (self.origin, self.reason, self.step)  # crosses from worker processes


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


class Damaged(StoreError):
    """Something that is kept can't be read back as it was written; the rest of the desk can."""


class EmptyDesk(StoreError):
    """A desk's file that is there and empty: one was here, or its making was stopped at once."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the file is empty, there is no desk here; restore a backup of the one that "
            "was (`dragoman restore BACKUP --home NEW`), or make a new one: `dragoman add`"
        )
        self.path = path

    def __reduce__(self) -> tuple[type[EmptyDesk], tuple[Path]]:
        return type(self), (self.path,)


Unwritten = Literal[
    "full",  # no room on the disk
    "read-only",  # this user may not write it, or it was opened so
    "busy",  # others kept writing to it for too long
]
"""Why a desk was not written to."""


class CannotWrite(StoreError):
    """The desk could not be written to; what it holds is whole and can be read."""

    def __init__(self, why: Unwritten, message: str) -> None:
        super().__init__(message)
        self.why: Unwritten = why

    def __reduce__(self) -> tuple[type[CannotWrite], tuple[Unwritten, str]]:
        return type(self), (self.why, str(self))


AccountFault = Literal[
    "name",  # no name that a person could sign in under
    "taken",  # another member is called so
    "short",  # a password that could be guessed
    "long",  # a password longer than anybody types
    "named",  # a password that is the member's name
    "unknown",  # no member of that name or number
    "closed",  # the account is closed
    "open",  # it is not
    "last-editor",  # nobody would be left to let others in
    "invitation",  # used before, replaced by another, or too old
    "scope",  # a token that may do more than its member
    "token",  # no token of that number, or it is revoked
]
"""Which rule of the accounts was broken, for pages that say it in their own words."""


class AccountError(StoreError):
    """A member, a password or a token that can't be so."""

    def __init__(self, fault: AccountFault, message: str) -> None:
        super().__init__(message)
        self.fault: AccountFault = fault

    def __reduce__(self) -> tuple[type[AccountError], tuple[AccountFault, str]]:
        return type(self), (self.fault, str(self))


class QueryError(DragomanError):
    """A query that can't be understood: where in its text the fault lies, and a way out.

    `position` counts code points from 0; `shown` is the text around it, `caret` the column there.
    """

    def __init__(self, text: str, position: int, reason: str, hint: str | None = None) -> None:
        first = max(position - AROUND, 0)
        cut = text[first : position + AROUND]
        shown = "".join(c if c.isprintable() else "·" for c in cut)
        if first:
            shown = "…" + shown[1:]
        caret = position - first
        tail = f"\n{hint}" if hint else ""
        super().__init__(
            f"{reason} (at character {position + 1} of the query)\n"
            f"  {shown}\n  {' ' * caret}^{tail}"
        )
        self.text = text
        self.position = position
        self.reason = reason
        self.hint = hint
        self.shown = shown
        self.caret = caret

    def __reduce__(self) -> tuple[type[QueryError], tuple[str, int, str, str | None]]:
        return type(self), (self.text, self.position, self.reason, self.hint)


class WorkerLost(DragomanError):
    """A worker process was ended from outside: killed, or for want of memory."""


class MissingPart(DragomanError):
    """A model or optional package isn't installed; the text says how to get it."""
