"""What is joined along with two entries: sites that are the same, memberships, consents; and what stands in the way."""

import json
import random
from datetime import date

import pytest

from network import clock
from network.assembly.tables.convocation import Proxy
from network.assembly.tables.day import Entitled
from network.catalogue import beginnings, entry
from network.catalogue.tables import EntryKind
from network.errors import Refused
from network.i18n import speaking
from network.members import (
    belongings,
    function,
    membership,
    merging,
    offer,
    organisation,
    parting,
    samesites,
    site,
    telling,
)
from network.members.merging import Choice
from network.members.rooms import ROOMS
from network.members.tables import Evidence, Function, Merge, Offer, Organisation, Site
from network.people import person, publication
from network.people.tables import Person, Publication
from network.references import new_reference
from network.rowkeeping import all_tables, keys_to, name_of, table_of
from tests.members.make import a_site, member
from tests.members.test_merging import a_row, everything


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


async def two(**facts) -> tuple[Organisation, Organisation]:
    return await member("Neckarbogen gGmbH", number="M1"), await organisation.enter("Neckarbogen e. V.", **facts)


async def joined(kept: Organisation, gone: Organisation, **facts) -> Merge:
    """With all sites that are surely the same."""
    sites = [(one.mine.reference, one.theirs.reference) for one in await samesites.pairs(kept, gone) if one.sure]
    return await merging.merge("organisation", kept, gone, Choice(sites=sites, **facts))


# --- sites -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "theirs", "sure"),
    [
        ({"street": "Saalestraße 5"}, {"street": "Saalestr. 5"}, True),
        ({"street": "Saalestraße 5", "name": "Haus A"}, {"street": "Saalestr. 5"}, True),
        ({}, {}, True),
        ({"name": "Haus A"}, {"name": "HAUS A"}, True),
        ({"name": "Haus A"}, {"name": "Haus B"}, False),
        ({"street": "Saalestraße 5"}, {}, True),
        ({"street": "Saalestraße 5", "closed_on": date(2020, 1, 1)}, {"street": "Saalestr. 5"}, False),
        ({"street": "Saalestraße 5"}, {"street": "Domplatz 1"}, None),
        ({"postal_code": "06217"}, {}, None),
    ],
)
async def test_sites_are_the_same_by_their_street_or_by_their_name(mine, theirs, sure):
    kept, gone = await two()
    for row, facts in ((kept, mine), (gone, theirs)):
        plain = {"postal_code": "06108", "town": "Halle"} | facts
        one = await site.enter(row, **{name: value for name, value in plain.items() if name != "closed_on"})
        if "closed_on" in facts:
            await Site.update({Site.closed_on: facts["closed_on"]}).where(Site.id == one.id)

    found = await samesites.pairs(kept, gone)

    assert [pair.sure for pair in found] == ([] if sure is None else [sure])


async def test_each_site_is_in_one_pair_and_the_surest_wins():
    kept, gone = await two()
    await a_site(kept, "Halle", "06108")
    right = await a_site(kept, "Halle", "06108", street="Saalestraße 5")
    theirs = await a_site(gone, "Halle", "06108", street="Saalestr. 5")

    [pair] = await samesites.pairs(kept, gone)

    assert (pair.mine.reference, pair.theirs.reference, pair.sure) == (right.reference, theirs.reference, True)


