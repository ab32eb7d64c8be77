"""How names are compared, searched and sorted, the same on both databases."""

import re
import unicodedata

UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"}
)
LEGAL_FORMS = re.compile(
    r"\b(?:g gmbh|ggmbh|gmbh|gemeinnuetzige gmbh|gug|ug haftungsbeschraenkt|ug|ag|gag|kg|ohg|eg|e ?v|e ?g|se|stiftung"
    r"|kdoer|adoer|gbr|mbh|co)\b"
)


def folded(text: str) -> str:
    """Accents, case and German umlauts folded away: "Zoë Müller" and "zoe mueller" are the same."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(UMLAUTS)
    stripped = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(stripped.translate(UMLAUTS).split())


def search_key(*parts: str) -> str:
    """What a search looks into: every part folded, and again with umlauts as their base letter ("muller")."""
    text = " ".join(part for part in parts if part)
    return f"{folded(text)} {base_letters(text)}"


def sort_key(text: str) -> str:
    """DIN 5007-1: ä sorts like a (and after it where all else is the same), ß like ss, punctuation does not count."""
    plain = re.sub(r"[^a-z0-9]+", " ", base_letters(text)).strip()
    return plain if plain == " ".join(re.findall(r"\w+", text.casefold())) else f"{plain} 1"


def base_letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).translate(UMLAUTS).split())


def organisation_key(name: str) -> str:
    """The same organisation typed differently gets the same key: folded, without punctuation and legal form."""
    words = re.sub(
        r"[^a-z0-9&]+", " ", folded(name).replace("&", " und ").replace("e.v.", " ev ").replace("e. v.", " ev ")
    )
    bare = " ".join(LEGAL_FORMS.sub(" ", words).split())
    return bare or " ".join(words.split()) or folded(name)
