"""Names for guests and readers, and houses for them: all invented, drawn by lot from the same seed each time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from network.folding import base_letters
from network.people.tables import Person

SEED = 1995
FIRST = (
    "Aaron Adele Aleyna Alma Amir Anneke Anton Aylin Bela Birte Bogdan Carlotta Cem Clara Daria Deniz Dorothee "
    "Edgar Eileen Elif Emil Enno Esra Fenja Finn Fiona Frauke Gesa Goran Greta Hanno Hedda Henning Ida Ilse "
    "Imke Ines Ingo Jale Jannis Jelena Joris Judith Juri Kaja Karim Katja Keno Kirsten Lamin Leyla Linus Lotte "
    "Luisa Malte Mareike Marek Marta Milo Mirja Nele Niklas Noor Olga Ove Paula Philo Rafael Rieke Ronja Samir "
    "Selma Silke Sinan Svea Tamme Thea Till Ulla Ute Valerie Veit Wanda Wiebke Yara Yusuf Zita"
)
LAST = (
    "Abendroth Ahlers Amsel Asmussen Bachtal Beermann Birkholz Borchers Brackwede Brunner-Koç Çelebi Cordsen "
    "Dahlke Deichgräber Dörrfeld Ebbinghaus Eichstädt Emmerling Falkenrück Feddersen Fließbach Förstner Gärtig "
    "Gildehaus Grünwald Güldner Haferkamp Hainbuch Heidenau Hellwege Ilsemann Immenthal Jäckel Jessen-Roth "
    "Kaltwasser Karakaş Kiesling Klappholz Kornfeld Krähe Kühlborn Lamprecht Lindhorst Löwenick Lüdersen "
    "Maiwald Marschall Mäurer Mittenzwei Moosbach Nachtwey Nebelung Nießen Nowaczek Oelsner Osterkamp "
    "Öztürk-Lang Pappelau Petersilge Pohlmeier Quast Querfurth Radloff Rebhuhn Rosendahl Rübsam Sandvoß "
    "Schachtschneider Schönwiese Seegers Siebenhaar Söhnlein Sperling Steinbrück Strüver Tannhof Teichmann "
    "Tönnies Uferkamp Uhlenbrock Vierhaus Vogtländer Waldherr Wäscher Wiesengrund Winterscheid Wulfhorst "
    "Zehnpfennig Zöllick"
)
GUESTS = [
    "Lebensweg gGmbH",
    "Werkbank Nord gGmbH",
    "Brückenschlag Arbeit e. V.",
    "Anker Berufliche Bildung gGmbH",
    "Wegweiser Teilhabe gGmbH",
    "Arbeitsraum Südharz e. V.",
    "Zukunftswerk Oderland gGmbH",
    "Netzwerk Betriebliche Bildung e. V.",
    "Stadtinsel Arbeit und Kultur gGmbH",
    "Talentgarten gGmbH",
    "Kompass Inklusion gGmbH",
    "Handwerk und Teilhabe e. V.",
    "Lichtblick Ahrtal gGmbH",
    "Morgenrot Beschäftigung gGmbH",
    "Perspektive Weserbogen e. V.",
    "Quartier Arbeit gGmbH",
    "Seitenwechsel Berufswege gGmbH",
    "Tragwerk Saale e. V.",
    "Umweg Arbeit und Begleitung gGmbH",
    "Vielfeld Betriebsnah gGmbH",
    "Wendepunkt Arbeitstraining gGmbH",
    "Zweite Spur e. V.",
    "Arche am Kanal gGmbH",
    "Blickwinkel Berufliche Teilhabe gGmbH",
    "Campus Betrieb gGmbH",
    "Drehpunkt Bildung e. V.",
    "Einstieg Erzgebirge gGmbH",
    "Freiraum Integration gGmbH",
    "Gemeinsam Arbeiten Vogtland e. V.",
    "Hofgut Lindenau gGmbH",
    "Impuls Übergang gGmbH",
    "Rentenversicherung Demo Nord",
    "Agentur Demo",
    "Jobbrücke Emsland gGmbH",
]
TYPED_DIFFERENTLY = "LEBENSWEG GmbH"  # the same as "Lebensweg gGmbH": it counts once
DUTIES = ["Leitung", "Jobcoaching", "Geschäftsführung", "Teilhabeplanung", "Bildungsbegleitung", "Qualität", ""]
DIETS = ["", "", "", "vegetarisch", "vegan", "ohne Nüsse"]


@dataclass(slots=True)
class Cast:
    """Everybody whom the building of the demo needs again."""

    mira: Person
    helper: Person
    lot: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311  a lot, not a secret
    names: Iterator[str] = field(init=False)
    dead_addresses: list[int] = field(default_factory=list)  # of readers, found out by the last issue

    def __post_init__(self) -> None:
        every = [f"{first} {last}" for first in FIRST.split() for last in LAST.split()]
        self.names = iter(self.lot.sample(every, len(every)))

    def people(self, number: int) -> list[tuple[str, str]]:
        """Names with addresses, each only once."""
        return [(name, address(name)) for name in islice(self.names, number)]


def address(name: str) -> str:
    return ".".join(base_letters(name).split()) + "@example.org"
