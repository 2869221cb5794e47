"""What every page is made from: the store, what the desk knows, and its settings.

In: an open store, `Knowledge`, `Config`. Out: names and labels as pages print them. It writes
nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from dragoman.config import Config
from dragoman.desk import showing
from dragoman.desk.then import as_of
from dragoman.errors import DragomanError
from dragoman.knowledge import Knowledge
from dragoman.knowledge.publishers import outlet_name
from dragoman.model import Article, Place
from dragoman.publish.display import Display
from dragoman.publish.views.asof import Known, known_on
from dragoman.publish.wording import SOURCE, spoken_language
from dragoman.publish.words import spoken
from dragoman.query.actors import actors_called
from dragoman.store import Store


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    store: Store
    knowledge: Knowledge
    config: Config
    public: bool = False
    """Whether others look too: then the rule of `publish.display` holds."""
    known: Known | None = None
    """The day as of which the desk is seen, where that is not now."""

    @contextmanager
    def at(self, day: str | None) -> Iterator[ReadingRoom]:
        """The room over the desk as of a day (ISO); itself where there is none."""
        if day is None:
            yield self
            return
        with as_of(self.store, self.knowledge, day) as store:
            yield replace(self, store=store, known=known_on(day, store.holding()))

    @property
    def display(self) -> Display:
        return Display(self.store, self.knowledge.outlets, self.public)

    @property
    def today(self) -> str:
        """The day of the desk, or the one as of which it is seen."""
        if self.known is not None:
            return self.known.day
        return self.config.today or date.today().isoformat()

    @property
    def now(self) -> str:
        """The instant; on a desk whose day is set, the end of that day."""
        if self.config.today is not None:
            return f"{self.config.today}T23:59:59+00:00"
        return datetime.now(UTC).isoformat(timespec="seconds")

    def is_actor(self, identity: str) -> bool:
        return identity in self.knowledge.atlas.actors

    def actor_name(self, identity: str, language: str | None = None) -> str:
        """The atlas's name, in a language (the one that is spoken) if it has one; an id the atlas
        lacks stays an id."""
        actor = self.knowledge.atlas.actors.get(identity)
        return actor.name(language or spoken_language()) if actor is not None else identity

    def spoken_place(self, place: Place | None) -> Place | None:
        """A place by the name that the atlas has for it in the language that is spoken; by the
        article's own where it has none."""
        atlas = self.knowledge.atlas
        known = atlas.places.get(place.id) or atlas.actors.get(place.id) if place else None
        if place is None or known is None:
            return place
        return replace(place, name=known.name(spoken_language()))

    def is_name(self, identity: str | None, name: str) -> bool:
        """Whether a name is one of the actor's own; true where the atlas lacks the actor."""
        actor = self.knowledge.atlas.actors.get(identity or "")
        if actor is None:
            return True
        return name.casefold() in {
            form.casefold() for forms in actor.names.values() for form in forms
        }

    def category(self, identity: str) -> str:
        """Its label in the language that is spoken, else in any; an id without one as words."""
        category = self.knowledge.codebook.find(identity)
        labels = category.label if category is not None else {}
        return in_words(labels) or spoken(identity).capitalize()

    def definition(self, identity: str) -> str | None:
        """What a category is, in the language that is spoken, else in any."""
        category = self.knowledge.codebook.find(identity)
        return in_words(category.definition if category is not None else {}) or None

    def quad(self, category: str) -> int:
        """Its quad class; 1 for a category that the codebook has no more, as lines show it."""
        known = self.knowledge.codebook.find(category)
        return known.quad if known is not None else 1

    def mode(self, category: str, mode: str | None) -> str | None:
        """The label of a category's mode; a mode the codebook lacks is shown as it is."""
        if mode is None:
            return None
        known = self.knowledge.codebook.find(category)
        labels = (
            {one.id: in_words({"en": one.label_en, "fr": one.label_fr}) for one in known.modes}
            if known is not None
            else {}
        )
        return labels.get(mode, spoken(mode))

    def context(self, identity: str) -> str:
        labels = {one.id: in_words(one.label) for one in self.knowledge.codebook.contexts}
        return labels.get(identity, spoken(identity))

    def office(self, identity: str) -> str:
        """What its holder is called in the language that is spoken, by that language's table of
        roles; else its id as words."""
        named = self.knowledge.holders(spoken_language()).get(identity, spoken(identity))
        return named.replace("'", "’")

    def outlet(self, article: Article) -> str:
        """Who shows the page, by the rule that outlets are counted by."""
        return outlet_name(article, self.knowledge.outlets)


def room_over(
    store: Store, knowledge: Knowledge, config: Config, *, public: bool = False
) -> ReadingRoom:
    """A room over a desk; a public one over what the public is shown of it, decided first."""
    if public:
        settle(store, knowledge, config)
        store = store.for_public()
    return ReadingRoom(store, knowledge, config, public)


def settle(store: Store, knowledge: Knowledge, config: Config) -> None:
    """Decide of what came since the last time whether a public desk shows it."""
    with store.arriving():
        showing.settle(store, knowledge, config.people_confidence)


def in_words(words: Mapping[str, str]) -> str:
    """Of words by language those in the one that is spoken, else in English, else any; or none."""
    return words.get(spoken_language()) or words.get(SOURCE) or next(iter(words.values()), "")


def one_called(knowledge: Knowledge, words: str) -> str:
    """The id of the one actor that is called so, in any script and case; other words stay as they
    are.

    Raises DragomanError where several are called so.
    """
    found = actors_called(knowledge, words)
    if len(found) > 1:
        raise DragomanError(f"{words} may be {', '.join(sorted(found))}: name one of these")
    return found[0] if found else words
