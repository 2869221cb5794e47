"""Languages of headlines and short texts that look alike."""

from __future__ import annotations

import pytest

from dragoman.clean.language import identify
from dragoman.knowledge import Knowledge

HEADLINES = [
    ("tr", "Bakan sınırda köylülerle konuştu"),
    ("tr", "Meclis bütçeyi kabul etti"),
    ("tr", "Kars'ta kar yolları kapattı"),
    ("tr", "İzmir'de liman işçileri greve çıktı"),
    ("az", "Nazir sərhəddə kəndlilərlə görüşüb"),
    ("az", "Parlament büdcəni qəbul etdi"),
    ("az", "Gəncədə yollar bağlandı"),
    ("az", "Limanda tətil başlayıb"),
    ("uk", "Міністр зустрівся з селянами на кордоні"),
    ("uk", "Рада ухвалила бюджет на рік"),
    ("uk", "У Львові закрили дороги через сніг"),
    ("uk", "Страйк докерів у порту Одеси"),
    ("ru", "Министр встретился с крестьянами на границе"),
    ("ru", "Дума приняла бюджет на год"),
    ("ru", "Во Львове закрыли дороги из-за снега"),
    ("hy", "Նախարարը հանդիպեց գյուղացիներին"),
    ("hy", "Խորհրդարանն ընդունեց բյուջեն"),
    ("ka", "მინისტრი სოფელში ჩავიდა"),
    ("ka", "პარლამენტმა ბიუჯეტი მიიღო"),
    ("en", "The minister met farmers at the border"),
    ("fr", "Le ministre a vu les paysans à la frontière"),
    ("be", "Міністр сустрэўся з сялянамі на мяжы"),
    ("bg", "Министърът се срещна със селяни на границата"),
]


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return Knowledge()


@pytest.mark.parametrize(("language", "headline"), HEADLINES)
def test_headlines(known: Knowledge, language: str, headline: str) -> None:
    assert identify(headline, known.identifying) == language


def test_own_letters_outweigh_an_unsure_model(known: Knowledge) -> None:
    """Names alone, which a model takes for any language."""
    assert identify("Əliağa Vahid, Mirzə Fətəli, Xan Əfəndi", known.identifying) == "az"


def test_a_declared_language_stands(known: Knowledge) -> None:
    assert identify("Bakan sınırda köylülerle konuştu", known.identifying, "az") == "az"


def test_a_script_of_one_language_tells_it_in_two_words(known: Knowledge) -> None:
    assert identify("Փաշինյանը՝ Երևանում", known.identifying, None, "en") == "hy"
    assert identify("Путин в Минске", known.identifying, None, "ru") == "ru"
