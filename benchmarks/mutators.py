"""Ways to damage what a server sends: an answer and a die in, another answer out.

Each is one thing that happens in the wild, done with no regard for what it does to the page. All
that is random comes from the die, so that the same seed gives the same bytes.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

MANY = 10_000
DEEP = 3_000
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
SCRIPT = re.compile(r"(?<=<script type=\"application/ld\+json\">).*?(?=</script>)", re.S)
# fmt: off
ENCODINGS = (
    "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "cp1251", "koi8-r",
    "shift_jis", "gb18030", "mac-roman", "cp037",
)
LIES = (
    *ENCODINGS, "utf-8", "x-user-defined", "none", "base64", "idna", "punycode", "rot13", "%s",
    "unicode_escape", "undefined", "ünïcode",
)
DATES = (
    "0000-00-00", "99999-12-31", "2024-02-30", "2024-13-45T99:99:99Z", "-0001-01-01",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2024-03-18T10:00:00+99:99",
    "1e309", "2999-01-01", "٢٠٢٤-٠٣-١٨", "2024-03-18T10:00:60Z", "18446744073709551616",
)
ENTITIES = (
    "&#0;", "&#xD800;", "&#xDFFF;", "&#1114112;", "&#99999999999999999999;", "&#x;", "&;", "&amp",
    "&amp;amp;lt;", "&lol9;", "&#150;", "&NotEqualTilde;", "&#8238;", "&#65534;",
)
DTD = (
    '<!DOCTYPE x [<!ENTITY a "boat"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///nowhere">]>'
)
STATEMENTS = (
    "{", "[]", "null", "NaN", '{"@graph": {"@graph": {"@graph": 1}}}', '"\\ud800"',
    '{"@type": ["NewsArticle", null], "author": [[{"name": 1e999}]], "image": {"url": {}}}',
    '{"@type": "NewsArticle", "headline": ["a", {"b": 1}], "datePublished": {"@value": -1}}',
    '{"@type": "NewsArticle", "publisher": [null, [], 7], "isBasedOn": [{"url": false}]}',
    '{"@type": {"x": 1}, "@id": 0, "articleBody": 3, "creditText": [1, 2]}',
    "[" * DEEP, '{"a":' * DEEP, "9" * 5_000,
)
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2066\u2069\ufeff\u00ad\u2028\u2029\u0085"
CONTROLS = "\x00\x01\x08\x0b\x0c\x1b\x1c\x1d\x1e\x1f\x7f\x80\x9f"
WRAPPERS = (
    "div", "span", "p", "a", "b", "table", "tr", "td", "ul", "li", "blockquote", "figure", "pre",
    "section", "article", "form", "select", "svg", "math", "template", "noscript", "iframe", "h1",
    "figcaption", "item", "entry", "url", "description", "dl", "x-y",
)
OPENINGS = (
    "<!--", "<script>", "<style>", "<![CDATA[", "<textarea>", "<title>", "<plaintext>", "<a href='",
    "<?php ", "<!", "<!DOCTYPE", "<svg><title>", "]]>", "-->", "</body></html>",
)
LINES = (
    "Source: ", "Photo: ", "By ", "(AFP) ", "{{", "[caption", "%%", "© ", "Tags: ", "— ", "…",
    "appeared first on ", "est apparu en premier sur ", "Published ", ", and ", "/ ",
)
ADDRESSES = (
    "http://[", "//", "javascript:x", "data:,", "http://\udcff.example/", "x" * 5_000, "", "\x00",
    "http://a b/", "https://xn--a.example/", "http://1.2.3.4.5:99999/", "http://é" * 50,
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server is to send."""

    body: bytes
    media_type: str
    """The value of Content-Type, with or without charset."""
    headers: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "surrogateescape")

    def saying(self, text: str) -> Answer:
        """The same with another text; half characters become bytes that are no UTF-8."""
        return replace(self, body=text.encode("utf-8", "surrogatepass"))


Mutator = Callable[[Answer, Random], Answer]


# --- bytes -----------------------------------------------------------------------------------


def flip_bytes(answer: Answer, die: Random) -> Answer:
    body = bytearray(answer.body)
    for _ in range(min(len(body), die.choice((1, 10, 100, 1000)))):
        body[die.randrange(len(body))] = die.randrange(256)
    return replace(answer, body=bytes(body))


def cut_off(answer: Answer, die: Random) -> Answer:
    return replace(answer, body=answer.body[: die.randrange(len(answer.body) + 1)])


def lose_a_stretch(answer: Answer, die: Random) -> Answer:
    start, end = _stretch(len(answer.body), die)
    return replace(answer, body=answer.body[:start] + answer.body[end:])


def repeat_a_stretch(answer: Answer, die: Random) -> Answer:
    start, end = _stretch(len(answer.body), die)
    times = die.choice((2, 5, 50))
    again = (answer.body[start:end] * times)[:300_000]
    return replace(answer, body=answer.body[:end] + again + answer.body[end:])


def move_a_stretch(answer: Answer, die: Random) -> Answer:
    """Put a copy of one stretch into the middle of another: halves of tags, of words, of bytes."""
    start, end = _stretch(len(answer.body), die)
    return _insert(answer, answer.body[start:end], die)


