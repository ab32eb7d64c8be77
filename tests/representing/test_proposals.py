"""Protected facts: proposed by the member, accepted or declined by the office, and what happens in between."""

import asyncio
from datetime import date, timedelta

import pytest

from mailing.tables import Letter
from network import clock
from network.activity import Activity
from network.errors import Refused
from network.i18n import format_day
from network.members import former, function, organisation
from network.members.tables import FunctionKind, Organisation
from network.people import person
from network.representing import proposal
from network.representing.tables import Proposal
from tests.browser import send, submit

NEW = "Neckarbogen Arbeit und Teilhabe gGmbH"


async def name_of(row):
    return (await Organisation.objects().get(Organisation.id == row.id)).name


async def proposed(row, field="name", new=NEW, by="x"):
    found = await proposal.propose(row, field, new, by=by)
    assert found
    return found


async def test_a_member_changes_its_address_at_once_and_proposes_its_name(house, neckarbogen, ella):
    stored = await submit(
        house, f"/mine/{neckarbogen.reference}/edit", name=NEW, street="Neckarkai 5", why="Beschluss vom März"
    )

    assert stored.status_code == 303
    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    assert (row.name, row.street) == (neckarbogen.name, "Neckarkai 5")
    asked = await Proposal.objects().first()
    assert (asked.field, asked.old, asked.new, asked.why) == ("name", neckarbogen.name, NEW, "Beschluss vom März")
    assert asked.made_by == ella.reference


async def test_the_office_accepts_and_the_proposer_reads_so(house, desk, neckarbogen, ella, mira):
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW)
    asked = await Proposal.objects().first()
    assert NEW in (await desk.get("/office")).text

    decided = await submit(desk, f"/office/members/proposals/{asked.reference}")

    assert decided.status_code == 303
    assert await name_of(neckarbogen) == NEW
    changed = await Activity.objects().get(Activity.verb == "organisation renamed")
    assert changed.actor == mira.reference
    letter = await Letter.objects().get(Letter.template == "representing/proposal_accepted")
    assert (letter.to_email, NEW in letter.text) == ("ella.brandt@example.org", True)


async def test_the_office_declines_with_a_reason_that_the_member_reads(house, desk, neckarbogen):
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW)
    asked = await Proposal.objects().first()
    where = f"/office/members/proposals/{asked.reference}"

    silent = await submit(desk, where, press="decline")
    assert silent.status_code == 422
    await submit(desk, where, press="decline", reason="Das Registergericht hat noch nicht eingetragen.")

    assert await name_of(neckarbogen) == neckarbogen.name
    letter = await Letter.objects().get(Letter.template == "representing/proposal_declined")
    assert "Das Registergericht hat noch nicht eingetragen." in letter.text
    assert "Registergericht" in (await house.get(f"/mine/{neckarbogen.reference}")).text


async def test_nobody_decides_twice(neckarbogen):
    asked = await proposed(neckarbogen)
    await proposal.decline(asked, "Nein.", actor="")

    with pytest.raises(Refused, match="schon entschieden"):
        await proposal.accept(asked, seen=neckarbogen.name, actor="")

    assert await name_of(neckarbogen) == neckarbogen.name


@pytest.mark.postgres
async def test_of_yes_and_no_at_the_same_moment_one_counts(neckarbogen):
    asked = await proposed(neckarbogen)

    answers = await asyncio.gather(
        proposal.accept(asked, seen=neckarbogen.name, actor=""),
        proposal.decline(asked, "Nein.", actor=""),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Refused) for one in answers) == 1
    row = await Proposal.objects().first()
    assert (row.accepted_at is None) != (row.declined_at is None)
    assert (await name_of(neckarbogen) == NEW) == (row.accepted_at is not None)


async def test_an_overtaken_proposal_says_so_and_is_not_accepted_unseen(desk, neckarbogen):
    asked = await proposed(neckarbogen)
    await organisation.change(neckarbogen, name="Neckarbogen Bildung gGmbH")

    shown = await desk.get(f"/office/members/proposals/{asked.reference}")

    assert "Überholt" in shown.text
    assert "Neckarbogen Bildung gGmbH" in shown.text
    with pytest.raises(Refused):
        await proposal.accept(asked, seen="Neckarbogen Reha und Arbeit gGmbH", actor="")


async def test_a_newer_proposal_takes_the_place_of_the_older(neckarbogen):
    older = await proposed(neckarbogen)
    await proposed(neckarbogen, new="Neckarbogen gGmbH")

    assert [one.new for one in await proposal.open_ones(neckarbogen)] == ["Neckarbogen gGmbH"]
    assert (await Proposal.objects().get(Proposal.id == older.id)).reason == proposal.REPLACED


async def test_what_is_so_already_is_no_proposal(neckarbogen):
    assert await proposal.propose(neckarbogen, "name", neckarbogen.name, by="x") is None


