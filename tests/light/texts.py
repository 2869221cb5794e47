"""Short articles of our own in the light languages, as pages, and what is to be found in them."""

# ruff: noqa: E501 - a line of an article stays one line

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Capture


@dataclass(frozen=True)
class Telling:
    """`furniture`: lines of the page that are no article. `actors`, `places`: ids by the words that
    name them; `days`: first days by the words that tell them. Published on 20 March 2024."""

    code: str
    headline: str
    body: tuple[str, ...]
    furniture: tuple[str, ...]
    actors: dict[str, str]
    places: dict[str, str]
    days: dict[str, str]
    english: tuple[str, str]
    """What an English article tells of the same: headline and body."""

    def capture(self) -> Capture:
        return page_of(self.code, self.headline, (*self.body, *self.furniture))

    def in_english(self) -> Capture:
        headline, body = self.english
        return page_of(f"{self.code}-en", headline, (body,))


def page_of(name: str, headline: str, lines: tuple[str, ...]) -> Capture:
    """A page with an article of these lines."""
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    page = (
        '<!doctype html><html><head><meta charset="utf-8">'
        '<meta property="article:published_time" content="2024-03-20">'
        f"<title>{headline}</title></head><body><article><h1>{headline}</h1>"
        f"{paragraphs}</article></body></html>"
    )
    return Capture(f"c-{name}", f"{name}.html", "text/html", page.encode(), "utf-8")


