"""Writing an issue: draft, look, choose its readers, send. Once sent it does not change any more."""

from dataclasses import replace
from typing import Any

from mailing import campaigns, readers, smtp
from mailing.campaigns import Reader
from network import clock
from network.activity import record
from network.association.profile import known_profile
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.newsletter import audience, checking, promise, rendering
from network.newsletter.promise import the_list
from network.newsletter.tables import Issue
from network.references import new_reference


async def draft(actor: str, **words: Any) -> Issue:
    """Begin an issue; `words` are subject and body in both languages."""
    async with DB.transaction():
        mailing_list = await the_list()
        issue = Issue(reference=new_reference(), list=mailing_list.id, author=actor, written_at=clock.now(), **words)
        await issue.save()
        await record(actor, N_("issue begun"), f"issue:{issue.reference}", issue.subject_de)
    return issue


async def edit(actor: str, issue: Issue, **words: str) -> None:
    """Change the words; refused when the issue has been sent meanwhile."""
    async with DB.transaction():
        await change_unsent(issue, words | {"written_at": clock.now()})
        await record(actor, N_("issue changed"), f"issue:{issue.reference}", words["subject_de"])


async def choose_readers(actor: str, issue: Issue, statuses: list[str], lands: list[str]) -> None:
    """Who gets it; nothing chosen is everybody."""
    async with DB.transaction():
        chosen = {"provider_statuses": " ".join(statuses), "lands": " ".join(lands)}
        await change_unsent(issue, chosen)
        detail = ", ".join([*statuses, *lands])
        await record(actor, N_("readers of the issue chosen"), f"issue:{issue.reference}", issue.subject_de, detail)


async def discard(actor: str, issue: Issue) -> None:
    """Throw a draft away."""
    async with DB.transaction():
        await change_unsent(issue, {})
        await Issue.delete().where(Issue.id == issue.id)
        await record(actor, N_("draft of an issue discarded"), "list:", issue.subject_de)


async def change_unsent(issue: Issue, values: dict[str, Any]) -> None:
    """Change the row if it has not been sent; one statement, so that nothing changes after the first letter."""
    columns = {getattr(Issue, name): value for name, value in values.items()}
    changed = await (
        Issue.update(columns | {Issue.reference: issue.reference})
        .where((Issue.id == issue.id) & (Issue.sent_at == None))
        .returning(Issue.id)
    )
    if not changed:
        raise Refused(_("This issue has been sent; what readers have got does not change any more."))


async def listed() -> list[Issue]:
    """Drafts first, then what was sent, the newest first."""
    drafts = await Issue.objects().where(Issue.sent_at == None).order_by(Issue.written_at, ascending=False)
    sent = await Issue.objects().where(Issue.sent_at != None).order_by(Issue.sent_at, ascending=False)
    return [*drafts, *sent]


async def by_reference(reference: str) -> Issue | None:
    return await Issue.objects().get(Issue.reference == reference)


# Sending ------------------------------------------------------------------------------------------------------------


async def test(actor: str, issue: Issue, name: str, email: str) -> None:
    """Send it to oneself, in each of its languages, exactly as readers will get it. Refused without a mail server."""
    if not smtp.server():
        raise Refused(_("No mail server is set up (SMTP_URL), so nothing can leave the house."))
    sender = (await known_profile()).sender
    async with DB.transaction():
        mailing_list = await the_list()
        texts = rendering.texts(issue, promise.title(mailing_list), rendering.PREVIEW_KEY)
        marked = [replace(text, subject=_("Test: %(subject)s", subject=text.subject)) for text in texts]
        to_me = [Reader(email, name, locale=text.locale) for text in texts]
        await campaigns.start(None, marked, sender, to_me, about=f"test:{issue.reference}", looks_like=mailing_list)
        await record(actor, N_("test of the issue sent"), f"issue:{issue.reference}", issue.subject_de)


async def send(actor: str, issue: Issue) -> int:
    """Let it go to its readers; return how many they are. From this moment on nothing of it changes.

    Refused when it was sent already, has faults that stop it, or nobody would get it.
    """
    sender = (await known_profile()).sender
    async with DB.transaction():
        await change_unsent(issue, {"sent_at": clock.now()})
        issue = await Issue.objects().get(Issue.id == issue.id) or issue  # as it is now that nobody can change it
        if stopping := [problem.text for problem in checking.problems(issue) if problem.stops]:
            raise Refused(" ".join(stopping))
        mailing_list = await the_list()
        chosen = readers.readers_sql(mailing_list.id, audience.audience_of(issue))
        texts = rendering.texts(issue, promise.title(mailing_list))
        sending = await campaigns.start(mailing_list, texts, sender, chosen, about=f"issue:{issue.reference}")
        await Issue.update({Issue.sending: sending.reference}).where(Issue.id == issue.id)
        await record(actor, N_("issue sent"), f"issue:{issue.reference}", issue.subject_de, str(sending.total))
    return sending.total
