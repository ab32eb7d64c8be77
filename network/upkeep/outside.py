"""What the doctor asks others: the mail server, and the name servers about the domain that letters come from."""

import asyncio
import socket
import ssl

import aiosmtplib
import dns.asyncresolver
import dns.exception
import dns.resolver

from mailing import smtp

ANSWER_SECONDS = 15
NAME_SECONDS = 5.0

KNOWN: list[tuple[type[BaseException], str]] = [
    (socket.gaierror, "there is no machine of that name"),
    (ConnectionRefusedError, "nothing listens at that port"),
    (ssl.SSLCertVerificationError, "its certificate is not for this name, or from nobody known"),
    (ssl.SSLError, "it does not speak TLS at that port: smtps:// is for port 465, else smtp://"),
    (aiosmtplib.SMTPAuthenticationError, "it does not accept the user and the password in SMTP_URL"),
]
SAID = [
    ("STARTTLS extension not supported", "it offers no encryption, which SMTP_URL demands"),
    ("AUTH extension is not supported", "it takes no user and password here, or only encrypted"),
]

Told = tuple[str, str]  # the doctor's mark and the words


async def post(sender: str) -> list[Told]:
    """Connect, greet, encrypt, sign in and name the sender, as the next letter will; nothing is sent."""
    try:
        server = smtp.server()
    except ValueError as error:
        return [("■", str(error))]
    if server is None:
        return [("▲", "SMTP_URL is not set: letters are held, and none leaves.")]
    connection = smtp.Connection(server)
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await connection.make_ready()
            reply = await connection.asked_about(sender) if sender else None
            encrypted = connection.encrypted
    except (smtp.Unreachable, smtp.Lost, TimeoutError) as error:
        return [("■", f"The mail server {server.host}:{server.port} takes no letters: {why(error)}")]
    finally:
        await connection.close()
    if reply and not reply.is_good:
        return [("■", f"The mail server {server.host}:{server.port} takes no letters from {sender}: {reply}")]
    signed = ", signed in" if server.user else ""
    manner = "encrypted" if encrypted else "in the clear"
    told = f"The mail server {server.host}:{server.port} answers ({manner}{signed})."
    if encrypted or server.is_here:
        return [("ok", told)]
    return [("▲", f"{told} Who is on the way can read the letters: smtps:// or ?starttls=yes in SMTP_URL encrypts.")]


def why(error: BaseException) -> str:
    """What keeps us from the mail server, in words for somebody who has to do something about it."""
    words = str(error) or "no answer in time"
    first: BaseException = error
    while (before := first.__cause__ or first.__context__) is not None:
        first = before
    for kind, text in KNOWN:
        if isinstance(first, kind):
            return f"{text} ({words})"
    return next((f"{text} ({words})" for said, text in SAID if said in words), words)


async def names(sender: str) -> list[Told]:
    """MX, SPF, DMARC and DKIM of the sender's domain: without them letters end among the rubbish."""
    domain = sender.rpartition("@")[2]
    if not domain:
        return []
    try:
        mx = await asked(domain, "MX")
        spf = [text for text in await asked(domain, "TXT") if text.startswith("v=spf1")]
        dmarc = [text for text in await asked(f"_dmarc.{domain}", "TXT") if text.startswith("v=DMARC1")]
        signs = await is_there(f"_domainkey.{domain}")
    except dns.resolver.NXDOMAIN:
        return [("▲", f"The name servers asked from here know no {domain}, which letters come from: is it right?")]
    except (dns.exception.DNSException, OSError) as error:
        return [("▲", f"Could not ask the name servers about {domain}: {type(error).__name__}")]
    return [
        ("ok", f"{domain} takes answers (MX).") if mx else ("▲", f"{domain} has no MX: answers to letters come back."),
        number_of_spf(domain, spf),
        ("ok", f"{domain} has a DMARC record.") if dmarc else
        ("▲", f"{domain} has no DMARC record: large providers refuse newsletters without one."),
        ("ok", f"{domain} has keys for signing (DKIM). In a letter to yourself look for “dkim=pass”.")
        if signs else
        ("▲", f"{domain} has no key for signing (DKIM, nothing below _domainkey): let your mail server sign letters."),
    ]  # fmt: skip


async def is_there(name: str) -> bool:
    """Whether the name servers know anything below this name: the names of the keys themselves cannot be asked for."""
    try:
        await dns.asyncresolver.get_default_resolver().resolve(name, "TXT", lifetime=NAME_SECONDS)
    except dns.resolver.NoAnswer:
        return True
    except dns.resolver.NXDOMAIN:
        return False
    return True


def number_of_spf(domain: str, spf: list[str]) -> Told:
    if not spf:
        return ("▲", f"{domain} has no SPF record: name your mail server in one.")
    if len(spf) > 1:
        return ("■", f"{domain} has {len(spf)} SPF records: with more than one, none counts.")
    return ("ok", f"{domain} has an SPF record ({spf[0][:80]}); see that your mail server is in it.")


async def asked(name: str, kind: str) -> list[str]:
    """The answers as text; none where the name is there without such a record, or is none below a domain."""
    try:
        found = await dns.asyncresolver.get_default_resolver().resolve(name, kind, lifetime=NAME_SECONDS)
    except dns.resolver.NoAnswer:
        return []
    except dns.resolver.NXDOMAIN:
        if name.startswith("_"):
            return []
        raise
    return ["".join(part.decode(errors="replace") for part in getattr(one, "strings", ())) or str(one) for one in found]
