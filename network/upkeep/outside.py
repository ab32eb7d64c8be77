"""What the doctor asks others: the mail server, and the name servers about the domain that letters come from."""

import asyncio

import dns.asyncresolver
import dns.exception
import dns.resolver

from mailing import smtp

ANSWER_SECONDS = 15
NAME_SECONDS = 5.0

Told = tuple[str, str]  # the doctor's mark and the words


async def post() -> list[Told]:
    """Connect, greet, encrypt and sign in, as the next letter will; nothing is sent."""
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
    except (smtp.Unreachable, TimeoutError) as error:
        return [("■", f"The mail server does not take letters: {error or 'no answer in time'}")]
    finally:
        await connection.close()
    manner = (
        "encrypted"
        if server.tls or server.starttls
        else "encrypted if it offers it"
        if server.starttls is None
        else "in the clear"
    )
    signed = ", signed in" if server.user else ""
    return [("ok", f"The mail server {server.host}:{server.port} answers ({manner}{signed}).")]


async def names(sender: str) -> list[Told]:
    """MX, SPF and DMARC of the sender's domain: without them letters end among the rubbish."""
    domain = sender.rpartition("@")[2]
    if not domain:
        return []
    try:
        mx = await asked(domain, "MX")
        spf = [text for text in await asked(domain, "TXT") if text.startswith("v=spf1")]
        dmarc = [text for text in await asked(f"_dmarc.{domain}", "TXT") if text.startswith("v=DMARC1")]
    except dns.resolver.NXDOMAIN:
        return [("▲", f"The name servers asked from here know no {domain}, which letters come from: is it right?")]
    except (dns.exception.DNSException, OSError) as error:
        return [("▲", f"Could not ask the name servers about {domain}: {type(error).__name__}")]
    return [
        ("ok", f"{domain} takes answers (MX).") if mx else ("▲", f"{domain} has no MX: answers to letters come back."),
        number_of_spf(domain, spf),
        ("ok", f"{domain} has a DMARC record.") if dmarc else
        ("▲", f"{domain} has no DMARC record: large providers refuse newsletters without one."),
        ("ok", "DKIM cannot be seen from here: send a letter to yourself and look for “dkim=pass” in its headers."),
    ]  # fmt: skip


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
