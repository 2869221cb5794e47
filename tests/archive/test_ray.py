"""Ray makes what local processes make, to the byte. It runs as the command that people type."""

from __future__ import annotations

import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.engine.ray import look_for
from dragoman.errors import SourceError
from tests.archive.made import content
from tests.desks import ROOT

LIMIT = 240
"""Seconds until it counts as hung; it takes about twenty."""


@pytest.fixture
def needs_ray() -> None:
    if importlib.util.find_spec("ray") is None:
        if os.environ.get("REQUIRE_SYSTEM") == "1":
            pytest.fail("ray is not installed (`make ray`), and REQUIRE_SYSTEM=1 asks for it")
        pytest.skip("ray is not installed; `make ray` brings it")


@pytest.mark.usefixtures("needs_ray")
def test_both_engines_make_the_same_bytes(out: Path, names: list[str], tmp_path: Path) -> None:
    command = ["archive", *names, "--out", str(tmp_path / "out"), "--part", "2", "--json"]
    command += ["--engine", "ray", "--jobs", "2", "--home", str(tmp_path / "home")]
    made = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:dragoman", "-m", "dragoman", *command],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["done_now"] == 5
    assert content(tmp_path / "out") == content(out)


@pytest.mark.parametrize("form", ["127.0.0.1:{}", "ray://127.0.0.1:{}"])
def test_a_cluster_that_is_not_there_is_told_of(form: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = form.format(free.getsockname()[1])
        with pytest.raises(SourceError, match=r"no Ray cluster answers at .*ray start --head"):
            look_for(address)


@pytest.mark.parametrize("address", ["head..example:6379", f"{'a' * 64}:6379"])
def test_what_can_be_no_host_is_told_of(address: str) -> None:
    with pytest.raises(SourceError, match="no Ray cluster answers at "):
        look_for(address)


@pytest.mark.parametrize("address", ["head", "head:port", "10.0.0.4:99999", "::"])
def test_an_address_without_a_port_is_refused(address: str) -> None:
    with pytest.raises(SourceError, match="write HOST:PORT"):
        look_for(address)
