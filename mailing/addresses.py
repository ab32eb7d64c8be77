"""How addresses are compared and written for the way: two different ones are never taken for the same."""

from contextlib import suppress

import idna  # email-validator brings it


def address_key(email: str) -> str:
    """The same for every way to type one address: small letters, and the domain as mail servers know it.

    Umlauts and accents are never folded away: mueller.example and müller.example belong to different people.
    """
    local, _, domain = email.strip().rpartition("@")
    with suppress(UnicodeError):  # no domain that mail could go to is compared as it stands
        domain = ascii_domain(domain)
    small = local.lower() if local.isascii() else "".join(c.lower() if c.isascii() else c for c in local)
    return f"{small}@{domain}" if small else domain


def ascii_domain(domain: str) -> str:
    """The domain in the letters of the DNS (RFC 5891, ß stays itself); UnicodeError when there is no such domain."""
    if domain.isascii():
        return domain.lower()
    return idna.encode(domain, uts46=True).decode("ascii").lower()
