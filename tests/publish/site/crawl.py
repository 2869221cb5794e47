"""Every page of a site that a link leads to, asked once: from the first page on, in all languages.

In: a client of a site. Out: a `Crawl`: the pages, the links in them, and the answers of files. By
which rule addresses count as one kind is said at `kind` and `Crawler._atlas_actor`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import html

from dragoman.publish.site.files import is_file
from dragoman.publish.wording import LANGUAGES
from tests.publish.conftest import Client

OTHERS = (".json", ".svg", ".css", ".js")
"""Endings of what is no page, besides those of exports."""


@dataclass(frozen=True, slots=True)
class Link:
    element: str
    """Its name; of a `link`, what the other is to the page."""
    to: str
    """An address on this site without its fragment, or a whole one elsewhere."""
    fragment: str = ""

    @property
    def is_ours(self) -> bool:
        return self.to.startswith("/")


class Shown:
    """A page: its text, its elements, and where it leads."""

    def __init__(self, address: str, text: str) -> None:
        self.address = address
        self.text = text

    @property
    def language(self) -> str:
        return self.address.split("/")[1]

    @cached_property
    def root(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    @cached_property
    def ids(self) -> list[str]:
        return [str(one) for one in self.root.xpath("//@id")]

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return tuple(self._links())

    def _links(self) -> Iterator[Link]:
        for name in ("href", "src", "action"):
            for element in self.root.xpath(f"//*[@{name}]"):
                to, _, fragment = urljoin(self.address, element.get(name)).partition("#")
                yield Link(
                    str(element.get("rel") if element.tag == "link" else element.tag), to, fragment
                )


@dataclass
class Crawl:
    pages: dict[str, Shown] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    """By address, what a file or twin says."""
    of_atlas: set[str] = field(default_factory=set)
    """Actors whose pages links lead to, and that were not asked each."""
    dead: list[str] = field(default_factory=list)
    """Addresses that answer otherwise than with 200, each with the page that leads there."""


def path_and_asks(address: str) -> tuple[str, tuple[str, ...]]:
    parts = urlsplit(address)
    return parts.path, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))


def bare(path: str) -> str:
    """A path without its language."""
    first, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if first in LANGUAGES else path


@cache
def kind(address: str, wholly: frozenset[str]) -> tuple[str, ...]:
    """What is asked once; `wholly`: languages of which every page is.

    Every page is asked by itself as long as its address asks nothing. With parameters (filters, a
    day, the next page) it is one kind for each page of the site and set of their names; so are
    files and twins, by page and suffix, whatever the language, since they have none. Of a language
    that is not asked for wholly it is each page of the site.
    """
    path, asks = path_and_asks(address)
    name = bare(path).split("/")[1]
    last = path.rsplit("/", 1)[-1]
    if is_file(bare(path)) or last.endswith(OTHERS):
        suffix = last.partition(".")[2] if name not in {"export", "static"} else last
        return "file", name.partition(".")[0], suffix, *asks
    if asks:
        return path.split("/")[1], name, *asks
    language = path.split("/")[1]
    return (path,) if language in wholly else ("another language", language, name)


class Crawler:
    def __init__(
        self, client: Client, told_of: Collection[str], wholly: Collection[str] = LANGUAGES
    ) -> None:
        """`told_of`: the actors that an event names; `wholly`: see `kind`."""
        self._wholly = frozenset(wholly)
        self._client = client
        self._told_of = told_of
        self._waiting: deque[tuple[str, str]] = deque()
        self._known: set[tuple[str, ...]] = set()
        self._found = Crawl()

    def crawl(self, start: str = "/en/") -> Crawl:
        self._note(start, "the start")
        while self._waiting:
            address, whence = self._waiting.popleft()
            answer = self._client.get(address)
            if answer.status_code != 200:
                self._found.dead.append(f"{answer.status_code} {address} from {whence}")
            elif not answer.headers["content-type"].startswith("text/html"):
                self._found.files[address] = answer.text
            else:
                self._read(Shown(address, answer.text))
        return self._found

    def _read(self, page: Shown) -> None:
        self._found.pages[page.address] = page
        leads_to_atlas = self._atlas_actor(page.address) is not None
        for link in page.links:
            if not link.is_ours:
                continue
            if (actor := self._atlas_actor(link.to)) is not None:
                self._found.of_atlas.add(actor)
                if leads_to_atlas:
                    continue
                leads_to_atlas = True
            self._note(link.to, page.address)

    def _atlas_actor(self, address: str) -> str | None:
        """The actor whose page it is, where the desk tells nothing of it. Such pages are made of
        the atlas alone and lead to one another all over it: each page of the record is followed
        to one of them, and they are followed no further."""
        parts = bare(urlsplit(address).path).split("/")
        if (
            parts[1] != "actor"
            or parts[2].endswith(OTHERS)
            or is_file("/".join(parts))
            or parts[2] in self._told_of
        ):
            return None
        return parts[2]

    def _note(self, address: str, whence: str) -> None:
        if (of := kind(address, self._wholly)) not in self._known:
            self._known.add(of)
            self._waiting.append((address, whence))
