"""How members take part, in the room, online or both, and what the law asks of each (§ 32 II BGB)."""

from typing import Any

from network.assembly.tables.meeting import Mode
from network.association import bylaws
from network.errors import Refused
from network.i18n import _, local
from network.resolutions import finding
from network.resolutions.tables import Kind, Outcome, Resolution


async def refuse_incomplete(facts: dict[str, Any]) -> None:
    """Refused while something is missing that nobody may be convened without, each beside its field.

    A place with its town for who comes (`town`), how rights are exercised electronically for who does not
    (`rights_de`), and for an assembly without a room what allows it (`authorised_by`).
    """
    mode = Mode(facts["mode"])
    if mode != Mode.VIRTUAL and not facts["town"]:
        raise Refused(_("Please say in which town it takes place."), "town")
    if mode == Mode.IN_PERSON:
        return
    if not facts["rights_de"].strip():
        raise Refused(
            _("Where members can take part online, the invitation has to say how they exercise their rights "
              "electronically (§ 32 II 3 BGB)."),
            "rights_de",
        )  # fmt: skip
    if mode == Mode.VIRTUAL:
        await refuse_without_permission(facts)


async def refuse_without_permission(facts: dict[str, Any]) -> None:
    rules = await bylaws.bylaws_on(local(facts["starts_at"]))
    if rules.virtual_assembly == "allowed":
        return
    permission = next((one for one in await permissions() if one.reference == facts["authorised_by"]), None)
    if permission is None:
        raise Refused(
            _("An assembly without a room needs a resolution of the members that allows it for assemblies to come "
              "(§ 32 II 2 BGB), or bylaws that do. Please name the resolution."),
            "authorised_by",
        )  # fmt: skip


async def permissions() -> list[Resolution]:
    """Adopted resolutions in force that let later assemblies be online only, the latest first."""
    allowing = (Resolution.kind == Kind.VIRTUAL) & (Resolution.outcome == Outcome.ADOPTED) & finding.IN_FORCE
    return await Resolution.objects().where(allowing).order_by(Resolution.taken_at, ascending=False)
