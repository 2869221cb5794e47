"""Small archives of our own, steps that cost nothing, and folders compared to the byte."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dragoman.archive.run import Summary, archive
from dragoman.collect.pages import capture_bytes
from dragoman.config import Config
from dragoman.engine import Engine
from dragoman.engine.here import Here
from dragoman.errors import DragomanError
from dragoman.model import Article, Block, Capture, Dated, Kept, Reading
from dragoman.pipeline import Steps
from tests.collect.warcs import answer, packed, record
from tests.desks import BORDER_ALONE, BORDER_EN, BORDER_FR, TALKS_EN, page

EMPTY = "<html><body></body></html>"
PAGES = (
    ("lake.example", "Shots on the lake", BORDER_EN, "en", "2024-03-13"),
    ("north.example", "Reindeer count", TALKS_EN, "en", "2024-03-06"),
    ("rive.example", "Des tirs sur le lac", BORDER_FR, "fr", "2024-03-13"),
    ("echo.example", "Lake shots", BORDER_EN, "en", "2024-03-14"),
    ("hill.example", "The second week on the lake", BORDER_ALONE, "en", "2024-03-20"),
)


def records() -> list[bytes]:
    """Five pages, one of them in two states and one twice, one that nobody can read, and one more
    at the end."""
    made = [
        _record(host, page(title, told, host=host, language=language, day=day), day)
        for host, title, told, language, day in PAGES
    ]
    later = page("Reindeer counted", (*TALKS_EN, BORDER_EN[2]), host="north.example")
    return [*made, _record("empty.example", EMPTY, "2024-03-15"),
            _record("north.example", later, "2024-03-16"), made[0], made[1]]  # fmt: skip


def _record(host: str, body: str, day: str) -> bytes:
    content = answer(body.encode(), media_type="text/html; charset=utf-8")
    return record(f"https://{host}/news/1", content, day=day)


def write_archive(folder: Path) -> Path:
    """Two files, the second cut off at its end."""
    folder.mkdir(parents=True)
    made = records()
    (folder / "a.warc.gz").write_bytes(packed(*made[:5]))
    (folder / "b.warc.gz").write_bytes(packed(*made[5:])[:-20])
    return folder


def run(names: Sequence[str], out: Path, steps: Steps, engine: Engine | None = None,
        alone: Engine | None = None, every: int = 2, with_pages: bool = True,
        note: Callable[..., object] = lambda _done, _of: None) -> Summary:  # fmt: skip
    """In this process, unless engines are given."""
    return archive(names, out, steps, engine or Here(), alone or Here(), every=every,
                   with_pages=with_pages, note=note)  # fmt: skip


def content(out: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too, by its name there."""
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


# --- steps that read nothing ----------------------------------------------------------------


@dataclass(frozen=True)
class Poison:
    """What a page must hold to kill whoever reads it; `once`: a file that says it did already."""

    mark: bytes
    once: Path | None = None
    how: Literal["dies", "sleeps", "spins"] = "dies"
    """Sleeping heeds an alarm; what spins in C heeds nothing."""

    def strikes(self, body: bytes) -> bool:
        if self.mark not in body or (self.once is not None and self.once.exists()):
            return False
        if self.once is not None:
            self.once.touch()
        return True


_ways: Mapping[str, Callable[[], object]] = {
    "dies": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "sleeps": lambda: time.sleep(1000),
    "spins": lambda: sum(range(10**13)),
}


class Quick(Steps):
    """The first line is the article. Picklable, with nothing to load."""

    def __init__(self, poison: Poison | None = None) -> None:
        seconds = 0.3 if poison is not None and poison.how != "dies" else 0
        super().__init__(Config(article_seconds=seconds))
        self.poison = poison

    def __getstate__(self) -> Poison | None:  # type: ignore[override]
        return self.poison

    def __setstate__(self, state: Poison | None) -> None:  # type: ignore[override]
        self.__init__(state)  # type: ignore[misc]

    def paired(self, capture: Capture) -> tuple[Capture, Kept | DragomanError]:
        poison = self.poison
        if poison is not None and poison.strikes(capture.body):
            _ways[poison.how]()
        text = capture.body.decode()
        day = (capture.fetched or "")[:10]
        article = Article(
            f"a-{capture.id[2:18]}",
            capture.id,
            text,
            "en",
            url=capture.url,
            published=Dated(day, day, "day", "given"),
            blocks=(Block("body", 0, len(text), "made"),),
        )
        return capture, Kept(article, Reading(article.id, "en"))


def plain_archive(path: Path, texts: Sequence[str], day: str = "2024-03-18") -> Path:
    path.write_bytes(
        packed(*(
            record(
                f"https://plain.example/{n}",
                answer(text.encode(), media_type="text/plain; charset=utf-8"),
                day=day,
            )
            for n, text in enumerate(texts)
        ))
    )  # fmt: skip
    return path


def plain_capture(text: str, url: str) -> Capture:
    return capture_bytes(text.encode(), url, url=url)
