"""The texts that go with a snapshot: how to cite it, for people and programs, and what is in it.

In: what the snapshot says of itself. Out: text. It reads and writes nothing.
"""

from __future__ import annotations

import json
import textwrap

from dragoman.publish.gathering import About
from dragoman.publish.snapshots.rows import TABLES

CITATION = "CITATION.txt"
CITATION_CFF = "CITATION.cff"
README = "README.txt"
WIDTH = 100


def citation(about: About, name: str, digest: str) -> str:
    """One sentence to print below a figure."""
    asked = f" Query: {about.query}." if about.query else ""
    return (
        f"{about.title} ({about.made_at[:10]}): record of world affairs, snapshot “{name}” [data "
        f"set].{asked} Made with Dragoman {about.program}. {about.base} SHA-256 {digest}\n"
    )


def citation_cff(about: About, name: str, digest: str) -> str:
    """The same in the Citation File Format 1.2."""
    abstract = f"Events that the query “{about.query}” finds." if about.query else "All events."
    said = {
        "message": "If you use these data, please cite them as below.",
        "title": f"{about.title}: record of world affairs, snapshot {name}",
        "version": name,
        "date-released": about.made_at[:10],
        "url": about.base,
        "abstract": f"{abstract} Made with Dragoman {about.program}.",
    }
    lines = ["cff-version: 1.2.0", "type: dataset"]
    lines += [f"{key}: {_quoted(value)}" for key, value in said.items()]
    lines += ["authors:", f"  - name: {_quoted(about.title)}", "identifiers:", "  - type: other"]
    lines += [f"    value: {_quoted(f'sha256:{digest}')}", "    description: Digest of the data"]
    return "\n".join(lines) + "\n"


def dictionary(about: About) -> str:
    """What the files are, and what each key in them means."""
    parts = [
        f"{about.title}: a snapshot of the record",
        _filled(
            "Each file with the ending .jsonl.gz holds JSON objects, one a line, in UTF-8, sorted "
            "by id and compressed with gzip. manifest.json says by which versions they were made, "
            "and has the size and SHA-256 digest of every file. The digest that is cited is that "
            "of the uncompressed data: the SHA-256 of one line for each .jsonl.gz file, with its "
            "name, a space, its content_sha256 and a line end, in the order of the manifest. "
            "CITATION.txt and CITATION.cff say how to cite."
        ),
        _filled(
            "A report is what one article says happened; an event is the happening, with all its "
            "reports. Ids stay the same from snapshot to snapshot. Unknown is null."
        ),
    ]
    for table in TABLES:
        parts.append(f"{table.file}\n{table.means}")
        parts.append("\n".join(_filled(f"{f.name} ({f.type}): {f.means}", 2) for f in table.fields))
    return "\n\n".join(parts) + "\n"


def _filled(words: str, indent: int = 0) -> str:
    return textwrap.fill(
        words, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * 2 * indent
    )


def _quoted(words: str) -> str:
    """A string of YAML, which those of JSON are too."""
    return json.dumps(words, ensure_ascii=False)
