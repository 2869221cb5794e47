"""`dragoman mcp`: the desk for assistants, by the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from dragoman.cli.app import DEFAULT_HOME, HomeOption, knowledge_of


def mcp(
    home: HomeOption = DEFAULT_HOME,
    http: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(
            "--http", metavar="PORT", min=1, max=65535, help="On this machine's port, not a pipe."
        ),
    ] = None,
    public: Annotated[
        bool,
        typer.Option("--public", help="Only what a public desk shows; leads instead of texts."),
    ] = False,
) -> None:
    """Let an assistant ask the desk: search, events, articles, pairs, actors, the brief. Read-only.

    Needs the extra: pip install "dragoman\\[mcp]". How to name it in a client's settings is told in
    docs/mcp.md.

    [dim]Examples:[/]
      dragoman mcp --home mydesk
      dragoman mcp --home mydesk --http 8765
    """
    from dragoman.config import desk_address, load_config
    from dragoman.knowledge import Knowledge
    from dragoman.publish.mcp.server import server_of
    from dragoman.publish.room import room_over
    from dragoman.store import open_store

    # What the public is shown is decided before it is read, and that is noted in the desk.
    with open_store(desk_address(home), read_only=not public) as store:
        known = knowledge_of(home) or Knowledge()
        server = server_of(room_over(store, known, load_config(home), public=public))
        if http is None:
            server.run("stdio")
        else:
            server.run("streamable-http", host="127.0.0.1", port=http, stateless_http=True)
