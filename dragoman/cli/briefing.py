"""`dragoman brief`: what came since yesterday, on the terminal, as a file, or by mail."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    knowledge_of,
    print_json,
    store_of,
)
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.config import Config
    from dragoman.publish.pages.brief import BriefPage

FORMATS = ("text", "markdown", "html", "email")
NOTHING = 3
"""The exit code where there is nothing to tell."""


def brief(
    query: Annotated[
        str, typer.Option("--query", "-q", help="Only what this finds; everything by default.")
    ] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help="24h, 7d, 2024-03-17 or an instant.")
    ] = "24h",
    until: Annotated[
        str, typer.Option("--until", metavar="TIME", help="The same; now by default.")
    ] = "",
    format_: Annotated[
        str, typer.Option("--format", "-f", help="text, markdown, html or email.")
    ] = "",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="FILE", help="Its suffix tells the format."),
    ] = None,
    to: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--to", metavar="ADDRESS", help="Send it by mail; may be repeated."),
    ] = None,
    smtp: Annotated[
        str, typer.Option("--smtp", metavar="HOST[:PORT]", help="Instead of the settings' own.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the letters, and send nothing.")
    ] = False,
    even_if_empty: Annotated[
        bool, typer.Option("--even-if-empty", help="Also when there is nothing to tell.")
    ] = False,
    language: Annotated[str, typer.Option("--language", help="en or fr.")] = "en",
    public: Annotated[
        bool, typer.Option("--public", help="Only what a public desk shows.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What came since some hour: who did what to whom, with sentences, outlets and origins.

    Exit code 3 means that there was nothing to tell; then nothing is written and nothing sent.

    [dim]Examples:[/]
      dragoman brief --home mydesk
      dragoman brief --query "actor:NATO" --since 7d --out nato.html
      dragoman brief --language fr --to redaction@example.org
    """
    from dragoman.config import load_config
    from dragoman.knowledge import Knowledge
    from dragoman.publish.formats.view_json import view_json
    from dragoman.publish.pages import brief as page
    from dragoman.publish.room import room_over
    from dragoman.publish.views.window import Asked
    from dragoman.publish.wording import LANGUAGES, speaking

    if language not in LANGUAGES:
        raise typer.BadParameter(f"write one of {', '.join(LANGUAGES)}", param_hint="--language")
    form = _form(format_, out, to)
    config = _with_server(load_config(home), smtp)
    with store_of(home) as store, speaking(language):
        room = room_over(store, knowledge_of(home) or Knowledge(), config, public=public)
        made = page.view(room, brief=Asked(query, since, until))
        if as_json:
            print_json(view_json(made))
        if made.is_empty and not even_if_empty:
            print(f"dragoman: nothing to tell ({made.period[0]})", file=sys.stderr)
            raise typer.Exit(NOTHING)
        if form == "email":
            letters = _letters(config, made, to or [])
            if dry_run or (out is not None and not as_json):
                _put("\n".join(map(str, letters)), out)
            if not dry_run and out is None:
                _send(config, letters)
        elif not as_json or out is not None:
            _put(_written(config, made, form), out)


def _form(name: str, out: Path | None, to: Sequence[str] | None) -> str:
    from dragoman.publish.briefing import SUFFIXES

    found = name or ("email" if to else "")
    if not found and out is not None:
        found = "email" if out.suffix == ".eml" else SUFFIXES.get(out.suffix, "")
        if not found:
            known = ", ".join((*SUFFIXES, ".eml"))
            raise DragomanError(f"{out}: name the format with --format, or end it in {known}")
    found = found or "text"
    if found not in FORMATS:
        raise typer.BadParameter(f"write one of {', '.join(FORMATS)}", param_hint="--format")
    if found == "email" and not to:
        raise typer.BadParameter("name a reader with --to", param_hint="--format email")
    if found != "email" and to:
        raise typer.BadParameter("a letter has the format email", param_hint="--format")
    return found


def _with_server(config: Config, smtp: str) -> Config:
    if not smtp:
        return config
    host, _, port = smtp.rpartition(":") if smtp.count(":") == 1 else (smtp, "", "")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise typer.BadParameter("write HOST or HOST:PORT", param_hint="--smtp")
    changed = {"host": host} | ({"port": int(port)} if port else {})
    return config.model_copy(update={"mail": config.mail.model_copy(update=changed)})


def _written(config: Config, made: BriefPage, form: str) -> str:
    from dragoman.publish.briefing import FORMS

    return FORMS[form](made, config.title, config.base)  # type: ignore[index]  # of FORMATS


def _letters(config: Config, made: BriefPage, to: Sequence[str]) -> list[EmailMessage]:
    from dragoman.mail import letter
    from dragoman.publish.briefing import subject

    words = subject(made, config.title)
    text, html = _written(config, made, "text"), _written(config, made, "html")
    return [
        letter(config, one, subject=words, text=text, html=html, list_name="brief")
        for one in dict.fromkeys(to)
    ]


def _send(config: Config, letters: Sequence[EmailMessage]) -> None:
    from dragoman.mail import send

    if config.address is None:
        print(
            f"dragoman: the links of this letter lead to {config.base}, which is this machine; "
            "set address in dragoman.toml to where readers find the desk",
            file=sys.stderr,
        )
    send(config.mail, letters)
    print(f"sent to {', '.join(one['To'] for one in letters)}", file=sys.stderr)


def _put(text: str, out: Path | None) -> None:
    from dragoman.publish.exporting import whole_file

    if out is None:
        print(text, end="")
        return
    with whole_file(out) as file:
        file.write(text.encode())
