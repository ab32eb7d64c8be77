"""What representatives may not change alone, and who may act for whom (DOMAIN §6)."""

from network.i18n import N_

PROTECTED = ("name", "legal_form")
DELEGATE, REMARK, EVIDENCE, STATUS = "voting_delegate", "remark", "evidence", "provider_status"
PAPER_DAYS = ("approved_on", "agreed_on")  # days of papers that others issued: the office looks at the papers
DATED = ("name", DELEGATE, STATUS)  # a first day goes with them
FIELDS = {
    "name": N_("Name"),
    "legal_form": N_("Legal form"),
    DELEGATE: N_("Voting delegate"),
    EVIDENCE: N_("Evidence"),
    STATUS: N_("Status under § 60 SGB IX"),
    "approved_on": N_("Approval by the employment agency"),
    "agreed_on": N_("Agreement with the authority for integration assistance"),
    REMARK: N_("Remark"),
}
