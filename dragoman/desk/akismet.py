"""Akismet, a service elsewhere that says whether a comment is spam, for desks that want it.

In: a key, and what a comment says. Out: its answer, or why there is none. It is told what its
interface asks for and the reader gave; the address of the reader's network it is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType

from dragoman.collect.fetch import Fetcher, Limits
from dragoman.errors import SourceError

BASE = "https://rest.akismet.com/1.1"
SECONDS = 5.0
"""For the whole of one question: somebody waits for the page."""
NOBODY = "127.0.0.1"
"""Where the interface demands the address of a reader, which is not told."""
MOST_BYTES = 10_000


class Akismet:
    """Use it as a context manager. All methods raise SourceError where there is no answer."""

    def __init__(
        self, key: str, site: str, *, base: str = BASE, allow_hosts: Iterable[str] = ()
    ) -> None:
        """`site`: the address of the desk's own site, under which the key is known there."""
        self._base = base
        self._told = {"api_key": key, "blog": site, "user_ip": NOBODY, "blog_charset": "UTF-8"}
        limits = Limits(seconds=SECONDS, silence=SECONDS, redirects=0)
        self._fetcher = Fetcher(allow_hosts=allow_hosts, limits=limits)

    def __enter__(self) -> Akismet:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._fetcher.close()

    def is_spam(self, comment: Mapping[str, str]) -> bool:
        answer = self._ask("comment-check", comment)
        if answer not in {"true", "false"}:
            raise SourceError(f"Akismet gave no answer but {answer[:60]!r}", kind="broken")
        return answer == "true"

    def teach(self, comment: Mapping[str, str], *, is_spam: bool) -> None:
        self._ask("submit-spam" if is_spam else "submit-ham", comment)

    def _ask(self, what: str, comment: Mapping[str, str]) -> str:
        fields = {**self._told, "comment_type": "comment", **comment}
        response = self._fetcher.post_form(f"{self._base}/{what}", fields, most_bytes=MOST_BYTES)
        return response.body.decode("utf-8", "replace").strip()
