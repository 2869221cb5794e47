"""Comments in plain text: what was dressed up, and what only looks so."""

from __future__ import annotations

import pytest

from dragoman.publish.spam.plain import LINK, MAIL, PHONE, SUM, plain


@pytest.mark.parametrize(
    ("typed", "links"),
    [
        ("voir https://www.lemonde.fr/a?b=1.", ("lemonde.fr/a?b=1",)),
        ("<a href='http://X.com/a&amp;b'>ici</a>", ("x.com/a&b",)),
        ("[url=http://a.org]ici[/url]", ("a.org",)),
        ("youtu.be/abc et t.me/foo", ("youtu.be/abc", "t.me/foo")),
        ("https://a.org https://a.org", ("a.org",)),
        ("kids . com ou mon-site [.] net ou site dot org", ("", "", "")),
        ("пример.рф", ("пример.рф",)),
        ('<a href="/watch?t=139">2:19</a> est le meilleur moment', ()),
        ("La fin.Il pleut. M. Dupont, etc. Voir p.12", ()),
        ("le 12.03.2024, art. 5.1", ()),
    ],
)
def test_links(typed: str, links: tuple[str, ...]) -> None:
    assert plain(typed).links == links


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a b c d e f", "abcdef"),
        ("you[tube] et c*l*i*c", "youtube et clic"),
        ("pаypаl", "paypal"),
        ("free\u200bly", "freely"),
        ("GRATUIIIIT !!!!!", "gratuiit !!"),
        ("écrivez à a.b@mail.ru", f"écrivez à {MAIL}"),
        ("au +33 6 00 00 00 00 vite", f"au {PHONE} vite"),
        ("500 € ou $20", f"{SUM}ou {SUM}"),
        ("un\n\n mot", "un mot"),
        ("voir www.a.org ici", f"voir {LINK} ici"),
        ("en 2014-2015", "en 0000-0000"),
    ],
)
def test_text(typed: str, text: str) -> None:
    assert plain(typed).text.replace(f"{SUM} ", SUM) == text.replace(f"{SUM} ", SUM)


@pytest.mark.parametrize(
    ("typed", "disguises"),
    [("pаypаl k i d s kids . com \u200b", 4), ("Une phrase, rien de plus ; (ou presque).", 0)],
)
def test_disguises(typed: str, disguises: int) -> None:
    assert plain(typed).disguises == disguises


def test_a_writer_cannot_put_our_signs() -> None:
    assert plain(f"{LINK} &#xE000; fin").text == "fin"
    assert plain(f"{LINK} fin").links == ()
