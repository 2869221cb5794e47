"""`dragoman sources`, `fetch` and `watch` against a small site on this machine."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.cli import collecting, sources
from dragoman.cli.collecting import stopped_by_signals
from dragoman.collect.opml import read_opml
from dragoman.errors import StoreError
from dragoman.model import Source
from dragoman.rounds import Rounds
from dragoman.store import open_store
from tests.cli.conftest import Run, Write
from tests.collect.feedtexts import article, rss, rss_item
from tests.collect.loopback import Behaviour, Loopback, Visit, reply
from tests.collect.test_sitemaps import urlset
from tests.collect.warcs import answer, packed, record
from tests.desks import BORDER_EN, ROOT, TALKS_EN, count, page, start
from tests.disks import empty, fill, small_disk

XML = "application/rss+xml"
PATIENCE = 60
FRONT = (
    '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" title="All" '
    'href="/feed"><link rel="alternate" type="application/rss+xml" href="/comments"></head>'
    "<body>Lake News</body></html>"
)


class Site:
    """A site whose answers may be changed; addresses are of this machine."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.behaviours: dict[str, Behaviour] = {}
        self.server = Loopback(self.behaviours)

    def url(self, path: str = "") -> str:
        return self.server.url(path, "127.0.0.1")

    def put(self, path: str, body: str, media_type: str | None = "text/html") -> None:
        self.answers[path] = reply(body, media_type=media_type)
        says = Behaviour(path, None, lambda visit: visit.send(self.answers[visit.path]))
        self.behaviours[path] = says

    def feed(self, path: str, *items: tuple[int, str | None]) -> None:
        made = [rss_item(n, link=self.url(f"news/{n}"), content=content) for n, content in items]
        self.put(path, rss(*made), XML)

    def article(self, number: int, title: str, words: tuple[str, ...]) -> None:
        made = page(title, words, host="x", day="2024-03-18")
        canonical = self.url(f"news/{number}")
        self.put(f"news/{number}", made.replace("https://x/news/1", canonical))


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    with made.server:
        made.put("robots.txt", "User-agent: *\nDisallow: /closed/\n", "text/plain")
        made.put("", FRONT)
        made.put("comments", rss(), XML)
        made.feed("feed", (1, article()), (2, None), (3, None))
        made.article(2, "Shots on the lake", BORDER_EN)
        made.article(3, "Reindeer count", TALKS_EN)
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return settled(tmp_path / "desk")


def settled(home: Path) -> Path:
    home.mkdir()
    settings = 'title = "Lake desk"\nallow_hosts = ["127.0.0.1"]\npolite_delay = 0\n'
    (home / "dragoman.toml").write_text(settings, encoding="utf-8")
    return home


Lines = Callable[..., list[dict[str, object]]]


@pytest.fixture
def lines(run: Run) -> Lines:
    def call(*arguments: object) -> list[dict[str, object]]:
        return [json.loads(line) for line in run(*arguments, "--json").out.splitlines()]

    return call


# --- from a page's address to articles -------------------------------------------------------


def test_from_an_address_to_the_desk(run: Run, lines: Lines, site: Site, home: Path) -> None:
    made = run("sources", "add", site.url(), "--tag", "lakes", "--home", home)
    assert made.code == 0
    assert f"next: `dragoman fetch --home {home}`" in made.err
    added, more, comments = made.out.splitlines()
    assert added.startswith("added s-")
    assert added.endswith(f"feed {site.url('feed')} (All)")
    assert more == f"{site.url()} names 1 more (--all adds them):"
    assert comments.endswith(site.url("comments"))
    made = run("fetch", "--home", home)
    assert made.code == 0
    assert made.out == "1 source, 3 new entries; 3 added\n"
    assert made.err == f"next: `dragoman serve --home {home}` shows what they tell, as a site\n"
    assert count(home, "articles") == 3
    again = run("fetch", "--home", home)
    assert again.out.startswith("nothing is due before ")
    assert not again.err, "what comes next is told once"
    assert not run("sources", "add", site.url("comments"), "--home", home).err
    run("sources", "remove", site.url("comments"), "--home", home)
    assert run("fetch", "--all", "--home", home).out == "1 source, 0 new entries\n"
    (row,) = lines("sources", "check", "--home", home)
    assert (row["health"], row["entries"], row["articles"], row["copies"]) == ("well", 3, 3, 0)
    shown = run("sources", "check", "--home", home).out
    assert "All" in shown
    assert "well" in shown


