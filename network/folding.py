"""How names are compared, searched and sorted, the same on both databases."""

import re
import unicodedata

UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"}
)
# A legal form ends a name: in front the same letters are a word of it ("SE Training", "Ev. Stiftung"). Only what is
# never a word is left out in the middle too ("Lebenshilfe e. V. Kassel").
LEGAL_FORM = re.compile(
    r" (?:(?:(?:gemeinnuetzige |gem |g )?gmbh|ggmbh|e v)(?: (?:und|u) co(?: kg)?)?(?= |$)"
    r"|(?:(?:gemeinnuetzige |gem |g )?(?:gesellschaft mbh|gesellschaft mit beschraenkter haftung|ges mbh|gesmbh|mbh"
    r"|ug(?: haftungsbeschraenkt)?|ag|kg|stiftung)|gug|gag|gkg|kgaa|ohg|gbr|se|ev|e ?g|kdoer|adoer"
    r"|eingetragene(?:r verein| genossenschaft))(?: (?:und|u) co)?$)"
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
    key = words_of(name)
    while (shorter := LEGAL_FORM.sub("", key)) != key:
        key = shorter
    return key or folded(name)


def number_key(number: str) -> str:
    """A member's number however it is written: "M08" and "m 08" are the same."""
    return "".join(folded(number).split())


def has_legal_form(name: str) -> bool:
    return bool(LEGAL_FORM.search(f" {words_of(name)}"))


def words_of(name: str) -> str:
    """Folded, without punctuation; "&" and "+" are "und"."""
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"[&+]", " und ", folded(name))).split())