async def test_the_same_site_becomes_one_with_everything_of_both_and_two_again(at_sunday):
    await beginnings.lay_out()
    [service, field] = (await entry.of_kind(EntryKind.SERVICE))[:2]
    kept, gone = await two()
    mine = await a_site(kept, "Halle", "06108", street="Saalestraße 5", places=20)
    theirs = await a_site(gone, "Halle", "06108", street="Saalestr. 5", phone="0345 1", lat=51.48, lon=11.97)
    other = await a_site(gone, "Merseburg", "06217")
    ella, bo = await person.enter("Ella Brandt"), await person.enter("Bo Lindqvist")
    await function.appoint(kept, ella, "site_manager", site=mine, since=date(2020, 1, 1))
    await function.appoint(gone, ella, "site_manager", site=theirs, since=date(2015, 1, 1), title="Leitung")
    await function.appoint(gone, bo, "contact", site=theirs)
    await offer.enter(kept, [service], site=mine)
    await offer.enter(gone, [service, field], site=theirs, since="1998")
    basis = (await entry.of_kind(EntryKind.LEGAL_BASIS))[0]
    await Evidence(reference=new_reference(), organisation=gone.id, site=theirs.id, basis=basis.id).save()
    before = await everything()

    row = await joined(kept, gone)
    sites = {one.town: one for one in await Site.objects()}
    held = {(one.person, one.kind): one for one in await Function.objects()}
    offered = {one.entry: one for one in await Offer.objects()}
    await parting.undo(row)

    assert sorted(sites) == ["Halle", "Merseburg"]
    halle = sites["Halle"]
    assert (halle.id, halle.street, halle.phone, halle.places, halle.lat, halle.placed_by) == (
        mine.id, "Saalestraße 5", "0345 1", 20, 51.48, "",
    )  # fmt: skip
    assert sites["Merseburg"].id == other.id
    assert len(held) == 2
    leader = held[ella.id, "site_manager"]
    assert (leader.site, leader.organisation, leader.since, leader.title) == (
        mine.id,
        kept.id,
        date(2015, 1, 1),
        "Leitung",
    )
    assert held[bo.id, "contact"].site == mine.id
    assert {number: (one.site, one.since) for number, one in offered.items()} == {
        service.id: (mine.id, "1998"), field.id: (mine.id, "1998"),
    }  # fmt: skip
    assert await everything() == before


async def test_sites_that_are_not_ticked_stay_two():
    kept, gone = await two()
    await a_site(kept, "Halle", "06108", street="Saalestraße 5")
    await a_site(gone, "Halle", "06108", street="Saalestraße 5")

    await merging.merge("organisation", kept, gone)

    assert await Site.count().where(Site.organisation == kept.id) == 2


async def test_a_site_that_is_nobodys_any_more_is_refused_before_anything_moves():
    kept, gone = await two()
    mine = await a_site(kept, "Halle", "06108")
    before = await everything()

    for theirs in ("gibtesnicht", mine.reference):
        with pytest.raises(Refused, match="has changed meanwhile"):
            await merging.merge("organisation", kept, gone, Choice(sites=[(mine.reference, theirs)]))

    assert await everything() == before


# --- memberships -----------------------------------------------------------------------------------------------------


async def test_two_memberships_in_the_same_days_are_refused_in_a_sentence_until_somebody_chooses(at_sunday):
    kept = await member("Eins e. V.", number="M1", since=date(2001, 1, 1))
    gone = await member("Eins eV", number="M2", since=date(2005, 3, 1))
    before = await everything()

    with pytest.raises(Refused) as no:
        await merging.merge("organisation", kept, gone)

    assert no.value.field == "membership"
    assert no.value.words == (
        "Both are members in the same days: M1, since 1 January 2001, and M2, since 1 March 2005. "
        "Please say which is right."
    )
    assert await everything() == before


@pytest.mark.parametrize(("choice", "number"), [("kept", "M1"), ("gone", "M2")])
async def test_the_chosen_membership_stays_and_both_come_back(at_sunday, choice, number):
    kept = await member("Eins e. V.", number="M1", since=date(2001, 1, 1))
    gone = await member("Eins eV", number="M2", since=date(2005, 3, 1))
    before = await everything()

    row = await merging.merge("organisation", kept, gone, Choice(membership=choice))
    stays = [one.number for one in await membership.history(kept)]
    await parting.undo(row)

    assert stays == [number]
    assert await everything() == before


async def test_memberships_after_one_another_are_no_question(at_sunday):
    kept = await member("Eins e. V.", number="M1", since=date(2011, 1, 1))
    gone = await organisation.enter("Eins eV")
    await membership.join(gone, since=date(1995, 1, 1), until=date(2010, 12, 31), number="M2")

    await merging.merge("organisation", kept, gone)

    assert [one.number for one in await membership.history(kept)] == ["M2", "M1"]


