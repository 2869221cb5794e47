"""One language's data: parser choice, frames, modality, roles, furniture, times, speech.

In: a folder `languages/xx`. Out: `Language`. Every file is checked as it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from dragoman.knowledge.files import read_table, read_toml
from dragoman.knowledge.frames import Frames, load_frames
from dragoman.knowledge.furniture import FurnitureRules, load_furniture
from dragoman.knowledge.inflection import Forms, load_forms
from dragoman.knowledge.naming import Naming, load_naming
from dragoman.knowledge.speech import SpeechRules, load_speech
from dragoman.knowledge.times import TimeRules, load_times

BODY_NOUNS = ("noun", "kinds")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ParserShape(_Strict):
    kind: str
    models: list[str] = Field(default_factory=list)
    exclude: list[str] = Field(default_factory=list)
    labels: str = "ud"
    """`ud`, or `clear` for parsers whose labels are converted."""


class SplitShape(_Strict):
    abbreviations: list[str] = Field(default_factory=list)


class WordsShape(_Strict):
    name: str
    parser: ParserShape
    sentences: SplitShape
    be: list[str]
    """Lemmas of the copula, which turns "is on a visit" into a predicate."""
    have: list[str] = Field(default_factory=list)
    """Auxiliaries that only active verbs take, unless the copula stands beside them."""
    active_with_be: list[str] = Field(default_factory=list)
    """Verbs whose compound past takes the copula without being passive (être-verbs)."""
    prepositions: list[list[str]] = Field(default_factory=list)
    """Prepositions of several words, word by word as the parser splits them."""
    personal_pronouns: list[str]
    relative_pronouns: list[str]
    relative_when: list[str] = Field(default_factory=list)
    """Relative pronouns by which a dated noun may date what is told of it ("in which")."""
    when: list[str] = Field(default_factory=list)
    """What stands before such a pronoun, or the pronoun itself, where it asks for a time."""
    happenings: list[str] = Field(default_factory=list)
    """Nouns for what happens on a day, beside the acts of the lexicon ("death", "quake")."""
    epochs: list[str] = Field(default_factory=list)
    """Nouns that date by what they govern ("at the time of the invasion")."""
    since: list[str] = Field(default_factory=list)
    """Conjunctions from whose clause on something is told ("since")."""
    set_for: list[str] = Field(default_factory=list)
    """Prepositions between an act and the day that it is set for ("called a vote for May")."""
    apart: list[str] = Field(default_factory=list)
    """Prepositions that put a noun's act at another time than the verb's ("after", "since")."""
    possessives: list[str] = Field(default_factory=list)
    """Possessive articles, for parsers that do not call them possessors."""
    country_nouns: list[str] = Field(default_factory=list)
    """Nouns that stand for the state spoken of last ("the country")."""
    state_pronouns: list[str] = Field(default_factory=list)
    """Subject pronouns that may stand for a state."""
    singular_pronouns: list[str] = Field(default_factory=list)
    """Subject pronouns that may stand for one person."""
    plural_pronouns: list[str] = Field(default_factory=list)
    """Subject pronouns for several, or for a body of people."""
    person_pronouns: list[str] = Field(default_factory=list)
    """Subject pronouns that no state or body is called by."""
    genders: dict[str, str] = Field(default_factory=dict)
    """Articles and pronouns → the gender they tell, m or f."""
    definite: list[str] = Field(default_factory=list)
    """Articles that say that somebody or something known is meant."""
    residents: list[str] = Field(default_factory=list)
    """Nouns for who resides at a seat of government ("the master of the Kremlin")."""
    former: list[str] = Field(default_factory=list)
    """Words that say that an office is no longer held ("former")."""
    no_roles: list[str] = Field(default_factory=list)
    """Fixed phrases that end with a role noun and name nobody ("coup d'état")."""
    incidental: list[str] = Field(default_factory=list)
    """Adjectives that say of an office's holder nothing that tells which ("new")."""
    members: list[str] = Field(default_factory=list)
    """Nouns for a state by its belonging ("the NATO member")."""
    latter: list[str] = Field(default_factory=list)
    """Words for the person named last ("ce dernier", "the latter")."""
    not_told: list[str] = Field(default_factory=list)
    """Nouns that make what they govern a topic, not an act ("the importance of cooperation")."""
    quantities: list[str] = Field(default_factory=list)
    """Nouns that only say how many ("thousands of")."""
    things: list[str] = Field(default_factory=list)
    """Word classes (classes.tsv) whose members are never a source or target."""
    articles: list[str] = Field(default_factory=list)
    """Indefinite articles, which are no number, and make one of a noun of quantity ("a dozen")."""
    scales: dict[str, int] = Field(default_factory=dict)
    """Words that multiply the number before them."""
    thing_endings: list[str] = Field(default_factory=list)
    """Endings of nouns for what is done or thought, which nobody is ("-tion")."""
    person_endings: list[str] = Field(default_factory=list)
    """Endings of nouns for people by what they do ("-ist")."""
    of: list[str]
    by: list[str]
    between: list[str]
    together: list[str] = Field(default_factory=list)
    """Prepositions that make the verb's subject the doer of an act noun ("with", "through")."""
    to: list[str]
    location: list[str]
    """Prepositions after which a place name says where."""
    contractions: dict[str, str] = Field(default_factory=dict)
    case_prepositions: dict[str, list[str]] = Field(default_factory=dict)
    """Case → prepositions that have another sense with it ("acc": на, "onto")."""
    reflexives: list[str] = Field(default_factory=list)
    """Pronouns that make a verb reflexive."""
    adverbial_pronouns: list[str] = Field(default_factory=list)
    """Pronouns in the place of an indirect object that are none ("y", "en")."""
    linking: list[str] = Field(default_factory=list)
    """Prepositions and conjunctions between an act and what governs it ("a plan *to* attack")."""


