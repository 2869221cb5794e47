"""Encodings, refusals, and that no input whatever breaks the step."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.clean.article import clean
from dragoman.clean.decode import decode
from dragoman.errors import Unreadable
from dragoman.model import Capture

from .conftest import Cleaner, Knowledge, check_cover

WORDS = "Le préfet a reçu les pêcheurs à l’hôtel de ville."


def capture(body: bytes, charset: str | None = None, html: bool = False) -> Capture:
    media = "text/html" if html else "text/plain"
    return Capture("c-0", "harbour.txt", media, body, charset)  # type: ignore[arg-type]


def test_halves_of_characters_are_no_reason_to_guess() -> None:
    text = f"{WORDS} \ud83d Да."
    decoded = decode(capture(text.encode("utf-8", "surrogatepass"), "utf-8"))
    assert decoded.text == text.replace("\ud83d", "\ufffd")
    assert decoded.doubt is not None
    assert "1 halves" in decoded.doubt.reason


# (bytes, declared charset): each must give WORDS without a doubt
CLEAN = [
    (WORDS.encode(), None),
    (WORDS.encode("utf-8-sig"), None),
    (WORDS.encode("utf-16"), None),
    (WORDS.encode("cp1252"), "windows-1252"),
    # declared Latin-1 means the Windows superset on the web
    (WORDS.encode("cp1252"), "iso-8859-1"),
    # a stale header; the bytes are plainly UTF-8
    (WORDS.encode(), "iso-8859-1"),
    (WORDS.encode(), "no-such-charset"),
]


@pytest.mark.parametrize(("body", "charset"), CLEAN)
def test_text_comes_out_as_it_went_in(body: bytes, charset: str | None) -> None:
    decoded = decode(capture(body, charset))
    assert decoded.text == WORDS
    assert decoded.doubt is None


def test_a_page_may_name_its_own_charset() -> None:
    body = f'<meta charset="windows-1252"><p>{WORDS}'.encode("cp1252")
    assert WORDS in decode(capture(body, html=True)).text


def test_broken_bytes_are_a_doubt() -> None:
    decoded = decode(capture((WORDS * 10).encode() + b"\xff" + WORDS.encode()))
    assert decoded.doubt is not None
    assert decoded.doubt.field == "text"


REFUSED = [b"", b" \n\t", b"%PDF-1.7 and so on", b"PK\x03\x04zip", b"\x89PNG\r\n", b"a\x00b\x01c"]


@pytest.mark.parametrize("body", REFUSED)
def test_what_is_no_text_is_refused_by_name(body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"harbour\.txt: .+"):
        decode(capture(body))


def test_too_much_text_is_refused(cleaned: Cleaner) -> None:
    with pytest.raises(Unreadable, match="5 MB"):
        cleaned("word " * 1_100_000)


MANGLED = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<div class='comments'>", "<table><td>", "<h1>", "<figure><figcaption>",
        "<a href='::'>", "<script>", "</script>", "<!--", "&#x0;", "&nope;", "\u202e", "\r", "{$x}",
        "<meta charset=utf-7>", '<script type="application/ld+json">{"@graph":[[[', "Source: ",
        "AFPLe",
        "A sentence of some length that stands on its own. ", "<br>",
        "<time datetime='9999-99-99'>",
        "<link rel=canonical href='http://['>", "\n", "Check Also\n", "%%x%%",
    ])
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=MANGLED, html=st.booleans())
def test_mangled_pages_are_cleaned(knowledge: Knowledge, pieces: list[str], html: bool) -> None:
    _check_any(knowledge, "".join(pieces).encode(), html)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=st.binary(max_size=400), html=st.booleans())
def test_arbitrary_bytes_are_cleaned_or_refused(
    knowledge: Knowledge, body: bytes, html: bool
) -> None:
    _check_any(knowledge, body, html)


def _check_any(knowledge: Knowledge, body: bytes, html: bool) -> None:
    try:
        article = clean(capture(body, html=html), knowledge)
    except Unreadable:
        return
    check_cover(article)
