"""Web addresses in names: mail programs make a link even of a bare "casino.com", but "Dr.med. J.R. Smith" is a name."""

import re
import unicodedata

ENDINGS = (
    "com|net|org|info|biz|xyz|online|shop|store|site|website|page|space|club|app|dev|link|live|life|top|vip|win|bet|bid"
    "|casino|poker|game|games|bonus|money|cash|loan|finance|crypto|blog|news|click|icu|pro|mobi|world|today|fun|buzz"
    "|cyou|email|digital|agency|group|guru|ninja|social|chat|tech|cloud|host|media|asia|sex|porn|xxx|adult|dating"
)
COUNTRIES = "de|at|ch|eu|io|me|tv|cc|ru|su|ua|by|pl|cn|tk|ml|cf|gq|ly|to|uk|us|fr|it|nl|be|es|co"
WORDS = "ab|al|am|an|da|du|el|em|er|es|im|in|la|le|ob|op|so|te|um|wo|zu"  # behind an abbreviation: "Zentr.im Kiez"
ADDRESS = re.compile(
    rf"://|\bwww[.]|\bxn--|\b\d{{1,3}}([.]\d{{1,3}}){{3}}\b"
    rf"|\w[.](?-i:[a-z]{{2,}})/"  # with a path; "St.Elisabeth/Süd" is none
    rf"|[\w-]{{2}}[.]({ENDINGS})(?![\w-])|\b\w[.](com|net|org)(?![\w-])"
    rf"|[\w-]{{3}}[.]({COUNTRIES})(?![\w-])"
    rf"|[\w-]{{3}}[.](?!({WORDS})\b)(?-i:[a-z]{{2}})(?![\w.-])",  # any other country; "Dipl.oe." goes on with a dot
    re.IGNORECASE,
)


def has_web_address(name: str) -> bool:
    """Also one typed with the wide dots of East Asia, which browsers take for dots."""
    return bool(ADDRESS.search(unicodedata.normalize("NFKC", name).replace("。", ".")))
