"""Places of an article's names: each LOC reference with the place that the whole text decides on.

In: the references that the atlas' names gave. Out: the same, where a name has namesakes the one
that is meant, or open; names that only the gazetteer knows; and places after "in" or "près de" that
the parser did not see. A place in the name of a body or person is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.knowledge import Knowledge
from dragoman.knowledge.names import key_of
from dragoman.knowledge.place_words import PlaceWords
from dragoman.link.place_candidates import PLACES, Option, Options
from dragoman.link.place_context import Span
from dragoman.link.places import Settled, resolve_places
from dragoman.link.subjects import STATES
from dragoman.model import DEMONYM, Article, Mention, Reading, Reference, Sentence
from dragoman.trees import Tree

UNLISTED = "not in the atlas"
WELL_KNOWN = 5.0
"""Points that a place the parser did not see as one must have: some 25,000 people."""
LONGEST = 4
"""Words at most in such a name."""
WIDEST = 200
"""Characters of the longest name that another is looked for in."""
NAME = re.compile(r"[^\W\d_][\w'’. -]*[^\W\d_]")


def settle_places(
    references: Sequence[Reference],
    article: Article,
    reading: Reading,
    knowledge: Knowledge,
    capitals: Sequence[Span] = (),
) -> list[Reference]:
    """References in text order, those of places settled and missed ones added.

    `capitals`: words that may name a place though nothing but their capitals says so."""
    settler = _Settler(references, article, reading, knowledge, capitals)
    return settler.all()


class _Settler:
    def __init__(
        self,
        references: Sequence[Reference],
        article: Article,
        reading: Reading,
        knowledge: Knowledge,
        capitals: Sequence[Span],
    ) -> None:
        self.capitals = capitals
        self.references = references
        self.article = article
        self.reading = reading
        self.knowledge = knowledge
        self.names = knowledge.names(reading.language)
        self.words = knowledge.place_words.get(reading.language, PlaceWords())
        self.own: dict[int, list[Mention]] = {}
        for mention in reading.mentions:
            if mention.kind == "LOC":
                self.own.setdefault(mention.sentence, []).append(mention)
        self.by_sentence: dict[int, list[Reference]] = {}
        self.bodies: dict[int, list[Mention]] = {}
        for reference in references:
            mention = reference.mention
            self.by_sentence.setdefault(mention.sentence, []).append(reference)
            if mention.kind == "ORG":
                self.bodies.setdefault(mention.sentence, []).append(mention)
        self.dated = sorted((time.start, time.end) for time in reading.times)

    def all(self) -> list[Reference]:
        references = self._with_misread([self._whole(r) for r in self.references])
        named = {_span(r.mention) for r in references if self._is_place(r)}
        missed = {_span(mention): mention for mention in self._missed()}
        settled = self._resolved([*named, *missed, *self._datelines()])
        added = [
            _of_option(mention, option)
            for span, mention in missed.items()
            if (option := settled[span].option) and option.expected >= WELL_KNOWN
        ]
        taken = {_span(r.mention) for r in added}
        kept = [
            self._settled(r, settled[_span(r.mention)]) if self._is_place(r) else r
            for r in references
            if _span(r.mention) not in taken
        ]
        return sorted([*kept, *added], key=lambda r: (r.mention.start, -r.mention.end))

    def _resolved(self, spans: Sequence[Span]) -> dict[Span, Settled]:
        outlet = self.knowledge.outlets.at(self.article.url)
        found = resolve_places(
            self.article.text,
            spans,
            self.knowledge,
            self.reading.language,
            home=outlet.country if outlet is not None else None,
            states=[
                (r.mention.start, r.actor) for r in self.references if r.actor and _is_state(r)
            ],
        )
        return {one.span: one for one in found}

    def _with_misread(self, references: list[Reference]) -> list[Reference]:
        """Names taken for bodies that are places: one of them is a place elsewhere in the text, or
        stands beside the place that holds it ("Pandi, Bulacan")."""
        options = Options(self.knowledge, self.reading.language)
        places = {key_of(r.mention.text) for r in references if self._is_place(r)}
        found: set[int] = set()
        for i, r in enumerate(references):
            if not _may_be_misread(r):
                continue
            if key_of(r.mention.text) in places:
                found.add(i)
            beside = references[i + 1] if i + 1 < len(references) else None
            if beside is None or not (_may_be_misread(beside) or self._is_place(beside)):
                continue
            between = self.article.text[r.mention.end : beside.mention.start].strip().lower()
            holders = options.of(beside.mention.text) if between in self.words.inside else ()
            if any(h.holds(o) for h in holders for o in options.of(r.mention.text)):
                found |= {i, i + 1} if _may_be_misread(beside) else {i}
        return [_as_place(r) if i in found else r for i, r in enumerate(references)]

    def _whole(self, reference: Reference) -> Reference:
        """ "Kansas City" is no part of Kansas: the parser's longer name, where it is a place's."""
        mention = reference.mention
        if mention.kind != "LOC" or reference.reason == DEMONYM:
            return reference
        for own in self._own_at(mention.sentence, mention.start):
            longer = own.end - own.start > mention.end - mention.start
            if longer and own.start <= mention.start and mention.end <= own.end:
                listed = self.names.look_up(own.text) or self.knowledge.gazetteer.look_up(own.text)
                if listed:
                    return Reference(own, None, own.text, reason=UNLISTED)
        return reference

    def _own_at(self, sentence: int, at: int) -> Sequence[Mention]:
        """The parser's places that begin at or shortly before a spot."""
        own = self.own.get(sentence, ())
        first, last = (bisect_left(own, end, key=_start) for end in (at - WIDEST, at + 1))
        return own[first:last]

    def _is_place(self, reference: Reference) -> bool:
        if reference.mention.kind != "LOC" or reference.reason == DEMONYM:
            return False
        listed = self.names.look_up(reference.mention.text)
        return not listed or any(c.kind in PLACES - {"demonym"} for c in listed)

    def _settled(self, reference: Reference, settled: Settled) -> Reference:
        mention, option = reference.mention, settled.option
        if (reference.actor is None or reference.sector) and self._is_in_body(mention):
            return Reference(mention, None, mention.text, reason="in the name of a body")
        if settled.candidates:
            return Reference(
                mention, None, mention.text, candidates=settled.candidates, reason=settled.reason
            )
        if option is None or (reference.place and reference.place.id == option.place.id):
            return reference
        return _of_option(mention, option)

    def _is_in_body(self, mention: Mention) -> bool:
        bodies = self.bodies.get(mention.sentence, ())
        first, last = (
            bisect_left(bodies, end, key=_start) for end in (mention.start - WIDEST, mention.end)
        )
        return any(
            body.start <= mention.start
            and mention.end <= body.end
            and body.end - body.start > mention.end - mention.start
            for body in bodies[first:last]
        )

    def _datelines(self) -> Iterator[Span]:
        """Where the text was sent from tells of other places, and is the place of no act."""
        for block in self.article.blocks:
            if block.label == "dateline":
                text = self.article.text[block.start : block.end]
                first = NAME.match(re.split(r"[,(–—-]", text, maxsplit=1)[0])
                if first is not None:
                    yield block.start, block.start + first.end()

    def _missed(self) -> Iterator[Mention]:
        """Capitalised words after a preposition of place, or given so, that no reference explains
        yet."""
        for sentence in self.reading.sentences:
            spans = [*self._after_prepositions(sentence), *self._given(sentence)]
            if not spans:
                continue
            here = self.by_sentence.get(sentence.index, [])
            bodies = {_span(r.mention) for r in here if _may_be_misread(r)}
            first, last = (
                bisect_left(self.dated, (at, 0)) for at in (sentence.start, sentence.end)
            )
            taken = sorted({_span(r.mention) for r in here} | set(self.dated[first:last]))
            longest = max((end - start for start, end in taken), default=0)
            tree, starts = Tree(sentence), [token.start for token in sentence.tokens]
            for span in spans:
                low, high = (bisect_left(taken, (at, 0)) for at in (span[0] - longest, span[1]))
                near = (other for other in taken[low:high] if other != span or span not in bodies)
                if not any(_meet(span, other) for other in near):
                    yield self._mention(tree, starts, span)

    def _given(self, sentence: Sentence) -> Sequence[Span]:
        first, last = (bisect_left(self.capitals, (at, 0)) for at in (sentence.start, sentence.end))
        return self.capitals[first:last]

    def _after_prepositions(self, sentence: Sentence) -> Iterator[Span]:
        tokens = sentence.tokens
        for i in range(len(tokens) - 1):
            near = tokens[i].text.lower()
            both = f"{tokens[i - 1].text.lower()} {near}" if i else near
            if near not in self.words.locative and both not in self.words.locative:
                continue
            first = i + 2 if tokens[i + 1].pos == "DET" else i + 1
            last = first
            while last < min(len(tokens), first + LONGEST) and _is_name(sentence, last):
                last += 1
            if last > first:
                yield tokens[first].start, tokens[last - 1].end

    def _mention(self, tree: Tree, starts: Sequence[int], span: Span) -> Mention:
        """Of a span in a tree's sentence, whose words begin at `starts`."""
        words = range(*(bisect_left(starts, at) for at in span))
        head = next((i for i in words if tree.tokens[i].head not in words), words[0])
        phrase = tree.phrase(head)
        text = self.article.text[slice(*span)]
        sentence = tree.sentence.index
        return Mention(*span, "LOC", sentence, head, text, (phrase.start, phrase.end))


def _start(mention: Mention) -> int:
    return mention.start


def _span(mention: Mention) -> Span:
    return mention.start, mention.end


def _may_be_misread(reference: Reference) -> bool:
    return reference.mention.kind == "ORG" and reference.reason == UNLISTED


def _as_place(reference: Reference) -> Reference:
    return replace(reference, mention=replace(reference.mention, kind="LOC"))


def _is_state(reference: Reference) -> bool:
    return reference.reason in STATES


def _is_name(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return token.text[:1].isupper() and token.pos in {"PROPN", "X"}


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_option(mention: Mention, option: Option) -> Reference:
    place = option.place
    if option.kind == "state":
        return Reference(mention, place.id, place.name, place=place, reason="atlas: state")
    if option.kind == "capital":
        reason = "atlas: capital, may stand for the government"
        return Reference(
            mention, place.country, place.name, sector="GOV", place=place, reason=reason
        )
    source = "gazetteer" if option.is_minor else "atlas"
    name = mention.text if option.is_minor else place.name
    return Reference(mention, None, name, place=place, reason=f"{source}: {option.kind}")
