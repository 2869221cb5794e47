"""Readers who take their time: a form comes back a minute after it was handed out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.publish.site.tokens import Token, Tokens


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    read = Tokens.read

    def later(self: Tokens, token: str, path: str, session: str | None) -> Token | None:
        found = read(self, token, path, session)
        return replace(found, age=found.age + 60) if found is not None else None

    monkeypatch.setattr(Tokens, "read", later)
