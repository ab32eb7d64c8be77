"""Addresses: typed differently they are one, and two people's are never taken for one."""

import pytest

from mailing.addresses import address_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Kim@Example.ORG", "kim@example.org"),
        (" kim@example.org ", "kim@example.org"),
        ("chef@MÜLLER.example", "chef@xn--mller-kva.example"),
        ("chef@XN--MLLER-KVA.example", "chef@xn--mller-kva.example"),
        ("kim@two..dots", "kim@two..dots"),
        ("kim@☃..example", "kim@☃..example"),
        ("kim", "kim"),
        ("", ""),
    ],
)
def test_one_address_has_one_key(typed, key):
    assert address_key(typed) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("chef@müller.example", "chef@mueller.example"),
        ("chef@müller.example", "chef@muller.example"),
        ("chef@straße.example", "chef@strasse.example"),
        ("zoë@example.org", "zoe@example.org"),
        ("jörg@example.org", "joerg@example.org"),
        ("\u212aim@example.org", "kim@example.org"),  # the sign for Kelvin
        ("ﬁne@example.org", "fine@example.org"),
    ],
)
def test_addresses_of_different_people_have_different_keys(one, other):
    assert address_key(one) != address_key(other)