class GovernorsShape(_Strict):
    planned: list[str]
    promised: list[str]
    demanded: list[str]
    threatened: list[str]
    refused: list[str]
    denied: list[str]
    alleged: list[str]
    halted: list[str]
    failed: list[str]
    tried: list[str]
    hypothetical: list[str]
    begun: list[str]
    reporting: list[str]


class SupportShape(_Strict):
    lemmas: list[str]


class CueShape(_Strict):
    negation: list[str]
    if_: list[str] = Field(alias="if")
    hearsay: list[str]
    future: list[str]
    modal: list[str]
    told_future: list[str]
    """Modals that after a verb of saying tell what is intended ("said it would")."""
    bounding: list[str] = Field(default_factory=list)
    """Verbs that tell by what act something begins or ends ("ended with the surrender")."""
    occurring: list[str]
    """Verbs, with their object where one belongs to them, that say only that an act occurs."""
    doubt: list[str]
    ongoing: list[str]


class PrepositionShape(_Strict):
    verb: list[str]
    noun: list[str]


class ModalityShape(_Strict):
    governors: GovernorsShape
    support: SupportShape
    words: CueShape
    target_prepositions: PrepositionShape


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun for people by their role, with the office it names (None for groups) and sector."""

    words: tuple[str, ...]
    office: str | None
    sector: str | None


@dataclass(frozen=True, eq=False)
class Language:
    code: str
    words: WordsShape
    frames: Frames
    modality: ModalityShape
    roles: Mapping[str, RoleNoun]
    bodies: Mapping[str, frozenset[str]]
    """Nouns for bodies spoken of before → the kinds of actors they fit."""
    furniture: FurnitureRules
    times: TimeRules
    speech: SpeechRules
    naming: Naming
    forms: Forms | None
    """None where the parser's own lemmas are good."""
    example_nouns: frozenset[str] = frozenset()
    """Nouns that tell an act in the codebook's examples and have no entry in the lexicon."""

    @property
    def lexicon(self) -> str:
        """The file of the frames, as people are shown it."""
        return f"languages/{self.code}/frames.tsv"

    @cached_property
    def act_nouns(self) -> frozenset[str]:
        """Nouns that may be a predicate."""
        return self.frames.words("n") | self.example_nouns

    @cached_property
    def governors(self) -> Mapping[str, str]:
        """Lemma of a governing predicate → the status class it gives its complement."""
        found: dict[str, str] = {}
        for kind in GovernorsShape.model_fields:
            for lemma in getattr(self.modality.governors, kind):
                found.setdefault(lemma, kind)
        return found

    @cached_property
    def event_nouns(self) -> frozenset[str]:
        return self.frames.words("n")

    @cached_property
    def things(self) -> frozenset[str]:
        """Nouns that are no party to an act: event nouns and the classes of papers and goods."""
        classes = (self.frames.classes.get(name, frozenset()) for name in self.words.things)
        return self.event_nouns.union(*classes, self.words.not_told)

    def is_thing(self, lemma: str) -> bool:
        """True for a noun that is no party to an act, by the lists or by its ending."""
        if lemma in self.roles or lemma in self.frames.classes.get("body", ()):
            return False
        return lemma in self.things or lemma.endswith(self._thing_endings)

    def is_person(self, lemma: str) -> bool:
        """True for a noun that may act without being a known role: by its ending, or as a body."""
        known = lemma in self.roles or lemma in self.frames.classes.get("body", ())
        return known or (lemma.endswith(self._person_endings) and not self.is_thing(lemma))

    @cached_property
    def _person_endings(self) -> tuple[str, ...]:
        return _with_plurals(self.words.person_endings)

    @cached_property
    def _thing_endings(self) -> tuple[str, ...]:
        return _with_plurals(self.words.thing_endings)

    @cached_property
    def political_nouns(self) -> frozenset[str]:
        """Nouns of any word class: what a state may own, send or hold."""
        return frozenset(word for words in self.frames.classes.values() for word in words)

    @cached_property
    def support(self) -> frozenset[str]:
        return frozenset(self.modality.support.lemmas)

    def role_noun(self, words: Sequence[str], lemmas: Sequence[str]) -> RoleNoun | None:
        """The role that words of the text name, or None: as they stand, else with dictionary forms
        of the last one ("gilets jaunes") or of the first ones, where all words are declined
        («министром иностранных дел»)."""
        last = len(words) - 1
        runs = [words, [*words[:last], lemmas[last]]]
        runs += [[*lemmas[:cut], *words[cut:]] for cut in range(1, last + 2)]
        found = (self.roles.get(role_key(" ".join(run))) for run in runs)
        return next((role for role in found if role is not None), None)

    @cached_property
    def role_starts(self) -> frozenset[str]:
        """First words of role nouns: a quick test before the longer look-up."""
        return frozenset(role.replace("-", " ").replace("'", " ").split()[0] for role in self.roles)

    @cached_property
    def role_fields(self) -> Mapping[str, tuple[tuple[str, RoleNoun], ...]]:
        """A role noun → what may follow it, parted from it by a state, and the role both name:
        "ministre [turc] des Affaires étrangères". The longest first."""
        found: dict[str, list[tuple[str, RoleNoun]]] = {}
        for key, noun in self.roles.items():
            words = key.split()
            for cut in range(1, len(words) - 1):
                base = " ".join(words[:cut])
                if base in self.roles:
                    found.setdefault(base, []).append((" ".join(words[cut:]), noun))
        return {
            base: tuple(sorted(fields, key=lambda field: -len(field[0])))
            for base, fields in found.items()
        }

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """What an office is for ("des affaires étrangères"), the longest first."""
        found = {field for fields in self.role_fields.values() for field, _ in fields}
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def longest_role(self) -> int:
        return max(len(role.split()) for role in self.roles)


