"""How far somebody is with § 60 SGB IX."""

from datetime import date

import pytest

from network.errors import Refused
from network.i18n import speaking
from network.members import organisation, provider
from network.members.tables import Organisation, ProviderStatus


async def test_the_status_is_dated_and_told_as_of_any_day():
    row = await organisation.enter("Gast gGmbH")
    await provider.enter(row, "operating", since=date(2022, 4, 1))
    await provider.enter(row, "interested", since=date(2020, 1, 1))
    await provider.enter(row, "applied", since=date(2021, 3, 1), note="beim Land")

    steps = await provider.history(row)

    def on(day: date) -> str:
        step = provider.on(steps, day)
        return step.status if step else ""

    assert [on(date(2019, 1, 1)), on(date(2020, 1, 1)), on(date(2022, 3, 31)), on(date(2030, 1, 1))] == [
        "", "interested", "applied", "operating",
    ]  # fmt: skip


async def test_a_second_status_of_the_same_day_is_refused_and_the_first_can_be_put_right():
    row, day = await organisation.enter("Gast gGmbH"), date(2021, 3, 1)
    await provider.enter(row, "applied", since=day)

    with speaking("de"), pytest.raises(Refused, match="ein anderer Schritt: „beantragt“") as no:
        await provider.enter(row, "preparing", since=day)
    kept = [step.status for step in await provider.history(row)]
    await provider.enter(row, "preparing", since=day, was=day)

    assert (no.value.field, kept) == ("since", ["applied"])
    assert [step.status for step in await provider.history(row)] == ["preparing"]


async def test_the_same_status_twice_in_a_row_is_refused():
    row = await organisation.enter("Gast gGmbH")
    await provider.enter(row, "applied", since=date(2021, 3, 1))

    with pytest.raises(Refused) as no:
        await provider.enter(row, "applied", since=date(2021, 4, 1))

    assert (no.value.field, await ProviderStatus.count()) == ("status", 1)
    await provider.remove(row, date(2021, 3, 1))
    assert await provider.history(row) == []


async def test_approval_and_agreement_are_two_days_of_their_own():
    row = await organisation.enter("Gast gGmbH")

    await provider.change(row, approved_on=date(2022, 1, 10), offered_in="company", scopes="EV BBB")
    await provider.change(row, agreed_on=date(2022, 3, 1))

    stored = await Organisation.objects().get(Organisation.id == row.id)
    assert (stored.approved_on, stored.agreed_on) == (date(2022, 1, 10), date(2022, 3, 1))
    assert (stored.offered_in, stored.scopes, stored.listed_on) == ("company", "EV BBB", None)


async def test_nobody_is_listed_of_whom_no_status_is_known():
    row = await organisation.enter("Gast gGmbH")

    with pytest.raises(Refused):
        await provider.change(row, listed_on=date(2022, 1, 1))
    await provider.enter(row, "interested", since=date(2021, 1, 1))
    await provider.change(row, listed_on=date(2022, 1, 1))

    assert (await Organisation.objects().get(Organisation.id == row.id)).listed_on == date(2022, 1, 1)
