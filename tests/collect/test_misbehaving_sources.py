"""A round over everything that misbehaves: no crash, no hang, no entry lost, each one named."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.cli.listing import health_json
from dragoman.collect.fetch import Fetcher, Limits
from dragoman.collect.manners import Manners
from dragoman.collect.schedule import WHOLE_EVERY
from dragoman.desk.corpus import Desk
from dragoman.engine import engine_for
from dragoman.model import Source
from dragoman.pipeline import Steps
from dragoman.rounds import Call, Rounds
from dragoman.store import Store, open_store, source_id
from dragoman.store.rows import SourceHealth
from tests.collect.loopback import Loopback
from tests.collect.misbehaving import BEHAVIOURS
from tests.collect.misbehaving_feeds import ENTRIES

HOSTS = {path: f"odd{n}.test" for n, path in enumerate(BEHAVIOURS)}
"""A name for each way, or politeness to one that is busy would spare us the others."""
CAP = 30


@pytest.fixture
def server() -> Iterator[Loopback]:
    """One that nobody has asked before: some answers depend on it."""
    with Loopback(BEHAVIOURS) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.mark.timeout(10 * CAP)
def test_a_round_over_all_that_misbehaves(
    store: Store, steps: Steps, server: Loopback, names: dict[str, list[str]]
) -> None:
    names.update({host: ["127.0.0.1"] for host in HOSTS.values()})
    paths = {server.url(path, host): path for path, host in HOSTS.items()}
    assert len(paths) >= 30
    for address in paths:
        store.add_source(Source(source_id(address), address, "feed"))
    limits = Limits(seconds=4.0, silence=3.0)
    assert limits.seconds < CAP, "whatever a server does, a visit ends with the time it has"
    with Fetcher(allow_hosts=[*HOSTS.values(), "misbehaving.test"], limits=limits) as fetcher:
        get = Manners(fetcher, delay=0).get
        rounds = Rounds(Desk(store, steps, engine_for(1)), get, dice=random.Random(1))
        calls = {paths[call.source.address]: call for call in rounds.visit(rounds.due())}
        outcomes = [outcome.what for outcome in rounds.read(limit=3)]
    assert set(calls) == set(paths.values())
    assert outcomes.count("put off") == 3, "their pages are nowhere; they wait"
    for path, entries in ENTRIES.items():
        assert calls[path].new == entries, f"{path}: {calls[path]}"
    report = {paths[row.source.address]: row for row in store.source_health("2030-01-01T00:00:00")}
    assert set(report) == set(paths.values())
    for path, call in calls.items():
        held_to_account(path, call, report[path])


def test_a_stale_etag_is_seen_through(
    store: Store, steps: Steps, server: Loopback, fetcher: Fetcher
) -> None:
    address = server.url("feed-stale-etag")
    store.add_source(Source(source_id(address), address, "feed"))
    moment = datetime(2024, 3, 20, tzinfo=UTC)
    get = Manners(fetcher, delay=0).get
    rounds = Rounds(Desk(store, steps, engine_for(1)), get, clock=lambda: moment)
    calls: list[Call] = []
    whole: list[datetime] = []
    for _ in range(WHOLE_EVERY + 1):
        calls += rounds.visit(rounds.due())
        whole += [] if calls[-1].unchanged else [moment]
        (source,) = store.sources()
        assert source.state.due is not None
        moment = datetime.fromisoformat(source.state.due)
    assert calls[1].unchanged, "it is asked conditionally"
    assert 2 < len(whole) < WHOLE_EVERY
    assert all(later - one < timedelta(days=2) for one, later in pairwise(whole))
    kept = store.entries_of(source.id)
    assert sum(call.new for call in calls) == len(kept) > 2


def held_to_account(path: str, call: Call, row: SourceHealth) -> None:
    """What went wrong stands in the report, in words; what came in is counted."""
    state = row.source.state
    said = json.loads(json.dumps(health_json(row)))
    expected = BEHAVIOURS[path].kind
    if expected is not None:
        assert state.error_kind == expected, path
    if call.fault is not None:
        assert call.new == 0
        assert said["health"] == "failing"
        assert said["notes"][0] == call.fault
    assert (call.fault is None) == (state.succeeded is not None), path
    assert row.entries == call.new, path
    assert state.due is not None, path
