"""What people said, as pages and lists show it: what was said, of what, by whom, when and why.

In: judgements of the store. Out: `JudgedLine`s, in words. A public desk gives no names and notes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.model import Correction, Joining, OtherActor, Parting, SameActor, Verdict, Word
from dragoman.publish.display import Display
from dragoman.publish.wording import N_, gettext
from dragoman.store.rows import Judgement

VERDICTS = {"confirm": N_("confirmed"), "reject": N_("rejected"), "unsure": N_("doubted")}


@dataclass(frozen=True, slots=True)
class JudgedLine:
    number: int
    kind: str
    target: str
    words: str
    by: str | None
    at: str
    note: str | None
    undone_at: str | None = None
    undone_by: str | None = None
    undone_why: str | None = None
    due: bool = False
    """The record does not follow it everywhere yet."""


def judged_lines(judgements: Iterable[Judgement], display: Display) -> tuple[JudgedLine, ...]:
    """As this desk may show them."""
    return tuple(judged_line(display.judgement(one)) for one in judgements)


def judged_line(one: Judgement) -> JudgedLine:
    """All of it."""
    return JudgedLine(
        number=one.id,
        kind=one.kind,
        target=one.target_id,
        words=in_words(one.word),
        by=one.by,
        at=one.at,
        note=one.note,
        undone_at=one.undone_at,
        undone_by=one.undone_by,
        undone_why=one.undone_why,
        due=one.is_due,
    )


def in_words(word: Word) -> str:
    """What is said, without its target where that is one thing."""
    if isinstance(word, Verdict):
        return gettext(VERDICTS[word.kind])
    if isinstance(word, Correction):
        return gettext("corrected: %s") % ", ".join(name.replace("_", " ") for name in word.fields)
    if isinstance(word, Joining):
        return gettext("merged with %s") % ", ".join(word.groups[1:])
    if isinstance(word, Parting):
        return gettext("split: %s apart from the rest") % ", ".join(word.out)
    if isinstance(word, SameActor):
        return gettext("is %s") % word.into
    assert isinstance(word, OtherActor)
    who = word.into or gettext("nobody known")
    return gettext("is %(who)s in %(articles)s") % {
        "who": who,
        "articles": ", ".join(word.articles),
    }
