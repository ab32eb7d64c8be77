"""What towns in Germany are called in English, where that is another word: "Munich" finds München, too."""

from network.folding import base_letters, folded

TOWNS = {
    "aix-la-chapelle": "Aachen",
    "brunswick": "Braunschweig",
    "cassel": "Kassel",
    "coblence": "Koblenz",
    "coblenz": "Koblenz",
    "cologne": "Köln",
    "constance": "Konstanz",
    "frankfort": "Frankfurt",
    "hamelin": "Hameln",
    "hanover": "Hannover",
    "mayence": "Mainz",
    "munich": "München",
    "nuremberg": "Nürnberg",
    "ratisbon": "Regensburg",
    "treves": "Trier",
}


def in_german(word: str) -> list[str]:
    """Of a folded word, in the two spellings that search columns hold; [] for any other word."""
    town = TOWNS.get(word, "")
    return [folded(town), base_letters(town)] if town else []
