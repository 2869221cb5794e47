"""`dragoman language …`: which languages are read and how far, and what a folder still lacks."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.app import (
    DEFAULT_HOME,
    HomeOption,
    JsonOption,
    console,
    group,
    print_json,
    steps_of,
)

if TYPE_CHECKING:
    from dragoman.checking.languages import Lack
    from dragoman.pipeline import Steps

app = group("language", "The languages that are read, in full or lightly, and how to add one.")
CODE = re.compile("[a-z]{2,3}")
SHOWN = 12
"""Wrong examples that are printed; --all and --json have the rest."""


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """The languages that are read, and how far.

    [dim]Example:[/] dragoman language list
    """
    from dragoman.knowledge import Knowledge

    knowledge = Knowledge()
    found = [
        {"language": code, "name": _name(code), "tier": knowledge.tier(code)}
        for code in sorted({*knowledge.languages, *knowledge.light})
    ]
    if as_json:
        print_json({"languages": found})
        return
    for one in found:
        print(f"{one['language']}  {one['name']}: {SAYS[one['tier']]}")


SAYS = {
    "full": "read in full",
    "light": "read lightly: names, places and dates, no acts",
}


@app.command()
def check(
    code: Annotated[str, typer.Argument(metavar="XX", help="A language's code, ISO 639-1.")],
    show_all: Annotated[bool, typer.Option("--all", help="Print every wrong example.")] = False,
    scores: Annotated[
        bool, typer.Option("--scores/--no-scores", help="Read its examples, or only its files.")
    ] = True,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """What the folder of a language lacks, and what its examples score.

    A file that can't be loaded is an error with its line. Faults keep the language
    from being read as it should: the exit code is 1 while there are any. Notes may
    be right as they are. The examples of a light language stand in its folder, those
    of one that is read in full in the codebook. How to add a language:
    docs/add-a-language.md.

    [dim]Examples:[/]
      dragoman language check tr
      dragoman language check ru --no-scores
      dragoman language check de --all --json
    """
    from dragoman.checking.languages import lacks
    from dragoman.errors import DragomanError

    code = code.strip().lower()
    if not CODE.fullmatch(code):
        raise DragomanError(
            f"{code!r}: this is no language's code; write it as ISO 639-1 has it: uk"
        )
    steps = steps_of(home)
    knowledge = steps.knowledge
    try:
        found = lacks(knowledge, code)
    except KeyError:
        known = ", ".join(sorted({*knowledge.languages, *knowledge.light}))
        raise DragomanError(
            f"{code}: no language that is read has this code (there are {known}); "
            f"begin with languages/{code}/light.toml, as docs/add-a-language.md says"
        ) from None
    tier = knowledge.tier(code)
    told: dict[str, Any] = {"language": code, "name": _name(code), "tier": tier}
    told["lacks"] = [asdict(one) for one in found]
    if scores:
        told |= _scored(steps, code)
    if as_json:
        print_json(told)
    else:
        _tell(told, found, None if show_all else SHOWN)
    if any(one.level == "fault" for one in found):
        raise typer.Exit(1)


def _scored(steps: Steps, code: str) -> dict[str, Any]:
    from rich.progress import track

    from dragoman.checking.languages import full_scores, light_scores

    knowledge = steps.knowledge
    if knowledge.tier(code) == "light":
        scores, misses = light_scores(knowledge.light_examples(code), steps.in_hand)
        return {"scores": scores, "wrong": [asdict(one) for one in misses]}
    examples = [one for one in knowledge.codebook.examples if one.language == code]
    steps.parser(code)
    to = console(stderr=True)
    shown = track(
        examples, f"examples of {code}", console=to, transient=True, disable=not to.is_terminal
    )
    found = full_scores(shown, steps.in_hand)
    return {"scores": found["examples"], "wrong": found["wrong"]}


def _name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(code).get_display_name("en") or code
    except UnknownLocaleError:
        return code


def _tell(told: dict[str, Any], found: list[Lack], most: int | None) -> None:
    from dragoman.publish.terminal.controls import quiet

    print(f"{told['name']} ({told['language']}): {SAYS[told['tier']]}")
    for one in found:
        print(quiet(f"{one.level}: {one.text}"))
    if not found:
        print("nothing is lacking")
    if "scores" not in told:
        return
    for line in _lines(told["scores"]):
        print(line)
    wrong = told["wrong"]
    for miss in wrong[:most]:
        print(quiet(miss if isinstance(miss, str) else _miss(miss)))
    if most is not None and len(wrong) > most:
        print(f"and {len(wrong) - most} more: --all prints them")


def _lines(scores: dict[str, Any]) -> list[str]:
    if "n" in scores:
        return [f"examples: {scores['n']}"] + [
            f"  {name.replace('_', ' ')}: {value}" for name, value in scores.items() if name != "n"
        ]
    rows = [row for name, row in scores.items() if name != "per_category"]
    lines = [
        f"examples: {row['n']} with an act, {row['n_empty']} without; right: "
        + ", ".join(f"{m} {v}" for m, v in row.items() if m not in {"n", "n_empty"})
        for row in rows
    ]
    for category, by_language in scores["per_category"].items():
        for row in by_language.values():
            lines.append(f"  {category}: category {row['category']} of {row['n']}")
    return lines


def _miss(miss: dict[str, Any]) -> str:
    kind = "missed" if miss["due"] else "too much"
    return f"{kind} {miss['part']}: {miss['words']} = {miss['value']}\n    {miss['text']}"