TELLINGS = (
    Telling(
        "tr",
        "Türkiye ile Ermenistan sınırda kapı açacak",
        (
            "Recep Tayyip Erdoğan, 17 Mart 2024 günü Ankara'da konuk başbakan Nikol Paşinyan ile bir araya geldi. Prof. Yıldız'ın notlarına göre toplantı üç saat sürdü.",
            "NATO ve Avrupa Birliği temsilcileri dün Brüksel'de gelişmeyi memnuniyetle karşıladı. Rusya Dışişleri Bakanlığı ise yorum yapmadı.",
            "Kars ve Gümrü arasındaki yol 2023 yılında onarılmıştı. Köylü Mehmet Karataş ilk geçen kişi olmak istediğini söyledi.",
        ),
        ("Ayrıca okuyun: Dağ köylerinde kış", "Bültenimize abone olun", "Tüm hakları saklıdır"),
        {"Recep Tayyip Erdoğan": "recep-tayyip-erdogan", "Nikol Paşinyan": "nikol-pashinyan", "NATO": "nato", "Avrupa Birliği": "eu", "Rusya Dışişleri Bakanlığı": "RUS", "Ermenistan": "ARM"},
        {"Ankara": "capital-tur", "Brüksel": "capital-bel", "Gümrü": "gyumri"},
        {"17 Mart 2024": "2024-03-17", "dün": "2024-03-19", "2023": "2023-01-01"},
        (
            "Turkey and Armenia to open a gate at their border",
            "Recep Tayyip Erdogan met his guest Nikol Pashinyan in Ankara on 17 March 2024; the talks took three hours. NATO and the European Union welcomed the step in Brussels, while the Russian Foreign Ministry made no comment. The road between Kars and Gyumri had been mended in 2023, and a villager, Mehmet Karatas, wants to be the first to cross.",
        ),
    ),
    Telling(
        "az",
        "Azərbaycan və Gürcüstan yeni körpü tikəcək",
        (
            "İlham Əliyev martın 17-də qonağı İrakli Kobaxidze ilə danışıqlar aparıb. Tərəflər çay üzərində yeni körpünün tikintisini müzakirə ediblər.",
            "BMT və ATƏT dünən layihəyə dəstək veriblər. Ermənistan Xarici İşlər Nazirliyi hələ ki, münasibət bildirməyib.",
            "Bakı şəhərindən gələn mühəndis Elçin Quliyev deyib ki, işlər 2022-ci ildə başlanmalı idi.",
        ),
        ("Həmçinin oxuyun: Dağ kəndində qış", "Kanalımıza abunə olun", "Bütün hüquqlar qorunur"),
        {"İlham Əliyev": "ilham-aliyev", "İrakli Kobaxidze": "irakli-kobakhidze", "BMT": "un", "ATƏT": "osce", "Azərbaycan": "AZE", "Ermənistan Xarici İşlər Nazirliyi": "ARM"},
        {"Bakı": "capital-aze"},
        {"martın 17": "2024-03-17", "dünən": "2024-03-19", "2022-ci ildə": "2022-01-01"},
        (
            "Azerbaijan and Georgia to build a new bridge",
            "Ilham Aliyev held talks with his guest Irakli Kobakhidze on 17 March, and the sides discussed a new bridge over the river. The UN and the OSCE backed the project; the Armenian Foreign Ministry has said nothing yet. An engineer from Baku, Elchin Guliyev, said that work should have begun in 2022.",
        ),
    ),
    Telling(
        "hy",
        "Հայաստան և Վրաստան․ նոր կամուրջ գետի վրա",
        (
            "Նիկոլ Փաշինյան և Իրակլի Կոբախիձե․ այս երկու անունն է գրված 2024 թվականի մարտի 17-ի հուշագրի տակ։ Կողմերը խոստացել են կառուցել կամուրջը մեկ տարում։",
            "ՆԱՏՕ և ԵԱՀԿ ներկայացուցիչները երեկ ողջունել են որոշումը։ ՌԴ ԱԳՆ դեռ չի արձագանքել։",
            "Գյումրի քաղաքի բնակիչ Կարեն Հարոյան պատմել է, որ հին կամուրջը փակվել էր 2019 թվականին։",
        ),
        ("Կարդացեք նաև՝ Ձմեռը լեռնային գյուղում", "Բոլոր իրավունքները պաշտպանված են"),
        {"Նիկոլ Փաշինյան": "nikol-pashinyan", "Իրակլի Կոբախիձե": "irakli-kobakhidze", "ՆԱՏՕ": "nato", "ԵԱՀԿ": "osce", "ՌԴ ԱԳՆ": "RUS", "Հայաստան": "ARM"},
        {"Գյումրի": "gyumri"},
        {"2024 թվականի մարտի 17": "2024-03-17", "երեկ": "2024-03-19", "2019 թվականին": "2019-01-01"},
        (
            "Armenia and Georgia: a new bridge over the river",
            "Nikol Pashinyan and Irakli Kobakhidze signed a memorandum on 17 March 2024 and promised to build the bridge within a year. NATO and the OSCE welcomed the decision; the Russian Foreign Ministry has not reacted. A man from Gyumri, Karen Haroyan, recalled that the old bridge was closed in 2019.",
        ),
    ),
    Telling(
        "ka",
        "საქართველო და სომხეთი ახალ ხიდს ააშენებენ",
        (
            "ირაკლი კობახიძე და ნიკოლ ფაშინიანი 2024 წლის 17 მარტს შეთანხმდნენ ახალი ხიდის მშენებლობაზე. მხარეებმა თქვეს, რომ სამუშაოები ერთ წელიწადში დასრულდება.",
            "ნატო და ეუთო გუშინ მიესალმნენ გადაწყვეტილებას. რუსეთის საგარეო საქმეთა სამინისტრო ჯერ დუმს.",
            "ქალაქი ბათუმი და სოფლის მოსახლეობა ძველ ხიდს 2019 წელს დაკეტილს მოელოდა.",
        ),
        ("ასევე წაიკითხეთ: ზამთარი მთის სოფელში", "გამოიწერეთ ჩვენი არხი", "ყველა უფლება დაცულია"),
        {"ირაკლი კობახიძე": "irakli-kobakhidze", "ნიკოლ ფაშინიანი": "nikol-pashinyan", "ნატო": "nato", "ეუთო": "osce", "რუსეთის საგარეო საქმეთა სამინისტრო": "RUS", "საქართველო": "GEO"},
        {"ბათუმი": "batumi"},
        {"2024 წლის 17 მარტს": "2024-03-17", "გუშინ": "2024-03-19", "2019 წელს": "2019-01-01"},
        (
            "Georgia and Armenia will build a new bridge",
            "Irakli Kobakhidze and Nikol Pashinyan agreed on 17 March 2024 to build a new bridge, and the sides said that work would be done in one year. NATO and the OSCE welcomed the decision, while the Russian Foreign Ministry keeps silent. Batumi and the villagers had known the old bridge closed since 2019.",
        ),
    ),
    Telling(
        "uk",
        "Україна та Польща збудують новий міст через річку",
        (
            "Володимир Зеленський і Дональд Туск 17 березня 2024 року домовилися про новий міст. За словами проф. Бойка, роботи триватимуть рік.",
            "НАТО та ЄС учора привітали рішення. МЗС Росії ще не відповіло. Київ чекає на перші машини.",
            "Місто Харків теж просить мосту. Водій Микола Горобець каже, що старий закрили у 2019 році.",
        ),
        ("Читайте також: Зима у гірському селі", "Підпишіться на наш канал", "Усі права захищені"),
        {"Володимир Зеленський": "volodymyr-zelenskyy", "Дональд Туск": "donald-tusk", "НАТО": "nato", "ЄС": "eu", "МЗС Росії": "RUS", "Україна": "UKR", "Польща": "POL"},
        {"Київ": "capital-ukr", "Харків": "kharkiv"},
        {"17 березня 2024 року": "2024-03-17", "учора": "2024-03-19", "2019 році": "2019-01-01"},
        (
            "Ukraine and Poland will build a new bridge across the river",
            "Volodymyr Zelensky and Donald Tusk agreed on a new bridge on 17 March 2024; work will take a year. NATO and the EU welcomed the decision, and the Russian Foreign Ministry has not answered. Kyiv waits for the first machines, Kharkiv asks for a bridge too, and a driver, Mykola Horobets, says that the old one was closed in 2019.",
        ),
    ),
)  # fmt: skip
