"""`dragoman sources …`: what a desk is pointed at, and how each of its sources does."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    at_home,
    desk_of,
    group,
    print_line,
    steps_of,
    store_of,
)
from dragoman.cli.listing import (
    described,
    health_json,
    name_of,
    print_health,
    print_table,
    source_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dragoman.collect.visits import Get
    from dragoman.knowledge import Knowledge
    from dragoman.model import Source, SourceKind
    from dragoman.store import Store

app = group("sources", "Feeds, sitemaps, pages and archives that the desk is pointed at.")
NamesArgument = Annotated[
    list[str], typer.Argument(metavar="ID|URL...", help="As `sources list` shows them.")
]


@app.command()
def add(
    addresses: Annotated[
        list[str],
        typer.Argument(metavar="ADDRESS...", help="A feed, sitemap, page, outlet's id or archive."),
    ],
    kind: Annotated[
        Optional[Literal["feed", "sitemap", "page", "archive"]],  # noqa: UP045
        typer.Option(help="Take the address as this, without looking."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All feeds that a page names.")] = False,
    title: Annotated[Optional[str], typer.Option(help="What to call it.")] = None,  # noqa: UP045
    tags: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--tag", help="May be given several times."),
    ] = None,
    licence: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="What permits whole texts to be shown in public, such as CC-BY-4.0."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Add sources. Of a page, its feeds are looked for; of an outlet that we know, its id will do.

    [dim]Examples:[/]
      dragoman sources add https://example.org/            the main feed of a site
      dragoman sources add https://example.org/ --all      all that its page names
      dragoman sources add tass afp --tag agencies
      dragoman sources add https://example.org/sitemap.xml archives/
    """
    from dragoman.collect.manners import manners_of
    from dragoman.errors import DragomanError
    from dragoman.publish.terminal.controls import quiet

    failed = False
    steps = steps_of(home)
    with ExitStack() as entered:
        manners = entered.enter_context(manners_of(steps.config))
        store: Store | None = None
        is_first = False
        for address in addresses:
            try:
                found = _sources_at(address, kind, steps.knowledge, manners.get)
            except DragomanError as fault:
                failed = True
                print(f"dragoman: {quiet(str(fault))}", file=sys.stderr)
                continue
            if store is None:  # where nothing is found no desk is made
                store = entered.enter_context(desk_of(home)).store
                is_first = not store.sources()
            chosen = found if every or _is_outlet(address, steps.knowledge) else found[:1]
            for source in chosen:
                made = replace(
                    source, title=title or source.title, licence=licence, tags=tuple(tags or ()),
                    outlet=source.outlet or _outlet(source, steps.knowledge),
                )  # fmt: skip
                is_new = store.add_source(made)
                _tell_added(store.source(made.id) or made, is_new, as_json)
            if len(found) > len(chosen) and not as_json:
                print(f"{address} names {len(found) - 1} more (--all adds them):")
                print("\n".join(f"  {described(source)}" for source in found[1:]))
        if is_first and not as_json:
            _tell_next(home)
    if failed:
        raise typer.Exit(2)


