"""What was done can be read, and leads to what it was about."""

from bs4 import BeautifulSoup

from mailing.tables import Subscriber
from network.newsletter import joining
from tests.events.make import forum, sign_up
from tests.office.make import mira


async def test_each_line_leads_to_its_thing_a_registration_to_its_event(client, association):
    await mira(client)
    kassel = await forum()
    await sign_up(kassel, "Zita Ahlers", organisation="Lebensweg gGmbH")
    await joining.join("kim@example.org", source="/newsletter")
    reader = await Subscriber.objects().first()

    page = BeautifulSoup((await client.get("/office/activity")).text, "html.parser")

    lines = {row.select("td")[2].text: row.select("td")[3] for row in page.select("tbody tr")}
    registered, asked = lines["zur Veranstaltung angemeldet"], lines["Aufnahme in den Verteiler erbeten"]
    assert (registered.text, registered.a["href"]) == ("Lebensweg gGmbH", f"/office/events/{kassel.reference}")
    assert (asked.text, asked.a["href"]) == ("Ansehen, worum es geht", f"/office/newsletter/readers/{reader.reference}")
    assert "kim" not in page.select_one("tbody").text
    assert "Zita" not in page.select_one("tbody").text
