"""The command line: one verb each, grouped as read, collect, keep, look, export, run.

Every command imports what it needs when it runs, so that `--help` is at hand at once. Exit code 2
means that an input could not be used; 1 that something else failed. Messages go to stderr.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable

import typer

from dragoman.cli import (
    alerting,
    archiving,
    aside,
    atlas,
    auditing,
    briefing,
    cleaning,
    codebooks,
    collecting,
    commenting,
    comparing,
    connecting,
    doctoring,
    explaining,
    exporting,
    forgetting,
    judging,
    keeping,
    languages,
    looking,
    moving,
    notes,
    questioning,
    reading,
    republish,
    running,
    sources,
    users,
    versions,
)
from dragoman.cli.app import app, complain

COMMANDS: dict[str, list[Callable[..., None]]] = {
    "Read": [reading.read, cleaning.clean, archiving.archive],
    "Collect": [collecting.fetch, collecting.watch],
    "Keep": [keeping.add, archiving.import_, keeping.build, aside.aside, forgetting.forget],
    "Look": [
        looking.search,
        looking.today,
        briefing.brief,
        looking.stories,
        looking.story,
        looking.article,
        looking.changes,
        looking.actor,
        looking.pair,
        looking.event,
        explaining.explain,
    ],
    "Export": [exporting.export, versions.freeze, versions.diff, questioning.sql],
    "Check": [comparing.compare],
    "Run": [
        running.serve,
        connecting.mcp,
        running.demo,
        running.check,
        doctoring.doctor,
        moving.copy_store,
        moving.backup,
        moving.restore,
    ],
}
"""All commands, in the groups and the order in which `--help` shows them."""

GROUPS: dict[str, list[typer.Typer]] = {
    "Collect": [sources.app, alerting.app],
    "Keep": [judging.app, notes.app, commenting.app, republish.app],
    "Look": [codebooks.app, atlas.app, languages.app],
    "Check": [auditing.app],
    "Run": [users.app],
}
"""Commands that have commands of their own."""

for _group, _commands in COMMANDS.items():
    for _sub in GROUPS.get(_group, ()):
        app.add_typer(_sub, rich_help_panel=_group)
    for _command in _commands:
        app.command(rich_help_panel=_group)(_command)


def main() -> None:
    """Entry point: users' errors become one sentence on stderr and an exit code."""
    from dragoman.errors import DragomanError, Unreadable
    from dragoman.publish.terminal.controls import quiet

    try:
        app(standalone_mode=True)
    except Unreadable as fault:
        complain(quiet(str(fault)))
        sys.exit(2)
    except DragomanError as fault:
        complain(quiet(str(fault)))
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as fault:
        told = f"{fault.filename}: {fault.strerror}" if fault.filename else str(fault)
        if fault.errno == errno.ENOSPC:
            told += "; make room on the disk and run the same again"
        complain(quiet(told))
        sys.exit(1)