@app.command("list")
def show(
    tag: Annotated[Optional[str], typer.Option(help="Only those with this tag.")] = None,  # noqa: UP045
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """All sources with their ids, kinds and tags.

    [dim]Example:[/]  dragoman sources list --tag agencies --json
    """
    with store_of(home) as store:
        found = [one for one in store.sources() if tag is None or tag in one.tags]
    if as_json:
        for source in found:
            print_line(source_json(source))
        return
    if not found:
        print("no source yet; `dragoman sources add` adds one")
        return
    print_table(
        ("id", "kind", "source", "tags", ""),
        [
            (one.id, one.kind, name_of(one), ", ".join(one.tags), "" if one.active else "paused")
            for one in found
        ],
    )


@app.command()
def remove(
    names: NamesArgument, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False
) -> None:
    """Forget sources and what they named. Articles that came from them stay.

    [dim]Example:[/]  dragoman sources remove https://example.org/feed.xml
    """
    _each(names, home, "removed", as_json, lambda store, source: store.remove_source(source.id))


@app.command()
def pause(
    names: NamesArgument, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False
) -> None:
    """Leave sources alone until they are resumed.

    [dim]Example:[/]  dragoman sources pause s-0123456789abcdef
    """
    _each(names, home, "paused", as_json, lambda store, source: store.set_active(source.id, False))


@app.command()
def resume(
    names: NamesArgument, home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False
) -> None:
    """Let paused sources go on; they are visited in the next round.

    [dim]Example:[/]  dragoman sources resume s-0123456789abcdef
    """
    _each(names, home, "resumed", as_json, lambda store, source: store.set_active(source.id, True))


@app.command("import")
def read_list(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="A feed reader's export.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Add all feeds of an OPML file; its folders become tags. Nothing is fetched yet.

    [dim]Example:[/]  dragoman sources import feeds.opml
    """
    from dragoman.collect.opml import read_opml
    from dragoman.errors import Unreadable
    from dragoman.publish.terminal.controls import quiet

    try:
        body = file.read_bytes()
    except OSError as fault:
        raise Unreadable(str(file), f"can't be opened ({fault.strerror})") from None
    listed = read_opml(body, str(file))
    for address in listed.left_out:
        print(f"dragoman: {quiet(address)}: left out, not an address of http", file=sys.stderr)
    if not listed.sources:
        raise Unreadable(str(file), "no feed is named in it")
    with desk_of(home) as desk:
        is_first = not desk.store.sources()
        knowledge = desk.steps.knowledge
        made = [replace(source, outlet=_outlet(source, knowledge)) for source in listed.sources]
        with desk.store.together():
            new = [desk.store.add_source(source) for source in made]
        kept = [desk.store.source(source.id) or source for source in made]
    if as_json:
        for source, is_new in zip(kept, new, strict=True):
            _tell_added(source, is_new, as_json)
    else:
        print(f"{sum(new)} added, {len(new) - sum(new)} known")
        if is_first:
            _tell_next(home)


@app.command("export")
def write_list(
    file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="FILE.opml", help="Default: stdout."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Write all feeds, sitemaps and pages as OPML, which every feed reader takes.

    [dim]Example:[/]  dragoman sources export feeds.opml
    """
    from dragoman.collect.opml import write_opml
    from dragoman.config import load_config
    from dragoman.publish.exporting import whole_file

    with store_of(home) as store:
        text = write_opml(store.sources(), load_config(home).title)
    if file is None:
        print(text, end="")
    else:
        with whole_file(file) as out:
            out.write(text.encode("utf-8"))


@app.command()
def check(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """How each source does: last success, lag, entries a day, share of copies, what is wrong.

    [dim]Example:[/]  dragoman sources check --home mydesk
    """
    from dragoman.rounds import now

    with store_of(home) as store:
        rows = store.source_health(now().isoformat(timespec="seconds"))
    if as_json:
        for row in rows:
            print_line(health_json(row))
    elif rows:
        print_health(rows)
    else:
        print("no source yet; `dragoman sources add` adds one")


def find(store: Store, name: str) -> Source:
    """A source by id, address or the beginning of its id. Raises Unreadable where there is none."""
    from dragoman.errors import Unreadable

    exact = store.source(name)
    if exact is not None:
        return exact
    near = [source for source in store.sources() if source.id.startswith(name)]
    if len(near) == 1 and len(name) > len("s-"):
        return near[0]
    raise Unreadable(name, "the desk has no such source; `dragoman sources list` shows all")


def _each(
    names: Sequence[str],
    home: Path,
    done: str,
    as_json: bool,
    change: Callable[[Store, Source], None],
) -> None:
    with store_of(home) as store:
        for source in [find(store, name) for name in names]:
            change(store, source)
            if as_json:
                print_line({"id": source.id, "address": source.address, "outcome": done})
            else:
                print(f"{done} {described(source)}")


def _sources_at(
    address: str, kind: SourceKind | None, knowledge: Knowledge, get: Get
) -> list[Source]:
    """What can be watched there; raises Unreadable or SourceError where there is nothing."""
    from dragoman.collect.archives import archives_of
    from dragoman.collect.discover import discover
    from dragoman.desk.pointing import feeds_of, source_at, written_out
    from dragoman.errors import Unreadable
    from dragoman.model import Source
    from dragoman.rounds import now
    from dragoman.store import source_id

    if address in knowledge.outlets.by_id:
        return feeds_of(address, knowledge)
    if kind == "archive" or (kind is None and "://" not in address and Path(address).exists()):
        if not Path(address).exists():
            raise Unreadable(address, "there is no such file or folder")
        if Path(address).suffix.lower() == ".opml":
            raise Unreadable(address, "a list of feeds; `dragoman sources import` adds them")
        place = str(Path(address).absolute())
        if Path(address).is_dir() and not archives_of(Path(address)):
            reason = "no web archive in this folder; `dragoman add` takes folders of pages"
            raise Unreadable(address, reason)
        return [Source(source_id(place), place, "archive")]
    if kind is not None:
        return [source_at(address, kind, knowledge)]
    return discover(written_out(address), get, now=now().isoformat(timespec="seconds"))


def _is_outlet(address: str, knowledge: Knowledge) -> bool:
    return address in knowledge.outlets.by_id


def _outlet(source: Source, knowledge: Knowledge) -> str | None:
    known = knowledge.outlets.at(source.address)
    return known.id if known is not None else None


def _tell_next(home: Path) -> None:
    """Said once, with a desk's first sources; beside the results, which programs may read."""
    print(
        f"next: `{at_home('dragoman fetch', home)}` visits them once and reads what they name; "
        f"`{at_home('dragoman watch', home)}` stays and goes on",
        file=sys.stderr,
    )


def _tell_added(source: Source, is_new: bool, as_json: bool) -> None:
    if as_json:
        print_line(source_json(source) | {"new": is_new})
    else:
        print(f"{'added' if is_new else 'known'} {described(source)}")
