"""Each package that the program installs stands in the docs, with a licence that may be used."""

from __future__ import annotations

import pytest

from tests.docs.dependencies import PAGE, REASONS, dependencies, is_permissive


def test_each_stands_in_the_docs() -> None:
    page = PAGE.read_text("utf-8")
    rows = {line.split("|")[1].strip(" *"): line.split("|")[3].strip() for line in
            page.splitlines() if line.startswith("| ")}  # fmt: skip
    found = dependencies()
    assert len(found) > 40
    assert {one.name: one.licence for one in found}.items() <= rows.items()


def test_each_licence_is_allowed() -> None:
    wrong = [one for one in dependencies() if not is_permissive(one.licence)]
    assert {one.name for one in wrong} <= set(REASONS)


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-2-Clause", True),
        ("GPL-3.0-only", False),
        ("MPL-2.0 AND MIT", False),
        ("GPL-3.0-only OR MIT", True),
        ("not stated", False),
        ("LGPL-LR", False),
    ],
)
def test_what_is_permissive(licence: str, allowed: bool) -> None:
    assert is_permissive(licence) is allowed
