"""All that the desk knows before it reads: languages, codebook, atlas, outlets.

The only reader of the data folders. In: nothing, or a folder laid over ours. Out: `Knowledge`,
whose parts are loaded and checked when first asked for. It imports no step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from dragoman.knowledge.acts import ActModel, load_acts
from dragoman.knowledge.atlas import LANGUAGES, Atlas, load_atlas
from dragoman.knowledge.codebook import Codebook, load_codebook
from dragoman.knowledge.declension import Declension, load_declension
from dragoman.knowledge.declined import DeclinedIndex
from dragoman.knowledge.eventdata import EventData, load_eventdata
from dragoman.knowledge.files import digest_of
from dragoman.knowledge.furniture import FurnitureRules, load_furniture
from dragoman.knowledge.gazetteer import Gazetteer
from dragoman.knowledge.identifying import Identifying, load_identifying
from dragoman.knowledge.languages import Language, load_language, load_roles
from dragoman.knowledge.layout import LayoutModel, load_layout
from dragoman.knowledge.light import LightLanguage, brought_names, load_light
from dragoman.knowledge.light_examples import LightExample, load_light_examples
from dragoman.knowledge.local_names import heard_entries, local_entries
from dragoman.knowledge.lures import Lures, load_lures
from dragoman.knowledge.measures import Measures, load_measures
from dragoman.knowledge.names import Candidate, NameIndex
from dragoman.knowledge.outlets import Outlets, load_outlets
from dragoman.knowledge.own import OwnBook, load_own
from dragoman.knowledge.place_words import PlaceWords, load_place_words
from dragoman.knowledge.shapes import Shape, load_shapes
from dragoman.model import Tier

T = TypeVar("T")
DATA = Path(__file__).parent.parent
ATLAS = DATA / "atlas"


class Knowledge:
    """The data folders under `root`, each part read once, at its first use.

    `acts` stands in for the model of acts in the codebook's folder, as while one is fitted;
    `own_folder` holds the categories that a desk adds.
    """

    def __init__(
        self, root: Path = DATA, acts: ActModel | None = None, own_folder: Path | None = None
    ) -> None:
        self.root = root
        self.own_folder = own_folder
        self._acts = acts
        self._indices: dict[str, NameIndex] = {}
        self._holders: dict[str, Mapping[str, str]] = {}

    @cached_property
    def codebook(self) -> Codebook:
        return replace(load_codebook(self.root / "codebook"), own=self.own.plain)

    @cached_property
    def codebook_version(self) -> str:
        """Digest of the codebook's files, with those of the desk's own."""
        return digest_of(self.root / "codebook", *([self.own_folder] if self.own_folder else []))

    @cached_property
    def lexicon_version(self) -> str:
        """Digest of all that is known of languages."""
        return digest_of(self.root / "languages")

    @cached_property
    def versions(self) -> Mapping[str, str]:
        """Digests of all that decides what a text is read as, by the name of its data."""
        return {
            "codebook": self.codebook_version,
            "lexicon": self.lexicon_version,
            "atlas": digest_of(self.root / "atlas"),
            "outlets": digest_of(self.root / "outlets"),
        }

    @cached_property
    def measures(self) -> Measures:
        """What was measured of all this, on which sets."""
        return load_measures(DATA / "measures.toml")

    @cached_property
    def own(self) -> OwnBook:
        """The desk's own categories, with the examples that can't be used."""
        ours = {path.stem.upper() for path in (self.root / "codebook").glob("*.toml")}
        return load_own(self.own_folder, ours)

    @cached_property
    def acts(self) -> ActModel:
        """The model that tells acts by the codebook's examples."""
        return self._acts or load_acts(self.root / "codebook" / "acts.npz")

    @cached_property
    def atlas(self) -> Atlas:
        return load_atlas(self.root / "atlas")

    @cached_property
    def eventdata(self) -> EventData:
        """Columns and codes of other event data, in our terms."""
        return load_eventdata(self.root / "eventdata", self.codebook, self.atlas)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Cities and divisions of the world by name; opened at the first look-up."""
        return Gazetteer(self.root / "atlas" / "gazetteer.npz")

    @cached_property
    def declensions(self) -> Mapping[str, Declension]:
        """How names are declined, by language code."""
        files = sorted(self.root.glob("languages/*/declension.toml"))
        return {path.parent.name: load_declension(path) for path in files}

    @cached_property
    def place_words(self) -> Mapping[str, PlaceWords]:
        """Words around the names of places, by language code."""
        files = sorted(self.root.glob("languages/*/places.toml"))
        return {path.parent.name: load_place_words(path) for path in files}

    @cached_property
    def outlets(self) -> Outlets:
        return load_outlets(self.root / "outlets")

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """Languages that can be read, by code; each loads when it is looked up."""
        return _Lazy(self._with("language.toml"), self._full)

    def holders(self, language: str) -> Mapping[str, str]:
        """What the holder of an office is called in a language that can be read: the first noun of
        its table of roles. Whoever needs no more than that loads no lexicon with it."""
        if language not in self._holders:
            known = language in self.languages
            roles = load_roles(self.root / "languages" / language / "roles.tsv") if known else {}
            nouns = reversed(roles.items())
            self._holders[language] = {r.office: noun for noun, r in nouns if r.office is not None}
        return self._holders[language]

    @cached_property
    def light(self) -> Mapping[str, LightLanguage]:
        """Languages without a parser, by code, each loaded when it is looked up. One that has a
        parser is read in full, whatever else its folder holds."""
        codes = set(self._with("light.toml")) - set(self.languages)
        return _Lazy(codes, lambda code: load_light(self.root / "languages" / code))

    def tier(self, language: str | None) -> Tier:
        """How far texts in a language are read."""
        if language in self.languages:
            return "full"
        return "light" if language in self.light else "none"

    @cached_property
    def identifying(self) -> Identifying:
        """What languages are told apart by."""
        return load_identifying(self.root / "languages")

    @cached_property
    def furniture(self) -> Mapping[str, FurnitureRules]:
        """Furniture rules by language code, with `any` for texts in other languages."""
        folders = sorted(self.root.glob("languages/*/furniture.toml"))
        return {path.parent.name: load_furniture(path) for path in folders}

    @cached_property
    def lures(self) -> Lures:
        """What unasked-for advertising is made of, in all languages."""
        return load_lures(self.root / "lures")

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The countries of the world, for maps."""
        return load_shapes(self.root / "shapes" / "world.json")

    @cached_property
    def layout(self) -> Mapping[str, LayoutModel]:
        """Layout models: `text` for bare text, `page` for pages."""
        return load_layout(self.root / "layout")

    def names(self, language: str) -> NameIndex:
        """The atlas' names for texts in `language`, built on first use.

        Outlets whose names hold one of them ("Washington Post") are rivals: the longer name wins.
        Languages with a `declension.toml` find declined names, and people by how they are spoken.
        """
        if language not in self._indices:
            entries = [*self.atlas.entries(language), *self.own_names(language)]
            plain = NameIndex(entries)
            rivals = [
                (name, Candidate(outlet.id, "outlet", "MED"))
                for outlet in self.outlets
                for name in (outlet.name, *outlet.names)
                if " " in name and any(True for _ in plain.find(name)) and not plain.look_up(name)
            ]
            self._indices[language] = self._index(language, [*entries, *rivals])
        return self._indices[language]

    def own_names(self, language: str) -> list[tuple[str, Candidate]]:
        """Names in a language beside the atlas' columns: its folder's, CLDR's, and surnames."""
        found = list(brought_names(self.root / "languages" / language, self.atlas))
        if language in self.declensions or language not in LANGUAGES:
            found += local_entries(self.atlas, language)
        return found

    def _with(self, name: str) -> list[str]:
        """Codes of the languages whose folder holds this file."""
        return [path.parent.name for path in self.root.glob(f"languages/*/{name}")]

    def _full(self, code: str) -> Language:
        return load_language(
            self.root / "languages" / code,
            frozenset(self.codebook.categories),
            self.acts.nouns.get(code, frozenset()),
            self.atlas.given_names,
            self.atlas.demonyms_in(code),
        )

    def has_file(self, language: str, name: str) -> bool:
        """A language's folder holds this file."""
        return (self.root / "languages" / language / name).exists()

    def light_examples(self, language: str) -> tuple[LightExample, ...]:
        """The sentences by which a light language is tested."""
        return load_light_examples(self.root / "languages" / language, self.atlas)

    def _index(self, language: str, entries: Iterable[tuple[str, Candidate]]) -> NameIndex:
        declension = self.declensions.get(language)
        if declension is None:
            return NameIndex(entries)
        return DeclinedIndex(entries, declension, language, heard_entries(self.atlas, language))

    def check(self) -> None:
        """Load everything; raises the first `DataFileError`."""
        for part in (
            self.codebook,
            self.acts,
            self.atlas,
            self.eventdata,
            self.gazetteer.look_up("Rome"),
            self.place_words,
            self.declensions,
            self.outlets,
            self.furniture,
            self.identifying,
            self.layout,
            self.lures,
        ):
            assert part is not None
        for code in self.languages:
            assert self.languages[code].code == code
        for code in self.light:
            assert self.light[code].code == code
            assert self.names(code)


class _Lazy(Mapping[str, T]):
    """By language code, each loaded when it is first looked up."""

    def __init__(self, codes: Iterable[str], load: Callable[[str], T]) -> None:
        self._codes = sorted(codes)
        self._load = load
        self._loaded: dict[str, T] = {}

    def __getitem__(self, code: str) -> T:
        if code not in self._codes:
            raise KeyError(code)
        if code not in self._loaded:
            self._loaded[code] = self._load(code)
        return self._loaded[code]

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)
