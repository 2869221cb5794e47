"""Texts of our own that tests of copies print again, cut and change."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.link.sketches import Body, body_of
from dragoman.model import Article, Attribution, Block, Claim, Dated, Precision

FERRY = (
    "The ferry between the two islands stopped on Monday after its engine failed for the third "
    "time in a month.",
    "Some forty passengers spent the night in a school hall, where volunteers from Lisvik handed "
    "out soup and blankets.",
    "The company says that a spare part has been ordered from a yard in Gdansk and will take nine "
    "days to arrive.",
    "Until then fishing boats will carry the mail, and doctors will cross twice a week by "
    "helicopter if the weather allows.",
    "The regional council meets on Thursday to decide whether the contract should go to another "
    "operator next spring.",
)
ORCHARD = (
    "Growers in the upper valley have begun to pull out old apple trees because nobody will buy "
    "the fruit at a price that pays for the picking.",
    "A cooperative near Merano offers cherry saplings at half their cost to members who clear at "
    "least one hectare before winter.",
    "Bees are the worry: the hives that stood under the apple blossom belong to families who have "
    "no other ground to put them on.",
    "An agronomist who advises the cooperative called it the largest change in the valley since "
    "irrigation came in the fifties.",
)
RETOLD = (
    "Forty people had to sleep in a school hall at Lisvik after the ferry between the two islands "
    "lost its engine on Monday, the third failure in a month.",
    "A yard in Gdansk is to send the part within nine days; meanwhile the mail will go by fishing "
    "boat and doctors by helicopter, and on Thursday the council will talk of another operator.",
)
"""The ferry's story in other words."""
OWN = (
    "Anyone who has waited on that pier in March knows how long a grey afternoon can become there.",
    "My grandmother kept a ledger of missed crossings, with the weather in one column and the "
    "excuses in another.",
    "It is tempting to laugh, and the islanders do, but a place without a boat is a place that "
    "people leave.",
    "The lighthouse keeper has sold his house, and the bakery opens on three mornings only.",
    "So one reads the notices with some care, and one is seldom comforted by what they promise.",
    "There was a plan for a tunnel once, drawn on squared paper by a teacher of geometry.",
)


def article(
    name: str,
    sentences: Sequence[str],
    *,
    published: str | None = "2024-03-18",
    host: str | None = None,
    credit: str | None = None,
) -> Article:
    """One paragraph a sentence under a headline; `published` is a day or a minute."""
    lines = [f"Headline of {name}", *sentences]
    blocks, at = [], 0
    for n, line in enumerate(lines):
        blocks.append(Block("body" if n else "headline", at, at + len(line), "test"))
        at += len(line) + 1
    precision: Precision = "minute" if published and "T" in published else "day"
    return Article(
        id=f"a-{name}",
        capture_id=f"c-{name}",
        text="\n".join(lines),
        language="en",
        url=f"https://{host or name}.example/1",
        published=Dated(published, published, precision, "given") if published else None,
        blocks=tuple(blocks),
        attribution=Attribution(Claim(credit, None, None, "test")) if credit else Attribution(),
    )


def body(*sentences: str) -> Body:
    return body_of(article("text", sentences))
