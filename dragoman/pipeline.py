"""The six steps in their order: collect → clean → read → link → record → publish.

`Steps` takes one capture through the per-article steps. What needs the other articles too, copies,
stories and happenings, is done in `desk/`; publishing is a view of the store and has no code here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from babel import Locale

from dragoman.clean.article import clean
from dragoman.clean.memory import SiteMemory
from dragoman.collect.pages import capture_text
from dragoman.config import Config
from dragoman.engine import Lost, stage
from dragoman.errors import DataFileError, DragomanError, Unreadable
from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import Example
from dragoman.knowledge.languages import Language
from dragoman.knowledge.light import LightLanguage
from dragoman.link.actors import link_actors, reading_day
from dragoman.link.light import link_lightly
from dragoman.link.rulings import ruled
from dragoman.link.signature import sign
from dragoman.link.speakers import identify_speakers
from dragoman.model import (
    Article,
    Block,
    Capture,
    Doubt,
    Kept,
    Reading,
    Reference,
    Rulings,
)
from dragoman.read import bounded, read, unbounded
from dragoman.read.light import read_lightly
from dragoman.read.parse import Parser, parser_for
from dragoman.record.backing import backing_of
from dragoman.record.coder import code
from dragoman.record.judging import WHOLE, Parts
from dragoman.record.teaching import Lessons

A = TypeVar("A")

_State = tuple[Config, Path, Path | None, SiteMemory | None, Parts, Rulings]


@dataclass(frozen=True, slots=True)
class Again:
    """An article as the store has it, to be made anew from the step `first` on."""

    kept: Kept
    capture: Capture
    first: str


class Steps:
    """The per-article steps, with what they need to know. Picklable: workers load their own."""

    def __init__(self, config: Config | None = None, knowledge: Knowledge | None = None) -> None:
        self.config = config or Config()
        self.knowledge = knowledge or Knowledge()
        self.parts = WHOLE
        """Parts of the coder; less than all of them only to measure what each adds."""
        self.memory: SiteMemory | None = None
        """Of the sites of a batch of bare texts, where it was gone through before."""
        self.rulings = Rulings()
        """What people of a desk say of actors."""

    def __getstate__(self) -> _State:
        knowledge = self.knowledge
        known = (knowledge.root, knowledge.own_folder)
        return self.config, *known, self.memory, self.parts, self.rulings

    def __setstate__(self, state: _State) -> None:
        self.config, root, own, self.memory, self.parts, self.rulings = state
        self.knowledge = Knowledge(root, own_folder=own)

    def under(self, rulings: Rulings) -> Steps:
        """These steps with what people of a desk say of actors; all else is shared."""
        if rulings == self.rulings:
            return self
        made = Steps.__new__(Steps)
        made.__dict__.update(self.__dict__)
        made.rulings = rulings
        return made

    def __call__(self, capture: Capture) -> Kept | DragomanError:
        """All per-article steps; what can't be used comes back as the error that says why.

        A fault of our own on one page must not stop the others: it is set aside like the rest.
        """
        return _attempt(self.all, capture)

    def paired(self, capture: Capture) -> tuple[Capture, Kept | DragomanError]:
        """A capture with what became of it, signed."""
        return capture, self.signed(capture, self(capture))

    def signed(self, capture: Capture, made: Kept | DragomanError) -> Kept | DragomanError:
        """With what the article is compared by in a desk; one that can't be read has it as well."""
        if isinstance(made, DragomanError):
            return made
        stage.at("link")
        return _attempt(lambda _: replace(made, signature=sign(made)), capture)

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
        stage.at("clean")
        return clean(capture, self.knowledge, self.memory)

    def all(self, capture: Capture) -> Kept:
        return self.read(self.clean(capture), capture.fetched)

    def read(self, article: Article, fetched: str | None = None) -> Kept:
        stage.at("read")
        code = article.language
        if code is not None and code in self.knowledge.light:
            return self._read_lightly(article, self.knowledge.light[code], fetched)
        if code is None or code not in self.knowledge.languages:
            return unread(article)
        language, parser = self._reader(code)
        reading = read(article, language, parser)
        return self.link(Kept(bounded(article, reading, language.times, fetched), reading))

    def _read_lightly(
        self, article: Article, language: LightLanguage, fetched: str | None = None
    ) -> Kept:
        reading = read_lightly(article, language, lightly_read(language.code))
        if language.times is not None:
            article = bounded(article, reading, language.times, fetched)
        return self.link(Kept(article, reading))

    def link(self, kept: Kept) -> Kept:
        return self.record(self._linked(kept))

    def _linked(self, kept: Kept) -> Kept:
        stage.at("link")
        article, code = kept.article, kept.reading.language
        if code in self.knowledge.light:
            found = link_lightly(article, kept.reading, self.knowledge)
            return replace(kept, references=self._ruled(kept, found))
        language = self.knowledge.languages[code]
        references = self._ruled(kept, link_actors(article, kept.reading, self.knowledge))
        quotes = identify_speakers(kept.reading, references, language, article.text)
        return replace(kept, reading=replace(kept.reading, quotes=quotes), references=references)

    def _ruled(self, kept: Kept, found: Sequence[Reference]) -> tuple[Reference, ...]:
        """References as people of the desk say they are."""
        return ruled(
            found,
            self.rulings,
            self.knowledge.atlas,
            article_id=kept.article.id,
            language=kept.reading.language,
            day=reading_day(kept.article),
        )

    def record(self, kept: Kept) -> Kept:
        stage.at("record")
        own = self.lessons.labeller
        reports = code(kept.article, kept.reading, kept.references, self.knowledge, self.parts, own)
        coded = replace(kept, reports=reports)
        return replace(coded, backing=backing_of(coded, self.knowledge))

    def in_hand(self, text: str, language: str | None = None, published: str | None = None) -> Kept:
        """All per-article steps over a bare text; `published` is an ISO day. Raises Unreadable."""
        return self.all(capture_text(text, "text", language=language, published=published))

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

    def again(self, item: Again) -> tuple[Capture, Kept | DragomanError]:
        """An article's capture with what the steps from `first` on now make of it, signed."""
        made = self.redo(item.kept, item.capture, item.first)
        return item.capture, made if item.first == "record" else self.signed(item.capture, made)

    def redo(self, kept: Kept, capture: Capture, first: str) -> Kept | DragomanError:
        """The steps from `first` on, over what the earlier ones left in the store."""
        return _attempt(lambda found: self._redo(kept, found, first), capture)

    def _redo(self, kept: Kept, capture: Capture, first: str) -> Kept:
        if first == "clean":
            # An id is given once: a text without address that is cut otherwise is still the same.
            article = replace(self.clean(capture), id=kept.article.id)
            return self.read(article, capture.fetched)
        if self.knowledge.tier(kept.article.language) == "none":
            return unread(kept.article)
        if first == "read":
            return self.read(unbounded(kept.article), capture.fetched)
        return self.link(kept) if first == "link" else self.record(kept)


