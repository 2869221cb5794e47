"""The tables of `docs/*.md` that our data and code decide.

    python -m tests.docs.generate [--check]

writes each anew between `<!-- generated: NAME -->` and `<!-- end -->`, then the tour's records, the
first page's card and what the worked page prints. With `--check` it writes nothing and exits 1 when
a table is stale (the others have tests of their own). Words outside the marks are left alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from dragoman.archive.tables import JOINED
from dragoman.archive.tables import TABLES as ARCHIVED
from dragoman.knowledge import Knowledge
from dragoman.knowledge.codebook import Codebook
from dragoman.publish.dictionary import dictionary_markdown
from dragoman.publish.formats import formats
from dragoman.publish.formats.acled_types import BY_CAMEO, BY_MODE
from dragoman.publish.metrics.names import NAMES
from dragoman.publish.words import QUADS
from dragoman.record.modality import Modality, final_category
from tests.docs import one_pair, readme, tour

DOCS = Path(__file__).parent.parent.parent / "docs"
MARKED = re.compile(r"(<!-- generated: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
KEPT = "·"
"""Shown where a category and its status stay what they are."""
TURNS: Mapping[str, Modality] = {
    "planned": Modality("planned"),
    "withheld": Modality("denied", refused=True),
    "threatened": Modality("threatened"),
    "halted": Modality("halted"),
}
"""What may turn a root into another category; all other statuses keep it."""


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(header)
    lines = [names, ["---"] * len(names), *(list(row) for row in rows)]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def categories(book: Codebook) -> str:
    ordered = sorted(book.categories.values(), key=lambda c: (c.quad, c.id))
    return table(
        ("category", "quad", "label", "what it is"),
        ((c.id, f"{c.quad} {QUADS[c.quad]}", c.label["en"], c.definition["en"]) for c in ordered),
    )


def not_this(book: Codebook) -> str:
    return table(
        ("category", "it is not"),
        ((c.id, "; ".join(c.not_this)) for c in book.categories.values()),
    )


def modes(book: Codebook) -> str:
    return table(
        ("category", "mode", "meaning"),
        (
            (category.id, f"`{mode.id}`", mode.definition)
            for category in book.categories.values()
            for mode in category.modes
        ),
    )


def final(book: Codebook) -> str:
    """The category and status that each root gets when something turns it."""
    rows = []
    for root in book.categories:
        row = [root]
        for name, found in TURNS.items():
            category, status = final_category(root, book.quad(root), found)
            expected = "denied" if name == "withheld" else name
            same = (category, status) == (root, expected)
            row.append(KEPT if same else f"{category}, {status}")
        rows.append(row)
    return table(("root", *TURNS), rows)


def contexts(book: Codebook) -> str:
    return ", ".join(f"`{context.id}`" for context in book.contexts) + "\n"


def exports(_book: Codebook) -> str:
    """Every format with its columns, from what the formats say of themselves."""
    return dictionary_markdown(formats().values())


def acled(book: Codebook) -> str:
    """What ACLED has a type for, and for what it has none."""
    kinds = [(*key, *value) for key, value in _acled_kinds()]
    named = {category for category, *_ in kinds}
    rows = [(category, f"`{mode}`" if mode else "none", *rest) for category, mode, *rest in kinds]
    rest = ", ".join(one for one in book.categories if one not in named)
    return (
        f"{table(('category', 'mode or CAMEO', 'event type', 'sub-type'), rows)}\nNo row: {rest}.\n"
    )


def _acled_kinds() -> Iterable[tuple[tuple[str, str], tuple[str, str]]]:
    for (category, mode), kind in (*BY_MODE.items(), *BY_CAMEO.items()):
        yield (category, mode or ""), (kind.event, kind.sub or "")


def metrics(_book: Codebook) -> str:
    return table(
        ("metric", "kind", "by", "labels", "what"),
        (
            (f"`{name}`", one.kind, one.by, ", ".join(one.labels), one.says)
            for name, one in NAMES.items()
        ),
    )


def archive(_book: Codebook) -> str:
    """The tables of an archive's output with their columns."""
    told = [f"**`{one.name}`**: {one.means}" for one in (*ARCHIVED, *JOINED)]
    columns = [
        table(("column", "type", "is"), ((c.name, c.type, c.means) for c in one.columns))
        for one in (*ARCHIVED, *JOINED)
    ]
    return "\n".join(f"{head}\n\n{rows}" for head, rows in zip(told, columns, strict=True))


TABLES: Mapping[str, Callable[[Codebook], str]] = {
    "categories": categories,
    "not-this": not_this,
    "modes": modes,
    "final": final,
    "contexts": contexts,
    "exports": exports,
    "acled": acled,
    "metrics": metrics,
    "archive": archive,
}


def rewritten(page: str, book: Codebook) -> str:
    """The page with every marked table made anew; an unknown name is a KeyError."""
    return MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]](book)}\n{found[3]}", page)


def stale(book: Codebook, folder: Path = DOCS) -> dict[Path, str]:
    """Pages whose tables are not what they should be, with what they should be."""
    pages = {path: path.read_text("utf-8") for path in sorted(folder.glob("*.md"))}
    made = {path: rewritten(text, book) for path, text in pages.items()}
    return {path: text for path, text in made.items() if text != pages[path]}


def main(arguments: list[str]) -> int:
    found = stale(Knowledge().codebook)
    if "--check" in arguments:
        for path in found:
            print(f"{path}: its tables are stale; run `make docs`", file=sys.stderr)
        return 1 if found else 0
    for path, text in found.items():
        path.write_text(text, "utf-8")
    tour.main()
    readme.main()
    one_pair.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
