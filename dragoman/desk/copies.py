"""Copies within the desk: what an arriving article repeats of those that are there.

In: an article and the store. Out: the article at the root of its copies, kept in the store. What
makes a text a copy of another is `link.copies`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.link.copies import COPY_SHARE, share, sketch
from dragoman.model import Article
from dragoman.store import Store


@dataclass(frozen=True, slots=True)
class Found:
    """An article's sketch; `root` is the first article with its text, if another has it."""

    sketch: tuple[int, ...]
    root: str | None = None
    share: float = 0.0


class Copies:
    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, article: Article) -> Found:
        hashes = sketch(article)
        least = max(len(hashes) // 8, 1)
        candidates = self._store.sketch_candidates(hashes, least=least)
        shares = [
            (share(hashes, self._store.sketch(other)), other)
            for other, _ in candidates
            if other != article.id
        ]
        best, other = max(shares, default=(0.0, ""))
        if best < COPY_SHARE:
            return Found(hashes)
        root = self._store.origin_of(other)
        root_id = root[0] if root is not None else other
        return Found(hashes, root_id, round(best, 2)) if root_id != article.id else Found(hashes)

    def keep(self, article: Article, found: Found) -> None:
        """After the article is kept."""
        self._store.keep_sketch(article.id, found.sketch)
        if found.root is not None:
            self._store.set_copy(article.id, found.root, found.share)
