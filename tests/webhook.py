"""A webhook for tests: it listens on this machine, keeps what it is handed, and answers as told."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Webhook:
    status: int = 204
    location: str = ""
    port: int = 0
    got: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    """Headers (names in small letters) and body of each message."""

    def at(self, host: str = "localhost") -> str:
        return f"http://{host}:{self.port}/hook"


@contextmanager
def webhook(**settings: object) -> Iterator[Webhook]:
    hook = Webhook(**settings)  # type: ignore[arg-type]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(hook.status)
            if hook.location:
                self.send_header("Location", hook.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        hook.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield hook
        finally:
            server.shutdown()
            thread.join()
