"""Letters: how one is made, and how it is handed to the mail server that the settings name.

In: settings, a subject, a text and an HTML page. Out: a letter for each reader, on one connection.
The only module that speaks SMTP. It refuses headers made of several lines, addresses that are none,
and a password over a line that others can read; the password is in no message.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid
from ipaddress import ip_address
from urllib.parse import urlsplit

from dragoman.addresses import is_mailbox
from dragoman.config import PASSWORD, Config, MailSettings
from dragoman.errors import DragomanError

TIMEOUT = 30.0
"""Seconds that a server may be silent."""
MOST = 200
"""Characters of a subject."""
HOW = (
    """there is no mail server to send by; put these lines into dragoman.toml:
  [mail]
  host = "mail.example.org"
  from = "desk@example.org"
  user = "desk@example.org"   # where it asks for one, with its password in """
    + PASSWORD
)


def letter(
    config: Config, to: str, *, subject: str, text: str, html: str, list_name: str
) -> EmailMessage:
    """A letter to one reader, as text and as HTML; `list_name`, such as "brief", says of which
    kind. Raises DragomanError for an address that is none, and where nobody is set to send it."""
    sender = config.mail.sender
    if sender is None:
        raise DragomanError(HOW)
    for one in (sender, to):
        if not is_mailbox(one):
            raise DragomanError(f"{one[:80]!r} is no mail address; write it as name@example.org")
    host = urlsplit(config.base).hostname or "localhost"
    made = EmailMessage(policy=SMTP)
    made["From"] = formataddr((_line(config.title), sender))
    made["To"] = to
    made["Subject"] = _line(subject)
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=sender.partition("@")[2])
    made["List-Id"] = f"<{list_name}.{host}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text)
    made.add_alternative(html, subtype="html")
    return made


def send(mail: MailSettings, letters: Sequence[EmailMessage]) -> None:
    """Hand all of them to the server. Raises DragomanError, which says what to mend."""
    if mail.host is None:
        raise DragomanError(HOW)
    password = os.environ.get(PASSWORD)
    if mail.security == "none" and mail.user and not _is_this_machine(mail.host):
        raise DragomanError(
            f"{mail.host}: a password is not sent over an open line; set security to "
            '"starttls" or "tls" in [mail] of dragoman.toml'
        )
    if mail.user and not password:
        raise DragomanError(f"{mail.host} wants a password for {mail.user}; put it into {PASSWORD}")
    where = f"{mail.host}:{mail.port_used}"
    try:
        with _server(mail) as server:
            if mail.user and password:
                server.login(mail.user, password)
            for one in letters:
                server.send_message(one)
    except smtplib.SMTPAuthenticationError as fault:
        raise DragomanError(
            f"{where} refuses {mail.user}: is the password in {PASSWORD} right?"
        ) from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise DragomanError(
            f"{where}: {fault}; set security in [mail] of dragoman.toml to what the server has "
            '("starttls", "tls" or "none"), and user only where it asks for one'
        ) from fault
    except smtplib.SMTPRecipientsRefused as fault:
        raise DragomanError(f"{where} does not take mail for {_refused(fault)}") from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise DragomanError(
            f"{where} does not take the letter: {_line(str(fault))}; check host, port and "
            "security in [mail] of dragoman.toml"
        ) from fault


def _server(mail: MailSettings) -> smtplib.SMTP:
    assert mail.host is not None
    secure = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port_used, timeout=TIMEOUT, context=secure)
    server = smtplib.SMTP(mail.host, mail.port_used, timeout=TIMEOUT)
    if mail.security == "starttls":
        try:
            server.starttls(context=secure)
        except BaseException:
            server.close()
            raise
    return server


def _refused(fault: smtplib.SMTPRecipientsRefused) -> str:
    said = (f"{to} ({answer[0]} {_line(answer[1].decode('utf-8', 'replace'))})"
            for to, answer in fault.recipients.items())  # fmt: skip
    return ", ".join(said)


def _line(text: str) -> str:
    """One line, without control characters: a header is never made of two."""
    shown = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(shown.split())[:MOST]


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
