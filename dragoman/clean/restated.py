"""Lines that say again what the page states of itself in its head: who wrote it, and its summary.

In: a draft whose lines are labelled. Out: by-lines and a standfirst among the lines that nothing
vouched for. What is not found in so many words stays as it is.
"""

from __future__ import annotations

from dragoman.clean.draft import Draft
from dragoman.clean.lines import Line, key_of
from dragoman.knowledge.furniture import FurnitureRules
from dragoman.model import BODY_LABELS, Label

MISNAMED: frozenset[Label | None] = frozenset({"navigation", "related", "teaser"})
LEFT_OVER: frozenset[Label | None] = frozenset({"navigation", "other"})
ABOVE, BELOW = 4, 2
"""How many lines above the headline, and below the first sentence, an author is looked for."""
MOST_WORDS = 15
FEWEST_SUMMARY_WORDS = 6
OPENING_WORDS = frozenset({"by", "par", "von", "por", "di", "door", "av", "af", "przez", "od"})


def mark_restated(draft: Draft, rules: FurnitureRules) -> None:
    """Label what stands near the headline and repeats the stated authors or summary."""
    first = next((i for i, line in enumerate(draft.lines) if _opens_text(line)), None)
    if first is None:
        return
    tops = [i for i, line in enumerate(draft.lines[:first]) if line.label == "headline"]
    top = tops[-1] if tops else first
    _mark_authors(draft, draft.lines[max(0, top - ABOVE) : first + BELOW + 1], rules)
    _mark_summary(draft, draft.lines[top + 1 : first])


def _opens_text(line: Line) -> bool:
    return line.label == "body" and line.is_prose


def _mark_authors(draft: Draft, near: list[Line], rules: FurnitureRules) -> None:
    """A line of stated authors and nothing else; one of them at least has a full name."""
    names = sorted({key_of(name) for name in draft.facts.authors} - {""}, key=len, reverse=True)
    joints = OPENING_WORDS | rules.name_particles
    for line in near:
        if line.label not in LEFT_OVER or line.words > MOST_WORDS:
            continue
        rest = f" {key_of(line.text)} "
        found = [name for name in names if f" {name} " in rest]
        for name in found:
            rest = rest.replace(f" {name} ", " ")
        if any(" " in name for name in found) and joints.issuperset(rest.split()):
            line.set("byline", "stated-author")


def _mark_summary(draft: Draft, below: list[Line]) -> None:
    """The description, whole, where the article does not begin with it anyway."""
    stated = draft.stated
    said = stated.meta("og:description", "description", "twitter:description") if stated else None
    key = key_of(said or "")
    if len(key.split()) < FEWEST_SUMMARY_WORDS:
        return
    body = (line for line in draft.lines if line.label in BODY_LABELS)
    if any(key_of(line.text).startswith(key) for line in body):
        return
    for line in below:
        if _misnamed(line) and key_of(line.text) == key:
            line.set("standfirst", "stated-summary")
            return


def _misnamed(line: Line) -> bool:
    """Labelled by a class name or a neighbour. What the extractor left out on its own judgement
    stays out: a summary printed there is no part of the article in aeb, though it is in fundus."""
    by_markup = line.label in MISNAMED and line.rule.startswith("dom:")
    return by_markup or line.rule == "above-credit"
