"""The desk as a server of the Model Context Protocol: tools to read with, on a pipe or a port.

In: a reading room. Out: a server whose tools are the methods of `Answers`. The only module that
imports the protocol's SDK, which is the extra `mcp`. Nothing that it can be asked changes a desk.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from dragoman import __version__
from dragoman.errors import DragomanError, MissingPart
from dragoman.publish.mcp.answers import MACHINE, QUOTED, Answers
from dragoman.publish.room import ReadingRoom

try:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations
except ImportError as fault:
    raise MissingPart('mcp is not installed; `pip install "dragoman[mcp]"` brings it') from fault

INSTRUCTIONS = (
    "A news desk's record of who did what to whom, each event with the sentences it rests on and "
    "the number of independent origins behind it. Begin with `search`, `pair` or `brief`; `event` "
    f"shows all that stands behind one. {MACHINE} {QUOTED}"
)


def server_of(room: ReadingRoom) -> MCPServer[Any]:
    """The server with all its tools, not yet listening."""
    answers = Answers(room)
    made: MCPServer[Any] = MCPServer(
        "dragoman",
        title=room.config.title,
        instructions=INSTRUCTIONS,
        website_url=room.config.base,
        version=__version__,
        log_level="WARNING",
        subscriptions=False,
    )
    for tool in answers.tools:
        made.add_tool(
            _told(tool),
            description=f"{inspect.getdoc(tool)} {QUOTED}",
            annotations=ToolAnnotations(
                read_only_hint=True, idempotent_hint=True, open_world_hint=False
            ),
        )

    @made.resource(
        "dragoman://event/{id}", mime_type="application/json", description=f"An event. {QUOTED}"
    )
    def event(id: str) -> str:
        return json.dumps(answers.event(id), ensure_ascii=False)

    @made.resource(
        "dragoman://article/{id}", mime_type="application/json", description=f"An article. {QUOTED}"
    )
    def article(id: str) -> str:
        return json.dumps(answers.article(id), ensure_ascii=False)

    return made


def _told(tool: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """What a tool refuses is told to who asked; all else is told to nobody but the log."""

    @wraps(tool)
    def answer(*given: Any, **named: Any) -> dict[str, Any]:
        try:
            return tool(*given, **named)
        except DragomanError as refusal:
            raise ToolError(str(refusal)) from refusal

    return answer
