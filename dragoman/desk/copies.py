"""Copies within the desk: what an arriving article shares with those that are there, and who
printed whom.

In: an article and the store. Out: its place among the copies, kept; the ids of all whose place
changed. What is kept is a function of the articles the desk holds, not of the order they came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from dragoman.knowledge.outlets import Outlets
from dragoman.link.beside import are_near, retold, shared_by, tells
from dragoman.link.copies import LEAST_KEYS, likely
from dragoman.link.copy_tree import Neighbour, by_text, moment, sources
from dragoman.link.printed import UNDATED, period_of, printing_of
from dragoman.link.sketches import Body, body_of
from dragoman.model import Article, Capture, Printing, Shared
from dragoman.store import Store


class Copies:
    def __init__(self, store: Store, outlets: Outlets) -> None:
        self._store = store
        self._outlets = outlets

    def keep(self, article: Article, capture: Capture | None = None) -> set[str]:
        """Find an article's place among the copies; the articles whose links are other ones now.

        Where the article was there before, its place is found anew. Call it in the transaction in
        which the article itself is kept.
        """
        store = self._store
        body = body_of(article)
        period = period_of(article)
        made = printing_of(article, body, self._outlets, capture)
        old = store.printing(article.id)
        if old == (made, period):
            return set()
        touched = self._remove(*old) if old is not None else set()
        keys = body.keys
        is_new = store.keep_printing(
            made, period=period, moment=moment(made, ()), words=body.words.tobytes(), keys=keys
        )
        shares = self._compare(made, body, period, is_new=is_new)
        if is_new and not shares and not touched:
            return set()
        return self._place(touched | {made.text})

    def forget(self, article_id: str) -> set[str]:
        """Take an article from among the copies; the others whose links are other ones now."""
        old = self._store.printing(article_id)
        return self._place(self._remove(*old)) if old is not None else set()

    def _remove(self, one: Printing, period: int) -> set[int]:
        """What shared words with it stays in touch as long as another printing of it is near."""
        store = self._store
        beside = {text for row in store.shared_by([one.text]) for text in (row.a, row.b)} | {
            one.text
        }
        store.keep_copy_links({one.article_id: ()})
        store.drop_printing(one.article_id)
        periods: dict[int, set[int]] = {}
        printed = store.printings_of(beside)
        for printing, at, _ in printed:
            periods.setdefault(printing.text, set()).add(at)
        apart = [
            (row.a, row.b)
            for row in store.shared_by([one.text])
            if not (
                are_near(periods.get(row.a, set()), periods.get(row.b, set()))
                if row.words
                else self._is_retold(row, printed)
            )
        ]
        store.drop_shared(apart)
        return beside & set(periods)

    def _is_retold(self, row: Shared, printed: Collection[tuple[Printing, int, str]]) -> bool:
        """Whether anybody still credits the publisher of the other text near it."""
        bodies = {
            text: Body(np.frombuffer(data, dtype=np.uint32))
            for text, data in self._store.words_of_texts((row.a, row.b)).items()
        }
        return any(
            tells(one, bodies[row.a], other, bodies[row.b])
            for one, at, _ in printed
            for other, when, _ in printed
            if (one.text, other.text) == (row.a, row.b) and are_near({at}, {when})
        )

    def _compare(self, made: Printing, body: Body, period: int, *, is_new: bool) -> bool:
        """Keep what the text shares with others printed near it; whether that is anything."""
        store = self._store
        before = [] if is_new else store.shared_by([body.digest])
        known = {text for row in before for text in (row.a, row.b) if row.words} | {body.digest}
        near = self._near(period)
        counts = store.texts_with(body.keys, near)
        found = {text for text, number in counts.items() if number >= LEAST_KEYS} - known
        credits: dict[int, list[Printing]] = {}
        for one in store.credited_among(set(counts) - known, made, near):
            credits.setdefault(one.text, []).append(one)
        others = {
            text: Body(np.frombuffer(data, dtype=np.uint32))
            for text, data in store.words_of_texts(found | set(credits)).items()
        }
        rows = {
            other.digest: shared_by(body, other)
            for other in likely(body, [others[text] for text in found if text in others])
        }
        shared = []
        for other in others.values():
            row = rows.get(other.digest)
            if row is None and any(
                tells(made, body, one, other) for one in credits.get(other.digest, ())
            ):
                row = retold(body, other)
            if row is not None:
                shared.append(row)
        store.keep_shared(shared)
        return bool(before or shared)

    def _near(self, period: int) -> Collection[int]:
        if period == UNDATED:
            return {*self._store.periods(), UNDATED}
        return {UNDATED, period - 1, period, period + 1}

    def _place(self, texts: Collection[int]) -> set[str]:
        """Order the articles with these texts and all beside them anew.

        An article's moment hangs on those it shares words with, and its sources on their moments:
        so where a moment changes, the articles one step further are looked at as well.
        """
        store = self._store
        inner = _with_neighbours(texts, store.shared_by(texts))
        shared = store.shared_by(inner)
        printings, moments = self._printings(_with_neighbours(inner, shared))
        beside = by_text(printings, moments, shared)
        anew = {
            one.article_id: moment(one, beside[one.article_id])
            for one in printings
            if one.text in inner
        }
        moved = {name: at for name, at in anew.items() if moments[name] != at}
        store.keep_moments(moved)
        moments |= moved
        if {one.text for one in printings if one.article_id in moved} - set(texts):
            inner = _with_neighbours(inner, shared)
            shared = store.shared_by(inner)
            printings, moments = self._printings(_with_neighbours(inner, shared))
        beside = by_text(printings, moments, shared)
        return self._link([one for one in printings if one.text in inner], moments, beside)

    def _printings(self, texts: Collection[int]) -> tuple[list[Printing], dict[str, str]]:
        found = self._store.printings_of(texts)
        return [one for one, _, _ in found], {one.article_id: at for one, _, at in found}

    def _link(
        self,
        printings: Sequence[Printing],
        moments: Mapping[str, str],
        beside: Mapping[str, Sequence[Neighbour]],
    ) -> set[str]:
        """Keep the links of these articles; those whose links changed."""
        links = {
            one.article_id: sources(one, moments[one.article_id], beside[one.article_id])
            for one in printings
        }
        before = self._store.copy_links_of(links)
        changed = {name for name, made in links.items() if before.get(name, []) != list(made)}
        self._store.keep_copy_links({name: links[name] for name in sorted(changed)})
        return changed


def _with_neighbours(texts: Collection[int], shared: Iterable[Shared]) -> set[int]:
    return {*texts, *(text for row in shared for text in (row.a, row.b))}