def test_a_private_network_is_opened_by_a_line_of_the_settings(
    run: Run, site: Site, tmp_path: Path
) -> None:
    """The line that the refusal names, put where it says, is enough."""
    made = run("sources", "add", site.url("feed"), "--home", tmp_path / "new")
    assert made.code == 2
    assert "next:" not in made.err
    line, file = made.err.split("put ")[1].strip().split(" in the desk's ")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / file).write_text(f"{line}\n", encoding="utf-8")
    assert run("sources", "add", site.url("feed"), "--home", tmp_path / "new").code == 0


def test_a_list_of_feeds_is_imported_rather_than_added(
    run: Run, lines: Lines, write: Write, home: Path
) -> None:
    listed = write("Feeds.OPML", "<opml><body/></opml>")
    made = run("sources", "add", listed, "--home", home)
    assert made.code == 2
    assert "`dragoman sources import`" in made.err
    assert not lines("sources", "list", "--home", home)


def test_all_feeds_of_a_page(run: Run, lines: Lines, site: Site, home: Path) -> None:
    run("sources", "add", site.url(), "--all", "--licence", "CC-BY-4.0", "--home", home)
    found = lines("sources", "list", "--home", home)
    assert [one["address"] for one in found] == [site.url("feed"), site.url("comments")]
    assert {one["licence"] for one in found} == {"CC-BY-4.0"}


def test_what_fails_is_said_and_the_rest_goes_on(
    run: Run, lines: Lines, site: Site, home: Path
) -> None:
    site.put("broken", "<html>Sorry.</html>")
    for path in ("broken", "feed"):
        run("sources", "add", site.url(path), "--kind", "feed", "--home", home)
    site.answers["news/2"] = reply("gone", status="410 Gone")
    made = run("fetch", "--home", home)
    assert made.code == 2
    assert made.out == "2 sources (1 failed), 3 new entries; 2 added, 1 put off\n"
    broken, gone, _next = made.err.splitlines()
    assert broken.startswith(f"dragoman: {site.url('broken')}: this is a web page, not a feed")
    assert "410 Gone" in gone
    first, second = lines("sources", "check", "--home", home)
    assert first["health"] == "failing"
    assert second["waiting"] == 1
    shown = run("sources", "check", "--home", home).out
    assert f"\n{site.url('broken')}\n  {broken.removeprefix('dragoman: ')}\n" in shown


def test_pages_that_robots_close_are_passed_over(
    run: Run, lines: Lines, site: Site, home: Path
) -> None:
    site.put("feed", rss(rss_item(1, link=site.url("closed/1"))), XML)
    run("sources", "add", site.url("feed"), "--home", home)
    made = run("fetch", "--home", home)
    assert (made.code, made.out) == (0, "1 source, 1 new entry; 1 passed\n")
    assert site.server.visits["closed/1"] == 0
    assert lines("sources", "check", "--home", home)[0]["passed"] == 1


def test_a_fetch_that_was_killed_is_run_again(
    run: Run, lines: Lines, site: Site, home: Path
) -> None:
    """Killed while the last of three pages is being fetched; the server is quick the next time."""

    def silent(visit: Visit) -> None:
        visit.pause(PATIENCE)

    quick = site.behaviours["news/3"]
    site.behaviours["news/3"] = Behaviour("silent", None, silent)
    run("sources", "add", site.url("feed"), "--home", home)
    process = start("fetch", "--home", str(home))
    until = time.monotonic() + PATIENCE
    while count(home, "articles") < 2 or not site.server.visits["news/3"]:
        assert process.poll() is None, "it ended before its time"
        assert time.monotonic() < until, "nothing happened in time"
        time.sleep(0.02)
    process.kill()
    process.wait()
    site.behaviours["news/3"] = quick
    assert run("fetch", "--home", home).out == "1 added\n"
    assert count(home, "articles") == count(home, "captures") == count(home, "entries") == 3
    assert site.server.visits["feed"] == 2, "once to add it, once to fetch it"
    assert site.server.visits["news/2"] == 1
    (row,) = lines("sources", "check", "--home", home)
    assert (row["health"], row["articles"], row["waiting"]) == ("well", 3, 0)


