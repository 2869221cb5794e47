"""What tests of links share."""

from __future__ import annotations

import pytest

from dragoman.knowledge import Knowledge
from dragoman.knowledge.atlas import Atlas


@pytest.fixture(scope="session")
def atlas(knowledge: Knowledge) -> Atlas:
    return knowledge.atlas
