"""A mail server for tests: it listens on this machine, and keeps what it is handed."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Postbox:
    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    """Whom each letter was for, as the server was told apart from its headers."""
    logins: list[str] = field(default_factory=list)
    asks_login: bool = False
    refuses: str = ""
    """A reader that it does not know."""
    password: str = "open sesame"


@contextmanager
def postbox(**settings: object) -> Iterator[Postbox]:
    box = Postbox(**settings)  # type: ignore[arg-type]

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _talk(self, box)

    with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def _talk(to: socketserver.StreamRequestHandler, box: Postbox) -> None:
    def say(line: str) -> None:
        to.wfile.write(line.encode() + b"\r\n")

    say("220 postbox")
    while line := to.rfile.readline().decode().strip():
        word = line.upper().split(":")[0]
        if word.startswith("EHLO"):
            say("250-postbox")
            say("250 AUTH PLAIN" if box.asks_login else "250 8BITMIME")
        elif word.startswith("AUTH PLAIN"):
            box.logins.append(base64.b64decode(line.split()[2]).decode())
            say("235 ok" if box.logins[-1].endswith(box.password) else "535 5.7.8 no")
        elif word == "RCPT TO":
            reader = line.split(":")[1].strip("<> ")
            if reader == box.refuses:
                say("550 nobody of that name")
            else:
                box.readers.append(reader)
                say("250 ok")
        elif word == "DATA":
            say("354 go on")
            box.letters.append(_letter(to))
            say("250 ok")
        elif word == "QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")


def _letter(to: socketserver.StreamRequestHandler) -> EmailMessage:
    lines: list[bytes] = []
    while (line := to.rfile.readline()) not in (b".\r\n", b""):
        lines.append(line[1:] if line.startswith(b"..") else line)
    return message_from_bytes(b"".join(lines), policy=policy.SMTP)
