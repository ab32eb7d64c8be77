"""Proxies: a member's votes given to somebody else for one assembly, where the bylaws allow that (§§ 38, 40 BGB)."""

from datetime import date

from network import clock
from network.assembly.agenda import refuse_over
from network.assembly.attendance import entitled
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.ruling import rules_of
from network.assembly.tables.convocation import Proxy
from network.assembly.tables.meeting import Assembly
from network.association import rulebook
from network.association.reckoning import may_hold_another
from network.association.tables import Bylaws
from network.database import DB
from network.errors import Refused
from network.files import File
from network.folding import folded
from network.i18n import N_, _
from network.members.tables import Organisation
from network.references import new_reference

FORMS = {"written": N_("in writing, signed"), "text": N_("in text form, by e-mail too")}


async def give(
    row: Assembly,
    giver: Organisation,
    holder: Organisation | None,
    *,
    form: str,
    given_on: date,
    actor: str,
    holder_name: str = "",
    document: File | None = None,
    instructions: str = "",
) -> Proxy:
    """Enter a proxy for this assembly. It lives only while its holder is there, and gives way to a giver who comes.

    The assembly's row is taken first, so that of two that reach a holder's limit at once the second is refused. Refused
    with the rule and its paragraph: where the bylaws allow none, to somebody they do not allow, in another form than
    they ask for, over the limit, and a second one of the same member.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        rules = await rules_of(held)
        refuse_by_rules(rules, holder, form)
        if given_on > clock.today():
            raise Refused(_("This day lies ahead. Please enter it when it has happened."), "given_on")
        await refuse_people(held, giver, holder, holder_name)
        await refuse_limit(held, holder, holder_name, rules)
        made = Proxy(
            reference=new_reference(), assembly=row.id, giver=giver.id, holder=holder.id if holder else None,
            holder_name="" if holder else holder_name, form=form, document=document.id if document else None,
            given_on=given_on, instructions=instructions, entered_at=clock.now(), actor=actor,
        )  # fmt: skip
        await made.save()
        told = f"{giver.name} → {holder.name if holder else holder_name}"
        await record(actor, N_("proxy given"), thing(row), row.title, told)
    return made


async def revoke(row: Assembly, proxy: Proxy, *, actor: str) -> None:
    """It counts no more from now on; pressed twice it stays as it was."""
    async with DB.transaction():
        refuse_over(await taken(row))
        gone = await Proxy.update({Proxy.revoked_at: clock.now()}).where(
            (Proxy.id == proxy.id) & (Proxy.revoked_at == None)
        ).returning(Proxy.id)  # fmt: skip
        if gone:
            await record(actor, N_("proxy revoked"), thing(row), row.title)


# --- what the bylaws refuse ------------------------------------------------------------------------------------------


def refuse_by_rules(rules: Bylaws, holder: Organisation | None, form: str) -> None:
    if rules.proxies == "none":
        raise Refused(
            _("The bylaws allow no proxies, and without them the law allows none (§ 38 sentence 2, § 40 BGB)."),
            "holder",
        )
    if rules.proxies == "member" and holder is None:
        raise Refused(
            _("By the bylaws only another member may hold a proxy (§§ 38, 40 BGB): %(rule)s.", rule=told(rules)),
            "holder",
        )
    if rules.proxy_form == "written" and form != "written":
        raise Refused(
            _("The bylaws ask for a proxy in writing, signed (§§ 38, 40, 126 BGB): %(rule)s.", rule=told(rules)), "form"
        )


def forms_allowed(rules: Bylaws) -> list[str]:
    """In which forms a proxy may be given: the law leaves it open, and one signed is always good enough."""
    return ["written"] if rules.proxy_form == "written" else list(FORMS)


async def refuse_people(row: Assembly, giver: Organisation, holder: Organisation | None, holder_name: str) -> None:
    counted = await entitled(row)
    if giver.id not in counted:
        raise Refused(_("%(member)s has no vote in this assembly.", member=giver.name), "giver")
    if holder is None and not holder_name:
        raise Refused(_("Please say who holds the proxy."), "holder")
    if holder and holder.id == giver.id:
        raise Refused(_("A member cannot give a proxy to itself."), "holder")
    if holder and holder.id not in counted:
        raise Refused(_("%(member)s has no vote in this assembly.", member=holder.name), "holder")
    if await Proxy.exists().where(running(row) & (Proxy.giver == giver.id)):
        raise Refused(
            _("%(member)s has given a proxy already; please revoke that one first.", member=giver.name), "giver"
        )


async def refuse_limit(row: Assembly, holder: Organisation | None, holder_name: str, rules: Bylaws) -> None:
    if may_hold_another(await held_by(row, holder, holder_name), rules):
        return
    raise Refused(
        _("%(holder)s holds as many proxies as the bylaws allow (§§ 38, 40 BGB): %(rule)s.",
          holder=holder.name if holder else holder_name, rule=told(rules)),
        "holder",
    )  # fmt: skip


async def held_by(row: Assembly, holder: Organisation | None, holder_name: str) -> int:
    """How many; a person whose name is written in another way is the same."""
    if holder:
        return await Proxy.count().where(running(row) & (Proxy.holder == holder.id))
    names = await Proxy.select(Proxy.holder_name).where(running(row) & (Proxy.holder == None))
    return sum(folded(one["holder_name"]) == folded(holder_name) for one in names)


def told(rules: Bylaws) -> str:
    return rulebook.explain("proxies", rules).value


# --- finding ---------------------------------------------------------------------------------------------------------


def running(row: Assembly):  # type: ignore[no-untyped-def]  # noqa: ANN201  Piccolo's condition
    return (Proxy.assembly == row.id) & (Proxy.revoked_at == None)


async def proxies_of(row: Assembly) -> list[Proxy]:
    """All that were given, revoked ones too, in the order in which they were entered."""
    mine = Proxy.assembly == row.id
    return await Proxy.objects(Proxy.giver, Proxy.holder).where(mine).order_by(Proxy.entered_at).order_by(Proxy.id)


async def by_reference(row: Assembly, reference: str) -> Proxy | None:
    return await Proxy.objects().get((Proxy.assembly == row.id) & (Proxy.reference == reference))
