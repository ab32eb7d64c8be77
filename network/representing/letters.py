"""Letters to those who act for members: invitations, decisions, and the yearly question."""

from mailing.letters import Extras
from mailing.outbox import Address
from network.association.profile import post
from network.i18n import _, speaking
from network.members.tables import Organisation
from network.people.person import address, person_at, person_by_reference
from network.people.tables import Person
from network.representing.rules import FIELDS, REMARK
from network.representing.tables import DataCheck, Proposal
from network.web.addresses import link


async def invited(someone: Person, row: Organisation) -> None:
    """No one-use link: those live for minutes, and an invitation is read days later."""
    with speaking(someone.locale):
        place = link("/sign-in?onward=/mine")
    await post(
        "representing/invited",
        address(someone),
        locale=someone.locale,
        about=f"organisation:{row.reference}",
        person=someone,
        organisation=row,
        place=place,
    )


async def decided(row: Proposal, owner: Organisation, new: str, *, accepted: bool, reason: str) -> None:
    """To whoever proposed it, if there is an address."""
    to, locale = await proposer(row, owner)
    if to is None:
        return
    with speaking(locale):
        field = _(FIELDS[row.field])
    await post(
        "representing/proposal_accepted" if accepted else "representing/proposal_declined",
        to,
        locale=locale,
        about=f"organisation:{owner.reference}",
        reader=to,
        organisation=owner,
        field=field,
        new=new,
        reason=reason,
        remark=row.field == REMARK,
    )


async def proposer(row: Proposal, owner: Organisation) -> tuple[Address | None, str]:
    kind, _colon, year = row.made_by.partition(":")
    if kind == "check":
        asked = await DataCheck.objects().get((DataCheck.organisation == owner.id) & (DataCheck.year == int(year)))
        return (Address(asked.confirmed_by, asked.email), "de") if asked and asked.email else (None, "de")
    someone = await person_by_reference(row.made_by)
    return (address(someone), someone.locale) if someone and someone.email else (None, "de")


async def still_right(check: DataCheck, owner: Organisation, to: Address, token: str, *, reminder: bool) -> None:
    """The yearly question with its link, for the first time or again."""
    locale = await language_of(to.email)
    with speaking(locale):
        place = link(f"/still-right/{token}")
    await post(
        "representing/still_right_again" if reminder else "representing/still_right",
        to,
        locale=locale,
        about=f"organisation:{owner.reference}",
        extras=Extras(secrets=(place,)),
        reader=to,
        organisation=owner,
        year=check.year,
        asked_at=check.asked_at,
        place=place,
    )


async def language_of(email: str) -> str:
    known = await person_at(email)
    return known.locale if known else "de"