async def test_one_membership_entered_twice_is_kept_once_with_its_number(at_sunday):
    kept, gone = await member("Eins e. V."), await member("Eins eV", number="M2")
    before = await everything()

    row = await merging.merge("organisation", kept, gone)
    stays = [one.number for one in await membership.history(kept)]
    await parting.undo(row)

    assert stays == ["M2"]
    assert await everything() == before


async def test_a_membership_begun_since_stands_in_the_way_of_taking_apart(at_sunday):
    kept, gone = await organisation.enter("Eins e. V."), await organisation.enter("Eins eV")
    await membership.join(kept, since=date(2001, 1, 1), until=date(2010, 12, 31), number="M1")
    await membership.join(gone, since=date(2005, 1, 1), until=date(2008, 12, 31), number="M2")
    row = await merging.merge("organisation", kept, gone, Choice(membership="gone"))
    await membership.join(kept, since=date(2010, 1, 1), number="M3")
    before = await everything()

    with pytest.raises(Refused, match="two memberships in the same days"):
        await parting.undo(row)

    assert await everything() == before


# --- what was entered since ------------------------------------------------------------------------------------------


async def test_an_address_given_to_somebody_else_since_stands_in_the_way(at_sunday):
    kept, gone = await person.enter("Ella Brandt"), await person.enter("Ella Brand", "ella@example.org")
    row = await merging.merge("person", kept, gone)
    await person.enter("Elli Brandt", "Ella@example.org")
    before = await everything()

    with pytest.raises(Refused, match="Elli Brandt has the e-mail address of the other entry now"):
        await parting.undo(row)

    assert await everything() == before
    assert (await Merge.objects().first()).undone_at is None


async def test_a_number_that_the_database_gave_to_another_row_since_is_no_hindrance(at_sunday):
    kept, gone = await organisation.enter("Eins e. V."), await organisation.enter("Eins eV", town="Köln")
    theirs = await a_site(gone, "Köln", "50667")
    row = await merging.merge("organisation", kept, gone)
    await organisation.enter("Ganz neu")

    await parting.undo(row)

    back = await organisation.by_reference(gone.reference)
    assert (back.name, back.town) == ("Eins eV", "Köln")
    assert (await Site.objects().get(Site.id == theirs.id)).organisation == back.id
    assert await Organisation.count() == 3


async def test_what_was_corrected_since_stays_and_what_was_not_chosen_is_no_hindrance(at_sunday):
    kept, gone = await organisation.enter("Eins e. V."), await organisation.enter("Eins eV", phone="0221 1")
    row = await merging.merge("organisation", kept, gone, Choice({"phone": "0221 1"}))
    await organisation.change(await organisation.by_reference(kept.reference), town="Bonn")

    await parting.undo(row)

    now = await organisation.by_reference(kept.reference)
    assert (now.town, now.phone, "bonn" in now.search) == ("Bonn", "", True)


async def test_what_somebody_saw_and_somebody_else_changed_meanwhile_is_asked_again(at_sunday):
    kept, gone = await organisation.enter("Eins e. V."), await organisation.enter("Eins eV")
    seen = merging.seen("organisation", kept, gone)
    await organisation.change(await organisation.by_reference(gone.reference), phone="0221 1")

    with pytest.raises(Refused, match="changed one of the two meanwhile"):
        await merging.merge("organisation", kept, gone, Choice(seen=seen))


async def test_nobody_joins_the_own_entry_away():
    mira, other = await person.enter("Mira Quandt"), await person.enter("Mira Quant")

    with pytest.raises(Refused, match="This is your own entry"):
        await merging.merge("person", other, mira, actor=mira.reference)

    assert await Person.count() == 2


# --- consent ---------------------------------------------------------------------------------------------------------


