"""How often the first publisher, the re-publisher and the agency of a page are named rightly.

    python -m benchmarks.provenance [FILE.jsonl…] --json [--errors]

Each line of a file: id, kind (html or text), url, content, expected {first_publisher, republisher,
agency}. Without a file: the sets in tests/clean/provenance. `right`: the same outlet, or rightly
none; `wrong`: a name where another or none is expected; `absent`: none where one is expected.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.clean.article import clean
from dragoman.clean.draft import CleaningKnowledge
from dragoman.knowledge import Knowledge
from dragoman.knowledge.outlets import Outlets, fold_name
from dragoman.model import Article, Capture, Claim

SETS = Path(__file__).parents[1] / "tests" / "clean" / "provenance"
FIELDS = ("first_publisher", "republisher", "agency")


@dataclass(frozen=True, slots=True)
class Case:
    """A page and what it says of its origin. `expected`: a name or None by field."""

    id: str
    capture: Capture
    expected: dict[str, str | None]
    note: str


def cases_in(path: Path) -> Iterator[Case]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        raw = row["content"].encode()
        media = "text/html" if row["kind"] == "html" else "text/plain"
        digest = hashlib.sha256(raw).hexdigest()[:32]
        capture = Capture(f"c-{digest}", row["id"], media, raw, url=row["url"] or None)  # type: ignore[arg-type]
        yield Case(row["id"], capture, row["expected"], row.get("note", ""))


def verdict(found: Claim | None, expected: str | None, outlets: Outlets) -> str:
    if found is None:
        return "right" if expected is None else "absent"
    return "right" if _same(found.value, expected, outlets) else "wrong"


def _same(found: str, expected: str | None, outlets: Outlets) -> bool:
    if expected is None:
        return False
    known = outlets.named(expected)
    return fold_name(found) == fold_name(known.name if known else expected)


def judged(article: Article, case: Case, outlets: Outlets) -> dict[str, str]:
    """The verdict on each field of one page."""
    told = article.attribution
    claims = (told.first_publisher, told.republisher, told.agency)
    pairs = zip(FIELDS, claims, strict=True)
    return {field: verdict(claim, case.expected.get(field), outlets) for field, claim in pairs}


def score(path: Path, knowledge: CleaningKnowledge, *, errors: bool = False) -> dict[str, object]:
    """Shares of right, wrong and absent by field, and how many pages the file holds."""
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    cases = list(cases_in(path))
    for case in cases:
        article = clean(case.capture, knowledge)
        for field, said in judged(article, case, knowledge.outlets).items():
            counts[field][said] += 1
            if errors and said != "right":
                claim = getattr(article.attribution, field)
                want = case.expected.get(field)
                print(f"{case.id} {field} {said}: {claim}, expected {want!r} ({case.note})")
    shares = {
        field: {
            said: round(tally[said] / max(1, len(cases)), 3)
            for said in ("right", "wrong", "absent")
        }
        for field, tally in counts.items()
    }
    return {**shares, "n": len(cases)}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="a line for each that is not right")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    knowledge = Knowledge()
    files = options.files or sorted(SETS.glob("*.jsonl"))
    result = {path.stem: score(path, knowledge, errors=options.errors) for path in files}
    print(json.dumps(result) if options.json else json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
