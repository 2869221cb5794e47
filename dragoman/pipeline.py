"""The six steps in their order: collect → clean → read → link → record → publish.

`Steps` takes one capture through the per-article steps; `Desk` keeps what comes out and joins it
with what is there. Publishing is a view of the store and has no code here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from dragoman.clean import VERSION as CLEAN
from dragoman.clean import SiteMemory, clean, compare
from dragoman.collect.pages import capture_text
from dragoman.config import Config
from dragoman.engine import Engine
from dragoman.errors import DataFileError, DragomanError, Unreadable
from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import Example
from dragoman.knowledge.languages import Language
from dragoman.knowledge.origins import origin_of, outlet_name
from dragoman.link.actors import link_actors
from dragoman.link.copies import COPY_SHARE, share, sketch
from dragoman.link.speakers import identify_speakers
from dragoman.model import Article, Block, Capture, Change, Doubt, Event, Kept, Reading
from dragoman.read import VERSION as READ
from dragoman.read import bounded, read
from dragoman.read.parse import Parser, parser_for
from dragoman.record.chronology import Telling, join
from dragoman.record.coder import VERSION as RECORD
from dragoman.record.coder import code
from dragoman.record.judging import WHOLE, Parts
from dragoman.record.teaching import Lessons
from dragoman.store import Store
from dragoman.store.rows import Tombstone

A = TypeVar("A")
NO_ARTICLES: Mapping[str, Article] = {}
LINK = "3"
VERSIONS: Mapping[str, str] = {"clean": CLEAN, "read": READ, "link": LINK, "record": RECORD}
STEPS = ("clean", "read", "link", "record")

_State = tuple[Config, Path, Path | None, SiteMemory | None, Parts]


class Steps:
    """The per-article steps, with what they need to know. Picklable: workers load their own."""

    def __init__(self, config: Config | None = None, knowledge: Knowledge | None = None) -> None:
        self.config = config or Config()
        self.knowledge = knowledge or Knowledge()
        self.parts = WHOLE
        """Parts of the coder; less than all of them only to measure what each adds."""
        self.memory: SiteMemory | None = None
        """Of the sites of a batch of bare texts, where it was gone through before."""

    def __getstate__(self) -> _State:
        knowledge = self.knowledge
        return self.config, knowledge.root, knowledge.own_folder, self.memory, self.parts

    def __setstate__(self, state: _State) -> None:
        self.config, root, own, self.memory, self.parts = state
        self.knowledge = Knowledge(root, own_folder=own)

    def __call__(self, capture: Capture) -> Kept | DragomanError:
        """All per-article steps; what can't be used comes back as the error that says why.

        A fault of our own on one page must not stop the others: it is set aside like the rest.
        """
        return _attempt(self.all, capture)

    def paired(self, capture: Capture) -> tuple[Capture, Kept | DragomanError]:
        """A capture with what became of it."""
        return capture, self(capture)

    def line(
        self, item: tuple[str | int, Capture | Unreadable]
    ) -> tuple[str | int, Kept | DragomanError]:
        """A bulk line's own id with what became of it."""
        identity, capture = item
        return identity, capture if isinstance(capture, Unreadable) else self(capture)

    def cleaned(
        self, item: tuple[str | int, Capture | DragomanError]
    ) -> tuple[str | int, Article | DragomanError]:
        """The clean step alone, for a page or line under its own name."""
        name, capture = item
        if isinstance(capture, DragomanError):
            return name, capture
        return name, _attempt(self.clean, capture)

    def clean(self, capture: Capture) -> Article:
        return clean(capture, self.knowledge, self.memory)

    def all(self, capture: Capture) -> Kept:
        return self.read(self.clean(capture), capture.fetched)

    def read(self, article: Article, fetched: str | None = None) -> Kept:
        code = article.language
        if code is None or code not in self.knowledge.languages:
            return unread(article)
        language, parser = self._reader(code)
        reading = read(article, language, parser)
        return self.link(Kept(bounded(article, reading, language, fetched), reading))

    def link(self, kept: Kept) -> Kept:
        return self.record(self._linked(kept))

    def _linked(self, kept: Kept) -> Kept:
        references = link_actors(kept.article, kept.reading, self.knowledge)
        language = self.knowledge.languages[kept.reading.language]
        quotes = identify_speakers(kept.reading, references, language, kept.article.text)
        return replace(kept, reading=replace(kept.reading, quotes=quotes), references=references)

    def record(self, kept: Kept) -> Kept:
        own = self.lessons.labeller
        reports = code(kept.article, kept.reading, kept.references, self.knowledge, self.parts, own)
        return replace(kept, reports=reports)

    def text(self, text: str, language: str | None = None) -> Article:
        """A text in hand of which every line is body."""
        article = self.clean(capture_text(text, "text", language=language))
        lines = re.finditer(r"\S[^\r\n]*", article.text)
        blocks = (Block("body", m.start(), m.start() + len(m[0].rstrip()), "given") for m in lines)
        return replace(article, blocks=tuple(blocks))

    @cached_property
    def lessons(self) -> Lessons:
        """What the desk's own categories are told by."""
        return Lessons(self.knowledge, self._example)

    def _example(self, example: Example) -> Kept:
        """An example of the desk's own up to its links; unread where no parser reads it."""
        article = self.text(example.text.strip(), example.language or None)
        code = article.language
        if code is None or code not in self.knowledge.languages:
            return unread(article)
        return self._linked(Kept(article, read(article, *self._reader(code))))

    def _reader(self, code: str) -> tuple[Language, Parser]:
        return self.knowledge.languages[code], self.parser(code)

    def parser(self, language: str) -> Parser:
        return parser_for(
            self.knowledge.languages[language], tuple(self.config.models.get(language, ()))
        )

    def redo(self, kept: Kept, capture: Capture, first: str) -> Kept | DragomanError:
        """The steps from `first` on, over what the earlier ones left in the store."""
        return _attempt(lambda found: self._redo(kept, found, first), capture)

    def _redo(self, kept: Kept, capture: Capture, first: str) -> Kept:
        if first == "clean":
            # An id is given once: a text without address that is cut otherwise is still the same.
            article = replace(self.clean(capture), id=kept.article.id)
            return self.read(article, capture.fetched)
        if kept.article.language not in self.knowledge.languages:
            return unread(kept.article)
        if first == "read":
            return self.read(kept.article, capture.fetched)
        return self.link(kept) if first == "link" else self.record(kept)


