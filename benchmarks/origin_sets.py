"""Small sets of texts of which it is known to how many origins they go back, read for real.

In: `origins_small.jsonl`, sets of one to three texts with the right counts, noted before anything
was run on them. Out: for each set what the desk counts, and the share that is right. The outlets
are made up; the agencies, states and offices that the texts name are those that ship.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from dragoman.collect.pages import capture_bytes
from dragoman.desk.copies import Copies
from dragoman.desk.origins import OriginCounter
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import Outlet, Outlets, outlets_of
from dragoman.model import Origins
from dragoman.pipeline import Steps
from dragoman.store import open_store

FILE = Path(__file__).parents[1] / "tests" / "gate" / "origins_small.jsonl"
DAY = "2023-04-03"
Count = tuple[int, int, int]
"""Groups that are independent, those of which it is not known, and opinion pieces."""


def _outlet(identity: str, name: str, kind: str = "newspaper", **more: object) -> Outlet:
    return Outlet(identity, name, domains=(f"{identity}.example",), kind=kind, **more)  # type: ignore[arg-type]


OUTLETS = (
    _outlet("lake", "Lake Post"),
    _outlet("hill", "Hill Courier"),
    _outlet("mole", "Mole Observer"),
    _outlet("quai", "Le Quai du Soir"),
    _outlet("pont", "Le Pont d'Amont"),
    _outlet("phare", "Le Phare du Matin"),
    _outlet("port", "Port Mirror", owner="Pier Press"),
    _outlet("pier", "Pier Mirror", owner="Pier Press"),
    _outlet("steppe-radio", "Steppe Radio", "broadcaster", country="KAZ", state_linked=True),
    _outlet("steppe-tv", "Steppe Channel", "broadcaster", country="KAZ", state_linked=True),
    _outlet("portal", "Shore Portal", "aggregator"),
    _outlet("coast-agency", "Coast Agency", "agency", agency_marks=("(Coast Agency)",)),
)
"""Besides those that ship; hosts that are none of these are known to nobody."""


class Known(Knowledge):
    """What ships, with other outlets."""

    def __init__(self, outlets: Outlets) -> None:
        super().__init__()
        self._others = outlets

    @cached_property
    def outlets(self) -> Outlets:
        return self._others


@dataclass(frozen=True, slots=True)
class Told:
    """One text of a set; `host` without its ending."""

    host: str
    language: str
    title: str
    text: tuple[str, ...]
    section: str = ""

    def page(self) -> bytes:
        """As a small outlet would send it."""
        body = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in self.text)
        title = escape(self.title, quote=False)
        section = f'<meta property="article:section" content="{self.section}">'
        head = (
            f"<title>{title}</title>"
            f'<meta property="article:published_time" content="{DAY}T08:00:00Z">'
            f"{section if self.section else ''}"
        )
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">{head}'
            f"</head><body><article><h1>{title}</h1>{body}</article></body></html>"
        ).encode()


@dataclass(frozen=True, slots=True)
class Texts:
    """A set, and the counts that are right."""

    name: str
    expected: Count
    texts: tuple[Told, ...]


def small_sets(path: Path = FILE) -> Iterator[Texts]:
    for line in path.read_text("utf-8").splitlines():
        given = json.loads(line)
        told = tuple(Told(**one | {"text": tuple(one["text"])}) for one in given["texts"])
        yield Texts(given["name"], tuple(given["expected"]), told)


def steps_of_sets() -> Steps:
    """The per-article steps with the outlets of the sets beside those that ship."""
    shipped = Knowledge().outlets.by_id.values()
    return Steps(knowledge=Known(outlets_of([*OUTLETS, *shipped])))


def origins_in(texts: Sequence[Told], steps: Steps) -> Origins:
    """What a desk that holds these texts alone says of them."""
    with TemporaryDirectory() as folder, open_store(Path(folder)) as store:
        copies = Copies(store, steps.knowledge.outlets)
        ids = []
        for number, told in enumerate(texts):
            url = f"https://{told.host}.example/{told.section or 'news'}/{number}"
            capture = capture_bytes(told.page(), url, url=url)
            kept = steps.all(capture)
            with store.together():
                store.keep_capture(capture)
                copies.keep(kept.article, capture)
                store.keep(kept, {})
            ids.append(kept.article.id)
        return OriginCounter(store, steps.knowledge).of_articles(ids)


def count_of(found: Origins) -> Count:
    return found.independent, found.unknown, found.opinion


def exact(sets: Iterable[Texts], steps: Steps) -> float:
    """The share of sets whose counts are all right."""
    right = [count_of(origins_in(one.texts, steps)) == one.expected for one in sets]
    return round(sum(right) / len(right), 3) if right else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=FILE)
    parser.add_argument("--verbose", action="store_true", help="show the groups that are wrong")
    options = parser.parse_args()
    steps = steps_of_sets()
    sets = list(small_sets(options.file))
    wrong = 0
    for one in sets:
        found = origins_in(one.texts, steps)
        if count_of(found) != one.expected:
            wrong += 1
            print(f"{one.name}: {count_of(found)} where {one.expected} is right")
            for group in found.groups if options.verbose else ():
                print(f"  {group.standing}: {group.source} ({group.reason})")
                for member in group.members:
                    print(f"    {member.outlet}: {member.reason}")
    print(f"{len(sets) - wrong} of {len(sets)} sets are right")


if __name__ == "__main__":
    main()
