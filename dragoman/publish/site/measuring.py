"""`/metrics`: what Prometheus reads, and who may.

In: a request. Out: the text format. On a private desk it is there for whoever sees the desk; on a
public one it is not there, unless a token is set in the environment. Where one is, who asks must
send it, on either. An address is no proof: behind a proxy everybody may come from this machine.
"""

from __future__ import annotations

import os
from secrets import compare_digest

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dragoman.config import METRICS_TOKEN
from dragoman.publish.metrics.serving import MEDIA_TYPE, Counting
from dragoman.publish.site.languages import PREFIX

PATH = "/metrics"
WRONG = "send the desk's token for metrics: Authorization: Bearer …"


def route(counting: Counting, *, public: bool) -> Route:
    token = os.environ.get(METRICS_TOKEN)

    def handler(request: Request) -> Response:
        # Proxies bar one address: it is not there under those that languages have.
        if (token is None and public) or request.scope.get(PREFIX):
            raise HTTPException(404)
        if token is not None and not _is_sent(request, token):
            raise HTTPException(401, WRONG, {"WWW-Authenticate": "Bearer"})
        return Response(
            counting.page(), headers={"Cache-Control": "no-store"}, media_type=MEDIA_TYPE
        )

    return Route(PATH, handler)


def _is_sent(request: Request, token: str) -> bool:
    kind, _, sent = request.headers.get("authorization", "").partition(" ")
    return kind.lower() == "bearer" and compare_digest(sent.strip().encode(), token.encode())
