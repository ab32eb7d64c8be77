"""A member whom somebody entered a second time, with a site and a person that are known as well."""

from datetime import date, timedelta

from network.demo.functions import CONTACT
from network.members import function, organisation, site
from network.people import person

NAME = "Neckarbogen Reha u. Arbeit"
PLACE = {"street": "Neckarkai 4", "postal_code": "68161", "town": "Mannheim", "land": "BW"}
PHONE = "+49 621 23125 200"
WHO, ADDRESS, THEIR_NUMBER = "Doreen Kaestel", "doreen.kaestel@example.org", "0621 23125-204"


async def build(today: date, *, actor: str) -> None:
    row = await organisation.enter(NAME, actor=actor, phone=PHONE, **PLACE)
    await site.enter(row, postal_code=PLACE["postal_code"], town=PLACE["town"], land=PLACE["land"], actor=actor)
    someone = await person.enter(WHO, ADDRESS, phone=THEIR_NUMBER, actor=actor)
    await function.appoint(row, someone, CONTACT, since=today - timedelta(days=40), actor=actor)
