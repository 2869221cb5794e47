"""A round of alerts: find and keep what is to be told, then hand over what is due.

In: a store, what the desk knows, its settings. Out: what was found and what became of it. What
fails is tried again, later each time, and in the end given up, which the member is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from dragoman.alerting.finding import Tidings, tidings
from dragoman.alerting.handing import Post, hand_on
from dragoman.collect.fetch import Fetcher, Limits
from dragoman.config import Config
from dragoman.errors import DragomanError, SourceError
from dragoman.knowledge import Knowledge
from dragoman.logs import note
from dragoman.model.following import Alert, Message
from dragoman.publish.room import ReadingRoom, room_over
from dragoman.store import Store

WAITS = (1, 5, 30, 120, 360, 720, 1440)
"""Minutes after a failure until the next try; after the last one it is given up."""
LIMITS = Limits(seconds=15.0, silence=8.0, redirects=0)
"""Of a webhook: others wait for it."""

INSIDE = "it leads into a private network; who keeps the desk can allow its host in allow_hosts"


@dataclass(frozen=True, slots=True)
class Sent:
    alert: Alert
    message: Message
    fault: str | None = None
    """Why it was not taken."""
    next_try: str | None = None
    """None where it was taken, or given up."""

    @property
    def what(self) -> str:
        if self.fault is None:
            return "sent"
        return "given up" if self.next_try is None else "put off"


@dataclass(slots=True)
class Round:
    found: list[tuple[Alert, Tidings]] = field(default_factory=list)
    """Alerts that have something to tell, or whose query can't be asked."""
    sent: list[Sent] = field(default_factory=list)


def run(
    store: Store,
    knowledge: Knowledge,
    config: Config,
    *,
    dry: bool = False,
    post: Post | None = None,
) -> Round:
    """`dry`: only look; nothing is kept, and nothing sent. `post`: instead of our own way out."""
    made = Round()
    alerts = store.alerts()
    for alert in alerts:
        if alert.way == "feed" or not alert.is_confirmed:
            continue
        new = tidings(store, knowledge, alert)
        if new.told or new.fault is not None:
            made.found.append((alert, new))
        if new.told and not dry:
            _keep(store, knowledge, alert)
    if not dry:
        made.sent += _sent(store, knowledge, config, alerts, post)
    return made


def _keep(store: Store, knowledge: Knowledge, alert: Alert) -> None:
    """What is to be told, looked for again where no other process can come between."""
    with store.together():
        new = tidings(store, knowledge, alert)
        if new.told:
            store.queue_message(alert.id, new.told, new.said)


def try_out(store: Store, knowledge: Knowledge, config: Config, alert: Alert) -> None:
    """Send a message that tells nothing, to see that it arrives. Raises DragomanError."""
    room = room_over(store, knowledge, config)
    message = Message(0, alert.id, room.now, (), 0, None, None, None)
    with _way_out(config) as post:
        hand_on(room, alert, message, post)


def _sent(
    store: Store,
    knowledge: Knowledge,
    config: Config,
    alerts: Sequence[Alert],
    post: Post | None,
) -> Iterator[Sent]:
    due = store.due_messages()
    if not due:
        return
    by_number = {alert.id: alert for alert in alerts}
    room = room_over(store, knowledge, config)
    with _way_out(config) as own:
        for message in due:
            if (alert := by_number.get(message.alert_id)) is not None:
                yield _noted(_handed(room, alert, message, post or own))


def _noted(sent: Sent) -> Sent:
    """The same, noted in the log: not why it failed, since mail addresses and keys stand there.
    `dragoman alerts list` tells that."""
    note(
        "alert",
        level="info" if sent.fault is None else "warning",
        outcome=sent.what,
        alert=sent.alert.id,
        message=sent.message.id,
        way=sent.alert.way,
    )
    return sent


def _handed(room: ReadingRoom, alert: Alert, message: Message, post: Post) -> Sent:
    try:
        if (left := _still_held(room.store, message)) is not None:
            hand_on(room, alert, left, post)
    except DragomanError as fault:
        again = _next_try(room.store.now(), message.tries, fault)
        room.store.message_failed(message.id, told(fault), again)
        return Sent(alert, message, str(fault), again)
    room.store.message_sent(message.id)
    return Sent(alert, message)


def told(fault: DragomanError) -> str:
    """What a member is told of a failure: of a private network not where in it a name leads."""
    is_private = isinstance(fault, SourceError) and fault.kind == "private"
    return INSIDE if is_private else str(fault)


def _still_held(store: Store, message: Message) -> Message | None:
    """Without new events that were forgotten while it waited; None where nothing else is in it."""
    new = [one for one, telling in message.told if telling == "new"]
    held = {event.id for event in store.events_called(new)}
    told = tuple((one, what) for one, what in message.told if what != "new" or one in held)
    return replace(message, told=told) if told or not message.told else None


def _next_try(now: str, tries: int, fault: DragomanError) -> str | None:
    """None to give it up. Who says that nothing is there any more is not asked again."""
    if tries >= len(WAITS) or (isinstance(fault, SourceError) and fault.kind == "gone"):
        return None
    wait = timedelta(minutes=WAITS[tries])
    if isinstance(fault, SourceError) and fault.retry_after:
        wait = max(wait, timedelta(seconds=fault.retry_after))
    return (datetime.fromisoformat(now) + wait).isoformat(timespec="seconds")


@contextmanager
def _way_out(config: Config) -> Iterator[Post]:
    allowed, contact = config.allow_hosts, config.agent_contact
    with Fetcher(allow_hosts=allowed, contact=contact, limits=LIMITS) as fetcher:
        yield fetcher.post
