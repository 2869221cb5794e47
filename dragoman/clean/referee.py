"""A second opinion on which lines are the article: a layout model's, where it differs by much.

In: lines as the rules have labelled them, and a model. Out: labels changed, where the model is
surer of another choice. Rules know what furniture says; the model knows what articles look like.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dragoman.clean.extract import Piece, pieces_under
from dragoman.clean.lines import Line
from dragoman.clean.memory import RULE as SEEN
from dragoman.clean.shape import Rows, shape, word_counts
from dragoman.clean.standing import standing
from dragoman.knowledge.layout import LayoutModel
from dragoman.model import BODY_LABELS, Label

MARGIN = 0.1
"""How much better the model must think of its own choice, in expected F1, to overrule the rules.
Chosen on development pages by cross-validation: less costs modern pages, more costs old ones."""
LEAST_COUNT = 0.5
"""A line without words still counts for something."""
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "dt"})
RULE = "layout-model"
NEVER: frozenset[Label] = frozenset({"headline", "syndication", "comment_form", "placeholder"})
"""What the rules know better than any model. Other labels are evidence to it, and may be wrong."""

Flags = NDArray[np.bool_]


def overrule_page(pieces: Sequence[Piece], lines: Sequence[Line], model: LayoutModel) -> None:
    """Relabel a page's lines where the model's best choice is expected to be much better."""
    if lines:
        chances, counts = _weighed(lines, model(standing(pieces, lines)))
        ruled = np.array([line.label in BODY_LABELS for line in lines])
        prose = np.array([line.is_prose for line in lines])
        chosen = second_opinion(ruled, prose, chances, counts)
        for piece, line, choice in zip(pieces_under(pieces, lines), lines, chosen, strict=True):
            _relabel(line, choice, _label(piece))


def overrule_text(lines: Sequence[Line], model: LayoutModel) -> None:
    """Relabel a scrape's lines as the model chooses: there are no rules of mark-up to trust."""
    if lines:
        chosen = best_choice(*_weighed(lines, model(shape(lines))))
        for line, choice in zip(lines, chosen, strict=True):
            _relabel(line, choice, "body" if line.is_prose or line.ends_sentence else "heading")


def _weighed(lines: Sequence[Line], chances: Rows) -> tuple[Rows, Rows]:
    """Chances without those that the rules rule out, and what each line counts for."""
    known = [line.label in NEVER or line.rule == SEEN for line in lines]
    chances = np.where(known, np.float32(0), chances)
    return chances, np.maximum(word_counts(lines), LEAST_COUNT)


def _relabel(line: Line, choice: bool, label: Label) -> None:
    if choice and line.label not in BODY_LABELS:
        line.set(label, RULE)
    elif not choice and line.label in BODY_LABELS:
        line.label = None


def second_opinion(
    ruled: Flags, prose: Flags, chances: Rows, counts: Rows, margin: float = MARGIN
) -> Flags:
    """The rules' choice of lines, or the model's where that promises so much more.

    Lists and tables that the rules kept amid the model's choice stay: it knows sentences better.
    """
    best = best_choice(chances, counts)
    if expected_f1(best, chances, counts) <= expected_f1(ruled, chances, counts) + margin:
        return ruled
    return best | (ruled & _between(best) & ~prose)


def best_choice(chances: Rows, counts: Rows) -> Flags:
    """The lines that together promise the highest F1, counted in words.

    The best set of each size is the most likely lines, so that one pass over them finds it (Ye,
    Chai, Lee and Chieu, "Optimizing F-measure", ICML 2012, give the argument).
    """
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum((chances * counts)[order])
    promised = 2 * right / (np.cumsum(counts[order]) + float((chances * counts).sum()))
    chosen = np.zeros(len(chances), bool)
    if len(chances):
        chosen[order[: int(np.argmax(promised)) + 1]] = True
    return chosen


def expected_f1(chosen: Flags, chances: Rows, counts: Rows) -> float:
    total = float((counts * chosen).sum() + (chances * counts).sum())
    return 2 * float((chances * counts * chosen).sum()) / total if total else 0.0


def _between(chosen: Flags) -> Flags:
    """From the first line chosen to the last."""
    at = np.flatnonzero(chosen)
    between = np.zeros(len(chosen), bool)
    if len(at):
        between[at[0] : at[-1] + 1] = True
    return between


def _label(piece: Piece) -> Label:
    if piece.element.tag in HEADINGS:
        return "heading"
    return "quote" if next(piece.element.iterancestors("blockquote"), None) is not None else "body"
