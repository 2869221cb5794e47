"""A reader and a terminal: one coded sentence at a time, one key for a verdict.

In: a reading room and a session. Every verdict is kept when it is given; `q` or the end of input
ends the session, and the next one goes on from there.
"""

from __future__ import annotations

import sys

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.checking.session import Session
from dragoman.checking.verdicts import ruling
from dragoman.errors import DragomanError
from dragoman.model.audit import PARTS, AuditItem
from dragoman.publish.room import ReadingRoom
from dragoman.publish.terminal.audit_words import PART_WORDS, claim, printed
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.words import counted

KEYS = "[r]ight  [w]rong  [u]nsure  [s]kip  [b]ack  [q]uit"


def go_through(room: ReadingRoom, session: Session, to: Console) -> None:
    while (item := session.current) is not None:
        _show(room, session, item, to)
        if not _answer(session, item, to):
            break
    left = len(session.items) - session.read
    to.print(f"{session.read} read, {left} left", highlight=False)
    if session.current is None and left:
        to.print(f"{counted(left, 'sentence')} skipped; ask again for them")


def _answer(session: Session, item: AuditItem, to: Console) -> bool:
    """Take keys until one leads on; False where the reader has had enough."""
    while True:
        to.print(KEYS, style="dim", markup=False, end="  ")
        key = next_key()
        to.print()
        if key == "q":
            return False
        if key in ("s", "b"):
            session.skip() if key == "s" else session.back()
            return True
        if key in ("r", "u"):
            session.say(ruling(item.report_id, session.reader, key))
            return True
        if key == "w" and _wrong(session, item, to):
            return True


def _wrong(session: Session, item: AuditItem, to: Console) -> bool:
    """What is wrong, by numbers, and a note; False where nothing was named."""
    for number, part in enumerate(PARTS, 1):
        to.print(f"  {number} {PART_WORDS[part]}", markup=False)
    to.print("What is wrong? Numbers:", end=" ")
    numbers = _line().replace(",", " ").split()
    to.print("Note (Enter for none):", end=" ")
    note = _line() if numbers else ""
    wrong = [PARTS[int(n) - 1] if n in _NUMBERS else n for n in numbers]
    try:
        session.say(ruling(item.report_id, session.reader, "wrong", wrong, note))
    except DragomanError as fault:
        to.print(quiet(str(fault)), style="red", markup=False)
        return False
    return True


_NUMBERS = {str(number) for number in range(1, len(PARTS) + 1)}


def _show(room: ReadingRoom, session: Session, item: AuditItem, to: Console) -> None:
    shown = item.shown
    assert shown is not None  # a session has only items that can be shown
    to.print()
    to.print(f"{session.at + 1} of {len(session.items)}, {session.read} read", style="dim")
    to.print(Padding(Text(quiet(shown.sentence), style="bold"), (0, 2)))
    to.print(Padding(Text(quiet(printed(shown)), style="dim"), (0, 2)))
    table = Table.grid(padding=(0, 2))
    for label, words in claim(room, shown):
        table.add_row(Text(label, style="cyan"), Text(quiet(words)))
    to.print(Padding(table, (0, 2)))
    said = session.said(item)
    if said is not None:
        more = f" ({', '.join(said.wrong)})" if said.wrong else ""
        to.print(f"  your verdict so far: {said.verdict}{more}", style="dim", markup=False)


def next_key() -> str:
    """One key of a terminal, or the first letter of a line of other input; "q" at its end."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline()
        return line.strip()[:1].casefold() if line else "q"
    import click

    try:
        return click.getchar().casefold()
    except (EOFError, KeyboardInterrupt):
        return "q"


def _line() -> str:
    return sys.stdin.readline().strip()
