"""Who came in, what of the desk they see, and where their page stands.

In: a request. Out: a `Sitting`, a `Place`. A member of a public desk sees the whole of it, and
what is made for them is kept by no cache; everybody else gets what everybody gets.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from starlette.requests import Request

from dragoman.publish.forms import searches
from dragoman.publish.judging import Judging
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.languages import PREFIX
from dragoman.publish.site.render import Place
from dragoman.publish.site.tokens import Tokens
from dragoman.publish.site.visitors import Visitors
from dragoman.publish.sitting import Sitting, Visitor
from dragoman.publish.views.asof import Known
from dragoman.publish.views.saved import Saved, saved_searches
from dragoman.store import Store

SIGN_OUT = "/desk/sign-out"


class Entrance:
    def __init__(
        self,
        room: ReadingRoom,
        whole: Store,
        tokens: Tokens,
    ) -> None:
        """`whole`: the desk with what a public room does not show."""
        self._room = room
        self._whole = whole
        self._judging = Judging(whole, room.knowledge, room.config)
        self._visitors = Visitors(whole, room.config)
        self._tokens = tokens
        self._has_members = False
        self._asked_at: int | None = None

    def sitting(self, request: Request) -> Sitting:
        """Raises HTTPException for a token that is none."""
        visitor = known_visitor(request)
        if visitor is None:
            visitor = request.state.visitor = self._visitors.of(request)
            self._look_for_members()
        room = self._room
        if visitor.member is not None and room.public:
            room = replace(room, store=self._whole, public=False)
        asked = request.query_params.multi_items()
        return Sitting(
            room, self._whole, self._judging, visitor, asked, is_public=self._room.public
        )

    def room(self, request: Request) -> ReadingRoom:
        return self.sitting(request).room

    def place(self, request: Request, known: Known | None = None) -> Place:
        """Where the page is that is asked for, and for whom; it never asks the store."""
        path = quote(request.url.path) + (f"?{request.url.query}" if request.url.query else "")
        visitor = known_visitor(request)
        return Place(
            path,
            request.scope.get(PREFIX),
            known,
            member=visitor.member if visitor is not None else None,
            sign_out=self._token(SIGN_OUT, visitor),
            following=self._token(searches.PATH, visitor),
            leads_in=self._has_members or not self._room.public,
        )

    def searches(self, request: Request) -> tuple[Saved, ...] | None:
        """Those of the member who asks, with what is new in each."""
        sitting = self.sitting(request)
        member = sitting.visitor.member
        return saved_searches(sitting.room, member) if member is not None else None

    def _token(self, path: str, visitor: Visitor | None) -> str | None:
        """For a form that stands on other pages than its own."""
        if visitor is None or visitor.session is None:
            return None
        return self._tokens.made(path, visitor.session)

    def _look_for_members(self) -> None:
        """Whether there are any, once after every write: members are closed, never removed, so
        that yes is for good."""
        if self._has_members or not self._room.public:
            return
        stamp = self._whole.stamp()
        if stamp == self._asked_at:
            return
        self._asked_at = stamp
        self._has_members = self._whole.has_members()


def known_visitor(request: Request) -> Visitor | None:
    """Who it was found to be that asks, where that was looked for."""
    found = getattr(request.state, "visitor", None)
    return found if isinstance(found, Visitor) else None


def is_for_a_member(request: Request) -> bool:
    visitor = known_visitor(request)
    return visitor is not None and visitor.member is not None
