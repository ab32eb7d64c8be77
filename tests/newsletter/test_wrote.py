"""Understanding a pasted e-mail."""

import pytest

from mailing.lists import Outcome
from mailing.tables import Consent, Letter, Subscriber
from network.errors import Refused
from network.newsletter import joining, wrote
from network.newsletter.wrote import Proposal, understand

STORY = """\
From: Marek Sandvik <marek.sandvik@example.org>
To: geschaeftsstelle@example.org
Subject: Verteiler
Date: Wed, 1 Sep 2027 09:12:00 +0200
Message-ID: <abc@example.org>
Content-Type: text/plain; charset=utf-8

Guten Tag,

Bitte nehmen Sie uns in den Verteiler auf, wir sind seit 2019 anderer Leistungsanbieter

Mit freundlichen Grüßen
Marek Sandvik
"""
OUTLOOK = """\
Von: Ayşe Nowak-Çelik <a.nowak@example.org>
Gesendet: Mittwoch, 1. September 2027 09:12
An: Geschäftsstelle <geschaeftsstelle@example.org>
Betreff: Aufnahme in den Verteiler

Sehr geehrte Damen und Herren,
wir wollen anderer Leistungsanbieter werden, hier in Hessen.
Viele Grüße
"""
BARE = """\
Bitte setzen Sie mich auf den Verteiler, ich bin an dem Thema interessiert.

Mit herzlichen Grüßen

Bo Lindgren
Werkstraße 3
bo.lindgren@example.org
"""
ENCODED = """\
Received: from mx.example.org
From: =?utf-8?q?J=C3=BCrgen_Thalbach?= <j.thalbach@example.org>
Subject: =?utf-8?q?Abwesenheit?=
Auto-Submitted: auto-replied
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Ich bin bis 9. September nicht im B=C3=BCro.
"""
ENGLISH = """\
From: Sam Field <sam@example.org>
To: office@example.org
Subject: list

Hello, please put me on your mailing list. I would like to read it.
"""


@pytest.mark.parametrize(
    ("raw", "understood"),
    [
        (STORY, Proposal("marek.sandvik@example.org", "Marek Sandvik", "operating")),
        (OUTLOOK, Proposal("a.nowak@example.org", "Ayşe Nowak-Çelik", "preparing", "HE")),
        (BARE, Proposal("bo.lindgren@example.org", "Bo Lindgren", "interested")),
        (ENCODED, Proposal("j.thalbach@example.org", "Jürgen Thalbach", automatic=True)),
        (ENGLISH, Proposal("sam@example.org", "Sam Field", locale="en")),
        ("Bitte aufnehmen", Proposal()),
        ("", Proposal()),
        ("From: \nTo: \n\n", Proposal()),
        (
            "From: geschaeftsstelle@example.org\nSubject: Fwd\n\nAnfrage von tim@example.org",
            Proposal("tim@example.org"),
        ),
    ],
)
def test_what_an_email_says_is_understood(raw, understood):
    assert understand(raw, own="geschaeftsstelle@example.org") == understood


@pytest.mark.parametrize(
    ("written", "greeted"),
    [
        ('"Schmidt, Karin"', "Karin Schmidt"),
        ("Schmidt, Karin", "Karin Schmidt"),
        ('"von der Heide, Dr. Anna"', "Dr. Anna von der Heide"),
        ('"Schmidt, Karin i. A."', "Karin Schmidt"),
        ("i.A. Karin Schmidt", "Karin Schmidt"),
        ('"Muster GmbH, Geschäftsstelle"', "Muster GmbH, Geschäftsstelle"),
        ('"Verwaltung, Muster e. V."', "Verwaltung, Muster e. V."),
        ('"Team 3, Kassel"', "Team 3, Kassel"),
        ('"Nord, Kassel, Bremen"', "Nord, Kassel, Bremen"),
        ("Henri. A. Winter", "Henri. A. Winter"),
    ],
)
def test_a_name_is_proposed_as_somebody_is_greeted(written, greeted):
    assert understand(f"Von: {written} <k@example.org>\nBetreff: Verteiler\n\nBitte aufnehmen").name == greeted


async def answered(email="kim@example.org", raw=STORY):
    return await wrote.answer(
        "mira", raw, email=email, name="Kim", provider_status="operating", land="", locale="de"
    )  # fmt: skip


async def test_one_request_goes_out_and_the_email_is_kept(association):
    outcome = await answered()

    consent = await Consent.objects().first()
    assert (outcome, consent.raw_request, consent.source) == (Outcome.ASKED, STORY, "e-mail")
    assert [(one.template, one.to_email) for one in await Letter.objects()] == [
        ("newsletter/please_confirm", "kim@example.org")
    ]


async def test_at_most_one_request_a_day(association):
    await answered()

    with pytest.raises(Refused):
        await answered()

    assert await Letter.count() == 1


async def test_an_erased_address_is_left_alone(association):
    await joining.erase("", "kim@example.org")

    with pytest.raises(Refused):
        await answered()

    assert (await Letter.count(), await Subscriber.count()) == (0, 0)
