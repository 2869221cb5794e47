"""What an alert tells by mail: new events with their sentences, and what the desk says otherwise.

In: a room, an alert, a message. Out: a letter's subject, text and HTML in the alert's language. It
reads the record at the moment of sending, so that nothing is told that the desk no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from dragoman.model.following import Alert, Message, Telling
from dragoman.publish.briefing import Plain, joined
from dragoman.publish.followed import mail_path
from dragoman.publish.pages.brief import Act, Change, Teller, What
from dragoman.publish.room import ReadingRoom
from dragoman.publish.site.render import Renderer
from dragoman.publish.views.arrived import Arrival
from dragoman.publish.views.lines import Lines
from dragoman.publish.wording import N_, gettext, ngettext
from dragoman.publish.words import counted, number_words, origin_count

TOLD = 30
"""New events of a letter; more are counted."""
WHATS: dict[Telling, What] = {"changed": "turned", "fewer": "fewer", "withdrawn": "withdrawn"}
CHANGED = N_("told otherwise now than when this alert told it")
FEWER = N_("now counted as %(origins)s: the alert asked for %(asked)s")
GONE = N_("withdrawn: no article tells it any more")
WHY = N_(
    "You get this letter because %(member)s, of the desk %(title)s, follows “%(name)s” with this "
    "address, from %(origins)s on."
)


@dataclass(frozen=True, slots=True)
class AlertLetter:
    """`removed`: events told before that the desk no longer holds at all."""

    name: str
    query: str
    member: str
    title: str
    """Of the desk."""
    origins: int
    acts: tuple[Act, ...]
    more: int
    changes: tuple[Change, ...]
    removed: tuple[str, ...]
    stop: str
    """Where it can be stopped."""
    is_question: bool = False
    """Whether it asks if the address is its reader's, and tells nothing yet."""
    is_test: bool = False

    @property
    def search(self) -> str:
        return f"/explore?{urlencode({'q': self.query})}" if self.query else "/explore"

    @property
    def new(self) -> int:
        return len(self.acts) + self.more

    @property
    def why(self) -> str:
        return gettext(WHY) % {
            "member": self.member,
            "title": self.title,
            "name": self.name,
            "origins": origin_count(self.origins),
        }

    @property
    def lead(self) -> str:
        if self.is_question:
            return gettext("Are these letters for you?")
        if self.is_test:
            return gettext("A test: nothing happened")
        told = [counted(self.new, "new event")] if self.new else []
        changed = len(self.changes) + len(self.removed)
        if changed:
            told.append(
                ngettext("%(num)s told otherwise", "%(num)s told otherwise", changed)
                % {"num": number_words(changed)}
            )
        return " · ".join(told)


def letter_of(room: ReadingRoom, alert: Alert, message: Message) -> AlertLetter:
    """Without events that are gone, but for what was told before and is to be taken back."""
    lines = Lines(room)
    teller = Teller(room, lines)
    new = [one for one, telling in message.told if telling == "new"]
    found = {event.id: event for event in room.store.events_called(new)}
    arrivals = [Arrival(found[one], frozenset(), None, None) for one in new if one in found]
    acts = teller.acts(arrivals)
    changes, removed = _changes(room, lines, alert, message)
    return AlertLetter(
        name=alert.search.name,
        query=alert.search.query,
        member=alert.member,
        title=room.config.title,
        origins=alert.origins,
        acts=tuple(acts[:TOLD]),
        more=len(acts[TOLD:]),
        changes=changes,
        removed=removed,
        stop=mail_path(room.store, alert.id),
        is_question=not message.told and not alert.is_confirmed,
        is_test=not message.told and alert.is_confirmed,
    )


def _changes(
    room: ReadingRoom, lines: Lines, alert: Alert, message: Message
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    made: list[Change] = []
    removed: list[str] = []
    for one, telling in message.told:
        if telling == "new":
            continue
        event = room.store.event(one)
        if event is None:
            removed.append(one)
            continue
        words = {"changed": CHANGED, "fewer": FEWER, "withdrawn": GONE}[telling]
        numbers = {"origins": origin_count(event.origins), "asked": number_words(alert.origins)}
        made.append(Change(WHATS[telling], gettext(words) % numbers, None, lines.event(event)))
    return tuple(made), tuple(removed)


def subject(page: AlertLetter) -> str:
    return " · ".join((page.title, page.name, page.lead))


def as_html(page: AlertLetter, base: str) -> str:
    return Renderer(page.title).file("alert_letter.html", page, base)


def as_text(page: AlertLetter, base: str) -> str:
    return joined(_Letter(base).whole(page))


class _Letter(Plain):
    def whole(self, page: AlertLetter) -> Iterator[str]:
        yield from self.heading(1, self.text(page.name))
        yield self.text(page.lead)
        yield ""
        if page.is_question:
            yield self.text(page.why)
            yield ""
            yield self.link(gettext("Yes, send them to me"), page.stop)
            yield ""
            yield gettext("If not, do nothing: no other letter will come.")
            return
        yield from self.acts(page.acts)
        if page.more:
            yield ""
            yield self.link(counted(page.more, "more event"), page.search)
        if page.changes or page.removed:
            yield from self.heading(2, gettext("What the desk says otherwise"))
            for change in page.changes:
                yield from self.change(change)
            for one in page.removed:
                yield self.link(gettext("Removed from the desk; nothing of it is kept"), one)
        yield ""
        yield gettext(
            "Each sentence is quoted from the article that it links to. What stands around it was "
            "read by machine, and may be wrong: each line links to what it rests on."
        )
        yield self.text(page.why)
        yield self.link(gettext("Stop these letters"), page.stop)
