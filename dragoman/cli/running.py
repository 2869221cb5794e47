"""`dragoman serve`, `demo`, `check`: the desk at work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    print_line,
    require_desk,
    steps_of,
    store_of,
)
from dragoman.cli.keeping import add

if TYPE_CHECKING:
    from dragoman.config import Config
    from dragoman.knowledge import Knowledge


def serve(
    home: HomeOption = DEFAULT_HOME,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    public: Annotated[
        bool,
        typer.Option("--public", help="Show leads and evidence only, but for licensed texts."),
    ] = False,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that answer; one for each core.")
    ] = 1,
) -> None:
    """Serve the desk as a site with JSON at the same addresses.

    Whole texts are shown on this machine only. For others to look, add --public.

    [dim]Examples:[/]
      dragoman serve --home mydesk
      dragoman serve --home mydesk --public --host 0.0.0.0 --workers 4
    """
    from dragoman.config import load_config
    from dragoman.errors import DragomanError
    from dragoman.logs import chosen
    from dragoman.publish.site.workers import Serving, why_not
    from dragoman.publish.site.workers import serve as serve_site

    if not public and not _is_this_machine(host):
        raise DragomanError(
            f"{host} can be reached from elsewhere, and this desk shows whole texts of others; "
            "add --public to show leads and evidence only"
        )
    require_desk(home)
    with store_of(home):
        pass  # it is brought up to date by one process, before others open it
    shown = f"[{host}]" if ":" in host else host
    config = load_config(home) if public else _served_at(load_config(home), shown, port)
    print(f"Serving {home} at http://{shown}:{port} (Ctrl-C stops)", flush=True)
    try:
        serve_site(Serving(home, config, public, host, chosen()), port, workers)
    except SystemExit as end:  # what it logs says no way out
        raise DragomanError(f"{shown}:{port} can't be listened on: {why_not(host, port)}") from end


def _served_at(config: Config, host: str, port: int) -> Config:
    """With the address that is listened on, where the settings name none: what is cited or taken
    away from a desk on another port leads back to it."""
    if config.address is not None:
        return config
    name = "localhost" if host == "127.0.0.1" else host
    return config.model_copy(update={"address": f"http://{name}:{port}"})


def _is_this_machine(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, which may stand for any address
        return False


def demo(
    home: HomeOption = Path("demo-desk"),
    serve_it: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve it at the end.")
    ] = True,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Load the demo pages into a desk, print one card, and serve it.

    [dim]Example:[/] dragoman demo --home trial
    """
    from dragoman.collect.pages import capture_file
    from dragoman.demo import PAGES, settle
    from dragoman.publish.terminal.card import print_card

    settle(home)
    add([str(PAGES)], home)
    steps = steps_of(home)
    print_card(steps.all(capture_file(PAGES / "wire.html")), console())
    if serve_it:
        serve(home, "127.0.0.1", port)


def check(
    data: Annotated[bool, typer.Option("--data", help="Check our data files only.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Check data files, parser models and the desk, and say how to mend what is wrong.

    [dim]Example:[/] dragoman check --home mydesk
    """
    from dragoman.knowledge import Knowledge

    knowledge = Knowledge()
    knowledge.check()
    found = _held(knowledge)
    languages = list(knowledge.languages)
    if not as_json:
        for what, counts in found.items():
            print(f"{what}: {_counts(counts)}")
        print(f"languages: {', '.join(languages)}")
        print(f"read lightly, without acts: {', '.join(knowledge.light)}")
    if not data:
        steps = steps_of(home)
        for code in languages:
            steps.parser(code)
            if not as_json:
                print(f"parser {code}: ready")
    if not data and home.exists():
        with store_of(home) as store:
            found["desk"] = store.counts()
        if not as_json:
            print(f"desk {home}: {_counts(found['desk'])}")
    if as_json:
        parsers = [] if data else languages
        told = {"languages": languages, "light": list(knowledge.light), "parsers": parsers}
        print_line({**found, **told})


def _held(knowledge: Knowledge) -> dict[str, Mapping[str, int]]:
    """How much of everything the data files hold."""
    atlas, book = knowledge.atlas, knowledge.codebook
    return {
        "atlas": {name: len(getattr(atlas, name)) for name in ("actors", "roles", "places")},
        "codebook": {"categories": len(book.categories), "examples": len(book.examples)},
        "outlets": {"files": len(list(knowledge.outlets))},
    }


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what.replace('_', ' ')}" for what, number in counts.items())
