"""Every record in `docs/tour.md` is what the program makes of that page today."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from dragoman.pipeline import Steps
from tests.docs.tour import TOUR, records, shown_blocks

SHOWN = shown_blocks(TOUR.read_text("utf-8"))
AGAIN = "`python -m tests.docs.tour` writes the blocks anew; then read the words around them"


@pytest.fixture(scope="module")
def made(steps: Steps) -> dict[str, object]:
    return records(steps)


def test_the_tour_shows_every_step(made: dict[str, object]) -> None:
    assert set(SHOWN) == set(made)
    steps = {name.partition("-")[0] for name in SHOWN}
    assert steps == {"collect", "clean", "read", "link", "record", "publish"}


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_block(name: str, made: dict[str, object]) -> None:
    kind, content = SHOWN[name]
    record = made[name]
    if kind == "text":
        assert content == record, AGAIN
        return
    as_json = json.loads(json.dumps(record))
    wrong = list(differences(json.loads(content), as_json, name))
    assert not wrong, "\n".join([*wrong, AGAIN])


def differences(shown: object, made: object, path: str) -> Iterator[str]:
    """One line for each field of the page that the program makes otherwise."""
    if isinstance(shown, dict) and isinstance(made, dict):
        for key in sorted(set(shown) | set(made)):
            if key not in shown or key not in made:
                yield f"{path}.{key} is {'not shown' if key in made else 'not made'}"
            else:
                yield from differences(shown[key], made[key], f"{path}.{key}")
    elif isinstance(shown, list) and isinstance(made, list) and len(shown) == len(made):
        for i, (left, right) in enumerate(zip(shown, made, strict=True)):
            yield from differences(left, right, f"{path}[{i}]")
    elif shown != made:
        yield f"{path}: the page shows {shown!r}, the program makes {made!r}"
