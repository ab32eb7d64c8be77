"""The public front: computed counts, news, what search engines ask for, and pages kept until something changes."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

from network import clock
from network.association import profile
from network.association.tables import Association
from network.events.tables import Report
from network.members import membership, site
from network.website import home
from tests.events.make import forum


async def test_members_and_sites_are_counted_as_of_today(client, association):
    organisation = await membership.admit("Neckarbogen Reha und Arbeit gGmbH", town="Mannheim")
    await site.enter(organisation, postal_code="68161", town="Mannheim")
    closed = await site.enter(organisation, postal_code="74072", town="Heilbronn")
    await site.close(closed, organisation, on=clock.today() - timedelta(days=1))

    page = await client.get("/")

    assert "1 Mitglied · 1 Standort · Stand: heute" in " ".join(page.text.split())


async def test_texts_of_the_association_hold_the_figures_of_today(client, association):
    told = {
        Association.about_de: "Wir sind {members} Mitglieder mit {sites} Standorten und {etwas} mehr.",
        Association.claim_de: "{sites} Orte",
    }
    await Association.update(told, force=True)
    profile.forget()
    organisation = await membership.admit("Anker")
    for town in ("Ulm", "Hof"):
        await site.enter(organisation, postal_code="89073", town=town)

    home_page, about = await client.get("/"), await client.get("/about")

    assert "Wir sind 1 Mitglieder mit 2 Standorten und {etwas} mehr." in home_page.text
    assert "Wir sind 1 Mitglieder mit 2 Standorten und {etwas} mehr." in about.text
    assert "<h1>2 Orte</h1>" in home_page.text


async def test_drafts_and_past_events_are_not_announced_on_the_home_page(association):
    await forum(title_de="Entwurf", published=False)
    await forum(
        title_de="Vorbei", starts_at=clock.ago(days=3), ends_at=clock.ago(days=3, hours=-2), deadline=clock.ago(days=5)
    )
    await forum(title_de="Bald")

    assert [event.title_de for event in await home.next_events()] == ["Bald"]


async def test_a_report_without_an_english_version_is_told_in_german_and_says_so(client, association):
    event = await forum()
    await Report(
        event=event.id, title_de="Bericht", body_de="Text", written_at=clock.now(), published_at=clock.ago(hours=1)
    ).save()

    german, english = await client.get("/news"), await client.get("/en/news")

    assert f'href="/events/{event.slug}/report">Bericht' in german.text
    assert f'href="/en/events/{event.slug}/report" lang="de">Bericht' in english.text


async def test_pages_are_kept_and_known_again_until_something_changes(client, association):
    first = await client.get("/about")
    again = await client.get("/about", headers={"if-none-match": first.headers["etag"]})

    assert (first.headers["cache-control"], again.status_code) == ("public, max-age=0, must-revalidate", 304)
    assert "set-cookie" not in first.headers


async def test_search_engines_learn_both_languages_and_stay_out_of_the_office(client, association):
    await forum(slug="2-austauschforum")
    await forum(slug="geheim", published=False)

    places = [
        found.text
        for found in ET.fromstring((await client.get("/sitemap.xml")).text).iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    ]
    robots = (await client.get("/robots.txt")).text

    assert [place for place in places if re.search("austausch|geheim", place)] == [
        "http://localhost:8000/events/2-austauschforum",
        "http://localhost:8000/en/events/2-austauschforum",
    ]
    assert "Disallow: /office" in robots
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots
