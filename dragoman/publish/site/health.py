"""Whether the site can answer: `/healthz`, for whoever watches over it.

In: a store. Out: 200 where it answers and its tables are those of this version, else 503 with the
reason, as JSON. It stands before all that asks who is there, tells nothing of the desk, and waits
for no page that is being made.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

import anyio
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.errors import StoreError
from dragoman.publish.site.guarding import Guard, Next

PATH = "/healthz"
SECONDS = 5.0
"""After which a store that does not answer is one that can't."""


def guard(require_current: Callable[[], None], seconds: float = SECONDS) -> Guard:
    """`require_current` raises StoreError, in words that anybody may read."""
    limiter: list[CapacityLimiter] = []  # of the loop that runs; one thread, of its own

    async def reason() -> str | None:
        if not limiter:
            limiter.append(CapacityLimiter(1))
        try:
            with anyio.fail_after(seconds):
                await anyio.to_thread.run_sync(
                    require_current, abandon_on_cancel=True, limiter=limiter[0]
                )
        except StoreError as fault:
            return str(fault)
        except TimeoutError:
            return "the store does not answer in time"
        return None

    async def answer(request: Request) -> Response:
        why = await reason()
        said = {"status": "ok"} if why is None else {"status": "failing", "reason": why}
        status = HTTPStatus.OK if why is None else HTTPStatus.SERVICE_UNAVAILABLE
        headers = {"Cache-Control": "no-store"}
        return Response(json.dumps(said), status, headers, media_type="application/json")

    route = Route(PATH, answer)

    async def guarded(request: Request, call_next: Next) -> Response:
        if request.scope["path"] != PATH or request.method not in {"GET", "HEAD"}:
            return await call_next(request)
        request.scope["route"] = route  # what it is counted under
        return await answer(request)

    return guarded
