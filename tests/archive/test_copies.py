"""Copies of an archive, found all at once, are those that a desk finds arrival by arrival."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benchmarks.link_orders import Found, Given, differences, fill, found_in
from benchmarks.orders_pages import Made
from benchmarks.orders_set import corpus
from dragoman.archive.run import archive
from dragoman.archive.taking import Found as Taken
from dragoman.archive.taking import finished
from dragoman.archive.taking import found_in as taken_from
from dragoman.collect.archives import Stretch
from dragoman.desk.corpus import Desk, MadeBy
from dragoman.engine import engine_for
from dragoman.engine.here import Here
from dragoman.knowledge import Knowledge
from dragoman.model import Capture, CopyLink
from dragoman.store import open_store

NUMBER, SEED, EVERY = 120, 11, 16


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> list[Made]:
    return corpus(NUMBER, knowledge.outlets, SEED)


@pytest.fixture(scope="module")
def expected(
    made: list[Made], knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> Found:
    return fill(tmp_path_factory.mktemp("fed") / "desk", made, made, knowledge)


@pytest.fixture(scope="module")
def out(
    made: list[Made], knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """An archive of these captures, in parts of a few."""
    folder = tmp_path_factory.mktemp("archived") / "out"
    with pytest.MonkeyPatch.context() as patched:
        handed_in(patched, made)
        archive(["made"], folder, Given(made, knowledge), Here(), Here(), every=EVERY)
        yield folder


def handed_in(patched: pytest.MonkeyPatch, made: Sequence[Made]) -> None:
    """The captures as if a file held them."""

    def captures(_name: str, stretch: Stretch) -> Iterator[Capture]:
        yield from (one.capture for one in made[stretch.offset : stretch.offset + EVERY])

    patched.setattr("dragoman.archive.plan.size_of", lambda _name: len(made))
    patched.setattr("dragoman.archive.plan.ends_of", lambda _name: "")
    patched.setattr(
        "dragoman.archive.plan.stretches",
        lambda _name, every: [Stretch(at, 0, every) for at in range(0, len(made), every)],
    )
    patched.setattr("dragoman.archive.parts.captures", captures)


def test_they_are_the_desks(out: Path, expected: Found) -> None:
    found: dict[str, list[CopyLink]] = {}
    for row in pq.read_table(out / "copies/all.parquet").to_pylist():
        link = CopyLink(
            row["article"], row["origin"], row["share"], row["kind"], row["basis"], row["reason"]
        )
        assert row["position"] == len(found.setdefault(row["article"], []))
        found[row["article"]].append(link)
    assert {name: tuple(links) for name, links in found.items()} == expected["copies"]
    links = [link for own in expected["copies"].values() for link in own]
    assert {"whole", "cut", "extended", "rewrite", "merged"} <= {link.kind for link in links}
    assert {"stated", "time", "containment", "unknown"} <= {link.basis for link in links}


def test_the_states_that_stand_are_the_desks(out: Path, expected: Found) -> None:
    current = pq.read_table(out / "current/all.parquet").to_pylist()
    captures = {
        (row["part"], row["row"]): row["capture"]
        for path in (out / "printings").glob("*.parquet")
        for row in pq.read_table(path).to_pylist()
    }
    assert {row["article"]: captures[row["part"], row["row"]] for row in current} == {
        name: article.capture_id for name, article in expected["articles"].items()
    }


def test_taken_into_a_desk_all_is_as_if_it_was_fed(
    out: Path, made: list[Made], expected: Found, knowledge: Knowledge, tmp_path: Path
) -> None:
    plan = finished(out)
    with open_store(tmp_path / "desk") as store:
        desk = Desk(store, Given(made, knowledge), engine_for(1))
        found = [one for one in taken_from(out, plan) if isinstance(one, Taken)]
        by = MadeBy(plan.made_by.steps, plan.made_by.known)
        list(desk.take(((one.capture, one.made) for one in found), by))
        assert differences(expected, found_in(store, knowledge)) == {
            "articles": [], "copies": [], "stories": [], "events": [],
        }  # fmt: skip