def test_limits_leave_the_rest_for_later(run: Run, site: Site, home: Path) -> None:
    run("sources", "add", site.url("feed"), "--home", home)
    assert run("fetch", "--limit", "0", "--home", home).out == "1 source, 3 new entries; 1 added\n"
    assert run("fetch", "--limit", "1", "--home", home).out == "1 added\n"
    assert run("fetch", "--home", home).out == "1 added\n"


def test_a_single_source_is_visited_by_name(run: Run, lines: Lines, site: Site, home: Path) -> None:
    run("sources", "add", site.url(), "--all", "--home", home)
    (call,) = lines("fetch", "--source", site.url("comments"), "--home", home)
    assert (call["address"], call["new"]) == (site.url("comments"), 0)
    unknown = run("fetch", "--source", "s-none", "--home", home)
    assert unknown.code == 2
    assert "`dragoman sources list` shows all" in unknown.err


def test_the_past_by_days(run: Run, lines: Lines, site: Site, home: Path) -> None:
    dated = "".join(
        f"<url><loc>{site.url(f'news/{n}')}</loc><lastmod>2023-0{n}-01</lastmod></url>"
        for n in (1, 2, 3)
    )
    site.put("map.xml", urlset(dated), "application/xml")
    run("sources", "add", site.url("map.xml"), "--home", home)
    made = run("fetch", "--home", home)
    assert made.out == "1 source, 0 new entries, 3 older ones left (--since takes them)\n"
    made = run("fetch", "--since", "2023-02-01", "--until", "2023-02-28", "--home", home)
    assert made.out.endswith("1 new entry, 2 others outside these days; 1 added\n")
    assert run("fetch", "--since", "last year", "--home", home).code == 2
    span = ("--since", "2023-02-02", "--until", "2023-02-01")
    assert "comes after" in run("fetch", *span, "--home", home).err


def test_a_host_of_an_intranet_needs_no_dot(run: Run, lines: Lines, site: Site, home: Path) -> None:
    """Its entries have addresses like any other's: their pages are fetched, once."""
    settings = 'allow_hosts = ["localhost"]\npolite_delay = 0\n'
    (home / "dragoman.toml").write_text(settings, encoding="utf-8")
    for number in (2, 3):
        link = site.server.url(f"news/{number}", "localhost")
        site.put(f"feed{number}", rss(rss_item(2, link=link), rss_item(9, link=link)), XML)
        address = site.server.url(f"feed{number}", "localhost")
        (added,) = lines("sources", "add", address, "--home", home)
        assert added["address"] == address
        assert added["added"] is not None
    made = lines("fetch", "--home", home)
    assert [one["outcome"] for one in made if "outcome" in one] == ["added", "added"]
    assert site.server.visits["news/2"] == site.server.visits["news/3"] == 1
    assert run("sources", "add", "localhost", "--home", home).code == 2


# --- keeping the list ------------------------------------------------------------------------


def test_pause_resume_remove(run: Run, lines: Lines, site: Site, home: Path) -> None:
    run("sources", "add", site.url(), "--all", "--home", home)
    first, second = (str(one["id"]) for one in lines("sources", "list", "--home", home))
    assert run("sources", "pause", first[:10], "--home", home).out.startswith(f"paused {first} ")
    assert [one["active"] for one in lines("sources", "list", "--home", home)] == [False, True]
    assert "paused" in run("sources", "list", "--home", home).out
    assert len(lines("fetch", "--limit", "0", "--home", home)) == 1
    (resumed,) = lines("sources", "resume", first, "--home", home)
    assert resumed == {"id": first, "address": site.url("feed"), "outcome": "resumed"}
    assert run("sources", "remove", second, site.url("feed"), "--home", home).code == 0
    assert "no source yet" in run("sources", "list", "--home", home).out
    assert run("sources", "remove", second, "--home", home).code == 2


def test_what_a_source_calls_itself_is_shown_as_it_is(run: Run, home: Path) -> None:
    odd = "[bold]Lake[/] [news]\x1b[31m"
    address = ("https://lake.example/f", "--kind", "feed", "--title", odd)
    assert "\x1b" not in run("sources", "add", *address, "--home", home).out
    for command in ("list", "check"):
        shown = run("sources", command, "--home", home).out
        assert "[bold]Lake[/] [news]" in shown
        assert "\x1b" not in shown


