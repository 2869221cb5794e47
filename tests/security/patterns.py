"""Every regular expression of the program, in code and in data files, with how long a text it sees.

In: the source, and the knowledge that is loaded. Out: patterns with the place where each stands.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType

import dragoman
from dragoman.clean.furniture import LONGEST, LONGEST_FOOTER
from dragoman.knowledge import Knowledge

ROOT = Path(dragoman.__file__).parent
SEEN = 2_000
"""Characters on which a pattern is tried that no caller holds to a length."""
SEEN_BY_LINES, SEEN_BY_FOOTERS = LONGEST, LONGEST_FOOTER
ASKED = frozenset(
    {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}
)


@dataclass(frozen=True, slots=True)
class Placed:
    pattern: re.Pattern[str]
    place: str
    sees: int = SEEN


def of_code() -> list[Placed]:
    """What stands in modules: literals, and what modules hold that was put together of parts."""
    found: dict[tuple[str, int], Placed] = {}
    for one in (*_literals(), *_held()):
        found.setdefault((one.pattern.pattern, one.pattern.flags), one)
    return list(found.values())


def of_data(knowledge: Knowledge) -> list[Placed]:
    """What the data folders hold, as it is compiled."""
    found: dict[tuple[str, int], Placed] = {}
    for code in knowledge.furniture:
        rules = knowledge.furniture[code]
        place = f"languages/{code}/furniture.toml"
        for line in rules.lines:
            one = Placed(line.pattern, f"{place}: {line.name}", SEEN_BY_LINES)
            found.setdefault((one.pattern.pattern, one.pattern.flags), one)
        for pattern in _patterns_in(rules, depth=4):
            one = Placed(pattern, place, SEEN_BY_FOOTERS)
            found.setdefault((pattern.pattern, pattern.flags), one)
    for code, declension in knowledge.declensions.items():
        for pattern in _patterns_in(declension, depth=4):
            one = Placed(pattern, f"languages/{code}/declension.toml", 200)
            found.setdefault((pattern.pattern, pattern.flags), one)
    for languages in (knowledge.languages, knowledge.light):
        for code in languages:
            for pattern in _patterns_in(languages[code], depth=6):
                one = Placed(pattern, f"languages/{code}")
                found.setdefault((pattern.pattern, pattern.flags), one)
    for pattern in _patterns_in(knowledge.lures, depth=4):
        found.setdefault((pattern.pattern, pattern.flags), Placed(pattern, "lures"))
    return list(found.values())


def _literals() -> Iterator[Placed]:
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (found := _compiled(node)) is not None:
                yield Placed(found, f"{path.relative_to(ROOT).as_posix()}:{node.lineno}")


def _compiled(node: ast.Call) -> re.Pattern[str] | None:
    """The pattern of `re.…("…")`; flags that are named as they are in `re` are kept."""
    asked = node.func
    if not (isinstance(asked, ast.Attribute) and asked.attr in ASKED and node.args):
        return None
    if not (isinstance(asked.value, ast.Name) and asked.value.id == "re"):
        return None
    written = node.args[0]
    if not (isinstance(written, ast.Constant) and isinstance(written.value, str)):
        return None
    flags = re.RegexFlag(0)
    for part in (*node.args[1:], *(keyword.value for keyword in node.keywords)):
        for name in ast.walk(part):
            if isinstance(name, ast.Attribute):
                flag = getattr(re, name.attr, None)
                flags |= flag if isinstance(flag, re.RegexFlag) else 0
    return re.compile(written.value, flags)


def _held() -> Iterator[Placed]:
    for module in _modules():
        for name, value in vars(module).items():
            for pattern in _patterns_in(value, depth=2):
                yield Placed(pattern, f"{module.__name__}.{name}")


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages([str(ROOT)], "dragoman."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns_in(value: object, depth: int) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth > 0:
        for part in _parts(value):
            yield from _patterns_in(part, depth - 1)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, list | tuple):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name, None) for field in fields(value)]
    return ()