async def test_consent_to_show_one_address_is_none_to_show_the_other_and_comes_back(at_sunday):
    kept = await person.enter("Ella Brandt", "ella@example.org", phone="0621 1")
    gone = await person.enter("Ella Brand", "privat@example.org", phone="0621 1")
    await publication.agreed(gone, ["name", "email", "phone"], actor="")
    await publication.agreed(kept, ["name"], actor="")
    before = await everything()

    row = await merging.merge("person", kept, gone)
    shown = (await publication.shown_of([kept.id], clock.today()))[kept.id]
    history = await Publication.count()
    await publication.agreed(kept, ["name"], actor="")
    after = (await publication.shown_of([kept.id], clock.today()))[kept.id]

    assert (sorted(shown), sorted(after), history) == (["name", "phone"], ["name"], 3)
    await Publication.update({Publication.withdrawn_on: None}).where(
        (Publication.fact == "phone") & (Publication.person == kept.id)
    )
    await parting.undo(row)
    assert await everything() == before


async def test_whoever_withdrew_it_in_one_entry_has_withdrawn_it(at_sunday):
    kept, gone = await person.enter("Ella Brandt"), await person.enter("Ella Brand")
    for one, withdrawn in ((kept, None), (gone, date(2026, 5, 1))):
        await Publication(person=one.id, fact="name", given_on=date(2025, 1, 1), withdrawn_on=withdrawn).save()

    await merging.merge("person", kept, gone)

    assert (await publication.shown_of([kept.id], clock.today())) == {}


# --- telling ---------------------------------------------------------------------------------------------------------


def test_every_table_that_hangs_on_an_entry_has_its_words():
    hanging = {name_of(table_of(column)) for table in (Organisation, Person, Site) for column in keys_to(table)}

    assert hanging - belongings.ENDS - set(ROOMS) == set()
    assert set(ROOMS) <= set(all_tables())


async def test_the_preview_tells_room_by_room_what_goes_over_and_what_both_have(at_sunday):
    kept, gone = await two(phone="0621 1")
    for town, code in (("Ulm", "89073"), ("Bonn", "53111")):
        await a_site(gone, town, code)
    ella = await person.enter("Ella Brandt")
    for row in (kept, gone):
        await function.appoint(row, ella, "director")

    moving = await merging.preview("organisation", kept, gone)
    going = [(one.words, one.count, one.names, one.twice) for one in await telling.going(moving)]
    differing = [(one.words, one.mine, one.theirs) for one in await telling.differing("organisation", kept, gone)]

    assert going == [
        ("Sites", 2, "Ulm, Bonn", 0),
        ("Functions of people", 0, "", 1),
        ("Lines of the activity", 4, "", 0),
    ]
    assert differing == [("Name", "Neckarbogen gGmbH", "Neckarbogen e. V."), ("Telephone", "", "0621 1")]


async def test_what_is_kept_of_a_merge_is_read_by_machines(at_sunday):
    kept, gone = await two()

    row = await merging.merge("organisation", kept, gone)

    assert sorted(json.loads(row.moved)) == ["changes", "gone", "keys", "texts", "twice"]
    assert (row.gone_name, row.gone_key) == ("Neckarbogen e. V.", "neckarbogen")


# --- history ---------------------------------------------------------------------------------------------------------


async def test_two_who_voted_side_by_side_stay_two(at_sunday):
    kept, gone = await two()
    draw = random.Random(1)
    vote = await a_row(Entitled, draw, vote="decision:one", organisation=kept.id)
    await a_row(Entitled, draw, vote="decision:one", organisation=gone.id, assembly=vote.assembly)
    before = await everything()

    with pytest.raises(Refused, match="part of their own in “Votes in assemblies”"):
        await merging.merge("organisation", kept, gone)

    assert await everything() == before


async def test_who_once_gave_the_other_a_proxy_stays_another(at_sunday):
    kept, gone = await two()
    await a_row(Proxy, random.Random(1), giver=kept.id, holder=gone.id)

    assert (await merging.preview("organisation", kept, gone)).in_the_way == [
        "Both have a part of their own in “Proxies in assemblies”. That stays as it was, and so they stay two."
    ]
