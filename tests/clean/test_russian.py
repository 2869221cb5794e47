"""Russian pages of three shapes, our own: an agency's note, a newspaper's page, a bare scrape."""

from __future__ import annotations

import pytest

from dragoman.clean.article import clean
from dragoman.collect.pages import capture_bytes, capture_text
from dragoman.knowledge import Knowledge
from dragoman.model import Article

from .conftest import check_cover, texts

FIRST = (
    "Два министра встретились во вторник на пароме и договорились снова открыть северную "
    "переправу, которую закрыли после зимних бурь, повредивших оба причала."
)
SECOND = (
    "Причалы начнут чинить весной, сообщили в управлении порта, и первые лодки должны пойти ещё до "
    "того, как в июне откроется сезон рыбной ловли."
)
THIRD = (
    "Жители островов ждали переправу два года, и многие за это время переехали на материк, где "
    "нашли работу на заводах и отдали детей в школу."
)
TITLE = "Северную переправу откроют в июне"


@pytest.fixture(scope="module")
def everything() -> Knowledge:
    return Knowledge()


def scrape(text: str, knowledge: Knowledge) -> Article:
    article = clean(capture_text(text, "test", language="ru", bare=False), knowledge)
    check_cover(article)
    return article


NOTES = [
    ("МОСКВА, 17 мар — РИА Новости. ", "RIA Novosti"),
    ("ТБИЛИСИ, 17 марта. /ТАСС/. ", "TASS"),
    ("Москва. 17 марта. ИНТЕРФАКС - ", "Interfax"),
    ("ЕРЕВАН, 17 марта. /АРМЕНПРЕСС/. ", "Armenpress"),
]


@pytest.mark.parametrize(("line", "agency"), NOTES)
def test_an_agency_signs_before_the_first_sentence(
    line: str, agency: str, everything: Knowledge
) -> None:
    article = scrape(f"{TITLE}\n\n{line}{FIRST}\n\n{SECOND}\n", everything)
    assert "".join(texts(article, "body")).startswith("Два министра")
    assert article.attribution.agency is not None
    assert article.attribution.agency.value == agency


PAGE = f"""<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{TITLE} - Маяк</title>
<meta property="og:title" content="{TITLE}"></head><body>
<nav><a href="/">Главная</a> <a href="/sea">Море</a></nav>
<h1>{TITLE}</h1><p>Автор: Ада Линдквист</p><p>17 марта 2026, 10:30</p>
<p>{FIRST}</p><p>Читайте также:</p><p><a href="/x">На мысе погас маяк</a></p><p>{SECOND}</p>
<p>{THIRD}</p><p>Нашли ошибку? Выделите её и нажмите Ctrl+Enter</p><p>Поделиться:</p>
<p>Подписывайтесь на наш канал в Telegram</p><p>Комментарии (2)</p>
<p>Оставить комментарий</p><p>Реклама. ООО «Причал», erid: 2VtzqxAb19</p>
<p>Использование материалов сайта разрешено только со ссылкой на «Маяк». 18+</p></body></html>"""


def test_a_newspaper_page_keeps_its_article_only(everything: Knowledge) -> None:
    article = clean(capture_bytes(PAGE.encode(), "test", url="https://mayak.example/1"), everything)
    check_cover(article)
    assert [t.strip() for t in texts(article, "body")] == [FIRST, SECOND, THIRD]
    assert [author.name for author in article.authors] == ["Ада Линдквист"]
    labels = {block.label for block in article.blocks}
    assert {"related", "notice", "share", "subscribe", "comment_form"} <= labels


SCRAPE = f"""{TITLE}
17 марта 2026 г., 10:30
{FIRST}
Читайте также: На мысе погас маяк
{SECOND}
{THIRD}
Фото: Ида Хольм / Маяк
Подпишитесь на нашу рассылку
Последние новости
На мысе погас маяк
Оставить комментарий
Ваш e-mail не будет опубликован. Обязательные поля помечены *
Все права защищены
"""


def test_a_scrape_is_taken_apart(everything: Knowledge) -> None:
    article = scrape(SCRAPE, everything)
    assert [(block.label, article.text[block.start : block.end].strip()[:16])
            for block in article.blocks if block.label == "body"] == [
        ("body", FIRST[:16]), ("body", SECOND[:16]), ("body", THIRD[:16])
    ]  # fmt: skip
    assert [b.label for b in article.blocks if b.start > SCRAPE.index("Фото:") - 1] == [
        "credit", "subscribe", "related", "teaser", "comment_form", "comment_form", "notice",
    ]  # fmt: skip


PROSE = [
    # words of furniture in a sentence of news
    "В стране создан реестр иностранных агентов, и союз журналистов просит его закрыть до лета.",
    "Главный редактор газеты заявил, что подписаться на неё теперь можно только по почте.",
    "Министр призвал жителей сообщать об ошибках в списках, а комментарии оставил на потом.",
    "Реклама на улицах исчезла, когда совет запретил щиты выше трёх метров у дорог и мостов.",
]


@pytest.mark.parametrize("line", PROSE)
def test_news_of_such_things_is_none(line: str, everything: Knowledge) -> None:
    article = scrape(f"{TITLE}\n\n{FIRST}\n\n{line}\n\n{SECOND}\n", everything)
    assert line in {text.strip() for text in texts(article, "body")}