def _attempt(step: Callable[[Capture], A], capture: Capture) -> A | DragomanError:
    try:
        return step(capture)
    except DataFileError:
        raise  # what is wrong is the desk's, not the page's: no page is set aside for it
    except DragomanError as fault:
        return fault
    except (Exception, RecursionError) as fault:
        reason = f"could not be read ({type(fault).__name__}: {str(fault)[:120]})"
        return Unreadable(capture.origin, reason)


def unread(article: Article) -> Kept:
    """An article in a language we do not read: kept and shown, with the doubt that says so."""
    doubt = Doubt("reports", f"no reader for language {article.language or 'unknown'} yet")
    return Kept(article, Reading(article.id, article.language or "", doubts=(doubt,)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: `added`, `known` (nothing changed), `changed`, `failed`, or
    `refused` because it was forgotten."""

    origin: str
    what: str
    kept: Kept | None = None
    reason: str | None = None
    change: Change | None = None
    """What cleaning it again changed."""


def refusal(origin: str, stone: Tombstone) -> Outcome:
    """The outcome of an input that the desk was told to forget, in one sentence."""
    reason = (
        f"{origin}: it was forgotten on {stone.at[:10]} as {stone.cause} ({stone.reason}) and is "
        f"not taken again; `dragoman forget --undo {stone.cause}` lifts this"
    )
    return Outcome(origin, "refused", reason=reason)


class Desk:
    """The corpus steps: keeps articles, joins copies and happenings."""

    def __init__(self, store: Store, steps: Steps, engine: Engine) -> None:
        self.store = store
        self.steps = steps
        self.engine = engine

    def add(self, captures: Iterable[Capture]) -> Iterator[Outcome]:
        """Every step for every capture; what the desk already has is left as it is."""
        at_once: list[Outcome] = []

        def new() -> Iterator[Capture]:
            for capture in captures:
                stone = self.store.refused(capture.url, capture.body)
                if stone is not None:
                    at_once.append(refusal(capture.origin, stone))
                elif self._is_done(capture):
                    at_once.append(Outcome(capture.origin, "known"))
                else:
                    self.store.keep_capture(capture)
                    yield capture

        for capture, made in self.engine.map(self.steps.paired, new()):
            while at_once:
                yield at_once.pop(0)
            yield self._keep(capture, made)
        yield from at_once

    def redo(self, ids: Iterable[str], first: str) -> Iterator[Outcome]:
        """Articles again from step `first`, from what the store holds."""
        for identity in ids:
            kept = self.store.kept(identity)
            capture = self.store.capture(kept.article.capture_id) if kept else None
            if kept is None or capture is None:
                continue
            made = self.steps.redo(kept, capture, first)
            outcome = self._keep(capture, made)
            if first == "clean" and outcome.kept is not None:
                outcome = replace(outcome, change=compare(kept.article, outcome.kept.article))
            yield outcome

    def resume(self, captures: Iterable[Capture]) -> Iterator[Outcome]:
        """Captures that were kept but did not become articles (`build`, `build --failed`)."""
        for capture in captures:
            yield self._keep(capture, self.steps(capture))

    def _is_done(self, capture: Capture) -> bool:
        return self.store.is_article(capture.id)

    def _keep(self, capture: Capture, made: Kept | DragomanError) -> Outcome:
        if isinstance(made, DragomanError):
            self.store.set_aside(capture.id, capture.origin, "clean", str(made))
            return Outcome(capture.origin, "failed", reason=str(made))
        stone = self.store.tombstone(made.article.id) or self.store.refused(made.article.url)
        if stone is not None:
            # Only its text told whose page it is. One that another article was made of stays.
            if not self._is_done(capture):
                self.store.refuse_capture(capture.id, stone.cause)
            return refusal(capture.origin, stone)
        known = self.store.article(made.article.id) is not None
        hashes = sketch(made.article)
        copied = self._copied(made.article.id, hashes)
        with self.store.together():
            events = self._join_events(made, copied[0] if copied else None)
            changed = self.store.keep(made, VERSIONS, events=events)
            self.store.keep_sketch(made.article.id, hashes)
            if copied is not None:
                self.store.set_copy(made.article.id, *copied)
        what = "known" if not changed else "changed" if known else "added"
        return Outcome(capture.origin, what, made)

    def _copied(self, identity: str, hashes: Sequence[int]) -> tuple[str, float] | None:
        """The article whose text this one repeats, at the root of its copies, and the share."""
        least = max(len(hashes) // 8, 1)
        candidates = self.store.sketch_candidates(hashes, least=least)
        shares = [
            (share(hashes, self.store.sketch(other)), other)
            for other, _ in candidates
            if other != identity
        ]
        best, other = max(shares, default=(0.0, ""))
        if best < COPY_SHARE:
            return None
        root = self.store.origin_of(other)
        root_id = root[0] if root is not None else other
        return (root_id, round(best, 2)) if root_id != identity else None

    def _join_events(self, kept: Kept, root: str | None) -> list[Event]:
        before = {
            row.report.id: event
            for row in self.store.reports_of_article(kept.article.id)
            if row.event_id and (event := self.store.event(row.event_id))
        }
        own = {report.id: kept.article for report in kept.reports}
        return join(
            kept.reports,
            before,
            self.store.events_near,
            lambda report_id: self.telling(report_id, own, root),
            self.steps.knowledge.atlas,
        )

    def telling(
        self, report_id: str, own: Mapping[str, Article] = NO_ARTICLES, root: str | None = None
    ) -> Telling:
        """Where a report is told; `own` are reports whose article, a copy of `root`, is not kept
        yet."""
        outlets = self.steps.knowledge.outlets
        article = own.get(report_id)
        if article is None:
            row = self.store.report(report_id)
            found = self.store.article(row.report.article_id) if row is not None else None
            if found is None:
                return Telling(report_id, report_id)
            article, copied = found.article, self.store.origin_of(found.article.id)
            root = copied[0] if copied is not None else None
        first = self.store.article(root) if root is not None else None
        origin = origin_of(article, first.article if first is not None else None, outlets)
        return Telling(outlet_name(article, outlets), origin.key)
