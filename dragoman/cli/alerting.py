"""`dragoman alerts …`: what members asked to be told of: look for it, hand it on, try it."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    group,
    knowledge_of,
    print_json,
    store_of,
)

if TYPE_CHECKING:
    from dragoman.alerting import Round
    from dragoman.config import Config
    from dragoman.knowledge import Knowledge
    from dragoman.model.following import Alert, Message
    from dragoman.store import Store

app = group("alerts", "What members asked to be told of, by mail, webhook or feed.")


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """All alerts of members whose account is open, and how the last message went.

    [dim]Example:[/]
      dragoman alerts list
    """
    from dragoman.cli.listing import print_table

    with store_of(home) as store:
        alerts, last = store.alerts(), store.last_messages()
    if as_json:
        print_json([_alert_json(one, last.get(one.id)) for one in alerts])
    elif alerts:
        names = ("alert", "of", "search", "origins", "by", "to", "last message")
        rows = [
            (
                str(one.id),
                one.member,
                f"{one.search.name} ({one.search.query or 'everything'})",
                str(one.origins),
                one.way,
                one.address or "",
                _state(one, last.get(one.id)),
            )
            for one in alerts
        ]
        print_table(names, rows)
    else:
        print("No alert yet; members make them at /desk/searches.")


@app.command()
def run(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be told, keep and send nothing.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Find what is new for each alert, and hand over what is due.

    `fetch` and `watch` do so after each round. Exit code 2 means that something was not taken.

    [dim]Examples:[/]
      dragoman alerts run
      dragoman alerts run --dry-run
    """
    from dragoman import alerting
    from dragoman.config import load_config
    from dragoman.knowledge import Knowledge

    with store_of(home) as store:
        known = knowledge_of(home) or Knowledge()
        made = alerting.run(store, known, load_config(home), dry=dry_run)
    if as_json:
        print_json(round_json(made))
    elif dry_run:
        for alert, new in made.found:
            print(f"alert {alert.id} ({alert.search.name}): {new.fault or _told(new.told)}")
        if not made.found:
            print("nothing to tell")
    else:
        print(summary(made) or "nothing to tell")
    _complain(made)
    if any(one.fault for one in made.sent):
        raise typer.Exit(2)


@app.command("test")
def try_(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `alerts list` shows it.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Send a message that tells nothing, to see that it arrives.

    Exit code 2 means that it was not taken.

    [dim]Example:[/]
      dragoman alerts test 3
    """
    from dragoman.alerting.rounds import try_out
    from dragoman.config import load_config
    from dragoman.errors import DragomanError
    from dragoman.knowledge import Knowledge
    from dragoman.publish.terminal.controls import quiet

    with store_of(home) as store:
        alert = next((one for one in store.alerts() if one.id == number), None)
        if alert is None:
            raise DragomanError(f"there is no alert {number}; `dragoman alerts list` shows all")
        fault = None
        try:
            try_out(store, knowledge_of(home) or Knowledge(), load_config(home), alert)
        except DragomanError as refusal:
            fault = str(refusal)
    if as_json:
        made = {"alert": number, "way": alert.way, "address": alert.address, "fault": fault}
        print_json(made)
    elif fault is None:
        print(f"sent to {alert.address}")
    if fault is not None:
        print(f"dragoman: {quiet(fault)}", file=sys.stderr)
        raise typer.Exit(2)


def after_round(store: Store, knowledge: Knowledge, config: Config) -> Round:
    """Alerts after a round of collecting: what fails is told, and stops nothing."""
    from dragoman import alerting

    made = alerting.run(store, knowledge, config)
    _complain(made)
    return made


def summary(made: Round) -> str:
    """ "3 alerts: 2 sent, 1 put off"; nothing where nothing was to be told."""
    counted = Counter(one.what for one in made.sent)
    told = ", ".join(f"{n} {what}" for what, n in sorted(counted.items()))
    return f"alerts: {told}" if told else ""


def round_json(made: Round) -> dict[str, object]:
    return {
        "found": [
            {"alert": alert.id, "told": dict(new.told), "fault": new.fault}
            for alert, new in made.found
        ],
        "sent": [
            {
                "alert": one.alert.id,
                "message": one.message.id,
                "outcome": one.what,
                "fault": one.fault,
                "next_try": one.next_try,
            }
            for one in made.sent
        ],
    }


def _complain(made: Round) -> None:
    from dragoman.logs import is_on
    from dragoman.publish.terminal.controls import quiet

    if is_on():  # the log has told it, without an address
        return
    faults = [(alert, new.fault) for alert, new in made.found if new.fault is not None]
    faults += [(one.alert, f"{one.what}: {one.fault}") for one in made.sent if one.fault]
    for alert, fault in faults:
        words = quiet(f"alert {alert.id} of {alert.member}: {fault}")
        print(f"dragoman: {words}", file=sys.stderr, flush=True)


def _told(told: tuple[tuple[str, str], ...]) -> str:
    counted = Counter(telling for _, telling in told)
    return ", ".join(f"{n} {telling}" for telling, n in counted.items())


def _state(alert: Alert, last: Message | None) -> str:
    if not alert.is_confirmed:
        return "waits for its address to be confirmed"
    if last is None:
        return ""
    if last.sent_at is not None:
        return f"sent {last.sent_at[:10]}"
    return f"{'given up' if last.is_given_up else 'tried again'}: {last.fault or 'new'}"


def _alert_json(one: Alert, last: Message | None) -> dict[str, object]:
    return {
        "id": one.id,
        "member": one.member,
        "search": one.search.name,
        "query": one.search.query,
        "origins": one.origins,
        "way": one.way,
        "address": one.address,
        "made_at": one.made_at,
        "is_confirmed": one.is_confirmed,
        "sent_at": last.sent_at if last is not None else None,
        "fault": last.fault if last is not None else None,
    }
