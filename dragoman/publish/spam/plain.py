"""A comment as its reader is meant to take it: mark-up gone, disguises undone, addresses apart.

In: what somebody typed. Out: `Plain`, the same words in their ordinary spelling, with a sign for
each link, e-mail address, telephone number and sum, and what was found in place of them. It judges
nothing, and takes time that grows with the length of the text and no faster.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

LONGEST = 4000
"""Characters of a comment that are read; of a longer one its beginning and its end."""
LINK, MAIL, PHONE, SUM = "\ue000", "\ue001", "\ue002", "\ue003"
"""What stands in the text for a thing that was taken out; of the area for private use, which is
cleared of what a writer put there."""

_SURE = (
    "com|net|org|info|biz|edu|gov|fr|ch|uk|eu|ca|pl|ru|su|ua|kz|az|io|co|tv|cc|ly|gl|ws|cn|br|pt|"
    "top|xyz|club|site|online|shop|store|icu|vip|bid|loan|casino|click|link|blog|app|dev|buzz|pw|"
    "tk|ml|ga|cf|gq|рф|example"
)
"""Last parts of hosts which no sentence goes on with after a full stop."""
_TAG = re.compile(r"</?([a-zA-Z][\w-]{0,20})([^<>]{0,2000})>")
_MOMENT = re.compile(r"<a\s[^<>]{1,2000}>(\d{1,2}(?::\d\d){1,2})</a>", re.IGNORECASE)
"""A link to a moment of a recording, which is no address to go to."""
_HREF = re.compile(r"""href\s{0,3}=\s{0,3}["']?([^\s"'<>]{1,1000})""", re.IGNORECASE)
_BBCODE = re.compile(r"\[/?url(?:=([^\]\s]{0,500}))?\]", re.IGNORECASE)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff]")
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[\[(](?:at|arobase)[\])]\s?)"
    r"((?:[\w-]{1,63}\.){1,4}[a-z]{2,24})(?![\w-])"
)
_LINK = re.compile(
    r"(?:h(?:tt|xx)ps?\s?:\s?//|www\.)(?:[^\s<>\"\[\]{}|\\^`”»]{2,1000})"
    rf"|(?<![\w.@-])(?:(?:[\w-]{{1,63}}\.){{1,4}}(?:(?:{_SURE})(?!\w)(?:/[^\s<>\"]{{0,1000}})?"
    r"|[a-z]{2,10}/[^\s<>\"]{1,1000}))"
    r"|(?<!\w)(?:/?\w{1,40}\?\w{1,20}=[\w%-]{3,200})",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"(?<![\w@])[\w-]{2,63}"
    r"(?:\s{1,2}\.\s{0,2}|\.\s{1,2}|\s?[\[({]\s?(?:\.|dot|point)\s?[\])}]\s?|\s(?:dot|point)\s)"
    rf"(?:{_SURE})(?!\w)(?:/\S{{0,200}})?"
)
_PHONE = re.compile(r"(?<![\w.,])\+?\(?\d(?:[ .()/-]{0,2}\d){8,14}(?![\w])")
_SUM = re.compile(
    r"(?:[$€£₽¥]|\b(?:usd|eur|gbp)\s)\s?\d[\d.,  ]{0,15}k?"
    r"|(?<![\w.])\d[\d.,  ]{0,15}k?\s?"
    r"(?:[$€£₽]|(?:usd|eur|euros?|dollars?|руб\w{0,5}|доллар\w{0,3}|евро)\b)"
)
_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .*_-]){3,30}[^\W\d_](?!\w)")
_BROKEN = re.compile(r"(?<=[^\W\d_])(?:\[(\w{1,20})\]|\((\w{1,20})\)|[*_|~^+=\\]{1,3}(?=[^\W\d_]))")
_LOOKS_LIKE = str.maketrans("аеорсухіјѕԁһ", "aeopcyxijsdh")
_MIXED = re.compile(r"[a-z]+[а-яёіјѕԁһ]|[а-яёіјѕԁһ]+[a-z]")
_WORD = re.compile(r"\w+")
_LONG_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Plain:
    text: str
    """Lower case, single spaces, at most two of a character in a row, 0 for each digit."""
    written: str
    """Without mark-up and addresses, and else as it was typed; what is said of capitals is said of
    this."""
    links: tuple[str, ...] = ()
    """Addresses without scheme, in lower case, each once; empty for one that was disguised."""
    mails: tuple[str, ...] = ()
    """Hosts of e-mail addresses."""
    phones: int = 0
    sums: int = 0
    disguises: int = 0
    """Links written so that no machine should know them, spaced or bracketed letters, letters of
    two scripts in a word, characters that nobody sees."""


def plain(typed: str) -> Plain:
    """Read a comment; never fails, whatever was typed."""
    text, unseen = _UNSEEN.subn("", html.unescape(_cut(typed)).strip("\ufeff \n"))
    text, links = _without_tags(text)
    written, found = _take_links(unicodedata.normalize("NFKC", text))
    links += found
    text, hidden = _HIDDEN.subn(LINK, written.casefold())
    text, mended = _mend(text)
    mails = tuple(match[1] for match in _MAIL.finditer(text))
    text = _MAIL.sub(MAIL, text)
    text, sums = _SUM.subn(SUM, text)
    text, phones = _PHONE.subn(PHONE, text)
    text = re.sub(r"\d", "0", _LONG_RUN.sub(r"\1\1", text))
    return Plain(
        _SPACE.sub(" ", text).strip(),
        written,
        tuple(dict.fromkeys(links)) + ("",) * hidden,
        mails,
        phones,
        sums,
        unseen + hidden + mended,
    )


def _cut(typed: str) -> str:
    half = LONGEST // 2
    return typed if len(typed) <= LONGEST else f"{typed[:half]}\n{typed[-half:]}"


def _without_tags(text: str) -> tuple[str, list[str]]:
    """Tags out, their addresses apart."""
    links: list[str] = []

    def taken(match: re.Match[str]) -> str:
        href = _HREF.search(match[2])
        if href:
            links.append(_bare(href[1]))
        return f" {LINK} " if href else "\n" if match[1].lower() in {"br", "p"} else ""

    def told(match: re.Match[str]) -> str:
        if match[1]:
            links.append(_bare(match[1]))
        return f" {LINK} " if match[1] else " "

    text = _TAG.sub(taken, _MOMENT.sub(r"\1", text))
    return _BBCODE.sub(told, text), links


def _take_links(text: str) -> tuple[str, list[str]]:
    links: list[str] = []

    def taken(match: re.Match[str]) -> str:
        links.append(_bare(match[0].rstrip(".,;:!?)")))
        return f" {LINK} "

    return _LINK.sub(taken, text), links


def _bare(address: str) -> str:
    return re.sub(r"^(?:\w{2,5}\s?:\s?//)?(?:www\.)?", "", address.lower())


def _mend(text: str) -> tuple[str, int]:
    """Spaced and bracketed letters joined, Latin words freed of Cyrillic letters."""
    text, spaced = _SPACED.subn(lambda match: re.sub(r"[ .*_-]", "", match[0]), text)
    text, broken = _BROKEN.subn(lambda match: match[1] or match[2] or "", text)
    mixed = 0
    if _MIXED.search(text):
        words = [word for word in _WORD.findall(text) if _MIXED.search(word)]
        mixed = len(words)
        text = _WORD.sub(
            lambda match: match[0].translate(_LOOKS_LIKE) if _MIXED.search(match[0]) else match[0],
            text,
        )
    return text, spaced + broken + mixed
