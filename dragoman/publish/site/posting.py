"""Forms over the web: each is shown with a token, and taken only with it, from our own page.

In: the forms, and a request. Out: the page of a form, where it leads, or why it was not taken. A
browser says whence a form comes (Sec-Fetch-Site, Origin): from elsewhere nothing is taken, token
or not.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from dragoman.publish.formats.view_json import view_json
from dragoman.publish.site.addresses import find
from dragoman.publish.site.cache import FRESH, is_anybody
from dragoman.publish.site.languages import PREFIX, Refused, language_of, wants_json
from dragoman.publish.site.rates import Rates
from dragoman.publish.site.render import Place, Renderer
from dragoman.publish.site.tokens import Tokens
from dragoman.publish.site.visitors import hand_over
from dragoman.publish.sitting import Filled, Form, Led, Looked, Sitting, Told
from dragoman.publish.wording import N_, gettext, speaking

TOKEN = "token"
"""The field that carries it."""
MOST_FIELDS = 200
ELSEWHERE = N_("this was sent from a page elsewhere; open the form here and send it again")
STALE = N_(
    "this form is a day old or was not handed out here; go back, copy what you wrote, open the "
    "form anew and send it again"
)
TOO_LONG = N_("this is longer than the form takes; shorten it and send it again")
TOO_OFTEN = N_("too many forms came from your network; wait %(seconds)s seconds and send it again")
NOT_YOURS = N_("only members of this desk may do this; sign in first")
BY_HAND = N_("a token can't do this; sign in and do it yourself")
TOO_MANY_TRIES = N_("there were too many tries for this name; wait %(seconds)s seconds")
ABOVE = N_("your role on this desk does not allow it; ask an editor")


class Posting:
    """From the requests for forms to their answers."""

    def __init__(
        self,
        sit: Callable[[Request], Sitting],
        place: Callable[[Request], Place],
        renderer: Renderer,
        tokens: Tokens,
        forms: Sequence[Form],
        entrance: Form,
        *,
        is_secure: bool,
    ) -> None:
        """`sit`: who asks, and the desk as it is shown to them; `entrance`: where members sign in;
        `is_secure`: whether the site is reached over TLS alone, so that its cookie may be too."""
        self._sit = sit
        self._place = place
        self._renderer = renderer
        self._tokens = tokens
        self._forms = forms
        self._entrance = entrance
        self._is_secure = is_secure

    def token(self, request: Request, path: str) -> str | None:
        """For a page that carries the form of another address: a mark where the page is kept for
        others. None where there is no such form on this desk."""
        if not any(form.pattern.fullmatch(path) for form in self._forms):
            return None
        return FRESH if is_anybody(request) else self._made(request, path)

    def fresh(self, request: Request) -> str:
        """What stands for that mark in one answer: the token of the form that a page carries."""
        found = find(request.url.path)
        assert found is not None  # else nothing writes the mark
        page, ids = found
        return self._made(request, page.form_at(ids))

    def _made(self, request: Request, path: str) -> str:
        return self._tokens.made(path, self._sit(request).visitor.session)

    def routes(self) -> Iterable[Route]:
        for form in self._forms:
            yield Route(form.address, self.showing(form))
            if form.take is not None:
                yield Route(form.address, self.taking(form), methods=["POST"])

    def showing(self, form: Form) -> Callable[[Request], Response]:
        def handler(request: Request) -> Response:
            with speaking(language_of(request)):
                sitting = self._sit(request)
                if not self._may_enter(request, form, sitting):
                    return self._asked_in(request, sitting)
                view = form.view(sitting, tuple(request.path_params.values()))
                return self._page(request, form, sitting, view)

        return handler

    def taking(self, form: Form) -> Callable[[Request], Awaitable[Response]]:
        rates, guesses = Rates(form.per_minute), Rates(form.per_minute)

        async def handler(request: Request) -> Response:
            with speaking(language_of(request)):
                body = await _body(request, form.most)
            return await run_in_threadpool(self._taken, request, form, (rates, guesses), body)

        return handler

    def _taken(
        self, request: Request, form: Form, rates: tuple[Rates, Rates], body: bytes
    ) -> Response:
        with speaking(language_of(request)):
            sitting = self._sit(request)
            if not sitting.visitor.by_token and not is_from_here(request):
                raise Refused(403, gettext(ELSEWHERE))
            if not self._may_enter(request, form, sitting):
                return self._asked_in(request, sitting)
            if sitting.visitor.member is None:
                _at_most(rates[0], sitting.visitor.person, TOO_OFTEN)
            filled = self._filled(request, sitting, body)
            if form.guessed is not None and (name := form.guessed(sitting, filled)):
                _at_most(rates[1], name, TOO_MANY_TRIES)
            assert form.take is not None  # else it has no such route
            ids = tuple(request.path_params.values())
            made = form.take(sitting, ids, filled)
            if isinstance(made, Led):
                return self._led(request, made)
            if isinstance(made, Told):
                return self._page(request, form, sitting, made.view)
            if isinstance(made, Looked):
                return self._page(request, form, sitting, made.view, again=filled)
            return self._page(request, form, sitting, made, 422, again=filled)

    def _may_enter(self, request: Request, form: Form, sitting: Sitting) -> bool:
        """False for who may after signing in. Raises Refused for who may not at all."""
        visitor = sitting.visitor
        if form.by_hand and visitor.by_token:
            raise Refused(403, gettext(BY_HAND))
        if form.role is None or visitor.may(form.role):
            return True
        if visitor.member is not None:
            raise Refused(403, gettext(ABOVE))
        if wants_json(request):
            raise Refused(401, gettext(NOT_YOURS), {"WWW-Authenticate": "Bearer"})
        return False

    def _asked_in(self, request: Request, sitting: Sitting) -> Response:
        """The page to sign in on, from where the way leads back here."""
        query = f"?{request.url.query}" if request.url.query else ""
        way_back = ("to", quote(request.url.path) + query)
        view = self._entrance.view(replace(sitting, query=[way_back]), ())
        path = self._entrance.address
        response = self._page(request, self._entrance, sitting, view, 401, path=path)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    def _filled(self, request: Request, sitting: Sitting, body: bytes) -> Filled:
        try:
            fields = parse_qs(
                body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
            )
        except ValueError as fault:
            raise Refused(413, gettext(TOO_LONG)) from fault
        filled = Filled(fields)
        if sitting.visitor.by_token:
            return filled
        said = self._tokens.read(filled.get(TOKEN), request.url.path, sitting.visitor.session)
        if said is None:
            raise Refused(403, gettext(STALE))
        return replace(filled, age=said.age, nonce=said.nonce)

    def _page(
        self,
        request: Request,
        form: Form,
        sitting: Sitting,
        view: object,
        status: int = 200,
        path: str | None = None,
        again: Filled | None = None,
    ) -> Response:
        """`again`: what came back; the form that is shown once more is the same one."""
        if view is None:
            raise HTTPException(404, "there is nothing to write to at this address")
        if wants_json(request) or form.address.endswith(".json"):
            body = json.dumps(view_json(view), ensure_ascii=False, indent=1)
            headers = {"Cache-Control": "no-store"}
            return Response(body, status, headers, media_type="application/json")
        place = replace(
            self._place(request),
            token=(again.get(TOKEN) if again is not None else "")
            or self._tokens.made(path or request.url.path, sitting.visitor.session),
        )
        page = self._renderer.page(form.template, view, place)
        return HTMLResponse(page, status, {"Cache-Control": "no-store"})

    def _led(self, request: Request, led: Led) -> Response:
        prefix = request.scope.get(PREFIX)
        path = quote(led.path, safe="/?&=#%:,;@+-._~!$'()*")
        response = RedirectResponse(f"/{prefix}{path}" if prefix else path, HTTPStatus.SEE_OTHER)
        if led.session is not None:
            hand_over(response, led.session, is_secure=self._is_secure)
        return response


def _at_most(rates: Rates, client: str, words: str) -> None:
    seconds = rates.wait(client)
    if seconds:
        told = gettext(words) % {"seconds": seconds}
        raise Refused(429, told, {"Retry-After": str(seconds)})


def is_from_here(request: Request) -> bool:
    """Whether a browser says that one of our own pages sent this, or nothing says otherwise."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


async def _body(request: Request, most: int) -> bytes:
    made = bytearray()
    async for piece in request.stream():
        made += piece
        if len(made) > most:
            with speaking(language_of(request)):
                raise Refused(413, gettext(TOO_LONG))
    return bytes(made)
