"""The corpus: keeps articles and joins them with what the desk has: copies, stories, happenings.

In: captures and a store. Out: what became of each, written in one transaction an article; or in one
for a few dozen, where much is told of the same and all of that would be grouped anew for each. What
is done to an article alone is `pipeline.Steps`.
"""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from dragoman.clean.compare import compare
from dragoman.desk.copies import Copies
from dragoman.desk.happenings import Happenings
from dragoman.desk.stories import Stories
from dragoman.engine import Guarded
from dragoman.errors import Damaged, DragomanError
from dragoman.logs import note
from dragoman.model import Article, Capture, Change, Kept
from dragoman.pipeline import Again, Steps, again_given_up, given_up, unread
from dragoman.record.ruling import ruled
from dragoman.store import Store
from dragoman.store.rows import Tombstone
from dragoman.versions import VERSIONS

AT_ONCE, SECONDS = 64, 5.0
"""Articles that are joined at once, at most; and after how long a next one ends the waiting for
others."""
FOR_EACH = 16
"""One more is joined at once for so many that an article was grouped or linked with of late."""

Made = tuple[Capture, Kept | DragomanError]


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


def noted(outcome: Outcome) -> Outcome:
    """The same, noted in the log."""
    note(
        "article",
        level="warning" if outcome.what == "failed" else "info",
        outcome=outcome.what,
        article=outcome.kept.article.id if outcome.kept is not None else None,
        origin=outcome.origin,
        reason=outcome.reason,
    )
    return outcome


