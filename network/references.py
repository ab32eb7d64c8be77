"""Random public references: what the outside sees instead of a row's number."""

import hashlib
import secrets


def new_reference() -> str:
    """16 characters, 96 random bits, safe in an address."""
    return secrets.token_urlsafe(12)


def new_token() -> str:
    """22 characters, 128 random bits: whoever knows it may do what it is for."""
    return secrets.token_urlsafe(16)


def fingerprint(token: str) -> str:
    """What is stored of a token that must not be readable in the database."""
    return hashlib.sha256(token.encode()).hexdigest()
