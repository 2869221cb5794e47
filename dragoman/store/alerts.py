"""Alerts on saved searches, which events each one knows of, and the messages that are to go out.

A message and what it tells are kept in one transaction, before it is sent; that it was sent is
noted after. Alerts of a closed account are asleep: they are given to nobody.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from dragoman.errors import StoreError
from dragoman.model.following import MOST_ORIGINS, Alert, Message, Search, Telling, Way
from dragoman.store.clocks import has_come
from dragoman.store.databases.dialects import insert
from dragoman.store.schema import event_redirects, events
from dragoman.store.schema_accounts import members
from dragoman.store.schema_searches import alert_events, alerts, messages, searches
from dragoman.store.transactions import Transactions, parts

MOST_ALERTS = 50
"""Of one member."""
MOST_UNCONFIRMED = 5
"""Letters that a member may have sent to addresses of which nobody said that they are theirs."""
_OWN = ("way", "address", "origins", "language", "made_at", "confirmed_at")
_OF_SEARCH = tuple(one for one in searches.c if one.name != "nonce")
_ALERTS = (
    select(
        alerts.c.id,
        *(alerts.c[name].label(f"own_{name}") for name in _OWN),
        members.c.name.label("member"),
        *(one.label(f"search_{one.name}") for one in _OF_SEARCH),
    )
    .join(searches, searches.c.id == alerts.c.search_id)
    .join(members, members.c.id == searches.c.member_id)
    .order_by(alerts.c.id)
)
AWAKE = members.c.closed_at.is_(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record says of an event now, in the columns that an alert compares."""

    id: str
    """That it has now."""
    category: str
    status: str
    source: str | None
    target: str | None
    origins: int
    is_withdrawn: bool


class Alerts(Transactions):
    def add_alert(
        self,
        member: int,
        search: int,
        way: Way,
        address: str | None,
        origins: int,
        *,
        language: str,
        known: Iterable[str] = (),
        nonce: str | None = None,
    ) -> int:
        """The number of a new alert, or of the one that is there already. `known`: events that it
        is not to tell, since they were there before it. A letter that asks to confirm is to go out
        for a mailbox. Raises StoreError for somebody else's search, and for too many."""
        if not 1 <= origins <= MOST_ORIGINS:
            raise StoreError(f"an alert asks for 1 to {MOST_ORIGINS} independent origins")
        with self._writing() as connection:
            mine = (searches.c.id == search) & (searches.c.member_id == member)
            if connection.execute(select(searches.c.id).where(mine)).first() is None:
                raise StoreError(f"there is no search {search} of this member")
            same = (alerts.c.search_id == search) & (alerts.c.way == way)
            same &= alerts.c.address.is_not_distinct_from(address) & (alerts.c.origins == origins)
            if (old := connection.execute(select(alerts.c.id).where(same)).scalar()) is not None:
                return int(old)
            _require_few(connection, member, way)
            row = {
                "search_id": search,
                "way": way,
                "address": address,
                "origins": origins,
                "language": language,
                "made_at": self._clock(),
                "nonce": nonce,
            }
            made = insert(alerts).values(row).on_conflict_do_nothing()
            if not connection.execute(made).rowcount:  # the same form again
                query = select(alerts.c.id).where(alerts.c.nonce == nonce)
                return int(connection.execute(query).scalar_one())
            number = int(connection.execute(select(func.max(alerts.c.id))).scalar_one())
            _know(connection, number, dict.fromkeys(known))
            if way == "mail":
                self._queue_message(connection, number, ())
            return number

    def alerts(self, member: int | None = None) -> list[Alert]:
        """Of one member, or of all whose account is open; the oldest first."""
        return self._alerts_where(AWAKE if member is None else searches.c.member_id == member)

    def alert(self, number: int) -> Alert | None:
        """None where there is none, or its member's account is closed."""
        return next(iter(self._alerts_where((alerts.c.id == number) & AWAKE)), None)

    def confirm_alert(self, number: int) -> None:
        mine = update(alerts).where(alerts.c.id == number, alerts.c.confirmed_at.is_(None))
        with self._writing() as connection:
            connection.execute(mine.values(confirmed_at=self._clock()))

    def drop_alert(self, number: int, *, of: int | None = None) -> None:
        """With its messages. `of`: the member whose it must be. Raises StoreError where it is not
        there."""
        mine = alerts.c.id == number
        if of is not None:
            own = select(searches.c.id).where(searches.c.member_id == of)
            mine &= alerts.c.search_id.in_(own)
        with self._writing() as connection:
            if not connection.execute(delete(alerts).where(mine)).rowcount:
                raise StoreError(f"there is no alert {number}")
            for table in (alert_events, messages):
                connection.execute(delete(table).where(table.c.alert_id == number))

    # --- what an alert knows -------------------------------------------------------------------

    def known_to_alert(self, number: int) -> dict[str, str | None]:
        """Event id → what was said of it, None where nothing was; also under the id of an event
        that it was merged into."""
        own = select(alert_events.c.event_id).where(alert_events.c.alert_id == number)
        merged = select(event_redirects.c.old_id, event_redirects.c.event_id)
        kept = select(alert_events.c.event_id, alert_events.c.said)
        with self._reading() as connection:
            known: dict[str, str | None] = {
                row.event_id: row.said
                for row in connection.execute(kept.where(alert_events.c.alert_id == number))
            }
            for old, new in connection.execute(merged.where(event_redirects.c.old_id.in_(own))):
                said = known.pop(old)
                known[new] = known.get(new) or said
        return known

    def standings(self, event_ids: Collection[str]) -> dict[str, Standing]:
        """Event id → how it stands; without those that were forgotten."""
        columns = (
            events.c.id,
            events.c.category,
            events.c.status,
            events.c.source,
            events.c.target,
            func.coalesce(events.c.origins, 0).label("origins"),
            events.c.retracted_at.is_not(None).label("is_withdrawn"),
        )
        with self._reading() as connection:
            return {
                row.id: Standing(**row._mapping)
                for some in parts(event_ids)
                for row in connection.execute(select(*columns).where(events.c.id.in_(some)))
            }

    def queue_message(
        self, number: int, told: Sequence[tuple[str, Telling]], said: Mapping[str, str]
    ) -> None:
        """Keep what is to be told, and that the alert knows of it, at once."""
        with self._writing() as connection:
            _know(connection, number, said)
            self._queue_message(connection, number, told)

    # --- what is to go out ---------------------------------------------------------------------

    def due_messages(self) -> list[Message]:
        """Those whose turn it is, the oldest first; of closed accounts none."""
        query = (
            select(*messages.c)
            .join(alerts, alerts.c.id == messages.c.alert_id)
            .join(searches, searches.c.id == alerts.c.search_id)
            .join(members, members.c.id == searches.c.member_id)
            .where(has_come(messages.c.next_try, self._clock()), AWAKE)
            .order_by(messages.c.id)
        )
        with self._reading() as connection:
            return [_message(row) for row in connection.execute(query)]

    def last_messages(self, member: int | None = None) -> dict[int, Message]:
        """Alert → its newest message."""
        newest = select(func.max(messages.c.id)).group_by(messages.c.alert_id)
        if member is not None:
            own = select(alerts.c.id).join(searches, searches.c.id == alerts.c.search_id)
            newest = newest.where(
                messages.c.alert_id.in_(own.where(searches.c.member_id == member))
            )
        with self._reading() as connection:
            found = connection.execute(select(messages).where(messages.c.id.in_(newest)))
            return {row.alert_id: _message(row) for row in found}

    def message_sent(self, number: int) -> None:
        self._note_message(number, sent_at=self._clock(), next_try=None, fault=None)

    def message_failed(self, number: int, fault: str, next_try: str | None) -> None:
        """`next_try`: None gives it up."""
        self._note_message(number, fault=fault[:500], next_try=next_try, tries=messages.c.tries + 1)

    def _note_message(self, number: int, **values: object) -> None:
        with self._writing() as connection:
            mine = update(messages).where(messages.c.id == number)
            connection.execute(mine.values(**values))

    def _queue_message(
        self, connection: Connection, number: int, told: Sequence[tuple[str, Telling]]
    ) -> None:
        now = self._clock()
        row = {"alert_id": number, "made_at": now, "next_try": now, "tries": 0}
        connection.execute(insert(messages).values(told=json.dumps(dict(told)), **row))

    def _alerts_where(self, condition: ColumnElement[bool]) -> list[Alert]:
        with self._reading() as connection:
            return [_alert(row) for row in connection.execute(_ALERTS.where(condition))]


