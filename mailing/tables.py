"""What the post office stores: letters on their way, lists with their evidence, and sendings to many readers."""

from enum import StrEnum

from piccolo.columns import (
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table


class LetterState(StrEnum):
    HELD = "held"  # no SMTP_URL: readable in the outbox, leaves only by "send again"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # the other side said 5xx, or 4xx too often
    WITHDRAWN = "withdrawn"


class Letter(Table):
    """One message to one person, complete: what was sent can always be read again."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    message_id = Varchar(length=200, unique=True)
    template = Varchar(length=80, index=True)
    about = Varchar(length=80, default="", index=True)  # "kind:reference" of the thing it is about
    locale = Varchar(length=2, default="de")
    from_name = Varchar(length=200)
    from_email = Varchar(length=254)
    to_name = Varchar(length=200, default="")
    to_email = Varchar(length=254, index=True)
    reply_to = Varchar(length=254, default="")
    subject = Varchar(length=500)
    text = Text()
    footer = Text(default="")
    calendar = Text(default="")
    calendar_method = Varchar(length=10, default="")
    attachment_name = Varchar(length=200, default="")
    attachment_type = Varchar(length=100, default="")
    attachment = Bytea(default=b"")
    headers = Text(default="{}")
    secrets = Text(default="[]")  # one-time links in the text, masked when the outbox shows it
    state = Varchar(length=10, default=LetterState.QUEUED, index=True)
    written_at = Timestamptz(default=None, null=False, index=True)
    due_at = Timestamptz(default=None, null=False)
    leased_until = Timestamptz(default=None, null=True)
    leased_by = Varchar(length=60, default="")
    attempts = Integer(default=0)
    sent_at = Timestamptz(default=None, null=True)
    answer = Varchar(length=500, default="")

    letter_state_known = Check("\"state\" IN ('held', 'queued', 'sent', 'failed', 'withdrawn')")


class MailingList(Table):
    id: Serial
    reference = Varchar(length=16, unique=True)
    slug = Varchar(length=60, unique=True)  # the stable part of the List-Id (RFC 2919)
    title_de = Varchar(length=200)
    title_en = Varchar(length=200, default="")
    promise_de = Text(default="")  # what comes, how often
    promise_en = Text(default="")


class Subscriber(Table):
    """An address on a list. Its state follows from its dates: asked, confirmed, left, bounced."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    list = ForeignKey(MailingList, null=False, on_delete=OnDelete.restrict, index=True)
    email = Varchar(length=254)
    email_key = Varchar(length=254)  # mailing.addresses.address_key
    name = Varchar(length=200, default="")
    locale = Varchar(length=2, default="de")
    provider_status = Varchar(length=20, default="")
    land = Varchar(length=2, default="")
    search = Varchar(length=900, default="")
    key = Varchar(length=22, unique=True)  # in every letter's preferences and leave links
    asked_at = Timestamptz(default=None, null=False)
    confirmed_at = Timestamptz(default=None, null=True)
    left_at = Timestamptz(default=None, null=True)
    bounced_at = Timestamptz(default=None, null=True)

    subscriber_list_email_uq = Unique([list, email_key])


class Consent(Table):
    """The evidence of one joining (BGH I ZR 164/09): asked with which words, when, from where, and the answer."""

    id: Serial
    subscriber = ForeignKey(Subscriber, null=False, on_delete=OnDelete.cascade, index=True)
    email = Varchar(length=254)  # where the link went: it confirms this address and no other
    source = Varchar(length=200)  # the form's address, "e-mail" or "event:…"
    wording = Text()
    wording_version = Varchar(length=12)
    raw_request = Text(default="")  # the e-mail as it was pasted
    asked_at = Timestamptz(default=None, null=False)
    asked_from = Varchar(length=60, default="")
    token_digest = Varchar(length=64, unique=True)
    message_id = Varchar(length=200, default="")
    confirmed_at = Timestamptz(default=None, null=True)
    confirmed_from = Varchar(length=60, default="")
    ended_at = Timestamptz(default=None, null=True)
    ended_by = Varchar(length=40, default="")  # "link", "one-click", "office", "bounce"


class Suppression(Table):
    """What remains of an erased address: only its digest, so that it is never written to by mistake again."""

    id: Serial
    digest = Varchar(length=64, unique=True)
    since = Timestamptz(default=None, null=False)


class SendingState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"


class Sending(Table):
    """One text to many readers. The message is rendered once with markers; each reader is a Delivery row."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    about = Varchar(length=80, default="", index=True)
    list = ForeignKey(MailingList, null=True, on_delete=OnDelete.restrict, default=None)
    from_name = Varchar(length=200)
    from_email = Varchar(length=254)
    reply_to = Varchar(length=254, default="")
    state = Varchar(length=10, default=SendingState.QUEUED, index=True)
    total = Integer(default=0)
    created_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(default=None, null=True)

    sending_state_known = Check("\"state\" IN ('queued', 'sending', 'paused', 'done')")


class SendingText(Table):
    """The text of a sending in one language, with the markers in it."""

    id: Serial
    sending = ForeignKey(Sending, null=False, on_delete=OnDelete.cascade, index=True)
    locale = Varchar(length=2)
    subject = Varchar(length=500)
    text = Text()
    html = Text()
    headers = Text(default="{}")

    sending_text_locale_uq = Unique([sending, locale])


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"  # left the list before their turn


class Delivery(Table):
    id: Serial
    sending = ForeignKey(Sending, null=False, on_delete=OnDelete.cascade)
    subscriber = ForeignKey(Subscriber, null=True, on_delete=OnDelete.set_null, default=None, index=True)
    email = Varchar(length=254)
    name = Varchar(length=200, default="")
    key = Varchar(length=22, default="")
    locale = Varchar(length=2, default="de")
    state = Varchar(length=10, default=DeliveryState.QUEUED)
    due_at = Timestamptz(default=None, null=False)
    leased_until = Timestamptz(default=None, null=True)
    leased_by = Varchar(length=60, default="")
    attempts = Integer(default=0)
    sent_at = Timestamptz(default=None, null=True)
    answer = Varchar(length=300, default="")

    delivery_turn_uq = Unique([sending, state, "id"])  # never violated: it is the index for whose turn is next
    delivery_state_known = Check("\"state\" IN ('queued', 'sent', 'failed', 'skipped')")