async def test_a_new_voting_delegate_follows_the_old_one_when_the_office_agrees(house, desk, neckarbogen, ella):
    await function.appoint(neckarbogen, ella, FunctionKind.VOTING_DELEGATE)

    await submit(
        house, f"/mine/{neckarbogen.reference}/people/new", kind="voting_delegate", name="Doreen Kästel",
        email="doreen.kaestel@example.org",
    )  # fmt: skip
    assert (await function.delegate_of(neckarbogen, clock.today())).name == "Ella Brandt"

    asked = await Proposal.objects().first()
    await submit(desk, f"/office/members/proposals/{asked.reference}")

    assert (await function.delegate_of(neckarbogen, clock.today())).name == "Doreen Kästel"


async def test_a_member_withdraws_its_own_proposals_only(house, neckarbogen, rheinweg):
    mine, theirs = await proposed(neckarbogen), await proposed(rheinweg)
    page = await house.get(f"/mine/{neckarbogen.reference}")
    token = page.text.partition('name="_csrf_token" value="')[2].partition('"')[0]

    answers = [
        (
            await house.post(
                f"/mine/{neckarbogen.reference}/proposals/{one.reference}/withdrawal", data={"_csrf_token": token}
            )
        )
        for one in (mine, theirs)
    ]

    assert [one.status_code for one in answers] == [303, 404]
    assert [one.row.id for one in await proposal.open_ones()] == [theirs.id]


async def test_the_member_s_page_of_the_office_shows_what_is_proposed(desk, neckarbogen):
    await proposed(neckarbogen)

    assert "Vorgeschlagen: Name" in (await desk.get(f"/office/members/{neckarbogen.reference}")).text


async def test_the_person_proposed_can_be_gone(neckarbogen):
    someone = await person.enter("Doreen Kästel")
    asked = await proposed(neckarbogen, "voting_delegate", someone.reference)
    await someone.remove()

    with pytest.raises(Refused):
        await proposal.accept(asked, seen="", actor="")


async def test_a_new_name_from_a_day_on_leaves_the_old_one_to_the_days_before(house, desk, neckarbogen):
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW, moved_on="1.1.2026")
    asked = await Proposal.objects().first()
    await submit(desk, f"/office/members/proposals/{asked.reference}")

    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    assert row.name == NEW
    assert (await former.organisation_on(row, date(2025, 12, 31))).name == neckarbogen.name


async def test_a_day_without_a_new_name_or_address_is_asked_about(house, neckarbogen):
    refused = await submit(house, f"/mine/{neckarbogen.reference}/edit", phone="0621 1234", moved_on="1.1.2026")

    assert refused.status_code == 422
    assert (await Organisation.objects().get(Organisation.id == neckarbogen.id)).phone == ""


async def test_without_a_day_the_office_reads_so_and_a_new_name_counts_from_today_on(house, desk, neckarbogen):
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW)
    asked = await Proposal.objects().first()
    where = f"/office/members/proposals/{asked.reference}"

    shown = await desk.get(where)
    await send(desk, shown)

    yesterday = clock.today() - timedelta(days=1)
    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    assert "kein Tag genannt" in shown.text
    assert (row.name, (await former.organisation_on(row, yesterday)).name) == (NEW, neckarbogen.name)
    letter = await Letter.objects().get(Letter.template == "representing/proposal_accepted")
    assert format_day(clock.today()) in letter.text


async def test_the_office_may_know_another_day(house, desk, neckarbogen):
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW, moved_on="1.1.2026")
    asked = await Proposal.objects().first()

    await submit(desk, f"/office/members/proposals/{asked.reference}", moved_on="15.3.2026")

    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    assert (await former.organisation_on(row, date(2026, 3, 14))).name == neckarbogen.name
    assert (await former.organisation_on(row, date(2026, 3, 15))).name == NEW


async def test_a_day_that_was_emptied_is_asked_for(house, desk, neckarbogen):
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW, moved_on="1.1.2026")
    asked = await Proposal.objects().first()

    refused = await submit(desk, f"/office/members/proposals/{asked.reference}", moved_on="")

    assert refused.status_code == 422
    assert "ab welchem Tag" in refused.text
    assert (await Organisation.objects().get(Organisation.id == neckarbogen.id)).name == neckarbogen.name


async def test_a_typing_error_was_always_one(house, desk, neckarbogen):
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW)
    asked = await Proposal.objects().first()

    await submit(desk, f"/office/members/proposals/{asked.reference}", what="always")

    row = await Organisation.objects().get(Organisation.id == neckarbogen.id)
    assert (await former.organisation_on(row, date(2025, 1, 1))).name == NEW


async def test_the_proposed_name_of_somebody_else_is_asked_about(house, desk, neckarbogen):
    await organisation.enter(NEW, town="Worms")
    await submit(house, f"/mine/{neckarbogen.reference}/edit", name=NEW)
    asked = await Proposal.objects().first()
    where = f"/office/members/proposals/{asked.reference}"

    refused = await submit(desk, where)
    stored = await send(desk, refused, is_another="y")

    assert f"{NEW} · Worms ist schon eingetragen" in refused.text
    assert (refused.status_code, stored.status_code) == (422, 303)
    assert await name_of(neckarbogen) == NEW
