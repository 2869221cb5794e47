"""What our own OpenAPI promises, asked of the site with whatever fits it and whatever does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from dragoman.config import Config
from dragoman.knowledge import Knowledge
from dragoman.publish.site.app import site
from dragoman.publish.site.openapi import document
from tests.publish.desk import TODAY

SCHEMA = schemathesis.openapi.from_dict(dict(document()))


class Staying:
    """The site, which stays up from one question to the next: each of them starts and stops it."""

    def __init__(self, application: Starlette) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._application(scope, receive, send)
            return
        for said in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{said}.complete"})


@pytest.fixture(scope="module")
def application(ferries: Path, knowledge: Knowledge) -> Staying:
    return Staying(site(ferries, Config(today=TODAY), knowledge))


@SCHEMA.parametrize()
@settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_what_the_document_says(case: Case[Any], application: Staying) -> None:
    case.call_and_validate(
        app=application,
        headers={"host": "localhost"},
        # A schema can't say all that a day or a query may be, and an id that there is none of is no
        # bad request.
        excluded_checks=[negative_data_rejection, positive_data_acceptance],
    )
