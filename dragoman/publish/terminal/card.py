"""The card of one article in a terminal: credits, dates, furniture, actors, coded events.

In: what the steps made of one capture. Out: Rich renderables. In each event's sentence the source,
the predicate and the target are lit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.console import Console, Group, RenderableType
from rich.markup import escape as escape_markup
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from dragoman.model import FURNITURE_LABELS, Article, Dated, Kept, Report, Tier
from dragoman.publish.terminal.controls import quiet
from dragoman.publish.words import NO_HEADLINE, last_known

STYLES = {"source": "bold green", "predicate": "bold yellow", "target": "bold magenta"}
QUAD_STYLES = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
SHOWN_ACTORS = 24


def escape(text: str) -> str:
    """Captured text as Rich mark-up may hold it: no tags, no control characters."""
    return escape_markup(quiet(text))


READ_AS: Mapping[Tier, str] = {"full": "", "light": ", read lightly", "none": ", not read"}


def print_card(kept: Kept, console: Console, *, furniture: bool = False) -> None:
    console.print(card(kept, furniture=furniture))


def card(kept: Kept, *, furniture: bool = False) -> RenderableType:
    article = kept.article
    title = Text(quiet(article.title or NO_HEADLINE), style="bold")
    parts: list[RenderableType] = [title, Text(""), _facts(kept)]
    parts += [_furniture_lines(article)] if furniture else []
    parts += [Rule(f"{len(kept.reports)} coded events", style="dim")]
    parts += list(_events(kept))
    general = [d for d in kept.doubts if not d.field.startswith("reports.")]
    if general:
        parts.append(Rule("doubts", style="dim"))
        parts += [Text(f"• {d.field}: {d.reason}", style="dim") for d in general]
    return Panel(Group(*parts), padding=(1, 2))


def _facts(kept: Kept) -> Table:
    article = kept.article
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in _fact_rows(kept, article):
        table.add_row(label, value)
    return table


def _fact_rows(kept: Kept, article: Article) -> Iterator[tuple[str, str]]:
    for author in article.authors:
        about = f" [dim]{escape(author.about)}[/]" if author.about else ""
        yield "author", escape(author.name) + about
    given = article.attribution
    for label, claim in (
        ("first publisher", given.first_publisher),
        ("re-publisher", given.republisher),
        ("agency", given.agency),
    ):
        if claim is not None:
            yield label, f"{escape(claim.value)} [dim]({escape(claim.rule)})[/]"
    yield "published", dated_words(article.published)
    yield (
        "language",
        f"{article.language or 'unknown'}{READ_AS[kept.tier]} · {article.genre.value} "
        + (f"[dim]({escape(article.genre.rule)})[/]"),
    )
    if article.url:
        yield "address", escape(article.url)
    for image in article.images:
        credit = f" [dim]credit[/] {escape(image.credit)}" if image.credit else ""
        yield "image", escape(image.caption or image.src or "") + credit
    counted = Counter((b.label, b.rule) for b in article.blocks if b.label in FURNITURE_LABELS)
    if counted:
        shown = ", ".join(
            f"{n} {label} [dim]({escape(rule)})[/]" for (label, rule), n in sorted(counted.items())
        )
        yield "furniture", f"{sum(counted.values())} blocks: {shown}"
    actors = _actors(kept)
    if actors:
        yield "actors", ", ".join(actors)


def _actors(kept: Kept) -> list[str]:
    found: dict[str, str] = {}
    roles: dict[str, str] = {}
    for reference in kept.references:
        if reference.actor is None:
            continue
        if reference.mention.kind in {"PER", "ORG"} or reference.actor not in found:
            found.setdefault(reference.actor, escape(reference.name))
        if reference.role and reference.mention.kind == "PER":
            roles[reference.actor] = _role_words(reference.role, reference.role_as_of)
    return [
        name + (f" [dim]({escape(roles[actor])})[/]" if actor in roles else "")
        for actor, name in list(found.items())[:SHOWN_ACTORS]
    ]


def _role_words(role: str, as_of: str | None) -> str:
    words = role.replace("_", " ")
    return f"{words}, {last_known(as_of)}" if as_of else words


def _furniture_lines(article: Article) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="yellow", no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for block in article.blocks:
        if block.label in FURNITURE_LABELS:
            text = " ".join(article.text[block.start : block.end].split())
            table.add_row(block.label, block.rule, escape(text[:200]))
    return Group(Rule("furniture", style="dim"), table)


def _events(kept: Kept) -> Iterator[RenderableType]:
    for report in kept.reports:
        yield _event_line(report)
        if report.place is not None and report.place.note:
            yield Text(f"   {report.place.name}: {report.place.note}", style="dim")
        yield _lit(report)
        if report.attributed_to is not None:
            yield Text(f"   said by {quiet(report.attributed_to.name)}", style="dim")
        yield Text("")


def _event_line(report: Report) -> Text:
    line = Text()
    line.append(f"{report.category}", style=f"bold {QUAD_STYLES[report.quad]}")
    if report.mode:
        line.append(f"/{report.mode}", style=QUAD_STYLES[report.quad])
    who = quiet(", ".join(s.name for s in report.sources)) or "?"
    whom = quiet(", ".join(s.name for s in report.targets)) or "?"
    line.append(f"  {who} → {whom}", style="bold")
    told = "" if report.told_as == "news" else f", {report.told_as}"
    line.append(f"  {report.status}{told} · {dated_words(report.date)}", style="dim")
    if report.place is not None:
        line.append(f" · {report.place.name}", style="dim")
    line.append(f" · {report.confidence:.2f}", style="dim")
    return line


def _lit(report: Report) -> Text:
    text = Text("   “" + quiet(report.evidence_text) + "”")
    offset = report.evidence[0] - 4
    for side in report.sources:
        text.stylize(STYLES["source"], side.start - offset, side.end - offset)
    for side in report.targets:
        text.stylize(STYLES["target"], side.start - offset, side.end - offset)
    low, high = report.predicate
    text.stylize(STYLES["predicate"], low - offset, high - offset)
    return text


def dated_words(dated: Dated | None) -> str:
    """ "2024-03-17 (stated)" or "no date"; coarse dates as coarse as they are."""
    if dated is None:
        return "no date"
    cut = {"month": 7, "quarter": 7, "season": 7, "year": 4, "decade": 4}.get(dated.precision, 10)
    start, end = (dated.start or "…")[:cut], (dated.end or "…")[:cut]
    shown = start if start == end else f"{start} – {end}"
    return f"{shown} ({dated.basis})"
