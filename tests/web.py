"""A web of addresses in memory, asked as `Manners.get` asks the real one."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field

from dragoman.collect.fetch import MAX_BYTES, Response, Validators
from dragoman.errors import SourceError

NOT_MODIFIED = 304


@dataclass(slots=True)
class Page:
    body: bytes
    media_type: str | None = "text/html"
    charset: str | None = "utf-8"
    moved_to: str | None = None
    retry_after: float | None = None
    fresh_for: float | None = None


@dataclass(slots=True)
class Web:
    """`pages` by address, or the error that asking ends in; `asked` is what was asked, in order."""

    pages: dict[str, Page | SourceError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    conditional: list[str] = field(default_factory=list)
    """What was asked with validators."""
    against_robots: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, address: str, body: str | bytes, media_type: str = "text/html") -> None:
        self.pages[address] = Page(body if isinstance(body, bytes) else body.encode(), media_type)

    def get(
        self,
        url: str,
        *,
        robots: bool = True,
        validators: Validators | None = None,
        most_bytes: int = MAX_BYTES,
    ) -> Response:
        with self.lock:
            self.asked.append(url)
            if not robots:
                self.against_robots.append(url)
            if validators is not None and validators.etag:
                self.conditional.append(url)
        page = self.pages.get(url)
        if page is None:
            raise SourceError(f"{url}: the server answered 404", kind="gone", status=404)
        if isinstance(page, SourceError):
            raise page
        tag = Validators(etag=f'"{hashlib.md5(page.body).hexdigest()}"')
        same = validators is not None and validators.etag == tag.etag
        return Response(
            url=page.moved_to or url,
            status=NOT_MODIFIED if same else 200,
            body=b"" if same else page.body,
            media_type=page.media_type,
            charset=page.charset,
            validators=tag,
            moved_to=page.moved_to,
            retry_after=page.retry_after,
            fresh_for=page.fresh_for,
        )
