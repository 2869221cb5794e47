"""What `read` and `link` make: sentences, names, dates, clauses, and what the names stand for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.model.article import Doubt, Label, Precision

Kind = Literal["PER", "LOC", "ORG", "ROLE"]
PEOPLE: frozenset[Kind] = frozenset({"PER", "ROLE"})
"""Kinds of mention that may stand for a person."""
DEMONYM = "atlas: demonym"
"""The reason of a reference to a state by its people or adjective."""
# fmt: off
Stance = Literal[
    "neutral", "affirm", "claim", "admit", "deny", "reject", "accuse", "praise",
    "demand", "ask", "promise", "threaten", "warn", "think", "intend",
]
# fmt: on
"""How a speaker stands to what is said. With `claim` the text keeps a distance of its own; `deny`
says that it is not so, `reject` will have none of it."""
THOUGHT: frozenset[Stance] = frozenset({"think", "intend"})
Tier = Literal["full", "light", "none"]
"""How far a text is read: with a parser, for its names, places and dates only, or not at all."""
QuoteKind = Literal["direct", "mixed", "indirect", "topic"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a sentence's tree. `head` is an index into the sentence (itself for the root).

    `pos` is a Universal POS tag and `dep` a Universal Dependencies relation, for every parser.
    `tense`: past, present, future or None; `mood`: ind, cnd, sub, imp, inf, part, ger or None.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    tense: str | None = None
    mood: str | None = None
    plural: bool = False
    entity: str | None = None
    """PER, LOC, ORG or MISC as the parser model has it, else None."""
    case: str | None = None
    """The case of a noun that stands in the place of a preposition: gen, dat or ins; else None."""


@dataclass(frozen=True, slots=True)
class Sentence:
    index: int
    start: int
    end: int
    label: Label
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or role noun in one sentence. `head` is the index of its head token there."""

    start: int
    end: int
    kind: Kind
    sentence: int
    head: int
    text: str
    phrase: tuple[int, int]
    """Span of the noun phrase it heads or lies in."""
    named: bool = True
    """False for words that refer without naming (pronouns, "the country", demonyms), and for a lone
    word that only the parser takes for a person's name."""
    full: tuple[int, int] | None = None
    """The whole name of an organisation that the words only begin ("armée" of "armée turque")."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression; `type` and `value` as in TIMEX3, `start_day` and `end_day` the interval it
    names (None where it can't be anchored). `basis`: "stated", "from publication", or "from
    another date in the text"."""

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    start_day: str | None
    end_day: str | None
    precision: Precision
    basis: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its head's token index, its span without article, case and clauses."""

    head: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Argument:
    """A clause's slot and the coordinated phrases in it. `slot`: subj, subj.by, obj, iobj, agent,
    pp:PREP, poss, of, by, between, adj, support, comp.subj, comp.obj, comp.pp:PREP, obj.poss,
    obj.of, obj.pp:PREP, goal."""

    slot: str
    members: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate (verb or noun) with its arguments and what governs it. `lemmas`: best first.
    `governors`: token indices of the predicates above, nearest first, each with the relation by
    which it governs ("ccomp", "xcomp", "obj", "advcl", "acl", "obl:PREP"). `modal`: lemma of
    a modal or aspect auxiliary. `conditional`: in an if-clause or limited by one. `support`: token
    index of an event noun's support verb."""

    sentence: int
    head: int
    start: int
    end: int
    pos: Literal["v", "n"]
    lemmas: tuple[str, ...]
    arguments: tuple[Argument, ...]
    passive: bool = False
    negated: bool = False
    support_negated: bool = False
    """For the support verb's subject only."""
    tense: str | None = None
    """past, present, future, or pluperfect (told from a point already past)."""
    mood: str | None = None
    modal: str | None = None
    particle: str | None = None
    reflexive: bool = False
    modifiers: tuple[str, ...] = ()
    conditional: bool = False
    support: int | None = None
    governors: tuple[tuple[int, str], ...] = ()
    has_complement: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something. `actor` is set where it is known who is meant; `name` is the actor's,
    else the words of the text at the span."""

    actor: str | None
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Reported speech or thought: one stretch of what is told.

    `kind`: direct (within quotation marks), mixed (a clause with marked words in it), indirect
    (a clause without), topic (a phrase that only names what is spoken of: "condemned the raid").
    `verb` is the lemma of the word that reports it, `cue` that word's place. Stretches that one
    speaker says as one ("…", said X, "…") share their `turn`, a number within the article.
    `speaker` is the phrase that stands for the speaker; `by` is who that is, and set by `link`.
    """

    start: int
    end: int
    speaker: tuple[int, int] | None
    verb: str | None
    stance: Stance
    sentence: int
    kind: QuoteKind = "indirect"
    cue: tuple[int, int] | None = None
    turn: int = 0
    by: Speaker | None = None

    @property
    def is_speech(self) -> bool:
        """It is said aloud: neither a thought nor a mere topic."""
        return self.kind != "topic" and self.stance not in THOUGHT

    @property
    def is_claim(self) -> bool:
        """What it tells rests on its speaker's word or belief; wishes and topics claim nothing."""
        return self.kind != "topic" and self.stance != "intend"


@dataclass(frozen=True, slots=True)
class Reading:
    article_id: str
    language: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    clauses: tuple[Clause, ...] = ()
    quotes: tuple[Quote, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    tier: Tier | None = None
    """None in what was kept before tiers were noted."""


@dataclass(frozen=True, slots=True)
class Place:
    """A spot on the map. `country`: alpha-3 of the state that holds it by UN recognition, None for
    none or several; `note`: the neutral line shown beside disputed and historical places."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    country: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a mention stands for. `actor` is set only when exactly one candidate is left."""

    mention: Mention
    actor: str | None
    name: str
    role: str | None = None
    """The role held on the article's date, as "office actor"."""
    sector: str | None = None
    place: Place | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""
    antecedent: tuple[int, int] | None = None
    """For a pronoun or another short form: the span of the words it points back to, if they stand
    in the same sentence."""
    serves: str | None = None
    """The state or body that the text says an office belongs to."""
    role_as_of: str | None = None
    """The day (ISO, any precision) on which the role was last looked up, where the article is later
    than that and the role holds only as last known."""
