"""`/metrics` of a site: who may read it, what is counted, and that no reader makes series."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from dragoman.config import METRICS_TOKEN, Config
from dragoman.knowledge import Knowledge
from dragoman.publish.metrics.names import NAMES
from dragoman.publish.metrics.serving import FOLDER
from dragoman.publish.site.app import site
from tests.publish.conftest import Client, staying
from tests.publish.desk import TODAY

TOKEN = "metrics-sesame-0123"
SEND = {"authorization": f"Bearer {TOKEN}"}
Samples = dict[str, dict[tuple[str, ...], float]]


def samples(text: str) -> Samples:
    """Name → values of the labels, in the order of their names → number."""
    made: Samples = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            labels = tuple(value for _, value in sorted(one.labels.items()))
            made.setdefault(one.name, {})[labels] = one.value
    return made


def desk(home: Path, knowledge: Knowledge, *, public: bool = False) -> Starlette:
    return site(home, Config(today=TODAY, rate=1), knowledge, public=public)


def read(client: Client) -> Samples:
    found = client.get("/metrics", "*/*", headers=SEND)
    assert found.status_code == 200, found.text
    assert found.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert found.headers["cache-control"] == "no-store"
    return samples(found.text)


def test_answers_are_counted_by_route_and_status(home: Path, knowledge: Knowledge) -> None:
    with staying(desk(home, knowledge)) as client:
        for path in ("/pair/ARM/AZE", "/fr/pair/FRA/DEU", "/pair/ARM/AZE.csv", "/pair/ARM/AZE.rss",
                     "/pair/ARM/AZE.json", "/nothing-is-here", "/healthz", "/actor/nobody",
                     "/static/desk.css", "/pair/ARM/AZE.exe"):  # fmt: skip
            client.get(path)
        made = read(client)
        again = read(client)
    # By method, route and status.
    assert made["dragoman_http_requests_total"] == {
        ("GET", "/pair/{actor}/{other}", "200"): 2,
        ("GET", "/pair/{actor}/{other}.{form}", "200"): 2,
        ("GET", "/pair/{actor}/{other}.json", "200"): 1,
        ("GET", "/pair/{actor}/{other}.{suffix}", "404"): 1,
        ("GET", "/actor/{actor}", "404"): 1,
        ("GET", "none", "404"): 1,
        ("GET", "/healthz", "200"): 1,
        ("GET", "/static", "200"): 1,
    }
    assert made["dragoman_http_request_seconds_count"][("/pair/{actor}/{other}",)] == 2
    assert again["dragoman_http_requests_total"]["GET", "/metrics", "200"] == 1


def test_whoever_asks_makes_few_series(home: Path, knowledge: Knowledge) -> None:
    with staying(desk(home, knowledge)) as client:
        client.get("/no-such-page")
        before = len(read(client)["dragoman_http_requests_total"])
        for number in range(30):
            client.get(f"/no-such-page-{number}")
            client.get(f"/event/e-{number}")
        made = read(client)["dragoman_http_requests_total"]
    assert len(made) <= before + 2, made


def test_pages_that_were_kept_are_counted(home: Path, knowledge: Knowledge) -> None:
    with staying(desk(home, knowledge)) as client:
        for _ in range(3):
            client.get("/article/a-wire")
        client.get("/article/a-wire", headers={"authorization": "Bearer of-a-proxy"})
        made = read(client)
    assert made["dragoman_page_cache_total"] == {("hit",): 2, ("miss",): 1}


def test_an_answer_that_fails_is_counted(
    home: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("of no use")

    monkeypatch.setattr("dragoman.publish.site.app.seen", fail)
    with staying(desk(home, knowledge)) as client:
        assert client.get("/article/a-wire").status_code == 500
        made = read(client)
    assert made["dragoman_http_requests_total"] == {("GET", "/article/{article}", "500"): 1}


def test_a_public_desk_has_none_without_a_token(home: Path, knowledge: Knowledge) -> None:
    with staying(desk(home, knowledge, public=True)) as client:
        found = client.get("/metrics", headers=SEND)
    assert found.status_code == 404


@pytest.mark.parametrize("path", ["/fr/metrics", "/en/metrics"])
def test_they_are_at_one_address_alone(home: Path, knowledge: Knowledge, path: str) -> None:
    """The one that proxies bar."""
    with staying(desk(home, knowledge)) as client:
        assert client.get(path, headers=SEND).status_code == 404
        assert client.get("/metrics", headers=SEND).status_code == 200


@pytest.mark.parametrize("public", [False, True])
@pytest.mark.parametrize("sent", ["", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
def test_a_wrong_token_opens_nothing(
    home: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, public: bool, sent: str
) -> None:
    monkeypatch.setenv(METRICS_TOKEN, TOKEN)
    with staying(desk(home, knowledge, public=public)) as client:
        found = client.get("/metrics", headers={"authorization": sent.encode("latin-1")})  # type: ignore[dict-item]
        assert found.status_code == 401
        assert "dragoman_articles" not in found.text
        assert read(client)["dragoman_articles"] == {(): 4}


def test_a_private_desk_keeps_to_its_names(home: Path, knowledge: Knowledge) -> None:
    with staying(desk(home, knowledge)) as client:
        assert client.get("/metrics", host="attacker.example").status_code == 421


def test_all_that_is_named_is_told(home: Path, knowledge: Knowledge) -> None:
    with staying(desk(home, knowledge)) as client:
        client.get("/article/a-wire")
        text = client.get("/metrics").text
    told = {family.name for family in text_string_to_metric_families(text)}
    expected = {name.removesuffix("_total") for name, one in NAMES.items() if one.by != "watch"}
    # What is not known yet has no series.
    assert expected - told <= {
        "dragoman_collection_lag_seconds", "dragoman_last_visit_timestamp_seconds",
    }  # fmt: skip
    assert told <= expected


def test_processes_add_up(home: Path) -> None:
    """Each answers some; whichever is asked tells all."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = [sys.executable, "-m", "dragoman", "serve", "--home", str(home), "--workers", "2"]
    environment = {**os.environ, "DRAGOMAN_TODAY": TODAY}
    environment.pop(FOLDER, None)
    with subprocess.Popen(
        [*line, "--port", str(port)], stdout=subprocess.DEVNULL, env=environment
    ) as running:
        try:
            for _ in range(20):
                asked(port, "/robots.txt")
            made = settled(port)
            assert made["dragoman_http_requests_total"]["GET", "/robots.txt", "200"] == 20
            assert made["dragoman_articles"] == {(): 4}
            memory = made["dragoman_process_memory_bytes"]
            assert len(memory) == 2, "both have answered"
            assert min(memory.values()) > 1_000_000
        finally:
            running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=60) == 0


def settled(port: int) -> Samples:
    """What is told once both have answered; an answer is counted just after it was sent."""
    made = samples(asked(port, "/metrics"))
    for _ in range(200):
        counted = made["dragoman_http_requests_total"]["GET", "/robots.txt", "200"]
        if counted >= 20 and len(made["dragoman_process_memory_bytes"]) == 2:
            break
        made = samples(asked(port, "/metrics"))
    return made


def asked(port: int, path: str) -> str:
    """Over a connection of its own, which either process may take; waits until one listens."""
    for _ in range(900):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("nobody listens")
