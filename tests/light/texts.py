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

    def page(self) -> str:
        paragraphs = "".join(f"<p>{line}</p>" for line in (*self.body, *self.furniture))
        return (
            '<!doctype html><html><head><meta charset="utf-8">'
            '<meta property="article:published_time" content="2024-03-20">'
            f"<title>{self.headline}</title></head><body><article><h1>{self.headline}</h1>"
            f"{paragraphs}</article></body></html>"
        )

    def capture(self) -> Capture:
        body = self.page().encode()
        return Capture(f"c-{self.code}", f"{self.code}.html", "text/html", body, "utf-8")


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
    ),
)  # fmt: skip
