"""What the desk holds, in a terminal: the commands of the group "Look"."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    print_json,
    show,
    store_of,
)

AsOfOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--as-of", metavar="DAY", help="Show what the desk knew by the end of that day."),
]
AfterOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--after", metavar="DAY", help="From this day, month or year on."),
]
BeforeOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--before", metavar="DAY", help="Up to this day, month or year, and with it."),
]
OnlyOption = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--only",
        metavar="NAME=VALUE",
        help="Filter or order, as the site's addresses do: quad=4, by=ab, language=fr, origins=2, "
        "from=2024-01, order=newest, start=60 … May be given several times.",
    ),
]
HundredOption = Annotated[
    int, typer.Option("--start", min=0, help="The hundred that this one is in: 0, 100 …")
]


def today(
    home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False, as_of: AsOfOption = None
) -> None:
    """The newest articles and happenings of the desk, as the site's first page shows them.

    [dim]Example:[/] dragoman today --as-of 2024-03-17
    """
    show("/", home, as_json, as_of=as_of)


def article(
    identity: Annotated[str, typer.Argument(metavar="ID")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """One article of the desk as a card, or with --json as the JSON of `read`.

    [dim]Example:[/] dragoman article a-0123456789abcdef --home mydesk
    """
    from dragoman.errors import DragomanError

    with store_of(home) as store:
        kept = store.kept(identity)
    if kept is None:
        raise DragomanError(f"{identity}: the desk has no such article")
    if as_json:
        from dragoman.publish.formats.article_json import article_json

        print_json(article_json(kept))
    else:
        from dragoman.publish.terminal.card import print_card

        print_card(kept, console())


def stories(
    start: Annotated[int, typer.Option("--start", min=0, help="Pass over so many.")] = 0,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Stories of the desk, the newest first: what they tell, and how many origins tell it.

    [dim]Examples:[/]
      dragoman stories --home mydesk
      dragoman stories --start 30 --json
    """
    show("/stories", home, as_json, start=start)


def story(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As `dragoman stories` lists it.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
    start: HundredOption = 0,
) -> None:
    """One story: its articles with the reason of each, who printed whom, and its origins, a
    hundred articles at a time.

    [dim]Examples:[/]
      dragoman story s-0123456789abcdef --home mydesk
      dragoman story s-0123456789abcdef --start 100 --json
    """
    show(f"/story/{identity}", home, as_json, start=start)


def changes(
    copy: Annotated[str, typer.Argument(metavar="COPY", help="An article's id.")],
    origin: Annotated[str, typer.Argument(metavar="ORIGIN", help="The one it copies.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What one article changed of another's text, as a word diff.

    [dim]Example:[/] dragoman changes a-0123456789abcdef a-fedcba9876543210 --home mydesk
    """
    show(f"/changes/{copy}/{origin}", home, as_json)


def actor(
    identity: Annotated[str, typer.Argument(metavar="ACTOR", help='AZE, NATO, "France" …')],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    only: OnlyOption = None,
) -> None:
    """What an actor did and what was done to it, by month, with roles, partners and words.

    An actor is named by its id, or by a name that only one has, in any script and case.

    [dim]Examples:[/]
      dragoman actor NATO
      dragoman actor "Jens Stoltenberg" --as-of 2024-03-17
      dragoman actor "Никол Пашинян"
      dragoman actor AZE --only quad=3,4 --only by=ab --json
    """
    show(f"/actor/{identity}", home, as_json, as_of=as_of, only=only or ())


def pair(
    first: Annotated[str, typer.Argument(metavar="A")],
    second: Annotated[str, typer.Argument(metavar="B")],
    after: AfterOption = None,
    before: BeforeOption = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    only: OnlyOption = None,
) -> None:
    """The chronology of two actors: months, turning points, and what each said of the other.

    [dim]Examples:[/]
      dragoman pair ARM AZE
      dragoman pair ARM AZE --after 2023-09 --before 2024-03-17
      dragoman pair ARM AZE --only origins=2 --only order=newest
      dragoman pair France Azerbaijan --as-of 2024-03-17 --json
    """
    from dragoman.publish.views.asking import is_moment

    for option, day in (("--after", after), ("--before", before)):
        if day and not is_moment(day):
            reason = f"{day!r} is no day, month or year; write 2024-03-17, 2024-03 or 2024"
            raise typer.BadParameter(reason, param_hint=option)
    days = [f"{name}={day}" for name, day in (("from", after), ("until", before)) if day]
    show(f"/pair/{first}/{second}", home, as_json, as_of=as_of, only=[*(only or ()), *days])


def event(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As lists of events show it.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    start: HundredOption = 0,
) -> None:
    """One event: its origins, whether its reports agree, and each report with its sentence, a
    hundred at a time.

    [dim]Examples:[/]
      dragoman event e-0123456789abcdef --home mydesk
      dragoman event e-0123456789abcdef --start 100 --json
    """
    show(f"/event/{identity}", home, as_json, as_of=as_of, start=start)


def search(
    query: Annotated[
        str, typer.Argument(metavar="QUERY", help='Words and fields, such as "actor:NATO aid".')
    ],
    articles: Annotated[
        bool, typer.Option("--articles/--events", help="What to find; events by default.")
    ] = False,
    order: Annotated[
        str,
        typer.Option(
            metavar="ORDER",
            help="newest or best (by the words) first; events also by oldest, source, act, "
            "target, place, status, origins.",
        ),
    ] = "newest",
    start: Annotated[int, typer.Option("--start", min=0, help="Pass over so many.")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, max=200, help="Show so many.")] = 20,
    facets: Annotated[
        bool, typer.Option("--facets", help="With counts by category, actor, year …")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Events or articles that a query finds, each with a sentence that shows why.

    The language of queries is told in docs/search.md: AND, OR, NOT, phrases in quotation marks,
    word*, and the fields actor, from, to, category, quad, status, told, lang, outlet, place, near,
    after, before and origins.

    [dim]Examples:[/]
      dragoman search "from:France category:AID after:2024-01"
      dragoman search '"cease fire" -actor:NATO' --articles --order best
      dragoman search "near:Baku,100km origins:>2" --facets --json
    """
    show(
        "/explore",
        home,
        as_json,
        start=start,
        parameters=[
            ("q", query),
            ("of", "articles" if articles else "events"),
            ("order", order),
            ("limit", str(limit)),
            ("facets", "1" if facets else "0"),
        ],
    )