def load_language(
    folder: Path,
    categories: frozenset[str],
    example_nouns: frozenset[str] = frozenset(),
    given: Iterable[str] = (),
    demonyms: Iterable[str] = (),
) -> Language:
    frames = load_frames(folder, categories)
    modality = read_toml(folder / "modality.toml", ModalityShape)
    speech = load_speech(folder / "speech.toml")
    return Language(
        code=folder.name,
        words=read_toml(folder / "language.toml", WordsShape),
        frames=frames,
        modality=modality,
        roles=load_roles(folder / "roles.tsv"),
        bodies=_bodies(folder / "bodies.tsv"),
        furniture=load_furniture(folder / "furniture.toml"),
        times=load_times(folder / "times.toml"),
        speech=speech,
        naming=load_naming(folder, given, demonyms),
        forms=load_forms(
            folder, frames, modality.governors.model_dump(), modality.support.lemmas, speech
        ),
        example_nouns=example_nouns,
    )


def _with_plurals(endings: Iterable[str]) -> tuple[str, ...]:
    """A word that no lexicon has keeps its plural where the parser's lemmas are not used."""
    return tuple(form for ending in endings for form in (ending, f"{ending}s"))


def role_key(words: str) -> str:
    """Words as they stand in a table, however the parser parted them: "chef d'état"."""
    key = words.lower().replace("’", "'").replace("ё", "е")
    return key.replace("' ", "'").replace(" - ", "-")


def load_roles(path: Path) -> dict[str, RoleNoun]:
    """Nouns for who holds an office, by `role_key`."""
    roles: dict[str, RoleNoun] = {}
    for row in read_table(path, ("noun", "office", "sector")):
        for form in row.members("noun"):
            key = role_key(form)
            if key in roles:
                raise row.fault(f"role noun {form!r} stands twice")
            roles[key] = RoleNoun(
                tuple(key.split()), row.optional("office"), row.optional("sector")
            )
    return roles


def _bodies(path: Path) -> dict[str, frozenset[str]]:
    bodies: dict[str, frozenset[str]] = {}
    for row in read_table(path, BODY_NOUNS):
        for form in row.members("noun"):
            if form in bodies:
                raise row.fault(f"noun {form!r} stands twice")
            bodies[form] = frozenset(row.members("kinds"))
    return bodies
