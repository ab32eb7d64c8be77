"""What the demo's office remembers of its association."""

from network.chronicle import milestone

WRITTEN = [
    ("1993-autumn", "Ein Arbeitskreis bereitet die Gründung vor", "A working group prepares the founding",
     "Drei Träger treffen sich, um über gemeinsame Standards zu sprechen.",
     "Three organisations meet to talk about common standards."),
    ("2003", "Die erste gemeinsame Leistungsbeschreibung gilt", "The first common service description is in force",
     "", ""),
    ("2016-05", "Die Qualitätsdatenbank nimmt den Betrieb auf", "The quality database begins",
     "Seither werden Ergebnisse überall gleich erfasst.",
     "Since then results are recorded everywhere in the same way."),
]  # fmt: skip


async def write(actor: str) -> None:
    for day, title_de, title_en, text_de, text_en in WRITTEN:
        await milestone.enter(
            day=day, actor=actor, title_de=title_de, title_en=title_en, text_de=text_de, text_en=text_en
        )