def add_noise(answer: Answer, die: Random) -> Answer:
    return _insert(answer, die.randbytes(die.choice((1, 50, 5_000))), die)


def add_nulls(answer: Answer, die: Random) -> Answer:
    return _insert(answer, b"\x00" * die.choice((1, 3, 1_000)), die)


def add_byte_order_marks(answer: Answer, die: Random) -> Answer:
    mark = die.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"+/v8"))
    return replace(answer, body=mark * die.choice((1, 2)) + answer.body)


def lie_about_the_charset(answer: Answer, die: Random) -> Answer:
    kind = answer.media_type.partition(";")[0]
    return replace(answer, media_type=f"{kind}; charset={die.choice(LIES)}")


def recode(answer: Answer, die: Random) -> Answer:
    """Other bytes for the same words, which neither header nor page tells of."""
    name = die.choice(ENCODINGS)
    return replace(answer, body=answer.body.decode("utf-8", "replace").encode(name, "replace"))


def lie_about_the_kind(answer: Answer, die: Random) -> Answer:
    kinds = ("text/plain", "text/html", "application/xhtml+xml", "application/pdf", "image/png",
             "", ";;", "text/html; charset", "application/json", "text/xml")  # fmt: skip
    return replace(answer, media_type=die.choice(kinds))


def pack(answer: Answer, die: Random) -> Answer:
    """gzip: whole, cut or damaged; told of or not; or told of where there is none."""
    body, way = gzip.compress(answer.body, 1, mtime=0), die.randrange(6)
    headers: tuple[str, ...] = ("Content-Encoding: gzip",)
    if way == 1:
        body = body[: die.randrange(len(body))]
    elif way == 2:
        body = flip_bytes(Answer(body, ""), die).body
    elif way == 3:
        headers = ()
    elif way == 4:
        body = gzip.compress(body, 1, mtime=0) + b"\x00" * die.randrange(100)
    elif way == 5:
        body = answer.body
    return replace(answer, body=body, headers=answer.headers + headers)


# --- words -----------------------------------------------------------------------------------


def swap_tags(answer: Answer, die: Random) -> Answer:
    tags = TAG.findall(answer.text)
    die.shuffle(tags)
    return answer.saying(
        TAG.sub(lambda tag: tags.pop() if die.random() < 0.7 else tag[0], answer.text)
    )


def lose_tags(answer: Answer, die: Random) -> Answer:
    share = die.choice((0.1, 0.5, 1.0))
    return answer.saying(TAG.sub(lambda tag: "" if die.random() < share else tag[0], answer.text))


def flood_attributes(answer: Answer, die: Random) -> Answer:
    form = die.choice(("a{}", "a{}=1", 'class="body{}"', "x{}='<p>'", 'id="{}', "href=//["))
    flood = " ".join(form.format(number) for number in range(MANY))
    tags = list(TAG.finditer(answer.text))
    if not tags:
        return answer
    at = die.choice(tags).end() - 1
    return answer.saying(f"{answer.text[:at]} {flood}{answer.text[at:]}")


def nest(answer: Answer, die: Random) -> Answer:
    names = die.sample(WRAPPERS, die.choice((1, 3)))
    depth = die.choice((50, 500, DEEP))
    start = "".join(f"<{names[level % len(names)]}>" for level in range(depth))
    end = "".join(f"</{names[level % len(names)]}>" for level in reversed(range(depth)))
    first, last = _stretch(len(answer.text), die)
    text = answer.text
    closed = end if die.random() < 0.5 else ""
    return answer.saying(f"{text[:first]}{start}{text[first:last]}{closed}{text[last:]}")


def open_without_end(answer: Answer, die: Random) -> Answer:
    return _say(answer, die.choice(OPENINGS) * die.choice((1, 1, 1_000)), die)


def add_entities(answer: Answer, die: Random) -> Answer:
    if die.random() < 0.3:
        text = re.sub(r"\A(<\?xml.*?\?>)?", lambda head: head[0] + DTD, answer.text, count=1)
        return _say(answer.saying(text), "&b;&c;", die)
    return _say(answer, "".join(die.choices(ENTITIES, k=die.choice((1, 20, MANY)))), die)


def wrap_in_cdata(answer: Answer, die: Random) -> Answer:
    first, last = _stretch(len(answer.text), die)
    text = answer.text
    return answer.saying(
        f"{text[:first]}<![CDATA[<![CDATA[{text[first:last]}{die.choice((']]>', ']]]]>', ''))}"
        f"{text[last:]}"
    )


def add_half_characters(answer: Answer, die: Random) -> Answer:
    halves = "".join(chr(die.randrange(0xD800, 0xE000)) for _ in range(die.choice((1, 50))))
    return _say(answer, halves, die)


def mix_line_ends(answer: Answer, die: Random) -> Answer:
    ends = ("\n", "\r", "\r\n", "\n\r", "\x0b", "\x0c", "\u2028", "\u2029", "\x85", "\x1c", "")
    return answer.saying(re.sub(r"\n", lambda _: die.choice(ends), answer.text))


