"""Who may see how much of others' work: the one rule that pages, their JSON and exports ask.

On a private desk everything is shown. A public one shows title, credits, captions, the lead and the
sentences that events rest on; the whole text only where the desk's source or the outlet that wrote
it is marked with a licence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.knowledge.outlets import Outlet, Outlets
from dragoman.model import Article, Kept, Report
from dragoman.publish.excerpt import bounded, excerpt, shown_spans
from dragoman.store import Store
from dragoman.store.rows import Judgement


@dataclass(frozen=True, slots=True)
class Display:
    store: Store
    outlets: Outlets
    public: bool = False

    def shown(self, kept: Kept) -> Kept:
        """The article as this desk may show it: as it is, or an excerpt with its own offsets."""
        if not self.is_excerpt(kept.article):
            return kept
        return excerpt(kept)

    def spans(self, kept: Kept) -> Sequence[tuple[int, int]] | None:
        """What of the article's text may be shown, as offsets into it; None: all of it."""
        return shown_spans(kept) if self.is_excerpt(kept.article) else None

    def is_excerpt(self, article: Article) -> bool:
        return self.public and self.licence(article) is None

    def report(self, report: Report) -> Report:
        """A report with its sentence; of a sentence without end only what is around the act."""
        return bounded(report) if self.public else report

    def judgement(self, judgement: Judgement) -> Judgement:
        """What was said; who said it and why is for the desk alone."""
        if not self.public:
            return judgement
        return replace(judgement, note=None, by=None, undone_by=None, undone_why=None)

    def licence(self, article: Article) -> str | None:
        """What permits the whole text: the word of the desk's source, or of the text's outlet."""
        origin = self._origin(article)
        return self.store.source_licence(article.id) or (origin.licence if origin else None)

    def _origin(self, article: Article) -> Outlet | None:
        """Whose text it is: an outlet's licence does not cover what it prints of others."""
        named = article.attribution.agency or article.attribution.first_publisher
        if named is not None:
            return self.outlets.named(named.value) or self.outlets.agency(named.value)
        return self.outlets.at(article.canonical or article.url)
