"""Drives an installed Dragoman as a newcomer would, and stops at the first thing that goes wrong.

    python3.13 smoke.py

In: the interpreter whose `dragoman` is to be tried. Out: a line for each thing that worked; exit
code 1 and what was said where one did not. It needs nothing but the standard library, sends
requests to this machine alone, and leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from signal import SIGTERM
from tempfile import TemporaryDirectory

TEXT = """A quiet day at the border

Norway condemned Belarus on 4 March 2024 after a patrol boat had crossed the line in the fog.
The crew was back in port before noon and told reporters that the weather alone was to blame.
"""
TEXTS = {
    "en.txt": TEXT,
    "fr.txt": "Le Pérou a rappelé mardi son ambassadeur au Chili.\n",
    "ru.txt": "Перу во вторник отозвало своего посла из Чили.\n",
    "tr.txt": "Peru salı günü Şili'deki büyükelçisini geri çağırdı.\n",
}
PATHS = ("/healthz", "/", "/fr/", "/explore?q=Norway", "/sources", "/method", "/api", "/today.json")
PATIENCE = 120.0


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in TEXTS.items():
            (folder / file).write_text(text, encoding="utf-8")
        version = run(folder, "--version").strip()
        print(f"{version} on Python {platform.python_version()}, {platform.platform()}")
        done("read", "Norway → Belarus" in run(folder, "read", "en.txt"))
        for language in ("fr", "ru", "tr"):
            said = json.loads(run(folder, "read", f"{language}.txt", "--json"))
            done(f"read {language}", said["article"]["language"] == language)
        done("add", run(folder, "add", *TEXTS) == f"{len(TEXTS)} added\n")
        done("search", "Belarus" in run(folder, "search", "Norway"))
        rows = run(folder, "export", "Norway", "--format", "csv")
        done("export csv", "BLR" in rows and rows.count("\n") > 1)
        done("check", "parser en: ready" in run(folder, "check"))
        serve(folder)
        files(folder)


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    """What a command prints. Warnings of any library are errors of ours to mend."""
    made = subprocess.run(
        command(*arguments), cwd=folder, capture_output=True, text=True, encoding="utf-8",
        timeout=PATIENCE * 2, env=environment(),
    )  # fmt: skip
    if made.returncode != code or "Warning" in made.stderr:
        raise SystemExit(f"dragoman {' '.join(arguments)}: {made.returncode}\n{made.stderr}")
    return made.stdout


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "default", "-m", "dragoman", *arguments]


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return kept | {"COLUMNS": "100", "PYTHONUTF8": "1"}


def serve(folder: Path) -> None:
    for workers in (1, 2):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        line = command("serve", "--port", str(port), "--workers", str(workers))
        with subprocess.Popen(
            line, cwd=folder, stdout=subprocess.DEVNULL, env=environment()
        ) as site:
            try:
                for path in PATHS:
                    done(f"serve --workers {workers} {path}", asked(port, path) == 200)
            finally:
                site.terminate()
            done(f"serve --workers {workers} ends", site.wait(PATIENCE) in (0, -SIGTERM))


def asked(port: int, path: str) -> int:
    """The status of an answer; waits until somebody listens."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit(f"nobody listens on {port}")


def files(folder: Path) -> None:
    """What `serve` left is one folder: nothing was written elsewhere in the working folder."""
    found = {path.name for path in folder.iterdir()}
    done("one folder", found == {*TEXTS, "desk"})


def done(what: str, is_so: bool) -> None:
    if not is_so:
        raise SystemExit(f"{what}: not as it should be")
    print(f"  {what}: ok", flush=True)


if __name__ == "__main__":
    main()
