"""Handing a message on: as a letter to a mailbox, or as signed JSON to a webhook.

In: a room, an alert, a message. Out: it was taken, or a DragomanError says why not. The number of a
message is the same however often it is sent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from email.message import EmailMessage

from dragoman.errors import DragomanError
from dragoman.mail import letter, send
from dragoman.model.following import Alert, Message
from dragoman.publish import alert_letter
from dragoman.publish.followed import mail_path, message_id, signed_by, signing_key
from dragoman.publish.formats.record_json import event_json
from dragoman.publish.gathering import event, event_address
from dragoman.publish.room import ReadingRoom
from dragoman.publish.wording import speaking

Post = Callable[[str, bytes, Mapping[str, str]], object]
"""What hands a body with its headers to an address: `collect.fetch.Fetcher.post`."""
EVENT_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


def hand_on(room: ReadingRoom, alert: Alert, message: Message, post: Post) -> None:
    """Raises DragomanError, a SourceError where a webhook does not take it."""
    if alert.address is None:
        raise DragomanError(f"alert {alert.id} is a feed, to which nothing is sent")
    if alert.way == "mail":
        send(room.config.mail, [letter_to(room, alert, message)])
        return
    body = body_of(room, alert, message)
    post(alert.address, body, headers_of(room, alert, message, body))


def letter_to(room: ReadingRoom, alert: Alert, message: Message) -> EmailMessage:
    with speaking(alert.language):
        page = alert_letter.letter_of(room, alert, message)
        base = room.config.base
        made = letter(
            room.config,
            alert.address or "",
            subject=alert_letter.subject(page),
            text=alert_letter.as_text(page, base),
            html=alert_letter.as_html(page, base),
            list_name="alerts",
        )
    domain = str(made["Message-ID"]).rpartition("@")[2]
    made.replace_header("Message-ID", f"<{message_id(room.store, message.id)}@{domain}")
    made["List-Unsubscribe"] = f"<{base}{mail_path(room.store, alert.id)}>"
    return made


def body_of(room: ReadingRoom, alert: Alert, message: Message) -> bytes:
    """What a webhook is told. An event that the desk no longer holds is its id alone."""
    told = []
    for identity, telling in message.told:
        item = event(room, identity)
        held: object = {"id": identity, "address": event_address(room, identity)}
        told.append({"telling": telling, "event": event_json(item) if item else held})
    made = {
        "id": message_id(room.store, message.id),
        "type": "alert" if message.told else "test",
        "made_at": message.made_at,
        "desk": {"title": room.config.title, "address": room.config.base},
        "search": {"name": alert.search.name, "query": alert.search.query},
        "origins": alert.origins,
        "events": told,
    }
    return json.dumps(made, ensure_ascii=False).encode()


def headers_of(room: ReadingRoom, alert: Alert, message: Message, body: bytes) -> Mapping[str, str]:
    """As Standard Webhooks have them: who has the key can tell that it came from here, and when."""
    number, moment = message_id(room.store, message.id), str(int(time.time()))
    signed = signed_by(signing_key(room.store, alert.id), f"{number}.{moment}.".encode() + body)
    values = (number, moment, signed)
    return {"Content-Type": "application/json", **dict(zip(EVENT_HEADERS, values, strict=True))}
