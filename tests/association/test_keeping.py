"""How long a kind of data is kept: reckoned to the day, decided within what the law leaves, noted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.activity import Activity
from network.association import keeping
from network.association.tables import KeepingTime
from network.errors import Refused
from network.events.retention import GUESTS, NEEDS
from network.newsletter.privacy import CONSENTS, READERS
from network.office import holding
from network.web.kinds import Term

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
TERMS = st.one_of(
    st.builds(Term, st.integers(0, 800), st.just("days")),
    st.builds(Term, st.integers(0, 60), st.just("months")),
    st.builds(Term, st.integers(0, 12), st.just("years")),
)


@given(term=TERMS, began=DAYS, day=DAYS)
def test_the_day_on_which_something_goes_is_the_first_whose_limit_reaches_it(term, began, day):
    assert (began <= keeping.limit_of(term, day)) == (day >= keeping.due_day(term, began))


@given(term=TERMS, day=DAYS)
def test_a_limit_never_goes_back(term, day):
    assert keeping.limit_of(term, day) <= keeping.limit_of(term, day + timedelta(days=1))


@pytest.mark.parametrize(
    ("term", "began", "goes"),
    [
        (Term(12, "months"), date(2027, 10, 18), date(2028, 10, 18)),
        (Term(1, "months"), date(2027, 1, 31), date(2027, 3, 1)),
        (Term(30, "days"), date(2027, 6, 30), date(2027, 7, 30)),
        (Term(3, "years"), date(2024, 2, 3), date(2028, 1, 1)),
        (Term(3, "years"), date(2024, 12, 31), date(2028, 1, 1)),
    ],
)
def test_when_something_goes(term, began, goes):
    assert keeping.due_day(term, began) == goes


async def test_a_decision_holds_at_once_and_is_noted(association):
    await keeping.decide(GUESTS, number=6, yearly=True, actor="pia")

    one = await keeping.kept(GUESTS)
    assert (one.term.number, one.yearly, one.time) == (6, True, "6 Monate nach der Veranstaltung")
    [row] = await Activity.objects().where(Activity.verb == "keeping time decided")
    assert (row.actor, row.thing, row.detail) == (
        "pia", "keeping:events.guests", "12 Monate → 6 Monate, im jährlichen Löschlauf",
    )  # fmt: skip


async def test_the_same_decision_again_is_none(association):
    for _twice in range(2):
        await keeping.decide(GUESTS, number=6, yearly=False, actor="pia")

    assert (await KeepingTime.count(), await Activity.count().where(Activity.verb == "keeping time decided")) == (1, 1)


@pytest.mark.parametrize("number", [0, -1, 37, 999])
async def test_what_the_law_does_not_leave_is_refused(association, number):
    with pytest.raises(Refused):
        await keeping.decide(GUESTS, number=number, yearly=False, actor="pia")


async def test_what_was_promised_cannot_be_decided(association):
    for kind in (NEEDS, READERS):
        with pytest.raises(Refused):
            await keeping.decide(kind, number=1, yearly=False, actor="pia")


async def test_of_evidence_only_how_it_goes_is_decided(association):
    await keeping.decide(CONSENTS, number=99, yearly=False, actor="pia")

    one = await keeping.kept(CONSENTS)
    assert (one.term.number, one.yearly) == (3, False)


def test_every_kind_says_why_and_how_long():
    kinds = holding.kinds()

    assert len(kinds) > 20
    assert len({kind.key for kind in kinds}) == len(kinds)
    silent = [kind.key for kind in kinds if not (kind.purpose and kind.ground and kind.whose and kind.what)]
    assert silent == []
    assert [kind.key for kind in kinds if not kind.forgetting and not kind.lasts] == []
    assert [kind.key for kind in kinds if kind.forgetting and not kind.source] == []


async def test_every_kind_can_be_asked_on_an_empty_house(association):
    day = date(2027, 9, 5)

    for one in await keeping.all_kept(holding.kinds()):
        if one.term:
            forgetting, limit = one.forgetting, one.limit(day)
            assert (one.key, await forgetting.due(limit), await forgetting.next_after(limit)) == (one.key, 0, None)
            if forgetting.forget:
                assert (await forgetting.forget(limit)).number == 0
