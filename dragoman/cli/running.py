"""`dragoman serve`, `demo`, `check`: the desk at work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.app import DEFAULT_HOME, HomeOption, console, require_desk, steps_of, store_of
from dragoman.cli.keeping import add


def serve(
    home: HomeOption = DEFAULT_HOME,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the desk as a site with JSON at the same addresses."""
    import uvicorn

    from dragoman.config import load_config
    from dragoman.publish.site import site

    require_desk(home)
    application = site(home, load_config(home))
    print(f"Serving {home} at http://{host}:{port} (Ctrl-C stops)", flush=True)
    uvicorn.run(application, host=host, port=port, log_level="warning")


def demo(
    home: HomeOption = Path("demo-desk"),
    serve_it: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve it at the end.")
    ] = True,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Load the demo pages into a desk, print one card, and serve it."""
    from dragoman.collect.pages import capture_file
    from dragoman.demo import PAGES, settle
    from dragoman.publish.card import print_card

    settle(home)
    add([str(PAGES)], home)
    steps = steps_of(home)
    print_card(steps.all(capture_file(PAGES / "wire.html")), console())
    if serve_it:
        serve(home, "127.0.0.1", port)


def check(
    data: Annotated[bool, typer.Option("--data", help="Check our data files only.")] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Check data files, parser models and the desk, and say how to mend what is wrong."""
    from dragoman.knowledge import Knowledge

    knowledge = Knowledge()
    knowledge.check()
    atlas, book = knowledge.atlas, knowledge.codebook
    print(
        f"atlas: {len(atlas.actors)} actors, {len(atlas.roles)} roles, {len(atlas.places)} places"
    )
    print(
        f"codebook: {len(book.categories)} categories, "
        f"{sum(len(c.examples) for c in book.categories.values())} gold sentences"
    )
    print(f"outlets: {len(list(knowledge.outlets))}; languages: {', '.join(knowledge.languages)}")
    if data:
        return
    steps = steps_of(home)
    for code in knowledge.languages:
        steps.parser(code)
        print(f"parser {code}: ready")
    if home.exists():
        with store_of(home) as store:
            print(f"desk {home}: " + ", ".join(f"{n} {what}" for what, n in store.counts().items()))