def test_lists_come_in_and_go_out(run: Run, lines: Lines, tmp_path: Path, home: Path) -> None:
    outline = '<outline text="Sea"><outline text="Lake" xmlUrl="https://lake.example/f"/></outline>'
    file = tmp_path / "in.opml"
    file.write_text(f"<opml version='2.0'><body>{outline}</body></opml>", encoding="utf-8")
    assert run("sources", "import", file, "--home", home).out == "1 added, 0 known\n"
    assert run("sources", "import", file, "--home", home).out == "0 added, 1 known\n"
    (source,) = lines("sources", "list", "--tag", "Sea", "--home", home)
    assert source["title"] == "Lake"
    assert lines("sources", "list", "--tag", "none", "--home", home) == []
    out = tmp_path / "out.opml"
    assert run("sources", "export", out, "--home", home).code == 0
    printed = run("sources", "export", "--home", home).out
    assert read_opml(printed.encode(), "x").sources == read_opml(out.read_bytes(), "x").sources
    assert "<title>Lake desk</title>" in printed
    odd = outline.replace("https://lake.example/f", "ftp://lake.example/f")
    file.write_text(f"<opml><body>{outline}{odd}</body></opml>", encoding="utf-8")
    made = run("sources", "import", file, "--home", home)
    assert made.out == "0 added, 1 known\n"
    assert "ftp://lake.example/f: left out" in made.err
    file.write_text("no list", encoding="utf-8")
    assert run("sources", "import", file, "--home", home).code == 2
    assert run("sources", "import", tmp_path / "none.opml", "--home", home).code == 2


def test_an_outlet_that_we_know_is_added_by_its_id(run: Run, lines: Lines, home: Path) -> None:
    run("sources", "add", "tass", "--home", home)
    found = lines("sources", "list", "--home", home)
    assert found
    assert {one["outlet"] for one in found} == {"tass"}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("nothing-here", "neither an address, a file nor the id of an outlet"),
        (str(ROOT / "docs"), "no web archive in this folder"),
        ("ftp://lake.example/feed", "only http and https"),
        ("http://192.168.0.1/feed", "allow_hosts"),
    ],
)
def test_what_can_t_be_added(run: Run, home: Path, address: str, reason: str) -> None:
    made = run("sources", "add", address, "--home", home)
    assert (made.code, made.out) == (2, "")
    assert reason in made.err
    assert made.err.count("\n") == 1


def test_a_refused_source_leaves_no_desk(run: Run, tmp_path: Path) -> None:
    none = tmp_path / "none"
    assert run("sources", "add", "nothing-here", "--home", none).code == 2
    assert not none.exists()
    assert run("sources", "add", "nothing-here", "tass", "--home", none).code == 2
    assert "tass" in run("sources", "list", "--home", none).out


def test_archives_are_sources_and_inputs(run: Run, tmp_path: Path, home: Path) -> None:
    body = page("Shots on the lake", BORDER_EN, host="lake.example").encode()
    made = record("https://lake.example/news/1", answer(body, media_type="text/html"))
    archive = tmp_path / "news.warc.gz"
    archive.write_bytes(packed(made, record("https://lake.example/2", answer(b"\x00" * 300))))
    run("sources", "add", archive, "--home", home)
    assert run("fetch", "--home", home).out == "1 source, 2 new entries; 1 added, 1 failed\n"
    alone = tmp_path / "alone"
    archive.write_bytes(packed(made) + b"\x1f\x8b\x08 cut")
    added = run("add", archive, "--home", alone)
    assert (added.code, added.out) == (2, "1 added, 1 failed\n")
    assert "the archive is" in added.err
    assert run("add", tmp_path, "--home", alone).out == "1 failed, 1 known\n"
    assert "`dragoman add` takes it" in run("read", archive).err


@pytest.mark.parametrize("command", ["list", "check", "export"])
def test_no_desk_is_made_by_looking(run: Run, tmp_path: Path, command: str) -> None:
    made = run("sources", command, "--home", tmp_path / "none")
    assert (made.code, made.out, made.err.count("\n")) == (1, "", 1)
    assert not (tmp_path / "none").exists()


