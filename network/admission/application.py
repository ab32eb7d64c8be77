"""An application for membership: typed by anybody, confirmed by a link in a letter, only then seen by the office."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from network import clock
from network.activity import WORKER, record
from network.admission import letters
from network.admission.tables import Application, ApplicationFile, Step, StepKind
from network.database import DB, rows
from network.errors import Refused
from network.files import File, keep_document
from network.i18n import N_, _, locale
from network.references import fingerprint, new_reference, new_token

CONFIRM_DAYS = 7
MOST_DOCUMENTS = 10
COMMITMENT = N_("We commit ourselves to the association's service description in force, and to its quality standards.")
SITE = re.compile(r"^(?:(?P<before>.+?),\s*)?(?P<postal_code>\d{5})\s+(?P<town>[^,]+?)(?:,\s*(?P<after>.+))?$")


@dataclass(frozen=True, slots=True)
class TypedSite:
    """One line of the field for sites, understood."""

    line: str
    postal_code: str
    town: str
    street: str


async def apply(documents: Sequence[tuple[str, bytes]] = (), *, committed: bool, **facts: Any) -> Application:
    """Keep what was typed and ask the contact's address for confirmation, in the language being spoken.

    `facts`: name, contact_name, contact_email and what else the form knows. Refused without the commitment, for too
    many documents and for what is no document (field "documents").
    """
    if not committed:
        raise Refused(_("Without this commitment nobody can become a member."), "committed")
    if len(documents) > MOST_DOCUMENTS:
        raise Refused(_("Please send at most %(most)s documents.", most=MOST_DOCUMENTS), "documents")
    token, now = new_token(), clock.now()
    row = Application(
        **facts, reference=new_reference(), locale=locale(), committed_at=now, commitment=_(COMMITMENT),
        digest=fingerprint(token), received_at=now,
    )  # fmt: skip
    async with DB.transaction():
        await row.save()
        for name, content in documents:
            file = await keep_document(name, content, field="documents")
            await ApplicationFile(application=row.id, file=file.id, title=file.name).save()
        await add_step(row, StepKind.RECEIVED)
        await letters.please_confirm(row, token, CONFIRM_DAYS)
    return row


async def confirmable(token: str) -> Application | None:
    """The application that this link confirms, or has confirmed."""
    row = await Application.objects().get(Application.digest == fingerprint(token)) if token else None
    if row is None:
        return None
    fresh = row.received_at > clock.ago(days=CONFIRM_DAYS)
    return row if fresh or await is_confirmed(row) else None


async def confirm(token: str) -> Application | None:
    """Press the button of the letter: from now on the office sees the application. None when the link is too old."""
    row = await confirmable(token)
    if row:
        await arrive(row)
    return row


async def arrive(row: Application) -> None:
    """The contact's address has answered; once is enough."""
    async with DB.transaction():
        await Application.update({Application.digest: row.digest}).where(Application.id == row.id)  # takes the row
        if not await is_confirmed(row):
            await add_step(row, StepKind.CONFIRMED)
            await letters.received(row)
            await record("", N_("applied for membership"), thing(row), row.name)


async def is_confirmed(row: Application) -> bool:
    return bool(await Step.exists().where((Step.application == row.id) & (Step.kind == StepKind.CONFIRMED)))


async def add_step(row: Application, kind: StepKind, **told: Any) -> Step:
    """Write a step down, in the transaction of the deed; steps are never changed."""
    values: dict[str, Any] = {"on": clock.today(), "at": clock.now(), "application": row.id, "kind": kind} | told
    step = Step(**values)
    await step.save()
    return step


async def unconfirmed(before: datetime | None) -> list[Application]:
    """What came before that moment, or at any time, and nobody confirmed."""
    return await rows(
        Application,
        "WHERE received_at < {} AND NOT EXISTS (SELECT 1 FROM step s WHERE s.application = application.id "
        "AND s.kind = 'confirmed')",
        before or clock.ahead(days=1),
    )


async def forget_unconfirmed() -> None:
    """Daily: what nobody confirmed within a week was perhaps never meant; it goes with its documents."""
    late = await unconfirmed(clock.ago(days=CONFIRM_DAYS) - timedelta(hours=1))
    async with DB.transaction():
        for row in late:
            mine = ApplicationFile.select(ApplicationFile.file).where(ApplicationFile.application == row.id)
            files = [one["file"] for one in await mine]
            await Application.delete().where(Application.id == row.id)
            if files:
                await File.delete().where(File.id.is_in(files))
        if late:
            await record(WORKER, N_("unconfirmed applications deleted"), "application:", detail=str(len(late)))


# --- reading ---------------------------------------------------------------------------------------------------------


async def by_reference(reference: str) -> Application | None:
    """An application that the office may know of: one whose address has answered."""
    row = await Application.objects().get(Application.reference == reference)
    return row if row and await is_confirmed(row) else None


async def steps_of(row: Application) -> list[Step]:
    return await Step.objects(Step.document).where(Step.application == row.id).order_by(Step.id)


async def documents_of(row: Application) -> list[dict[str, Any]]:
    """What came with it, without the contents."""
    return await (
        ApplicationFile.select(ApplicationFile.title, ApplicationFile.file.reference, ApplicationFile.file.size)
        .where(ApplicationFile.application == row.id)
        .order_by(ApplicationFile.id)
    )


def sites_in(text: str) -> list[TypedSite]:
    """The sites as typed, one a line. Refused (field "sites") for a line without a postal code."""
    found = []
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        match = SITE.match(line)
        if match is None:
            raise Refused(_("Please write this site with its postal code: “%(line)s”.", line=line[:80]), "sites")
        street = match["after"] or match["before"] or ""
        found.append(TypedSite(line, match["postal_code"], match["town"].strip()[:100], street.strip()[:200]))
    return found


def thing(row: Application) -> str:
    return f"application:{row.reference}"
