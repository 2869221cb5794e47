"""`dragoman forget`: articles out of the desk for good, a tombstone without content in."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    desk_of,
    print_line,
    require_desk,
    store_of,
)

if TYPE_CHECKING:
    from dragoman.desk.corpus import Desk
    from dragoman.store import Store

ARTICLE_ID = re.compile(r"[ac]-[0-9a-f]{16,32}")
OTHER_ID = re.compile(r"[er]-[0-9a-f]{16}")
SHOWN = 20
MOST = 100_000


def forget(
    target: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(metavar="URL|QUERY|ID", help="An address, an outlet, a query, or an id."),
    ] = None,
    reason: Annotated[Optional[str], typer.Option(help="Why.")] = None,  # noqa: UP045
    by: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(envvar=["DRAGOMAN_USER", "USER"], help="At whose word."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    show: Annotated[bool, typer.Option("--list", help="What was forgotten, when and why.")] = False,
    undo: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="ID", help="Let it be fetched again; nothing comes back by itself."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Remove articles with all that was made of them, and refuse them when they come again.

    URL: the article at an address. QUERY: all articles of an outlet (its id, name or host), or all
    that a query finds, as `dragoman search` does. ID: an article, or a capture that became none.

    [dim]Examples:[/]
      dragoman forget https://example.org/news/1 --reason "the publisher asks for it"
      dragoman forget example.org --reason "closed" --yes
      dragoman forget --list
      dragoman forget --undo a-0123456789abcdef
    """
    if show or undo is not None:
        with store_of(home) as store:
            _list(store, as_json) if show else _undo(store, undo or "")
        return
    if not (target and target.strip() and reason and reason.strip()):
        raise typer.BadParameter("name what to forget and say why with --reason (or use --list)")
    from dragoman.publish.snapshots.snapshot import SNAPSHOTS, named

    require_desk(home)
    with desk_of(home) as desk:
        found, words = _found(desk, target.strip())
        if not found:
            _again(desk.store, target.strip(), words, as_json)
            return
        if not yes:
            _say(desk.store, found, words)
            typer.confirm("Remove it all?", abort=True, err=True)
        frozen = [path.name for path in named(home / SNAPSHOTS)]
        _forget(desk, found, reason.strip(), by, as_json, frozen)


def _found(desk: Desk, target: str) -> tuple[list[str], str]:
    """The ids of what is meant, and in words how the target was understood."""
    from dragoman.errors import DragomanError
    from dragoman.query import read_query

    store, outlets = desk.store, desk.steps.knowledge.outlets
    if OTHER_ID.fullmatch(target):
        raise DragomanError(f"{target}: articles are forgotten, not what they tell; name the a-…")
    if ARTICLE_ID.fullmatch(target):
        return [target] if store.tombstone(target) is None else [], "this one"
    if "://" in target:
        found, words = store.found_at(target), "at this address"
    elif (outlet := outlets.by_id.get(target) or outlets.named(target)) is not None:
        known = store.addresses()
        found = [i for i, url in known if outlets.at(url) is outlet]
        words = f"of {outlet.name}"
    elif found := _of_host(store, target):
        words = f"on {target}"
    else:
        found = store.find_articles(read_query(target, desk.steps.knowledge), limit=MOST)
        words = f"found by “{target}”"
    return found, words


def _again(store: Store, target: str, words: str, as_json: bool) -> None:
    """Nothing is left to remove; a run that was stopped may have left the file as it was. Raises
    DragomanError for what was never forgotten."""
    from dragoman.errors import DragomanError

    stone = store.tombstone(target) or store.refused(target if "://" in target else None)
    if store.tombstones():
        _scrub(store)
    if stone is None:
        raise DragomanError(f"the desk holds no article {words}")
    if as_json:
        print_line({"id": stone.cause, "outcome": "forgotten"})
    else:
        print(f"{target}: it was forgotten on {stone.at[:10]} already; the file is written anew")


def _of_host(store: Store, host: str) -> list[str]:
    """Articles on a host or below it."""
    from dragoman.knowledge.outlets import host_of

    wanted = host_of(host)
    hosts = ((identity, host_of(url or "")) for identity, url in store.addresses())
    return [i for i, own in hosts if wanted and (own == wanted or own.endswith("." + wanted))]


def _say(store: Store, found: Sequence[str], words: str) -> None:
    """What would go, on the error stream: the answer to a question is no output."""
    from dragoman.publish.terminal.controls import quiet
    from dragoman.publish.words import counted

    print(f"{counted(len(found), 'article')} {words}:", file=sys.stderr)
    for identity in found[:SHOWN]:
        row = store.article(identity)
        title = (row.article.title or "(no headline)") if row is not None else "(no article)"
        told = counted(row.reports if row is not None else 0, "report")
        print(f"  {identity}  {quiet(' '.join(title.split()))}  ({told})", file=sys.stderr)
    if len(found) > SHOWN:
        print(f"  and {len(found) - SHOWN} more", file=sys.stderr)


def _forget(
    desk: Desk,
    found: Sequence[str],
    reason: str,
    by: str | None,
    as_json: bool,
    frozen: Sequence[str],
) -> None:
    """`frozen`: snapshots that there are."""
    from dragoman.forgetting import forget as forget_one

    for identity in found:
        forget_one(desk, identity, reason, by)
        if as_json:
            print_line({"id": identity, "outcome": "forgotten"})
    if not as_json:
        print(f"{len(found)} forgotten")
    if frozen:
        print(
            f"dragoman: snapshots are never changed, and may hold sentences of it: "
            f"{', '.join(frozen)}; remove their folders by hand if they must go",
            file=sys.stderr,
        )
    _scrub(desk.store)


def _scrub(store: Store) -> None:
    if not store.scrub():
        print(
            "dragoman: another process is reading the desk; the file beside it that ends in -wal "
            "keeps what was removed until that process ends",
            file=sys.stderr,
        )


def _list(store: Store, as_json: bool) -> None:
    stones = store.tombstones()
    for stone in stones:
        if as_json:
            print_line({"id": stone.id, "at": stone.at, "reason": stone.reason, "by": stone.by})
        else:
            by = f", {stone.by}" if stone.by else ""
            print(f"{stone.id}  {stone.at[:10]}{by}: {stone.reason}")
    if not stones and not as_json:
        print("nothing was forgotten")


def _undo(store: Store, identity: str) -> None:
    from dragoman.errors import DragomanError

    if not store.lift(identity):
        raise DragomanError(f"{identity}: nothing of this id was forgotten; see `forget --list`")
    print(f"{identity}: it may be added again; nothing comes back until then")
