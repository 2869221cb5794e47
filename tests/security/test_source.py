"""What the source of the program never does, read from the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import dragoman

ROOT = Path(dragoman.__file__).parent
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py"))}
RUNS_WORDS = frozenset({"eval", "exec", "compile", "__import__"})
UNPACKS_OBJECTS = frozenset(
    {"pickle", "marshal", "shelve", "dill", "cloudpickle", "yaml", "joblib"}
)
STARTS_PROGRAMS = frozenset({"subprocess", "pty", "commands"})
OF_OS = frozenset({"system", "popen", "execv", "execve", "execvp", "spawnl", "spawnv", "startfile"})
STORE = ROOT / "store"
FIXED = {
    "databases/fts5.py": {"names", "index.name"},
    "databases/postgres.py": {"APPLICATION_ID"},
    "databases/sqlite.py": {"APPLICATION_ID", "pragma"},
    "databases/vectors.py": {"vector", "index.name", "', '.join(index.parts)"},
    "sequences.py": {"sequence"},
}
BETWEEN_OWN_PROCESSES = frozenset({"engine/processes.py", "engine/worker.py"})
"""They hand a function and its items through a pipe to a process that they started themselves."""
SECRET = re.compile(r"(?:token|signature|hmac|password)$")


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, node


def named(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}"


def test_no_words_are_run() -> None:
    wrong = [
        named(path, node)
        for path, node in calls()
        if isinstance(node.func, ast.Name) and node.func.id in RUNS_WORDS
    ]
    assert not wrong


def test_nothing_unpacks_objects_or_starts_programs() -> None:
    wrong = []
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            roots = {name.split(".")[0] for name in names}
            if path.relative_to(ROOT).as_posix() in BETWEEN_OWN_PROCESSES:
                roots -= {"pickle"}
            if roots & (UNPACKS_OBJECTS | STARTS_PROGRAMS):
                wrong.append(named(path, node))
    wrong += [
        named(path, node)
        for path, node in calls()
        if isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in {("os", name) for name in OF_OS}
    ]
    assert not wrong


def test_numpy_unpacks_no_objects() -> None:
    """`numpy.load` could run what a file of models holds, unless it is told not to."""
    loads = [
        (path, node)
        for path, node in calls()
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "load"
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"np", "numpy"}
    ]
    assert loads
    for path, node in loads:
        said = {one.arg: one.value for one in node.keywords}
        allowed = said.get("allow_pickle")
        assert allowed is None or (isinstance(allowed, ast.Constant) and allowed.value is False), (
            named(path, node)
        )


def test_sql_holds_only_names_of_ours() -> None:
    """Values are bound. What is put into a statement by its letters is a name that stands in
    `FIXED`: of a table or column that the program itself named."""
    found: dict[str, set[str]] = {}
    for path, node in calls():
        asked = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if asked in {"text", "exec_driver_sql"} and node.args and path.is_relative_to(STORE):
            put_in = {
                ast.unparse(part.value)
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.FormattedValue)
            }
            is_joined = any(
                isinstance(part, ast.BinOp | ast.Mod) for part in ast.walk(node.args[0])
            )
            assert not is_joined, f"{named(path, node)}: words joined"
            if put_in:
                found.setdefault(path.relative_to(STORE).as_posix(), set()).update(put_in)
    assert {k: v for k, v in found.items() if not k.startswith("migrations/")} == FIXED


def test_random_numbers_of_secrets_are_secret() -> None:
    """`random` decides when to ask again, and never what a stranger must not guess."""
    users = {
        path.relative_to(ROOT).as_posix()
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Import) and any(one.name == "random" for one in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "random")
    }
    assert not {one for one in users if re.search(r"publish/site|accounts|tokens|secret", one)}


def test_secrets_are_compared_in_constant_time() -> None:
    """No `==` or `!=` between two values of which one is called a secret. What the store looks up
    are digests of secrets, of which the time of a comparison tells nothing."""
    wrong = []
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq):
                sides = (node.left, *node.comparators)
                is_plain = any(isinstance(side, ast.Constant) for side in sides)
                if not is_plain and any(SECRET.search(ast.unparse(side)) for side in sides):
                    wrong.append(f"{named(path, node)}: {ast.unparse(node)}")
    assert not wrong