def blank_told_events(connection: Connection, event_ids: Iterable[str]) -> None:
    """What alerts said of events that are forgotten; that they told of them is kept."""
    for some in parts(event_ids):
        mine = alert_events.c.event_id.in_(some) & alert_events.c.said.is_not(None)
        connection.execute(update(alert_events).where(mine).values(said=""))


def _know(connection: Connection, number: int, said: Mapping[str, str | None]) -> None:
    rows = [{"alert_id": number, "event_id": one, "said": what} for one, what in said.items()]
    if rows:
        made = insert(alert_events)
        connection.execute(
            made.on_conflict_do_update(
                index_elements=["alert_id", "event_id"], set_={"said": made.excluded.said}
            ),
            rows,
        )


def _require_few(connection: Connection, member: int, way: Way) -> None:
    own = (
        select(func.count())
        .select_from(alerts.join(searches, searches.c.id == alerts.c.search_id))
        .where(searches.c.member_id == member)
    )
    if connection.execute(own).scalar_one() >= MOST_ALERTS:
        raise StoreError(f"a member has at most {MOST_ALERTS} alerts; delete one")
    waiting = own.where(alerts.c.way == "mail", alerts.c.confirmed_at.is_(None))
    if way == "mail" and connection.execute(waiting).scalar_one() >= MOST_UNCONFIRMED:
        raise StoreError(
            f"{MOST_UNCONFIRMED} addresses wait to be confirmed; confirm or delete one first"
        )


def _alert(row: Row[*tuple[Any, ...]]) -> Alert:
    search = {one.name: row._mapping[f"search_{one.name}"] for one in _OF_SEARCH}
    own = {name: row._mapping[f"own_{name}"] for name in _OWN}
    return Alert(id=row.id, search=Search(**search), member=row.member, **own)


def _message(row: Row[*tuple[Any, ...]]) -> Message:
    return Message(**{**row._mapping, "told": tuple(json.loads(row.told).items())})
