"""Two entries become one with all that hangs on them, and two again, exactly as they were."""

import random
import re
from datetime import date, datetime

import pytest
from piccolo.columns import ForeignKey

from network import clock
from network.activity import Activity, record
from network.errors import Refused
from network.i18n import speaking
from network.members import function, joined, membership, merging, organisation, parting
from network.members.merging import Choice
from network.members.tables import FormerName, Function, Membership, Merge, Organisation, Relation, Site
from network.office.tables import SavedFilter
from network.people import person, roles, sign_in
from network.people.tables import Person, Publication, RoleKind, Session
from network.references import new_reference
from network.representing.tables import DataCheck, Proposal
from network.rowkeeping import all_tables, alone_in, keys_to, name_of, table_of
from tests.browser import send, submit
from tests.members.make import a_site, member


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


async def everything(*but: str) -> dict[str, list[dict]]:
    return {
        name: await table.select().order_by(table._meta.primary_key)
        for name, table in all_tables().items()
        if name not in {"activity", "merge", *but}
    }


ALLOWED = re.compile(r'"(\w+)" IN \((.*?)\)')


async def a_row(table, draw: random.Random, **given):
    """A row of any table, with all that it must have; what it has to point to is made for it."""
    if table is Organisation:
        return await organisation.enter(f"Dritte {new_reference()}")
    if table is Person:
        return await person.enter("Dritte Person")
    facts = dict(given)
    for column in table._meta.columns:
        name = column._meta.name
        if name in given or column._meta.primary_key or column._meta.null:
            continue
        if isinstance(column, ForeignKey):
            facts[name] = (await a_row(column._foreign_key_meta.resolved_references, draw)).id
        else:
            facts[name] = value_of(table, column, draw)
    row = table(**facts)
    await row.save()
    return row


def value_of(table, column, draw: random.Random):
    name = column._meta.name
    checks = " ".join(str(one._meta.params.get("condition", "")) for one in table._meta.constraints)
    allowed = {known: words.replace("'", "").split(", ") for known, words in ALLOWED.findall(checks)}
    if name in allowed:
        return draw.choice(allowed[name])
    if column._meta.unique or name == "digest":
        return new_reference()
    if column.value_type is datetime:
        return clock.ahead(hours=2) if name == "ends_at" else clock.now()
    plain = {
        date: date(2000 + draw.randrange(20), 1, 1),
        bool: False,
        int: draw.randrange(1, 1000),
        bytes: b"",
        str: str(draw.randrange(10)),
    }
    return plain[column.value_type]


def is_told_once(table, column) -> bool:
    """The database allows one row for each entry, with others or alone."""
    return any(column._meta.name in names for names in alone_in(table))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["organisation", "person"])
async def test_whatever_hangs_on_two_entries_is_as_before_when_they_are_taken_apart(at_sunday, kind, seed):
    draw = random.Random(seed)
    if kind == "organisation":
        kept, gone = await organisation.enter("Eins e. V."), await organisation.enter("Eins eV", email="a@example.org")
    else:
        kept, gone = await person.enter("Ella Brandt", "e@example.org"), await person.enter("Ella Brand")
    for column in keys_to(type(kept)):
        for row in (kept, gone):
            table = table_of(column)
            if table in (Membership, Session) or (row is kept and is_told_once(table, column)):
                continue
            for _number in range(1 if is_told_once(table, column) or not seed else draw.randrange(3)):
                await a_row(table, draw, **{column._meta.name: row.id})
    await roles.grant(await person.enter("Bo"), RoleKind.MEMBER_REPRESENTATIVE, of=gone.reference)
    await record("", "something done", f"{kind}:{gone.reference}", "label")
    hanging = {name_of(table_of(column)) for column in keys_to(type(kept))}
    ended = ("session", "sign_in_link") if kind == "person" else ()
    before = await everything(*ended)

    row = await merging.merge(kind, kept, gone, Choice({"email": "neu@example.org"}))
    merged = await everything(*ended)
    await parting.undo(row)

    assert {name for name in hanging - set(ended) if before[name]} >= (
        {"site"} if kind == "organisation" and not seed else set()
    )
    assert merged != before
    assert gone.id not in {one["id"] for one in merged[name_of(kept)]}
    assert await everything(*ended) == before
    assert await Activity.exists().where(Activity.thing == f"{kind}:{gone.reference}")