COMMANDS = [c.name or c.callback.__name__ for c in sources.app.registered_commands if c.callback]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_of_sources_has_help_with_an_example(run: Run, name: str) -> None:
    shown = run("sources", name, "-h")
    assert shown.code == 0
    assert f"dragoman sources {name}" in shown.out


# --- staying ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_the_first_signal_ends_the_round_and_only_that(kind: signal.Signals) -> None:
    stop, before = threading.Event(), signal.getsignal(kind)
    with stopped_by_signals(stop):
        signal.raise_signal(kind)
        assert stop.is_set()
        assert signal.getsignal(kind) == before, "a second one ends the program"
    assert signal.getsignal(kind) == before


def test_watch_outlives_a_desk_that_is_busy(
    run: Run, site: Site, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("sources", "add", site.url("feed"), "--home", home)
    rounds = 0

    def due(_: Rounds) -> list[Source]:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            raise StoreError("another process keeps writing to the desk")
        signal.raise_signal(signal.SIGTERM)
        return []

    monkeypatch.setattr(Rounds, "due", due)
    monkeypatch.setattr(collecting, "MOST_WAIT", 0.01)
    made = run("watch", "--home", home)
    assert (made.code, made.out, rounds) == (0, "stopped\n", 2)
    assert made.err == "dragoman: another process keeps writing to the desk\n"


def test_collecting_goes_on_once_a_full_disk_has_room(
    run: Run, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "disk", 8) as disk:
        home = settled(disk / "desk")
        run("sources", "add", site.url("feed"), "--home", home)
        fill(disk)
        made = run("fetch", "--home", home)
        assert made.code == 1
        assert "make room on its disk" in made.err
        assert "Traceback" not in made.err
        empty(disk)
        true, rounds = Rounds.due, 0

        def due(of: Rounds) -> list[Source]:
            nonlocal rounds
            rounds += 1
            if rounds == 1:
                fill(disk)
            if rounds == 2:
                empty(disk)
            if rounds == 4:
                signal.raise_signal(signal.SIGTERM)
            return true(of)

        monkeypatch.setattr(Rounds, "due", due)
        monkeypatch.setattr(collecting, "MOST_WAIT", 0.01)
        made = run("watch", "--home", home)
        assert made.code == 0
        (complaint,) = made.err.splitlines()
        assert complaint.endswith("make room on its disk and run the same again")
        assert made.out.splitlines()[-1] == "stopped"
        assert count(home, "articles") == 3


def test_watch_prints_an_object_for_each_round(
    run: Run, site: Site, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("sources", "add", site.url("feed"), "--home", home)
    true, rounds = Rounds.due, 0

    def due(of: Rounds) -> list[Source]:
        nonlocal rounds
        rounds += 1
        if rounds == 3:
            signal.raise_signal(signal.SIGTERM)
        return true(of)

    monkeypatch.setattr(Rounds, "due", due)
    monkeypatch.setattr(collecting, "MOST_WAIT", 0.01)
    with open_store(home) as store:
        word = store.word()
        made = run("watch", "--json", "--home", home)
        assert store.word() == word, "what is collected makes no page anew at once"
    assert (made.code, made.err) == (0, "")
    (line,) = made.out.splitlines()
    said = json.loads(line)
    assert [(call["address"], call["new"]) for call in said["sources"]] == [(site.url("feed"), 3)]
    assert said["pages"] == {"added": 3}


def test_watch_stays_until_it_is_told_to_stop(run: Run, site: Site, home: Path) -> None:
    run("sources", "add", site.url("feed"), "--home", home)
    process = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "watch", "--home", str(home)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True,
    )  # fmt: skip
    try:
        wait_for(lambda: count(home, "articles") == 3, process)
        asked = site.server.visits.total()
        time.sleep(2.5)  # longer than the least wait between two rounds
        assert site.server.visits.total() == asked, "nothing was due, so nobody is asked"
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.communicate()
    assert (process.returncode, err) == (0, "")
    rounds = out.splitlines()
    assert rounds[-1] == "stopped"
    assert rounds[0].endswith("1 source, 3 new entries; 3 added")
    assert len(rounds) == 2


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, "nothing happened in time"
        time.sleep(0.05)
