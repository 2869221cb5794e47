"""Politeness: whose turn it is, what robots.txt allows, and how long a busy host is left alone.

Time is the test's own: nothing here waits.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.collect.fetch import NAME, Fetcher, Limits, Response, Validators
from dragoman.collect.manners import (
    BUSY_FOR,
    ROBOTS_FOR,
    UNREADABLE_FOR,
    Manners,
    _parsed,
    manners_of,
)
from dragoman.config import Config
from dragoman.errors import SourceError
from tests.collect.loopback import HOST, Behaviour, Loopback, Visit, redirect, reply

HOSTS = ("one.test", "two.test")


@dataclass
class Clock:
    now: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@dataclass
class Site:
    """Two hosts on one server, with what their robots.txt is to be."""

    server: Loopback
    clock: Clock
    manners: Manners
    said: dict[str, bytes]

    def get(self, path: str, host: str = "one.test", *, robots: bool = True) -> Response:
        return self.manners.get(self.server.url(path, host), robots=robots)

    def fault(self, path: str, host: str = "one.test") -> SourceError:
        with pytest.raises(SourceError) as caught:
            self.get(path, host)
        return caught.value


def robots_of(*lines: str) -> bytes:
    return reply("\n".join(lines), media_type="text/plain")


@pytest.fixture
def site(names: dict[str, list[str]]) -> Iterator[Site]:
    names.update({host: ["127.0.0.1"] for host in HOSTS})
    said: dict[str, bytes] = {}

    def robots(visit: Visit) -> None:
        host = visit.headers["host"].partition(":")[0]
        visit.send(said.get(host, reply(status="404 Not Found")))

    def page(visit: Visit) -> None:
        visit.send(said.get(visit.path, reply()))

    def over(visit: Visit) -> None:
        visit.send(redirect(visit.at("private/page", "two.test")))

    answers: dict[str, Callable[[Visit], None]] = dict.fromkeys(
        ("", "page", "private/page", "busy"), page
    )
    answers |= {"robots.txt": robots, "over": over}
    clock = Clock()
    with (
        Loopback({path: Behaviour(path, None, answer) for path, answer in answers.items()}) as web,
        Fetcher(allow_hosts=HOSTS, limits=Limits(seconds=8.0)) as fetcher,
    ):
        yield Site(web, clock, Manners(fetcher, clock=clock, sleep=clock.sleep), said)


# --- Turns ---------------------------------------------------------------------------------


def test_a_host_has_a_pause_between_two_requests(site: Site) -> None:
    for _ in range(3):
        site.get("page")
    assert site.clock.slept == [3.0, 3.0]
    assert site.manners.due_in(site.server.url("page", "one.test")) == 3.0


def test_other_hosts_need_not_wait(site: Site) -> None:
    site.get("page", "one.test")
    site.get("page", "two.test")
    assert site.clock.slept == []
    assert site.manners.due_in(site.server.url("page", "ONE.test")) == 3.0


def test_time_that_passes_by_itself_counts(site: Site) -> None:
    site.get("page")
    site.clock.now += 2.0
    site.get("page")
    site.clock.now += 20.0
    site.get("page")
    assert site.clock.slept == [1.0]


def test_the_pause_is_for_the_desk_to_choose(site: Site) -> None:
    quick = Manners(site.manners.fetcher, delay=0.5, clock=site.clock, sleep=site.clock.sleep)
    for _ in range(2):
        quick.get(site.server.url("page", "one.test"))
    assert site.clock.slept == [0.5]


def test_a_failed_request_was_one_too(site: Site) -> None:
    site.said["page"] = reply(status="404 Not Found")
    assert site.fault("page").kind == "gone"
    assert site.manners.due_in(site.server.url("page", "one.test")) == 3.0


def test_one_request_at_a_time_to_a_host(names: dict[str, list[str]]) -> None:
    names.update({host: ["127.0.0.1"] for host in HOSTS})
    under_way: dict[str, int] = dict.fromkeys(HOSTS, 0)
    most: dict[str, int] = dict.fromkeys(HOSTS, 0)
    counting = threading.Lock()

    def page(visit: Visit) -> None:
        host = visit.headers["host"].partition(":")[0]
        with counting:
            under_way[host] += 1
            most[host] = max(most[host], under_way[host])
        visit.pause(0.02)
        with counting:
            under_way[host] -= 1
        visit.send(reply())

    with (
        Loopback({"page": Behaviour("counts", None, page)}) as server,
        Fetcher(allow_hosts=HOSTS) as fetcher,
        ThreadPoolExecutor(6) as threads,
    ):
        manners = Manners(fetcher, delay=0.0)
        urls = [server.url("page", host) for host in HOSTS for _ in range(6)]
        found = list(threads.map(lambda url: manners.get(url, robots=False).status, urls))
    assert found == [200] * 12
    assert most == dict.fromkeys(HOSTS, 1)


# --- Busy hosts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [
        ("429 Too Many Requests", "Retry-After: 600", 600.0),
        ("503 Service Unavailable", "Retry-After: 600", 600.0),
        ("429 Too Many Requests", "X-Nothing: said", BUSY_FOR),
    ],
)
def test_a_busy_host_is_left_alone(status: str, header: str, wait: float, site: Site) -> None:
    site.said["busy"] = reply("", header, status=status)
    assert site.fault("busy").kind == "busy"
    site.clock.now += 10.0
    again = site.fault("page")
    assert (again.kind, again.retry_after) == ("busy", wait - 10.0)
    assert site.server.visits["page"] == 0
    assert site.get("page", "two.test").status == 200
    site.clock.now += wait
    assert site.get("page").status == 200


def test_a_short_wait_is_waited_for(site: Site) -> None:
    site.said["busy"] = reply("", "Retry-After: 20", status="429 Too Many Requests")
    site.fault("busy")
    assert site.get("page").status == 200
    assert site.clock.slept == [20.0]


# --- robots.txt ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "page", "private"),
    [
        ([], True, True),
        (["User-agent: *", "Disallow: /private/"], True, False),
        (["User-agent: *", "Disallow: /"], False, False),
        (["User-agent: *", "Disallow: /", "Allow: /page"], True, False),
        (["User-agent: *", "Disallow:", "", "User-agent: dragoman", "Disallow: /"], False, False),
        (["User-agent: *", "Disallow: /", "", "User-agent: Dragoman/0.1", "Allow: /"], True, True),
        (["User-agent: other", "User-agent: dragoman", "Disallow: /p*/"], True, False),
        (["User-agent: dragomanbot", "Disallow: /"], True, True),
        (["User-agent: other", "Disallow: /"], True, True),
        (["\ufeffUser-agent: *", "Disallow: /private"], True, False),
        (["User-agent: *\rDisallow: /private\r"], True, False),
        (["<html><body>Not what you asked for</body></html>"], True, True),
    ],
)
def test_what_robots_txt_allows(lines: list[str], page: bool, private: bool, site: Site) -> None:
    site.said["one.test"] = robots_of(*lines)
    for path, allowed in (("page", page), ("private/page", private)):
        if allowed:
            assert site.get(path).status == 200
        else:
            assert site.fault(path).kind == "robots"
        assert site.server.visits[path] == allowed


def test_what_a_person_named_is_fetched_all_the_same(site: Site) -> None:
    site.said["one.test"] = robots_of("User-agent: *", "Disallow: /")
    assert site.get("page", robots=False).status == 200
    assert site.server.visits["robots.txt"] == 0


def test_a_redirect_leads_only_where_it_is_allowed(site: Site) -> None:
    site.said["two.test"] = robots_of("User-agent: *", "Disallow: /private")
    assert site.fault("over").kind == "robots"
    assert site.server.visits["private/page"] == 0
    site.clock.now += 10.0
    assert site.get("over", robots=False).status == 200


def test_robots_txt_is_read_once_a_day(site: Site) -> None:
    site.said["one.test"] = robots_of("User-agent: *", "Disallow: /private")
    site.get("page")
    site.said["one.test"] = robots_of("User-agent: *", "Disallow: /page")
    site.clock.now += ROBOTS_FOR - 1
    site.get("page")
    assert site.server.visits["robots.txt"] == 1
    site.clock.now += 2
    assert site.fault("page").kind == "robots"
    assert site.server.visits["robots.txt"] == 2


def test_a_longer_pause_that_robots_txt_asks_for(site: Site) -> None:
    site.said["one.test"] = robots_of("User-agent: *", "Crawl-delay: 12")
    site.said["two.test"] = robots_of("User-agent: *", "Crawl-delay: 1")
    for host in HOSTS:
        site.get("page", host)
        site.get("page", host)
    assert site.clock.slept == [12.0, 3.0]


def test_a_pause_beyond_patience_is_told(site: Site) -> None:
    site.said["one.test"] = robots_of("User-agent: *", "Crawl-delay: 3600")
    site.get("page")
    fault = site.fault("page")
    assert (fault.kind, fault.retry_after) == ("busy", 3600.0)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone", "418 No"])
def test_no_robots_txt_allows_all(status: str, site: Site) -> None:
    site.said["one.test"] = reply("User-agent: *\nDisallow: /", status=status)
    assert site.get("page").status == 200


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (reply(status="500 Internal Server Error"), "status"),
        (reply(status="503 Service Unavailable"), "busy"),
        (reply(status="429 Too Many Requests"), "busy"),
        (b"", "broken"),
    ],
)
def test_a_robots_txt_that_cannot_be_had_allows_nothing_for_now(
    answer: bytes, kind: str, site: Site
) -> None:
    site.said["one.test"] = answer
    fault = site.fault("page")
    assert (fault.kind, fault.retry_after) == (kind, UNREADABLE_FOR)
    assert "robots.txt" in str(fault)
    assert site.server.visits["page"] == 0
    site.said["one.test"] = robots_of("User-agent: *", "Allow: /")
    site.clock.now += UNREADABLE_FOR + 1
    assert site.get("page").status == 200


def test_what_was_read_before_holds_while_it_cannot_be_had(site: Site) -> None:
    site.said["one.test"] = robots_of("User-agent: *", "Disallow: /private")
    site.get("page")
    site.said["one.test"] = reply(status="500 Internal Server Error")
    site.clock.now += ROBOTS_FOR + 1
    assert site.get("page").status == 200
    assert site.fault("private/page").kind == "robots"


def test_a_host_that_is_down(site: Site, names: dict[str, list[str]]) -> None:
    names["one.test"] = ["127.0.0.2"]
    assert site.fault("page").kind == "connection"


@pytest.mark.timeout(30)
def test_many_names_and_rules_are_read_in_time(site: Site) -> None:
    names = [f"User-agent: bot{number}" for number in range(9_000)]
    rules = [f"Disallow: /r{number}" for number in range(9_000)]
    site.said["one.test"] = robots_of(*names, "User-agent: *", *rules)
    assert site.get("page").status == 200
    assert site.fault("r8999").kind == "robots"


LINES = [
    *("User-agent: *", "User-agent: dragoman", "Disallow: /", "Allow: /*$", "Disallow: *%zz*"),
    *("Crawl-delay: nan", "Crawl-delay: -1", "Visit-time: 9999-0000", "Request-rate: 0/0", "\0"),
]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=20), max_size=12), st.text(max_size=12))
@settings(max_examples=200, deadline=None)
def test_any_robots_txt(lines: list[str], path: str) -> None:
    """Whatever stands in it, it says yes or no, and a pause that is a number."""
    rules = _parsed("\n".join(lines).encode("utf-8", "surrogatepass"))
    assert rules.can_fetch(f"http://one.test/{path}", NAME) in (True, False)
    assert 0 <= (rules.crawl_delay(NAME) or 0.0) < float("inf")


def test_sitemaps(site: Site) -> None:
    site.said["one.test"] = robots_of(
        "User-agent: *", "Disallow: /", "Sitemap: https://one.test/news.xml"
    )
    url = site.server.url("page", "one.test")
    assert site.manners.sitemaps(url) == ["https://one.test/news.xml"]
    assert site.manners.sitemaps(site.server.url("page", "two.test")) == []


# --- The rest ------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["ftp://one.test/", "http://", "http://[::", "page"])
def test_no_address(url: str, site: Site) -> None:
    with pytest.raises(SourceError) as caught:
        site.manners.get(url)
    assert caught.value.kind == "not-http"
    assert str(caught.value).startswith(f"{url}: ")


def test_a_desks_settings(names: dict[str, list[str]], misbehaving: Loopback) -> None:
    clock = Clock()
    config = Config(allow_hosts=[HOST], agent_contact="desk@example.org", polite_delay=30)
    with manners_of(config, sleep=clock.sleep) as manners:
        for _ in range(2):
            manners.get(misbehaving.url("page?settings"), robots=False)
    assert [round(seconds) for seconds in clock.slept] == [30]
    sent = next(headers for target, headers in misbehaving.requests if target == "/page?settings")
    assert "desk@example.org" in sent["user-agent"]


def test_validators_and_limits_go_on(misbehaving: Loopback, fetcher: Fetcher) -> None:
    manners = Manners(fetcher, delay=0.0)
    url = misbehaving.url("fresh")
    assert manners.get(url, robots=False, validators=Validators('"seven"')).status == 304
    with pytest.raises(SourceError, match="larger than"):
        manners.get(url, robots=False, most_bytes=9)