def join_into_one_line(answer: Answer, die: Random) -> Answer:
    text = die.choice((" ", "", "\t")).join(answer.text.split())
    return answer.saying((text * die.choice((1, 10)))[:400_000])


def write_a_huge_word(answer: Answer, die: Random) -> Answer:
    return _say(
        answer, die.choice(("a", "Ab", "é", "—", "A.", "1", "字", ".", "' ", "x@")) * 100_000, die
    )


def hide_characters(answer: Answer, die: Random) -> Answer:
    """Marks that nobody sees, between any two letters."""
    share = die.choice((0.01, 0.3))
    return answer.saying(
        "".join(c + die.choice(INVISIBLE) if die.random() < share else c for c in answer.text)
    )


def add_controls(answer: Answer, die: Random) -> Answer:
    share = 0.02
    return answer.saying(
        "".join(c + die.choice(CONTROLS) if die.random() < share else c for c in answer.text)
    )


def write_backwards(answer: Answer, die: Random) -> Answer:
    return _say(answer, "\u202e" + "".join(die.choices("אבגדהוزحطيكلمن 0123,.", k=3_000)), die)


def add_any_characters(answer: Answer, die: Random) -> Answer:
    points = (die.randrange(0x110000) for _ in range(die.choice((10, 3_000))))
    return _say(answer, "".join(chr(point) for point in points), die)


def pile_accents(answer: Answer, die: Random) -> Answer:
    piled = "".join(c + chr(die.randrange(0x300, 0x370)) * 20 for c in "Ministers met in Geneva. ")
    return _say(answer, piled * die.choice((1, 100)), die)


def change_dates(answer: Answer, die: Random) -> Answer:
    return answer.saying(DATE.sub(lambda _: die.choice(DATES), answer.text))


def break_statements(answer: Answer, die: Random) -> Answer:
    """Machine-readable statements of other shapes, or the page's own, cut."""
    said = die.choice(STATEMENTS)
    if SCRIPT.search(answer.text) is None:
        return _say(answer, f'<script type="application/ld+json">{said}</script>', die)

    def broken(found: re.Match[str]) -> str:
        return said if die.random() < 0.6 else found[0][: die.randrange(len(found[0]) + 1)]

    return answer.saying(SCRIPT.sub(broken, answer.text))


def add_many_links(answer: Answer, die: Random) -> Answer:
    form = die.choice(('<a href="/{0}">{0}</a>', "<li><a href=x>Boats {0}</a></li>", "<a name={0}>",
                       "<p><a href='/{0}'>Ships in the harbour, part {0}</a></p>",
                       "<link rel=alternate type='application/rss+xml' href='/{0}'>",
                       "<item><link>/{0}</link></item>", "<url><loc>/{0}</loc></url>",
                       "<figure><img src=/{0}><figcaption>Boat {0}</figcaption></figure>",
                       "http://[{0}\n", "Boats {0}\n", "Photo: Boat {0}\n"))  # fmt: skip
    return _say(answer, "".join(form.format(number) for number in range(MANY)), die)


def repeat_cues(answer: Answer, die: Random) -> Answer:
    """Words that begin a credit, a footer or a placeholder, without what should follow."""
    end = die.choice(("", " ", "\n", "<p>"))
    return _say(answer, (die.choice(LINES) + end) * die.choice((3, 300, MANY)), die)


def change_case(answer: Answer, die: Random) -> Answer:
    ways: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.title, str.swapcase)
    return answer.saying(die.choice(ways)(answer.text))


def break_addresses(answer: Answer, die: Random) -> Answer:
    return answer.saying(
        re.sub(r"https?://[^\s\"'<>]+", lambda _: die.choice(ADDRESSES), answer.text)
    )


def _stretch(size: int, die: Random) -> tuple[int, int]:
    start = die.randrange(size + 1)
    return start, min(size, start + die.choice((1, 20, 500, 5_000)))


def _insert(answer: Answer, found: bytes, die: Random) -> Answer:
    at = die.randrange(len(answer.body) + 1)
    return replace(answer, body=answer.body[:at] + found + answer.body[at:])


def _say(answer: Answer, words: str, die: Random) -> Answer:
    """The words anywhere, also amid a tag, or right behind one."""
    text = answer.text
    tags = [tag.end() for tag in TAG.finditer(text)]
    at = die.choice(tags) if tags and die.random() < 0.7 else die.randrange(len(text) + 1)
    return answer.saying(text[:at] + words + text[at:])


MUTATORS: tuple[Mutator, ...] = (
    flip_bytes, cut_off, lose_a_stretch, repeat_a_stretch, move_a_stretch, add_noise, add_nulls,
    add_byte_order_marks, lie_about_the_charset, recode, lie_about_the_kind, pack, swap_tags,
    lose_tags, flood_attributes, nest, open_without_end, add_entities, wrap_in_cdata,
    add_half_characters, mix_line_ends, join_into_one_line, write_a_huge_word, hide_characters,
    add_controls, write_backwards, add_any_characters, pile_accents, change_dates, break_statements,
    add_many_links, repeat_cues, change_case, break_addresses,
)  # fmt: skip