def refusal(origin: str, stone: Tombstone) -> Outcome:
    """The outcome of an input that the desk was told to forget, in one sentence."""
    reason = (
        f"{origin}: it was forgotten on {stone.at[:10]} as {stone.cause} ({stone.reason}) and is "
        f"not taken again; `dragoman forget --undo {stone.cause}` lifts this"
    )
    return Outcome(origin, "refused", reason=reason)


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Versions of the steps that made something, and of what they knew."""

    steps: Mapping[str, str]
    known: Mapping[str, str]


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage meanwhile: what joining reads of a dense desk has no cycles, and each
    search would look through all of it, a fifth of the time that it takes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def joined_at_once(beside: int) -> int:
    """How many articles are, where one was grouped or linked with so many of late."""
    return min(AT_ONCE, 1 + beside // FOR_EACH)


@dataclass(frozen=True, slots=True)
class _Arrived:
    """An article that the store holds as it was made of this capture, to be joined with others."""

    kept: Kept
    capture: Capture
    is_known: bool
    """It was there before, maybe otherwise."""
    is_changed: bool
    """Anything of it was written."""

    @property
    def id(self) -> str:
        return self.kept.article.id


class Desk:
    """The corpus steps: keeps articles, joins copies, stories and happenings."""

    def __init__(self, store: Store, steps: Steps, engine: Guarded) -> None:
        self.store = store
        self.steps = steps
        self.engine = engine
        self.copies = Copies(store, steps.knowledge.outlets)
        self.stories = Stories(store)
        self.happenings = Happenings(store, steps.knowledge)
        self._beside = 0
        """The most that one of the last articles was grouped or linked with."""

    def add(self, captures: Iterable[Capture]) -> Iterator[Outcome]:
        """Every step for every capture; what the desk already has is left as it is."""
        steps = self._steps()
        told: list[Outcome] = []

        def new() -> Iterator[Capture]:
            for capture in captures:
                wanted = self._wanted(capture)
                if isinstance(wanted, Outcome):
                    told.append(wanted)
                else:
                    yield wanted

        def made() -> Iterator[Made | Outcome]:
            for pair in self.engine.map(steps.paired, new(), given_up):
                yield from emptied(told)
                yield pair
            yield from emptied(told)

        yield from self._joined(made(), steps)

    def take(
        self,
        found: Iterable[tuple[Capture, Callable[[], Kept | DragomanError]]],
        made_by: MadeBy,
    ) -> Iterator[Outcome]:
        """Captures with what the steps made of them elsewhere, by these versions, under nobody's
        rulings; what is made is asked for only where the desk lacks it."""

        def made() -> Iterator[Made | Outcome]:
            for capture, make in found:
                wanted = self._wanted(capture)
                yield wanted if isinstance(wanted, Outcome) else (wanted, make())

        yield from self._joined(made(), self.steps, made_by)

    def redo(self, ids: Iterable[str], first: str) -> Iterator[Outcome]:
        """Articles again from step `first`, from what the store holds. Where that is damaged, the
        page is cleaned anew; else, or without it, the article failed."""
        steps = self._steps()
        before: deque[Kept | None] = deque()
        lost: list[Outcome] = []

        def held() -> Iterator[Again]:
            for identity in ids:
                try:
                    kept, known = self._again(identity, first)
                    capture = self.store.capture(kept.article.capture_id) if kept else None
                except Damaged as fault:
                    lost.append(Outcome(identity, "failed", reason=f"{identity}: {fault}"))
                    continue
                if kept is not None and capture is not None:
                    before.append(known)
                    yield Again(kept, capture, first)

        made = self.engine.map(steps.again, held(), again_given_up)
        for outcome in self._joined(made, steps):
            known = before.popleft()
            if first == "clean" and outcome.kept is not None and known is not None:
                outcome = replace(outcome, change=compare(known.article, outcome.kept.article))
            yield outcome
        yield from map(noted, lost)

    def _again(self, identity: str, first: str) -> tuple[Kept | None, Kept | None]:
        """What an article is made anew of, and it as it was, if that can be read. Raises Damaged
        where it can't, and a later step than cleaning needs it."""
        try:
            kept = self.store.kept(identity)
        except Damaged:
            capture_id = self.store.capture_of(identity)
            if first != "clean" or capture_id is None:
                raise
            return unread(Article(identity, capture_id, "", None)), None
        return kept, kept

    def resume(self, ids: Iterable[str]) -> Iterator[Outcome]:
        """Captures that were kept but did not become articles (`build`, `build --failed`)."""
        steps, lost = self._steps(), list[Outcome]()
        captures = self._captures(ids, lost)
        yield from self._joined(self.engine.map(steps.paired, captures, given_up), steps)
        yield from map(noted, lost)

    def add_kept(self, ids: Iterable[str]) -> Iterator[Outcome]:
        """As `add`, of captures that the store holds already."""
        lost: list[Outcome] = []
        yield from self.add(self._captures(ids, lost))
        yield from map(noted, lost)

    def _captures(self, ids: Iterable[str], lost: list[Outcome]) -> Iterator[Capture]:
        """Those that can be read; the others are set aside, and what is to be said of them goes
        into `lost`."""
        for identity in ids:
            try:
                capture = self.store.capture(identity)
            except Damaged as fault:
                self.store.set_aside(identity, identity, "collect", str(fault))
                lost.append(Outcome(identity, "failed", reason=f"{identity}: {fault}"))
                continue
            if capture is not None:
                yield capture

    def _steps(self) -> Steps:
        """The steps with what people say of actors now."""
        return self.steps.under(self.store.rulings())

    def _as_said(self, capture: Capture, made: Kept, steps: Steps) -> Kept | DragomanError:
        """What these steps made as people will have it, whatever they said since its making."""
        now = self._steps()
        if now.rulings != steps.rulings:
            again = now.signed(capture, now.redo(made, capture, "link"))
            if isinstance(again, DragomanError):
                return again
            made = again
        return ruled(made, self.store.words_on(made.article.id), self.steps.knowledge)

    def _wanted(self, capture: Capture) -> Capture | Outcome:
        """A capture to make an article of, kept; or what is to be said of it at once."""
        stone = self.store.refused(capture.url, capture.body)
        if stone is not None:
            return refusal(capture.origin, stone)
        if self._is_done(capture):
            return Outcome(capture.origin, "known")
        if self.store.keep_capture(capture):
            return capture
        # Found before a run was stopped: the time of then holds.
        return replace(capture, fetched=self.store.fetched(capture.id))

    def _is_done(self, capture: Capture) -> bool:
        return self.store.is_article(capture.id)

    def _versions(self, made_by: MadeBy | None, steps: Steps) -> MadeBy:
        """Of what was made elsewhere, unless people's word on actors had it linked anew here."""
        ours = MadeBy(VERSIONS, self.steps.knowledge.versions)
        if made_by is None:
            return ours
        if self._steps().rulings == steps.rulings:
            return made_by
        anew = {step: VERSIONS[step] for step in ("link", "record")}
        return MadeBy({**made_by.steps, **anew}, ours.known)

    def _joined(
        self, made: Iterable[Made | Outcome], steps: Steps, made_by: MadeBy | None = None
    ) -> Iterator[Outcome]:
        """Keep and join what is made, and pass on what is said already."""
        for some in self._at_once(made):
            if isinstance(some, Outcome):
                yield noted(some)
            else:
                yield from self._keep(some, steps, made_by)
                self.store.keep_log_short()

    def _keep(
        self, some: Sequence[Made], steps: Steps, made_by: MadeBy | None
    ) -> Iterator[Outcome]:
        """Keep and join what was made, all at once; where that fails, each for itself, so that a
        fault with one keeps back no other that came before it. What people said of actors since
        the making has each made anew: too much to keep all others from writing meanwhile."""
        if len(some) > 1 and self._steps().rulings == steps.rulings:
            try:
                outcomes = self._keep_together(some, steps, made_by)
            except Exception as fault:  # it is raised below, by the article that it comes from
                note("joining", level="warning", articles=len(some), reason=str(fault))
            else:
                yield from [noted(one) for one in outcomes]
                return
        for pair in some:
            yield from [noted(one) for one in self._keep_together([pair], steps, made_by)]

    def _keep_together(
        self, some: Sequence[Made], steps: Steps, made_by: MadeBy | None
    ) -> list[Outcome]:
        with uncollected(), self.stories.watched(), self.store.together():
            kept = [self._kept(capture, made, steps, made_by) for capture, made in some]
            arrived = [one for _, one in kept if one is not None]
            if arrived:
                self._join(arrived)
        return [outcome for outcome, _ in kept]

    def _kept(
        self, capture: Capture, made: Kept | DragomanError, steps: Steps, made_by: MadeBy | None
    ) -> tuple[Outcome, _Arrived | None]:
        """What becomes of what was made, and the article, where there is one to be joined."""
        if isinstance(made, DragomanError):
            return self._failed(capture, made, made.step or "clean"), None
        stone = self.store.tombstone(made.article.id) or self.store.refused(made.article.url)
        if stone is not None:
            # Only its text told whose page it is. One that another article was made of stays.
            if not self._is_done(capture):
                self.store.refuse_capture(capture.id, stone.cause)
            return refusal(capture.origin, stone), None
        # Inside the transaction, so that no word is given between asking for it and keeping.
        heard = self._as_said(capture, made, steps)
        if isinstance(heard, DragomanError):
            return self._failed(capture, heard, heard.step or "link"), None
        article = heard.article
        is_known = self.store.capture_of(article.id) is not None
        versions = self._versions(made_by, steps)
        changed = self.store.keep(heard, versions.steps, known=versions.known)
        what = "known" if not changed else "changed" if is_known else "added"
        outcome = Outcome(capture.origin, what, heard)
        if not self.store.is_made_of(article.id, capture.id):
            return outcome, None
        return outcome, _Arrived(heard, capture, is_known, changed)

    def _failed(self, capture: Capture, fault: DragomanError, step: str) -> Outcome:
        self.store.set_aside(capture.id, capture.origin, step, str(fault))
        return Outcome(capture.origin, "failed", reason=str(fault))

    def _join(self, arrived: Sequence[_Arrived]) -> None:
        """Find the places of articles that the store holds, and those of all that they move."""
        copied: set[str] = set()
        for one in arrived:
            copied |= self.copies.keep(one.kept.article, one.capture)
        changed = {one.id for one in arrived if one.is_changed}
        held = self.happenings.keep([one.kept for one in arrived], changed=changed)
        linked = self.stories.join((one.kept, one.capture) for one in arrived)
        # What was made of an article is counted by its credits and voices as well.
        new = {one.id for one in arrived if not one.is_known}
        self.happenings.recount((copied | changed) - new)
        self.stories.settle(copied)
        self._beside = max(held, linked)

    def _size(self) -> int:
        """How many are joined at once."""
        return joined_at_once(self._beside)

    def _at_once(self, made: Iterable[Made | Outcome]) -> Iterator[Outcome | list[Made]]:
        """As many as are joined at once, and no article twice among them."""
        some: list[Made] = []
        ids: set[str] = set()
        since = 0.0
        try:
            for pair in made:
                if isinstance(pair, Outcome):
                    yield pair
                    continue
                article = pair[1].article.id if isinstance(pair[1], Kept) else None
                if article in ids:
                    yield some
                    some, ids = [], set()
                since = since if some else time.monotonic()
                some.append(pair)
                ids |= {article} if article is not None else set()
                if len(some) >= self._size() or time.monotonic() - since >= SECONDS:
                    yield some
                    some, ids = [], set()
        except Exception:  # what was made before it is kept
            if some:
                yield some
            raise
        if some:
            yield some


def emptied(told: list[Outcome]) -> Iterator[Outcome]:
    """What was put by to be told, the first to come first."""
    while told:
        yield told.pop(0)
