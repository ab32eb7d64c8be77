"""What representatives may not change alone, and who may act for whom (DOMAIN §6)."""

from network.i18n import N_

PROTECTED = ("name", "legal_form")
DELEGATE, REMARK = "voting_delegate", "remark"
FIELDS = {
    "name": N_("Name"),
    "legal_form": N_("Legal form"),
    DELEGATE: N_("Voting delegate"),
    REMARK: N_("Remark"),
}
