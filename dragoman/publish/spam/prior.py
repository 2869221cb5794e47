"""What the filter knows before any moderator has clicked: comments of our own making.

In: `prior.jsonl`, written for this purpose, half of it spam; one comment a line with its name and
language. Out: weights fitted on it. Nothing that people sent anywhere is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from dragoman.publish.spam.writing import Writing

FILE = Path(__file__).with_name("prior.jsonl")


def judged(file: Path = FILE) -> Iterator[tuple[Writing, bool]]:
    """Each comment of a file of this form, and whether it is spam."""
    for line in file.read_text("utf-8").splitlines():
        held = json.loads(line)
        yield Writing(held["name"], held["text"], held["language"]), held["spam"]
