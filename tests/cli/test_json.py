"""Every command that takes `--json` prints one JSON document, or JSON lines, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from dragoman.cli.app import app
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import outlets_of
from dragoman.store import open_store
from tests.archive.made import plain_archive
from tests.checking.eventfiles import gdelt
from tests.cli.conftest import Run, Write
from tests.cli.inputs import PAGE_EN
from tests.cli.test_codebooks import FILES
from tests.comments import new
from tests.publish.desk import FERRIES, PAGES, settle, tell_story
from tests.publish.test_republishing import POST

ENDLESS = {"watch"}
"""Stays until it is stopped; it prints what `fetch` prints."""
CALLS = """
read {page}
clean {page}
add {page}
build
build --from read
aside
aside --step clean --since 2024-03-17
sources add http://127.0.0.1:9/boxes.xml --kind feed --title boxes
sources list
sources check
sources pause http://127.0.0.1:9/boxes.xml
sources resume http://127.0.0.1:9/boxes.xml
sources import {opml}
sources remove http://127.0.0.1:9/boxes.xml
fetch
search ferry
search ferry --articles --facets
today
brief --since 2024-03-17 --until 2024-03-20
stories
story s-ferries
article a-wire
changes a-rewrite a-wire
actor nato
pair ARM AZE
pair ARM AZE --after 2024-03
event e-met
explain {report}
archive {warc} --out {archived}
import {archived}
sql --over {archived}
sql {question} --over {archived}
export --format csv -o {out}
freeze one
freeze --list
diff one
compare "" --with {gdelt}
check
doctor
doctor --full --mend
copy-store {home} {out}-store
backup {out}-backups --keep 2
restore {backup} --home {out}-again
codebook check --home {book}
codebook list --home {book}
atlas check
language list
language check tr
atlas suggestions
audit new "" --n 20
audit list
audit show audit-1
audit import audit-1 {verdicts} --reader Ada
judge confirm {report}
judge confirm {report}
judge unsure {report}
judge correct {report} status=planned
judge merge KEN UGA
judge split RWA --out {article}
judge reject {report}
judge list
judge list e-none
judge undo 1
judge export
judge export -o {out}
judge import {judgements}
notes list
notes list --all
notes done 1
notes open 1
comments list
comments list --state shown
comments show 1
comments undo 1
comments spam 1
comments hold 1
comments remove 1
comments block 1
comments export 1
comments purge
comments erase 1 --yes
user add Ada --role editor --generate
user add Bea --generate
user list
user role Bea moderator
user password Bea --generate
user close Bea
user reopen Bea
user token Ada --name nightly --scope reader --days 90
user tokens
user revoke 1
alerts list
alerts run --dry-run
alerts test 1
alerts run
republish list
republish approve a-hostile --lead words
republish drop a-hostile --why no
republish undo a-hostile --why yes
forget --list
forget {article} --yes --reason asked
"""


UNUSABLE = {"fetch", "alerts test 1", "judge import {judgements}"}
"""Nothing listens at that address, and the file is none: told in JSON all the same."""
HOMELESS = {"copy-store", "read", "clean", "atlas check", "language list"}


def commands(of: Any, name: str = "") -> Iterator[str]:
    """Full names of those below a command of Click that take `--json`."""
    for word, one in getattr(of, "commands", {}).items():
        yield from commands(one, f"{name} {word}".strip())
    if any("--json" in option.opts for option in of.params):
        yield name


def are_json(text: str) -> bool:
    """One document, or one on each line."""
    for whole in ([text], text.splitlines()):
        try:
            return bool([json.loads(one) for one in whole]) or not text
        except ValueError:
            continue
    return False


def test_are_json() -> None:
    assert are_json('{"a":\n1}\n')
    assert are_json('{"a": 1}\n[2]\n')
    assert are_json("")
    assert not are_json('{"a": 1}\nand so on\n')


@pytest.mark.usefixtures("loaded_once")
def test_every_command_prints_json_alone(
    run: Run,
    write: Write,
    tmp_path: Path,
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "desk"
    monkeypatch.setitem(knowledge.__dict__, "outlets", outlets_of([*knowledge.outlets, POST]))
    with open_store(home) as store:
        settle(store, PAGES)
        tell_story(store, "s-ferries", FERRIES, "2024-03-18")
        store.note_error("e-met", "who", "It was the deputy.")
        member = store.add_member("Rosa", "reader", "a bridge over the strait").id
        search = store.save_search(member, "Boats", "")
        # No event has so many origins: nothing is sent, however long the commands take.
        store.add_alert(member, search.id, "webhook", "http://127.0.0.1:9/", 20, language="en")
        store.keep_comment(new())
    page = write("page.html", PAGE_EN)
    run("add", page, "--home", home)
    with open_store(home) as store:
        (article,) = set(store.article_ids()) - {f"a-{one.name}" for one in PAGES}
        report = store.reports_of_article(article)[0].report.id
    book = tmp_path / "book" / "codebook"
    book.mkdir(parents=True)
    for name, content in FILES.items():
        (book / name).write_text(content, "utf-8")
    values = {
        "book": book.parent,
        "home": home,
        "page": page,
        "warc": plain_archive(tmp_path / "boats.warc.gz", ["A boat came."], "2024-09-02"),
        "archived": tmp_path / "archived",
        "question": "SELECT id, language FROM articles",
        "article": article,
        "report": report,
        "out": tmp_path / "out",
        "opml": write("feeds.opml", OPML),
        "gdelt": write("made.CSV", gdelt(knowledge.eventdata, {})),
        "verdicts": write("verdicts.csv", "report,verdict,wrong,note\n"),
        "judgements": write("judgements.jsonl", "words\n"),
    }
    seen, wrong = set[str](), list[str]()
    known = set(commands(typer.main.get_command(app)))
    for line in CALLS.strip().splitlines():
        made_now = next(iter((tmp_path / "out-backups").glob("desk-*")), None)
        words = [one.strip('"').format(**values, backup=made_now) for one in line.split()]
        name = next(n for n in (" ".join(words[:2]), words[0]) if n in known)
        seen.add(name)
        at = () if name in HOMELESS or "--home" in words else ("--home", home)
        made = run(*words, "--json", *at)
        if not are_json(made.out) or made.code != (2 if line in UNUSABLE else 0):
            wrong.append(f"{line}: {made.code} {made.out[-200:]} {made.err[-300:]}")
    assert wrong == []
    assert known - seen - ENDLESS == set()


OPML = """<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="pier" title="pier" type="rss" xmlUrl="http://127.0.0.1:9/feed.xml"/>
</body></opml>
"""
