"""Somebody wrote to us "please put us on the list": what their e-mail says, and the one request that answers it."""

import re
from dataclasses import dataclass
from email import message_from_string
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import default

from mailing.addresses import address_key
from mailing.lists import Outcome
from network.database import DB
from network.errors import Refused
from network.folding import folded, has_legal_form
from network.i18n import _, speaking
from network.members.lands import GERMAN, LANDS
from network.newsletter import joining

SOURCE = "e-mail"
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
NAMED = re.compile(r"[\"“„']?([^\"“”„'<>\n:]{2,80}?)[\"“”']?\s*[<\[(]\s*(?:mailto:)?(" + ADDRESS.pattern + r")")
SENDER_LINE = re.compile(r"^\s*(?:From|Von|Absender)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
SUBJECT_LINE = re.compile(r"^\s*(?:Subject|Betreff)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
HEADERS = re.compile(r"\A(?:[A-Za-z][A-Za-z0-9-]*:.*(?:\r?\n[ \t].*)*\r?\n){2,}")
GREETING = re.compile(
    r"^.{0,20}(?:mit (?:freundlich|best|herzlich|lieb)\w*|viele|freundliche|beste|herzliche|liebe|schöne)"
    r"\s+gr[uü](?:ß|ss)\w*.*$"
    r"|^(?:kind|best|warm) regards.*$|^yours (?:sincerely|faithfully).*$",
    re.IGNORECASE | re.MULTILINE,
)
AWAY = re.compile(
    r"abwesenheit|nicht im (?:büro|haus)|out of (?:the )?office|automatische antwort|auto(?:matic)? ?reply",
    re.IGNORECASE,
)
ON_BEHALF = re.compile(r"\s*\b(?:i\.\s?[AV]\.|p\.\s?p\.|ppa\.)\s*", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:please|would like|mailing list|regards|we are|thank you)\b", re.IGNORECASE)
STATUS_HINTS = [  # the first that fits; "we want to become one" comes before "we are one"
    ("preparing", re.compile(r"in (?:der )?vorbereitung|streben|wollen .{0,60}werden|beantrag|planen|in preparation")),
    ("operating", re.compile(r"ander(?:er|e|en) leistungsanbieter|sind (?:anerkannt|zugelassen)|alternative provider")),
    ("member_staff", re.compile(r"mitgliedseinrichtung|(?:ihr|als|sind|bin) mitglied|ihrer mitglieder")),
    ("interested", re.compile(r"interess|interest")),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """What we understood; the office looks at it before anything goes out."""

    email: str = ""
    name: str = ""
    provider_status: str = ""
    land: str = ""
    locale: str = "de"
    automatic: bool = False


def understand(raw: str, own: str = "") -> Proposal:
    """Read a pasted e-mail, with or without its headers. `own` is our address, which is never proposed."""
    message = message_from_string(raw, policy=default) if HEADERS.match(raw) else None
    text = body_of(message) if message else raw
    email, name = sender_of(message, raw, address_key(own))
    status = next((status for status, hint in STATUS_HINTS if hint.search(text.casefold())), "")
    return Proposal(
        email=email,
        name=in_order(name or signed_by(text)),
        provider_status=status,
        land=land_in(text),
        locale="en" if len(ENGLISH.findall(text)) > 1 else "de",
        automatic=is_automatic(message, raw),
    )


def sender_of(message: EmailMessage | None, raw: str, own: str) -> tuple[str, str]:
    """Address and name: from the headers, a line "Von: …", or the first address that is not ours."""
    headers = [message[key] for key in ("Reply-To", "From") if message and message[key]]
    for header in headers:
        if isinstance(header, AddressHeader):
            for one in header.addresses:
                if ADDRESS.fullmatch(one.addr_spec) and address_key(one.addr_spec) != own:
                    return one.addr_spec, one.display_name
    places = [match[1] for match in SENDER_LINE.finditer(raw)] + [raw]
    for place in places:
        for email in ADDRESS.findall(place):
            if address_key(email) != own:
                named = next((m[1].strip() for m in NAMED.finditer(place) if m[2] == email), "")
                return email, named
    return "", ""


def body_of(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    try:
        return str(part.get_content()) if part else ""
    except (LookupError, ValueError, KeyError):  # an unknown alphabet: what stands there is all there is
        return str(part.get_payload() if part else "")


def signed_by(text: str) -> str:
    """The line under "Mit freundlichen Grüßen"."""
    greeting = GREETING.search(text)
    after = text[greeting.end() :].strip().splitlines() if greeting else []
    name = after[0].strip(" ,\t") if after else ""
    return name if 2 < len(name) < 80 and not ADDRESS.search(name) and not re.search(r"\d", name) else ""  # noqa: PLR2004


def in_order(name: str) -> str:
    """As somebody is greeted: mail programs of offices write "Schmidt, Karin"; what is no person's name stays."""
    name = ON_BEHALF.sub(" ", name).strip()
    parts = [part.strip() for part in name.split(",")]
    is_person = len(parts) == 2 and all(parts) and not re.search(r"\d", name) and not has_legal_form(parts[0])  # noqa: PLR2004
    return f"{parts[1]} {parts[0]}" if is_person and not has_legal_form(parts[1]) else name


def land_in(text: str) -> str:
    """The Land, when the text names exactly one."""
    names = {code: folded(GERMAN.get(code, LANDS[code])) for code in LANDS}
    words = f" {re.sub(r'[^a-z-]+', ' ', folded(text))} "
    found = [code for code, name in names.items() if f" {name} " in words]
    return found[0] if len(found) == 1 else ""


def is_automatic(message: EmailMessage | None, raw: str) -> bool:
    """An out-of-office notice is no wish to read (RFC 3834)."""
    if message and str(message.get("Auto-Submitted", "no")).strip().lower() != "no":
        return True
    subject = str(message["Subject"] or "") if message else " ".join(SUBJECT_LINE.findall(raw))
    return bool(AWAY.search(subject) or AWAY.search(raw[:400]))


async def answer(
    actor: str, raw: str, *, email: str, name: str, provider_status: str, land: str, locale: str
) -> Outcome:
    """Keep the e-mail as evidence and send one request for confirmation; refused within a day of the last one."""
    async with DB.transaction():
        if await joining.asked_today(email):
            raise Refused(
                _("This address has been asked within the last day; a second request would be a nuisance."), "email"
            )
        with speaking(locale):
            outcome = await joining.join(
                email,
                source=SOURCE,
                raw_request=raw,
                by_themselves=False,
                actor=actor,
                name=name,
                provider_status=provider_status,
                land=land,
            )
        if outcome is Outcome.SUPPRESSED:
            raise Refused(
                _("This address was erased at its own wish; only its owner can join again, by the public form."),
                "email",
            )
    return outcome
