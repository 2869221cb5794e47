"""The first page keeps its word: its card is real, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.cli import COMMANDS, GROUPS
from dragoman.pipeline import Steps
from tests.docs.readme import FENCE, README, card
from tests.docs.tour import ROOT

IMAGES = sorted((ROOT / "docs" / "images").glob("*"))
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
KNOWN = {command.__name__ for commands in COMMANDS.values() for command in commands} | {
    group.info.name for groups in GROUPS.values() for group in groups
}
IMAGE_BYTES = 300_000


def test_the_card_is_what_read_prints(steps: Steps) -> None:
    shown = FENCE.search(README.read_text("utf-8"))
    assert shown is not None
    assert shown[1] == card(steps), "`python -m tests.docs.readme` writes it anew"


def test_the_first_page_is_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) < 150


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_to_files(page: Path) -> None:
    targets = LINK.findall(page.read_text("utf-8"))
    assert [one for one in targets if not (page.parent / one).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_exist(page: Path) -> None:
    for block in SHELL.findall(page.read_text("utf-8")):
        named = re.findall(r"(?:^|\| )(?:\w+=\S+ )*dragoman ([a-z]+)", block, re.MULTILINE)
        assert set(named) <= KNOWN


@pytest.mark.parametrize(
    "image", sorted((ROOT / "docs" / "images").glob("*")), ids=lambda p: p.name
)
def test_images_are_small(image: Path) -> None:
    assert image.stat().st_size < IMAGE_BYTES
