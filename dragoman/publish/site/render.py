"""Views to HTML: the template environment, where everything is escaped and nothing undefined.

In: a view and the name of its template. Out: a whole page. It asks neither store nor request.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from dragoman.model.account import Account, may
from dragoman.publish import words
from dragoman.publish.charts.network import LEANINGS
from dragoman.publish.comments.typed import visible_name
from dragoman.publish.forms import comment_queue
from dragoman.publish.markdown import markdown
from dragoman.publish.pages import own
from dragoman.publish.pages.sources import KINDS as KINDS_OF_SOURCES
from dragoman.publish.pages.sources import STATES
from dragoman.publish.site.files import PageFile
from dragoman.publish.views.agreement import ASPECTS
from dragoman.publish.views.asof import Known
from dragoman.publish.views.copy_tree import BASES, KINDS
from dragoman.publish.views.dossier import left_out
from dragoman.publish.views.lines import CALLED, article_facts
from dragoman.publish.views.measured import figure_words
from dragoman.publish.views.saved import Saved
from dragoman.publish.views.spans import Run, evidence_runs
from dragoman.publish.wording import (
    LANGUAGES,
    Table,
    gettext,
    ngettext,
    pgettext,
    spoken_language,
)

HERE = Path(__file__).parents[1]
_LINK = re.compile(
    r'href="(/|/today(?:\.json)?|/(?:actor|pair|event)/[^"?#]*|(?=\?))((?:\?[^"#]*)?)(#[^"]*)?"'
)
"""Within pages and to pages that show the desk as of a day."""
_OWN = re.compile(r'(href|action)="/(?!static/|(?:[a-z]{2}/|[a-z]{2}"))')
"""Links to our own pages that don't say in which language."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: its path without language (with its query), the language that its
    address names, and the day as of which it is, to whose pages its links lead."""

    path: str = "/"
    prefix: str | None = None
    known: Known | None = None
    files: tuple[PageFile, ...] = ()
    """The forms in which what it lists can be taken away."""
    canonical: str | None = None
    """The whole address that the page is known by, where the desk has one."""
    member: Account | None = None
    """Who is signed in."""
    token: str | None = None
    """Of the form on the page, see `site.tokens`."""
    sign_out: str | None = None
    """Of the button with which who is signed in leaves."""
    following: str | None = None
    """Of the forms by which a member saves a search or opens one, on pages of the record."""
    searches: tuple[Saved, ...] | None = None
    """Of the member, beside what the desk tells today."""
    leads_in: bool = False
    """Whether the page says where members sign in."""

    @property
    def may_judge(self) -> bool:
        return self.member is not None and may(self.member.role, "editor")

    @property
    def section(self) -> str:
        """The address in the navigation of the part of the site that the page belongs to."""
        first = self.path.partition("?")[0].strip("/").partition("/")[0]
        return "/" if first in {"", "today"} else f"/{first}"


PLAIN = Place()


class _Compiled(BytecodeCache):
    """Templates as they were compiled, for every site of this process."""

    def __init__(self) -> None:
        self._made: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._made:
            bucket.bytecode_from_string(self._made[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._made[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Compiled()


class Renderer:
    def __init__(self, title: str, own_pages: Sequence[tuple[str, str]] = ()) -> None:
        """`own_pages`: address and name of those that the desk's people wrote."""
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            undefined=StrictUndefined,
            bytecode_cache=COMPILED,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._environment.policies["ext.i18n.trimmed"] = True
        # The extension's own method, which mypy can't see.
        self._environment.install_gettext_callables(  # type: ignore[attr-defined]
            gettext, ngettext, newstyle=True, pgettext=pgettext
        )
        # Macros see what is global, and nothing that a page is given.
        self._environment.globals.update(
            site_title=title,
            own_pages=own_pages,
            own_titles=Table(own.TITLES),
            languages=LANGUAGES,
            language_spoken=spoken_language,
            quads=Table(words.QUADS),
            genres=Table(words.GENRES),
            labels=Table(words.LABELS),
            aspects=Table(ASPECTS),
            leanings=LEANINGS,
            told=Table(words.TOLD),
            statuses=words.STATUSES,
            verdicts=Table({word: word for word in CALLED.values()}),
            standings=Table(words.STANDINGS),
            copy_kinds=Table(KINDS),
            copy_bases=Table(BASES),
            source_states=STATES,
            source_kinds=KINDS_OF_SOURCES,
            comment_deeds=comment_queue.DEEDS,
            comment_folders=comment_queue.FOLDERS,
            comment_states=comment_queue.STATES,
        )
        self._environment.filters.update(
            basis=words.basis_words,
            classes=_classes,
            counted=words.counted,
            markdown=markdown,
            number=words.number_words,
            decimal=words.decimal_words,
            percent=words.percent,
            printed=words.printed_words,
            dated=words.dated_words,
            day=words.day_words,
            evidence=evidence_runs,
            facts=article_facts,
            figure=figure_words,
            inert=_inert,
            language=words.language_words,
            last_known=words.last_known,
            left_out=left_out,
            linked=_linked,
            listed=words.listed,
            moment=words.moment_words,
            origin_count=words.origin_count,
            part=_part,
            since=_coarse,
            signed_weight=words.weight_words,
            spoken=words.spoken,
            visible=visible_name,
        )

    def page(self, template: str, view: object, place: Place = PLAIN) -> str:
        """A whole page in the language that is spoken."""
        made = self._made(template, place, page=view)
        return _speaking(made if place.known is None else _staying(made, place.known.day), place)

    def file(self, template: str, view: object, base: str) -> str:
        """A page that is read elsewhere: its links lead to the site at `base`."""
        start = str(escape(base))
        made = self._made(template, PLAIN, page=view)
        return _OWN.sub(lambda link: f'{link.group(1)}="{start}/', made)

    def error(self, found: object, place: Place = PLAIN) -> str:
        place = replace(place, known=None, files=(), canonical=None)
        return _speaking(self._made("error.html", place, page=found), place)

    def _made(self, template: str, place: Place, page: object) -> str:
        found = self._environment.get_template(template)
        return found.render(page=page, place=place, known=place.known)


def _speaking(page: str, place: Place) -> str:
    """Links to our own pages in the language of this one's address."""
    return _OWN.sub(rf'\1="/{place.prefix}/', page) if place.prefix else page


def _staying(page: str, day: str) -> str:
    """Links to pages that take a day, with that day. Text from elsewhere holds no link of ours:
    its quotation marks are escaped."""

    def dated(link: re.Match[str]) -> str:
        path, query, anchor = link.group(1), link.group(2), link.group(3) or ""
        asks = f"{query}&amp;asof={day}" if len(query) > 1 else f"?asof={day}"
        return f'href="{path}{asks}{anchor}"'

    return _LINK.sub(dated, page)


def _classes(run: Run) -> str:
    """CSS classes of a mark: its parts, and the quad class where it is a predicate."""
    return " ".join((*run.parts, *(f"q{quad}" for quad in run.quads)))


def _inert(text: str) -> Markup:
    """Escaped, with braces too: a left-over placeholder is shown and stands nowhere as one."""
    shown = str(escape(text)).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(shown.replace("%", "&#37;"))


def _linked(words: str, address: str) -> Markup:
    """Words that lead to an address, to be put into a sentence."""
    return Markup('<a href="{}">{}</a>').format(address, words)


def _part(identity: str) -> str:
    """An id as one part of an address."""
    return quote(identity, safe="")


def _coarse(day: str) -> str:
    """A bound of a role: a day, a month or a year, as exact as it is known."""
    return words.day_words(day) if len(day) == 10 else words.month_words(day)
