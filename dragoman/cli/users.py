"""`dragoman user …`: who may sign in at the desk, as what, and the tokens of their programs.

A password is typed twice, read from the standard input, or made by chance and printed once; it is
never an argument, which other users of a machine could see.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import DEFAULT_HOME, HomeOption, JsonOption, group, print_json, store_of
from dragoman.cli.judging import ByOption, NoteOption
from dragoman.model.account import SHORTEST_PASSWORD, Role

if TYPE_CHECKING:
    from dragoman.store import rows

app = group("user", "Members of the desk, who may sign in on its site.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The member; any way of writing it.")]
RoleOption = Annotated[
    Role,
    typer.Option(help="reader: whole articles; moderator: comments too; editor: all, members too."),
]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the standard input.")
]
GenerateOption = Annotated[
    bool, typer.Option("--generate", help="Make a password by chance, and print it once.")
]
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look like others."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As the member signs in.")],
    role: RoleOption = "reader",
    password_stdin: StdinOption = False,
    generate: GenerateOption = False,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Make a member; the password is asked for twice.

    [dim]Examples:[/]
      dragoman user add Ada --role editor
      dragoman user add Bea --role reader --generate
      dragoman user add Cyd --password-stdin < password.txt
    """
    with store_of(home) as store:
        password = _password(from_stdin=password_stdin, is_made=generate)
        made = store.add_member(name, role, password, by=by, why=note)
        member = store.member(made.id)
    _tell(member, f"{made.name} may sign in as {role}.", as_json, password if generate else None)


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """All members, by name, those whose account is closed too.

    [dim]Example:[/]
      dragoman user list
    """
    from dragoman.cli.listing import print_table

    with store_of(home) as store:
        found = store.members()
    if as_json:
        print_json([asdict(one) for one in found])
    elif found:
        names = ("name", "role", "since", "last here", "closed", "password")
        rows = [
            (
                one.name,
                one.role,
                one.made_at[:10],
                (one.seen_at or "")[:10],
                (one.closed_at or "")[:10],
                "set" if one.has_password else "none yet",
            )
            for one in found
        ]
        print_table(names, rows)
    else:
        print("No member yet; `dragoman user add NAME --role editor` makes the first.")


@app.command("role")
def role_(
    name: Name,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="reader, moderator or editor.")],
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Give a member another role; their sessions end. The last editor keeps theirs.

    [dim]Example:[/]
      dragoman user role Bea moderator --note "rules on comments"
    """
    with store_of(home) as store:
        member = store.set_role(store.member(name).id, role, by=by, why=note)
    _tell(member, f"{member.name} is {member.role}.", as_json)


@app.command()
def password(
    name: Name,
    password_stdin: StdinOption = False,
    generate: GenerateOption = False,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Set a member's password; their sessions end.

    [dim]Example:[/]
      dragoman user password Ada --generate
    """
    with store_of(home) as store:
        number = store.member(name).id
        new = _password(from_stdin=password_stdin, is_made=generate)
        member = store.set_password(number, new, by=by, why=note)
    _tell(member, f"The password of {member.name} is changed.", as_json, new if generate else None)


@app.command()
def close(
    name: Name,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Close an account: sessions end, tokens open nothing. What its member did keeps their name.

    [dim]Example:[/]
      dragoman user close Bea --note "left the desk"
    """
    with store_of(home) as store:
        member = store.close_account(store.member(name).id, by=by, why=note)
    _tell(member, f"The account of {member.name} is closed.", as_json)


@app.command()
def reopen(
    name: Name,
    note: NoteOption = None,
    by: ByOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Take that back: the account is open with the role and the password it had.

    [dim]Example:[/]
      dragoman user reopen Bea
    """
    with store_of(home) as store:
        member = store.reopen_account(store.member(name).id, by=by, why=note)
    _tell(member, f"The account of {member.name} is open.", as_json)


@app.command()
def token(
    of: Name,
    name: Annotated[str, typer.Option(help="What the token is for.")],
    scope: Annotated[
        Role, typer.Option(help="What it may do: no more than the member's role.")
    ] = "reader",
    days: Annotated[int, typer.Option(min=1, max=366, help="Days until it ends.")] = 90,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Make a token for a member's program, and print it once.

    [dim]Example:[/]
      dragoman user token Ada --name "nightly export" --scope reader --days 90
    """
    with store_of(home) as store:
        made = store.make_token(store.member(of).id, name, scope, days)
        shown = store.tokens(store.member(of).id)[0]
    if as_json:
        print_json({**asdict(shown), "token": made})
    else:
        print(f"{made}\nIt ends on {shown.until[:10]}, and is not shown again.")


@app.command()
def tokens(
    of: Annotated[str, typer.Argument(metavar="[NAME]", help="One member's; left out: all.")] = "",
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Tokens, newest first, without what they say.

    [dim]Example:[/]
      dragoman user tokens Ada
    """
    from dragoman.cli.listing import print_table

    with store_of(home) as store:
        found = store.tokens(store.member(of).id if of else None)
    if as_json:
        print_json([asdict(one) for one in found])
    elif found:
        names = ("token", "member", "for", "scope", "until", "last used", "revoked")
        rows = [
            (
                str(one.id),
                one.member,
                one.name,
                one.scope,
                one.until[:10],
                (one.used_at or "")[:10],
                (one.revoked_at or "")[:10],
            )
            for one in found
        ]
        print_table(names, rows)
    else:
        print("No token was made.")


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `user tokens` shows it.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Make a token useless, from now on.

    [dim]Example:[/]
      dragoman user revoke 3
    """
    with store_of(home) as store:
        gone = store.revoke_token(number)
    print_json(asdict(gone)) if as_json else print(f"Token {number} of {gone.member} is revoked.")


def _password(*, from_stdin: bool, is_made: bool) -> str:
    from dragoman.errors import DragomanError

    if is_made:
        parts = ("".join(secrets.choice(SIGNS) for _ in range(5)) for _ in range(5))
        return "-".join(parts)
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise DragomanError(
            "there is no terminal to type a password in; give it with --password-stdin, "
            "or let one be made with --generate"
        )
    words = f"Password ({SHORTEST_PASSWORD} characters or more)"
    return str(typer.prompt(words, hide_input=True, confirmation_prompt=True, err=True))


def _tell(member: rows.Member, words: str, as_json: bool, made_password: str | None = None) -> None:
    if as_json:
        made: Mapping[str, object] = asdict(member)
        print_json({**made, "password": made_password} if made_password else made)
        return
    print(words)
    if made_password is not None:
        print(f"{made_password}\nIt is not shown again.")