async def test_all_that_hangs_on_a_member_goes_over(at_sunday):
    kept = await member("Neckarbogen gGmbH", number="M1")
    gone = await organisation.enter("Neckarbogen GmbH", phone="0621 1")
    site = await a_site(gone, "Ulm", "89073")
    ella = await person.enter("Ella Brandt", "ella@example.org")
    await function.appoint(gone, ella, "director")
    await roles.grant(ella, RoleKind.MEMBER_REPRESENTATIVE, of=gone.reference)
    await FormerName(organisation=gone.id, name="Alt", until=date(2001, 1, 1)).save()
    await Proposal(reference=new_reference(), organisation=gone.id, thing=f"organisation:{gone.reference}", field="name",
                   made_at=clock.now()).save()  # fmt: skip

    moving = await merging.preview("organisation", kept, gone)
    await merging.merge("organisation", kept, gone, Choice({"phone": "0621 1"}), actor="office")

    assert moving.counts["site"] == moving.counts["held_function"] == moving.counts["role"] == 1
    assert (await Site.objects().get(Site.id == site.id)).organisation == kept.id
    assert [one.who for one in await function.holding(kept, clock.today())] == ["Ella Brandt"]
    assert (await Proposal.objects().first()).thing == f"organisation:{kept.reference}"
    assert (await organisation.by_reference(kept.reference)).phone == "0621 1"
    assert await organisation.by_reference(gone.reference) is None
    assert await joined.kept_instead("organisation", gone.reference) == kept.reference


async def test_what_both_have_is_kept_once_and_comes_back(at_sunday):
    kept, gone = await member("Eins e. V.", number="M1"), await member("Eins eV", number="M2")
    for row, year in ((kept, 2027), (gone, 2027), (gone, 2026)):
        await DataCheck(organisation=row.id, year=year, digest=new_reference(), asked_at=clock.now()).save()
    ella = await person.enter("Ella Brandt", "ella@example.org")
    await function.appoint(kept, ella, "director")
    await function.appoint(gone, ella, "director")
    await Relation(reference=new_reference(), organisation=kept.id, kind="parent", other=gone.id).save()
    before = await everything()

    moving = await merging.preview("organisation", kept, gone)
    row = await merging.merge("organisation", kept, gone, Choice(membership="kept"))

    assert sorted(table for table, _row in moving.twice) == ["data_check", "held_function", "relation"]
    assert (await Membership.count(), await DataCheck.count(), await Function.count()) == (1, 2, 1)
    assert [one.number for one in await membership.history(kept)] == ["M1"]
    await parting.undo(row)
    assert await everything() == before


async def test_a_person_that_goes_is_signed_out_and_the_filters_of_one_name_are_kept_once(at_sunday):
    kept, gone = (
        await person.enter("Ella Brandt", "ella@example.org"),
        await person.enter("Ella Brand", "eb@example.org"),
    )
    await sign_in.begin_session(gone)
    for one in (kept, gone):
        await SavedFilter(
            reference=new_reference(), person=one.id, room="members", name="Hessen", query="land=HE"
        ).save()
        await Publication(person=one.id, fact="name", given_on=date(2027, 1, 1)).save()

    await merging.merge("person", kept, gone)

    assert (await Session.count(), await SavedFilter.count(), await Publication.count()) == (0, 1, 1)


async def test_two_delegates_at_once_stand_in_the_way(at_sunday):
    kept, gone = await member("Eins e. V."), await organisation.enter("Eins eV")
    await function.appoint(kept, await person.enter("Ella Brandt"), "voting_delegate")
    await function.appoint(gone, await person.enter("Bo Lindqvist"), "voting_delegate")
    before = await everything()

    with pytest.raises(Refused, match="Both have a voting delegate"):
        await merging.merge("organisation", kept, gone)

    assert await everything() == before


async def test_what_was_chosen_and_changed_since_is_not_taken_apart(at_sunday):
    kept, gone = await organisation.enter("Eins e. V."), await organisation.enter("Eins eV", town="Köln")
    row = await merging.merge("organisation", kept, gone, Choice({"town": "Köln"}))
    await organisation.change(await organisation.by_reference(kept.reference), town="Bonn")
    before = await everything()

    with pytest.raises(Refused, match="has been changed since"):
        await parting.undo(row)

    assert await everything() == before


async def test_links_lead_through_several_merges_and_the_last_is_taken_apart_first(at_sunday):
    one, two, three = [await organisation.enter(name) for name in ("Eins", "Zwei", "Drei")]
    first = await merging.merge("organisation", two, one)
    await merging.merge("organisation", three, two)

    assert await joined.kept_instead("organisation", one.reference) == three.reference
    with pytest.raises(Refused, match="has itself been merged since"):
        await parting.undo(first)
    assert (await Merge.objects().get(Merge.id == first.id)).undone_at is None


async def test_the_office_compares_two_merges_them_and_takes_them_apart(desk):
    kept = await member("Neckarbogen gGmbH", number="M1")
    gone = await organisation.enter("Neckarbogen e. V.", phone="0621 1")

    pairs = await desk.get("/office/members/duplicates")
    answer = await submit(desk, f"/office/members/duplicates/{kept.reference}/{gone.reference}", phone="gone")
    old = await desk.get(f"/office/members/{gone.reference}")
    again = await desk.get("/office/members/duplicates")
    back = await send(desk, again)

    assert "gleicher Name" in pairs.text
    assert (answer.status_code, old.status_code) == (303, 303)
    assert old.headers["location"] == f"/office/members/{kept.reference}"
    assert back.status_code == 303
    assert (await organisation.by_reference(gone.reference)).phone == "0621 1"
    assert (await organisation.by_reference(kept.reference)).phone == ""
