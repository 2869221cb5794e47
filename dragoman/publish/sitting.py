"""Who is at the desk, and what a form of it is made of: what people may leave, and how.

In: a request that was found to be in order. Out: a view to be shown, or where to lead. A form never
sees the request itself, and writes through the store alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dragoman.model.account import Account, Role, may
from dragoman.publish.judging import Judging
from dragoman.publish.room import ReadingRoom
from dragoman.store import Store

TRAP = "website"
"""The field that no reader sees, and programs fill."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """`person`: a keyed hash of the network address; its key is another one each day. It says that
    two requests of a day come from one place, and nothing else."""

    person: str
    member: Account | None = None
    session: str | None = None
    """The hash under which the store knows the session that the cookie names."""
    by_token: bool = False
    """Whether a program asks, with a token of the member's; `member.role` is then the lesser of
    the token's scope and theirs."""

    def may(self, role: Role) -> bool:
        return self.member is not None and may(self.member.role, role)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came back. `age`: seconds since it was handed out; `nonce`: which one it was,
    the same when it is sent again. None and "" where a program with a token of its own sent it."""

    fields: Mapping[str, Sequence[str]]
    age: float | None = None
    nonce: str = ""

    def get(self, name: str) -> str:
        """The last value under a name, without space around it; "" where there is none."""
        values = self.fields.get(name, ())
        return values[-1].strip() if values else ""

    def all(self, name: str) -> tuple[str, ...]:
        """All values under a name that are not empty."""
        return tuple(one for value in self.fields.get(name, ()) if (one := value.strip()))

    @property
    def is_trapped(self) -> bool:
        """Whether the field was filled that no reader sees (`forms.html`, trap)."""
        return bool(self.get(TRAP))


@dataclass(frozen=True, slots=True)
class Sitting:
    """`room`: the desk as this visitor sees it; `desk`: the whole of it, to be written to;
    `judging`: what lets the record follow a member's word."""

    room: ReadingRoom
    desk: Store
    judging: Judging
    visitor: Visitor
    query: Sequence[tuple[str, str]] = ()
    """The parameters of the address."""
    is_public: bool = False
    """Whether others than the desk's own people look at it, whatever this visitor sees."""

    @property
    def by(self) -> str | None:
        """The name of the member who does something."""
        return self.visitor.member.name if self.visitor.member is not None else None

    def asked(self, name: str) -> str:
        return next((value.strip() for one, value in reversed(self.query) if one == name), "")


@dataclass(frozen=True, slots=True)
class Led:
    """Taken: the reader goes on to a path of the site (without language). `session`: the cookie to
    set; "" takes it away, None leaves it."""

    path: str
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """Nothing taken and nothing wrong: a reader wanted to see how it would be."""

    view: object | None


@dataclass(frozen=True, slots=True)
class Told:
    """Taken, and shown at once: what this view says can't be asked for again."""

    view: object


@dataclass(frozen=True, slots=True)
class Form:
    """An address that takes something. `view` gives what a GET shows, `take` what becomes of a
    POST: `Led`, `Told`, `Looked`, or the view again with what is wrong with it. Either gives None
    where there is nothing under these ids."""

    address: str
    """With `{id0}`, `{id1}` … for ids, as /event/{id0}/error."""
    template: str
    view: Callable[[Sitting, tuple[str, ...]], object | None]
    take: (
        Callable[[Sitting, tuple[str, ...], Filled], Led | Told | Looked | object | None] | None
    ) = None
    """None for a page that only members may look at."""
    role: Role | None = None
    """What a member must at least be; None: anybody."""
    most: int = 20_000
    """Bytes of an answer."""
    per_minute: int = 6
    """Answers that are taken from one person; those of members are not counted."""
    guessed: Callable[[Sitting, Filled], str] | None = None
    """Whose password could be guessed by this answer, or "": such answers are counted by that name
    too, also those of members."""
    by_hand: bool = False
    """Whether a program with a token is refused, whatever its scope: at what a token must not do,
    make others and change passwords."""
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        written = re.sub(r"\{id\d\}", "([^/]+)", self.address)
        object.__setattr__(self, "pattern", re.compile(written))