def _attempt(step: Callable[[Capture], A], capture: Capture) -> A | DragomanError:
    try:
        return step(capture)
    except DataFileError:
        raise  # what is wrong is the desk's, not the page's: no page is set aside for it
    except MemoryError:
        raise  # the engine knows whether this process may go on
    except DragomanError as fault:
        fault.step = fault.step or stage.now()
        return fault
    except (Exception, RecursionError) as fault:
        reason = f"could not be read ({type(fault).__name__}: {str(fault)[:120]})"
        return Unreadable(capture.origin, reason, stage.now())


def given_up(capture: Capture, lost: Lost) -> tuple[Capture, DragomanError]:
    """What stands for a capture that no engine could bring to an end, beside it."""
    return capture, _unreadable(capture.origin, lost)


def again_given_up(item: Again, lost: Lost) -> tuple[Capture, DragomanError]:
    return given_up(item.capture, lost)


def line_given_up(
    item: tuple[str | int, Capture | DragomanError], lost: Lost
) -> tuple[str | int, DragomanError]:
    """The same for a bulk line or page under its own name."""
    name, capture = item
    if isinstance(capture, DragomanError):
        return name, capture
    return name, _unreadable(capture.origin, lost)


def _unreadable(origin: str, lost: Lost) -> Unreadable:
    return Unreadable(origin, lost.reason, lost.stage)


def unread(article: Article) -> Kept:
    """An article in a language we do not read: kept and shown, with the doubt that says so."""
    doubt = Doubt("reports", f"no reader for language {article.language or 'unknown'} yet")
    return Kept(article, Reading(article.id, article.language or "", doubts=(doubt,), tier="none"))


def lightly_read(code: str) -> Doubt:
    """What is read of a text in a light language, and what is not."""
    language = Locale("en").languages.get(code, code)
    found = "names, places and dates are found, acts and quotes are not"
    return Doubt("reports", f"{language} is read lightly: {found}")
