"""What a site prints on page after page is told from what stands on one of them."""

from __future__ import annotations

from dragoman.clean.lines import Line, split_lines
from dragoman.clean.memory import RULE, SiteMemory

NOTICE = "The port authority publishes this page for all who live by the water."
STORIES = (
    "The ferry to the northern quay ran twice as often during the first week of the fair.",
    "Dredging of the inner basin ended on Friday, and the pilots returned to their old moorings.",
    "A new tide gauge stands at the lock since spring and sends its reading every ten minutes.",
)


def page(story: str) -> str:
    return f"Harbour\nTimes\n{story}\n{NOTICE}"


def marked(memory: SiteMemory, site: str, text: str) -> list[str]:
    lines: list[Line] = split_lines(text)
    memory.mark(site, lines)
    return [line.text for line in lines if line.rule == RULE]


def test_lines_of_the_site_are_told_from_the_story() -> None:
    memory = SiteMemory()
    for story in STORIES:
        memory.learn("a.example", page(story))
    assert marked(memory, "a.example", page(STORIES[0])) == ["Harbour", "Times", NOTICE]


def test_two_pages_are_too_few_and_another_site_is_another() -> None:
    memory = SiteMemory()
    for story in STORIES[:2]:
        memory.learn("a.example", page(story))
    assert marked(memory, "a.example", page(STORIES[0])) == []
    memory.learn("a.example", page(STORIES[2]))
    assert marked(memory, "b.example", page(STORIES[0])) == []


def test_the_same_article_again_is_no_furniture() -> None:
    memory = SiteMemory()
    for other in ("Quay four was closed.", "The clock stood still.", "It rained all week."):
        memory.learn("a.example", f"Harbour\nTimes\n{other}")
    twice = "\n".join(("Harbour", "Times", *STORIES))
    memory.learn("a.example", twice)
    memory.learn("a.example", f"{twice}\n2 comments")
    assert marked(memory, "a.example", twice) == ["Harbour", "Times"]
