"""What a reader asks of Explore, from an address or a command line: a query, and how to show it.

In: parameters as text. Out: a `Wanted`, which also writes itself back as an address. A value that
means nothing is refused with the values that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar
from urllib.parse import urlencode

from dragoman.publish.views.asking import Unanswerable
from dragoman.store.finding import OFS, ORDERS, SORTED, Of, Order

S = TypeVar("S", bound=str)
Form = Literal["list", "map", "table", "network"]
FORMS: tuple[Form, ...] = ("list", "map", "table", "network")
"""What hits are shown as. Only events have places and sides: articles are always a list."""
LISTED: Mapping[Form, int] = {"list": 20, "table": 50, "map": 20, "network": 20}
"""Hits on one page, where no other number is asked for."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for."""

    text: str
    of: Of = "events"
    order: Order = "newest"
    form: Form = "list"
    facets: bool = True
    limit: int = LISTED["list"]

    def address(self, *, start: int = 0, suffix: str = "") -> str:
        """The shortest one that asks for this; `suffix`: ".json" for the twin."""
        plain = Wanted(self.text)
        asks = {"q": self.text} if self.text else {}
        asks |= {"of": self.of} if self.of != plain.of else {}
        asks |= {"as": self.form} if self.form != plain.form else {}
        asks |= {"order": self.order} if self.order != plain.order else {}
        asks |= {"limit": str(self.limit)} if self.limit != LISTED[self.form] else {}
        asks |= {"start": str(start)} if start else {}
        return f"/explore{suffix}{'?' if asks else ''}{urlencode(asks)}"

    def of_text(self, text: str) -> Wanted:
        """The same asked of another query."""
        return replace(self, text=text)

    def shown_as(self, form: Form) -> Wanted:
        """The same query in another form, by the order that its form has."""
        order = self.order if form == "table" or self.order in ORDERS else "newest"
        limit = self.limit if self.limit != LISTED[self.form] else LISTED[form]
        return replace(self, of="events", form=form, order=order, limit=limit)

    def among(self, of: Of) -> Wanted:
        """The same asked of events or of articles, as a list."""
        return replace(self.shown_as("list"), of=of)


def wanted_of(parameters: Iterable[tuple[str, str]]) -> Wanted:
    """Raises Unanswerable where a parameter has no such value."""
    given = {name: value for name, value in parameters if value}
    of = _one_of(OFS, given, "of")
    form = _one_of(FORMS, given, "as") if of == "events" else "list"
    orders = (*ORDERS, *SORTED) if of == "events" else ORDERS
    limit = given.get("limit", str(LISTED[form]))
    if not (limit.isascii() and limit.isdigit() and 0 < int(limit[:9]) <= MOST):
        raise Unanswerable(f"limit takes a number from 1 to {MOST}, not {limit[:40]!r}")
    return Wanted(
        given.get("q", "").strip(),
        of,
        _one_of(orders, given, "order"),
        form,
        facets=given.get("facets") != "0",
        limit=int(limit),
    )


def _one_of(known: Sequence[S], given: Mapping[str, str], name: str) -> S:
    """The value of a parameter; the first one known where it is not given."""
    for one in known:
        if given.get(name, known[0]) == one:
            return one
    raise Unanswerable(f"{name} takes {' or '.join(known)}, not {given[name][:40]!r}")
