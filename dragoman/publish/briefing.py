"""A brief for those who read it elsewhere: as a file of HTML, as Markdown, as plain text.

In: a reading room, the view of a brief and the site's address. Out: text in the language that is
spoken. Every line has the address of what it rests on, and nothing is loaded from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from dragoman.publish.pages.brief import NOTHING, Act, BriefPage, Change, Quoted
from dragoman.publish.site.render import Renderer
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.views.lines import NOBODY, EventLine, Party
from dragoman.publish.wording import gettext, pgettext
from dragoman.publish.words import (
    STATUSES,
    TOLD,
    counted,
    dated_words,
    day_words,
    language_words,
    origin_count,
)

Form = Literal["html", "markdown", "text"]
SUFFIXES: Mapping[str, Form] = {".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text"}
QUOTES = {"fr": ("«\u202f", "\u202f»"), "ru": ("«", "»")}
"""Around a sentence, by its language; else as in English."""
_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def as_html(page: BriefPage, title: str, base: str) -> str:
    """A page that needs nothing but itself."""
    return Renderer(title).file("brief_file.html", page, base)


def as_text(page: BriefPage, title: str, base: str) -> str:
    return joined(Plain(base).lines(page, title))


def as_markdown(page: BriefPage, title: str, base: str) -> str:
    return joined(_Markdown(base).lines(page, title))


FORMS: Mapping[Form, Callable[[BriefPage, str, str], str]] = {
    "html": as_html,
    "markdown": as_markdown,
    "text": as_text,
}


def subject(page: BriefPage, title: str) -> str:
    """Of a letter: whose brief it is, of which day, and how much there is."""
    told = counted(page.new + page.again, "event")
    parts = (title, page.query, day_words(page.day), told)
    return " · ".join(part for part in parts if part)


def joined(lines: Iterator[str]) -> str:
    """Empty lines never follow one another."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


class Plain:
    """Lines of plain text."""

    rule = ("=", "-")

    def __init__(self, base: str) -> None:
        self._base = base

    def lines(self, page: BriefPage, title: str) -> Iterator[str]:
        yield from self.heading(1, self.text(f"{title}: {day_words(page.day)}"))
        yield self.text(page.lead)
        yield self.text(" · ".join(page.period))
        yield ""
        if page.is_empty:
            yield gettext(NOTHING)
        for one in page.stories:
            address = f"/story/{one.story.id}"
            yield from self.heading(2, self.link(self.text(one.story.title), address))
            yield self.text(f"{one.story.span} · {one.story.told}")
            yield from self.acts(one.acts)
            if one.more:
                yield self.link(counted(one.more, "more event"), f"{address}#events")
        if page.others:
            words = gettext("Outside these stories") if page.stories else gettext("What was told")
            yield from self.heading(2, words)
            yield from self.acts(page.others)
        yield from self.beyond(page)
        if page.to_come:
            yield from self.heading(2, gettext("To come"))
            yield from self.acts(page.to_come)
        if page.changes:
            yield from self.heading(2, gettext("What the desk says otherwise"))
            for change in page.changes:
                yield from self.change(change)
        yield from self.end(page)

    def heading(self, level: int, words: str) -> Iterator[str]:
        first = words.splitlines()[0]
        yield from ("", first, self.rule[level - 1] * len(first), *words.splitlines()[1:])

    def text(self, words: str) -> str:
        """Words from elsewhere on one line."""
        return _one_line(words)

    def link(self, words: str, address: str) -> str:
        return f"{words}\n{self.address(address)}"

    def address(self, address: str) -> str:
        return self._base + address if address.startswith("/") else address

    def acts(self, acts: Sequence[Act]) -> Iterator[str]:
        for act in acts:
            yield ""
            yield self.strong(self.text(_who(act.line)))
            yield self.link(self.text(_facts(act)), f"/event/{act.line.id}")
            for one in act.said:
                yield from self.quoted(one)

    def strong(self, words: str) -> str:
        return words

    def quoted(self, one: Quoted) -> Iterator[str]:
        before, after = QUOTES.get(one.language or "", ("“", "”"))
        yield f"  {before}{self.text(one.text)}{after}"
        yield f"  {self.text(_cited(one))}"
        if one.address is not None:
            yield f"  {one.address}"
        yield f"  {self.address(f'/article/{one.article}#{one.report}')}"

    def change(self, change: Change) -> Iterator[str]:
        yield ""
        yield self.strong(self.text(_who(change.line)))
        yield self.link(self.text(change.words), f"/event/{change.line.id}")
        for one in change.said:
            yield from self.quoted(one)

    def beyond(self, page: BriefPage) -> Iterator[str]:
        """What is counted and not told."""
        if page.more is not None:
            yield ""
            yield self.link(page.more.words, page.more.address)
        if page.unnamed is not None:
            yield ""
            yield self.link(page.unnamed.words, page.unnamed.address)

    def end(self, page: BriefPage) -> Iterator[str]:
        yield ""
        yield gettext(
            "Each sentence is quoted from the article that it links to. What stands around it was "
            "read by machine, and may be wrong: each line links to what it rests on."
        )
        yield self.link(gettext("How, and where it fails"), "/method")
        yield self.link(gettext("this brief on the site"), page.asked.address())


