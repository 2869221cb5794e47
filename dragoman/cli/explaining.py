"""`dragoman explain`: how each predicate of a sentence was coded, or why it was not."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    print_json,
    steps_of,
    store_of,
)

if TYPE_CHECKING:
    from dragoman.model import ExplainedSentence, Explanation, Kept
    from dragoman.pipeline import Steps
    from dragoman.store.rows import ReportRow

AN_ID = re.compile(r"[a-z]{1,2}-[0-9a-f]{6,}")


def explain(
    what: Annotated[
        str, typer.Argument(metavar="ID|TEXT", help="A report, an event, a text, or - for stdin.")
    ],
    language: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="XX", help="The language of a text; else it is recognised."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Why a sentence is coded as it is, or is not: every predicate with all that decided.

    The parse, both sides, the entries of the lexicon that were tried, what the
    model says and the examples most like it, what decided the status, and why
    not the runner-up. Reports and events are explained in their articles, as
    today's coder sees them. Nothing is kept.

    [dim]Examples:[/]
      dragoman explain "Kenya condemned Rwanda's invasion of Uganda."
      dragoman explain "Le Pérou signera l'accord avec le Chili." --language fr
      cat paragraph.txt | dragoman explain - --json
      dragoman explain r-0123456789abcdef --home mydesk
    """
    if AN_ID.fullmatch(what.strip()):
        explanation = _of_desk(what.strip(), home)
    else:
        text = sys.stdin.buffer.read().decode("utf-8", "replace") if what == "-" else what
        explanation = _of_text(text, language, steps_of(home))
    if as_json:
        from dragoman.publish.formats.view_json import view_json

        print_json(view_json(explanation))
        return
    from dragoman.publish.terminal.explain import shown

    to = console()
    for part in shown(explanation):
        to.print(part)


def _of_text(text: str, language: str | None, steps: Steps) -> Explanation:
    from dragoman.model import Explanation
    from dragoman.record.explaining import explain as explained

    kept = _read(text, language, steps)
    sentences = tuple(explained(kept, steps.knowledge, labeller=steps.lessons.labeller))
    if not sentences:
        from dragoman.errors import Unreadable

        raise Unreadable("explain", "no sentence is in this text; give one with a verb")
    return Explanation(None, sentences)


def _read(text: str, language: str | None, steps: Steps) -> Kept:
    """The text, all of it body. Raises Unreadable where it is empty or in no language we read."""
    from dragoman.errors import Unreadable

    text = text.encode("utf-8", "replace").decode()  # a shell may hand in broken characters
    if not text.strip():
        raise Unreadable("explain", "the text is empty; give a sentence, an id, or - for stdin")
    read = ", ".join(steps.knowledge.languages)
    if language is not None and language not in steps.knowledge.languages:
        raise Unreadable("explain", f"{language!r} is no language we read; there are {read}")
    article = steps.text(text, language)
    if article.language is None:
        reason = f"the language can't be told from so little; name it with --language ({read})"
        raise Unreadable("explain", reason)
    if article.language not in steps.knowledge.languages:
        lightly = article.language in steps.knowledge.light
        how = "which is read lightly, without acts" if lightly else "which is not read"
        reason = f"this looks like {article.language!r}, {how}; there are {read}"
        raise Unreadable("explain", f"{reason}: name one with --language if it is in it")
    return steps.read(article)


def _of_desk(identity: str, home: Path) -> Explanation:
    from dragoman.errors import DragomanError
    from dragoman.model import Explanation

    if not identity.startswith(("r-", "e-")):
        reason = "explain takes a report (r-…) or an event (e-…)"
        lists = f"`dragoman article {identity} --json` lists those of an article"
        raise DragomanError(f"{identity}: {reason}; {lists}")
    steps = steps_of(home)
    sentences: list[ExplainedSentence] = []
    doubts: list[str] = []
    with store_of(home) as store:
        if identity.startswith("r-"):
            row = store.report(identity)
            rows = [row] if row is not None else []
        else:
            rows = store.reports_of_event(identity)
        if not rows:
            raise DragomanError(
                f"{identity}: the desk in {home} has no such report or event; "
                "`dragoman today --home DESK` and the site list them"
            )
        for row in rows:
            kept = store.kept(row.report.article_id)
            if kept is not None:
                found, doubt = _of_row(row, kept, steps)
                sentences += [one for one in found if one not in sentences]
                doubts += [doubt] if doubt else []
    return Explanation(identity, tuple(sentences), tuple(doubts))


def _of_row(row: ReportRow, kept: Kept, steps: Steps) -> tuple[list[ExplainedSentence], str | None]:
    """The sentences a report's evidence lies in, and the doubt if it is no longer made."""
    from dragoman.record.explaining import explain as explained

    report = row.report
    low, high = report.evidence
    wanted = {s.index for s in kept.reading.sentences if s.start < high and low < s.end}
    found = list(explained(kept, steps.knowledge, wanted, labeller=steps.lessons.labeller))
    made = {c.report.id for s in found for c in s.candidates if c.report is not None}
    if report.id in made:
        return found, None
    doubt = f"{report.id}: kept by coder {row.coder_version}, and not made by today's"
    return found, f"{doubt}; `dragoman build --from record` codes again"
