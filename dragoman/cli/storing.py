"""`--store` on every command that has a home: where the desk is kept, if not in that folder.

In: the function of a command. Out: what Typer is given in its place, with one option more. The
function itself knows nothing of it: `config` says the address to all that ask for the desk.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints

import typer

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        envvar="DRAGOMAN_STORE",
        metavar="URL|FILE",
        help="Where the desk is kept, if not in its folder: postgresql://… or a SQLite file.",
    ),
]


class Commands(typer.Typer):
    """Commands that take `--store` wherever they take `--home`."""

    def command(
        self, *arguments: Any, **keywords: Any
    ) -> Callable[[typer.models.CommandFunctionType], typer.models.CommandFunctionType]:
        add = super().command(*arguments, **keywords)

        def decorate(
            function: typer.models.CommandFunctionType,
        ) -> typer.models.CommandFunctionType:
            add(with_store(function))
            return function

        return decorate


def with_store(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with `store` after its `home`; the same function where it has no home."""
    told = signature(function)
    if "home" not in told.parameters or "store" in told.parameters:
        return function
    hints = get_type_hints(function, include_extras=True)

    @wraps(function)
    def stored(*arguments: Any, store: str | None = None, **keywords: Any) -> Any:
        from dragoman.config import stored_at

        with stored_at(store):
            return function(*arguments, **keywords)

    own = Parameter("store", Parameter.POSITIONAL_OR_KEYWORD, default=None, annotation=StoreOption)
    made: list[Parameter] = []
    for parameter in told.parameters.values():
        made.append(parameter.replace(annotation=hints[parameter.name]))
        if parameter.name == "home":
            made.append(own)
    stored.__signature__ = told.replace(parameters=made)  # type: ignore[attr-defined]
    stored.__annotations__ = hints | {"store": StoreOption}
    return stored