class _Markdown(Plain):
    """The same as Markdown; no word from elsewhere is taken for a mark."""

    def heading(self, level: int, words: str) -> Iterator[str]:
        yield from ("", f"{'#' * level} {words}", "")

    def text(self, words: str) -> str:
        escaped = _MARKUP.sub(r"\\\1", _one_line(words))
        # At the start of a line these would begin a list.
        return re.sub(r"^(\d+)([.)])(?= )", r"\1\\\2", re.sub(r"^([-+=])", r"\\\1", escaped))

    def link(self, words: str, address: str) -> str:
        return f"[{words}](<{_within(self.address(address))}>)"

    def strong(self, words: str) -> str:
        return f"**{words}**  "

    def quoted(self, one: Quoted) -> Iterator[str]:
        before, after = QUOTES.get(one.language or "", ("“", "”"))
        here = self.link(self.text(one.outlet), f"/article/{one.article}#{one.report}")
        facts = self.text(" · ".join((dated_words(one.published), language_words(one.language))))
        there = [self.link(gettext("at its publisher"), one.address)] if one.address else []
        yield from ("", f"> {before}{self.text(one.text)}{after}  ")
        yield f"> {' · '.join((here, facts, *there))}"

    def end(self, page: BriefPage) -> Iterator[str]:
        yield from ("", "---", "")
        last = list(super().end(page))
        yield " · ".join(one for one in last if one)


def _within(address: str) -> str:
    """An address between angle brackets."""
    return address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace("\n", "")


def _one_line(words: str) -> str:
    return _SPACE.sub(" ", quiet(words)).strip()


def _who(line: EventLine) -> str:
    """ "A for B → Consult: meet → C"."""
    arrow = "↔" if line.mutual else "→"
    act = f"{line.label}: {line.mode}" if line.mode else line.label
    sides = [_sides(line.sources), act]
    if line.targets or line.mutual:
        sides.append(_sides(line.targets))
    return f" {arrow} ".join(sides)


def _sides(sides: Sequence[Party]) -> str:
    if not sides:
        return gettext(NOBODY)
    return ", ".join(
        f"{one.name} {pgettext('on behalf of', 'for')} {one.body_name}" if one.body else one.name
        for one in sides
    )


def _facts(act: Act) -> str:
    line = act.line
    told = [] if line.told_as == "news" else [gettext(TOLD[line.told_as])]
    place = [line.place.name] if line.place is not None else []
    counts = f"{counted(line.outlets, 'outlet')}, {origin_count(line.origins)}"
    novelty = [act.novelty] if act.novelty is not None else []
    judged = (
        [gettext("%(verdict)s by a person") % {"verdict": gettext(line.judged)}]
        if line.judged is not None
        else []
    )
    return " · ".join((line.days, *place, STATUSES[line.status], *told, counts, *novelty, *judged))


def _cited(one: Quoted) -> str:
    return " · ".join((one.outlet, dated_words(one.published), language_words(one.language)))
