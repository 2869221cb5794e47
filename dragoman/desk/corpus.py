"""The corpus: keeps articles and joins them with what the desk has: copies, stories, happenings.

In: captures and a store. Out: what became of each, written in one transaction an article. What is
done to an article alone is `pipeline.Steps`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dragoman.clean.compare import compare
from dragoman.desk.copies import Copies
from dragoman.desk.happenings import Happenings
from dragoman.desk.stories import Stories
from dragoman.engine import Guarded
from dragoman.errors import DragomanError
from dragoman.logs import note
from dragoman.model import Capture, Change, Kept
from dragoman.pipeline import Again, Steps, again_given_up, given_up
from dragoman.record.ruling import ruled
from dragoman.store import Store
from dragoman.store.rows import Tombstone
from dragoman.versions import VERSIONS


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


class Desk:
    """The corpus steps: keeps articles, joins copies, stories and happenings."""

    def __init__(self, store: Store, steps: Steps, engine: Guarded) -> None:
        self.store = store
        self.steps = steps
        self.engine = engine
        self.copies = Copies(store, steps.knowledge.outlets)
        self.stories = Stories(store)
        self.happenings = Happenings(store, steps.knowledge)

    def add(self, captures: Iterable[Capture]) -> Iterator[Outcome]:
        """Every step for every capture; what the desk already has is left as it is."""
        steps = self._steps()
        at_once: list[Outcome] = []

        def new() -> Iterator[Capture]:
            for capture in captures:
                stone = self.store.refused(capture.url, capture.body)
                if stone is not None:
                    at_once.append(refusal(capture.origin, stone))
                elif self._is_done(capture):
                    at_once.append(Outcome(capture.origin, "known"))
                elif self.store.keep_capture(capture):
                    yield capture
                else:  # found before a run was stopped: the time of then holds
                    yield replace(capture, fetched=self.store.fetched(capture.id))

        for capture, made in self.engine.map(steps.paired, new(), given_up):
            while at_once:
                yield noted(at_once.pop(0))
            yield noted(self._keep(capture, made, steps))
        yield from map(noted, at_once)

    def take(
        self,
        found: Iterable[tuple[Capture, Callable[[], Kept | DragomanError]]],
        made_by: MadeBy,
    ) -> Iterator[Outcome]:
        """Captures with what the steps made of them elsewhere, by these versions, under nobody's
        rulings; what is made is asked for only where the desk lacks it."""
        for capture, make in found:
            stone = self.store.refused(capture.url, capture.body)
            if stone is not None:
                yield noted(refusal(capture.origin, stone))
            elif self._is_done(capture):
                yield noted(Outcome(capture.origin, "known"))
            else:
                if not self.store.keep_capture(capture):
                    capture = replace(capture, fetched=self.store.fetched(capture.id))
                yield noted(self._keep(capture, make(), self.steps, made_by))

    def redo(self, ids: Iterable[str], first: str) -> Iterator[Outcome]:
        """Articles again from step `first`, from what the store holds."""
        steps = self._steps()
        before: deque[Kept] = deque()

        def held() -> Iterator[Again]:
            for identity in ids:
                kept = self.store.kept(identity)
                capture = self.store.capture(kept.article.capture_id) if kept else None
                if kept is not None and capture is not None:
                    before.append(kept)
                    yield Again(kept, capture, first)

        for capture, made in self.engine.map(steps.again, held(), again_given_up):
            kept = before.popleft()
            outcome = self._keep(capture, made, steps)
            if first == "clean" and outcome.kept is not None:
                outcome = replace(outcome, change=compare(kept.article, outcome.kept.article))
            yield noted(outcome)

    def resume(self, captures: Iterable[Capture]) -> Iterator[Outcome]:
        """Captures that were kept but did not become articles (`build`, `build --failed`)."""
        steps = self._steps()
        for capture, made in self.engine.map(steps.paired, captures, given_up):
            yield noted(self._keep(capture, made, steps))

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

    def _keep(
        self,
        capture: Capture,
        made: Kept | DragomanError,
        steps: Steps,
        made_by: MadeBy | None = None,
    ) -> Outcome:
        if isinstance(made, DragomanError):
            self.store.set_aside(capture.id, capture.origin, made.step or "clean", str(made))
            return Outcome(capture.origin, "failed", reason=str(made))
        stone = self.store.tombstone(made.article.id) or self.store.refused(made.article.url)
        if stone is not None:
            # Only its text told whose page it is. One that another article was made of stays.
            if not self._is_done(capture):
                self.store.refuse_capture(capture.id, stone.cause)
            return refusal(capture.origin, stone)
        known = self.store.article(made.article.id) is not None
        with self.stories.watched(), self.store.together():
            # Inside the transaction, so that no word is given between asking for it and keeping.
            heard = self._as_said(capture, made, steps)
            if isinstance(heard, DragomanError):
                self.store.set_aside(capture.id, capture.origin, heard.step or "link", str(heard))
                return Outcome(capture.origin, "failed", reason=str(heard))
            made = heard
            versions = self._versions(made_by, steps)
            changed = self.store.keep(made, versions.steps, known=versions.known)
            if self.store.is_made_of(made.article.id, capture.id):
                self._join(made, capture, is_known=known, is_changed=changed)
        what = "known" if not changed else "changed" if known else "added"
        return Outcome(capture.origin, what, made)

    def _join(self, made: Kept, capture: Capture, *, is_known: bool, is_changed: bool) -> None:
        """Find the place of an article that the store holds, and that of all which it moves."""
        own = {made.article.id}
        copied = self.copies.keep(made.article, capture)
        self.happenings.keep(made, is_new=is_changed)
        self.stories.join(made, capture)
        # What was made of an article is counted by its credits and voices as well.
        recounted = copied | own if is_known and is_changed else copied
        self.happenings.recount(recounted if is_known else copied - own)
        self.stories.settle(copied - own)
