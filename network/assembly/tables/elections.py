"""Elections: who stands, each round with its counts, and who accepted."""

from typing import Any

from piccolo.columns import Boolean, Date, ForeignKey, Integer, OnDelete, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from network.assembly.tables.meeting import AgendaItem, Assembly
from network.files import File
from network.members.tables import Organisation
from network.people.tables import Person


class Election(Table):
    """One or several seats filled in one election. `seats` names the board's, by reference, with blanks between."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    assembly = ForeignKey(Assembly, null=False, on_delete=OnDelete.cascade, index=True)
    item = ForeignKey(AgendaItem, null=False, on_delete=OnDelete.cascade, index=True)
    title = Varchar(length=300)
    number = Integer(default=1)  # of places
    seats = Varchar(length=600, default="")
    method = Varchar(length=20, default="single")  # "en_bloc", "list", "approval", "transferable"
    secret = Boolean(default=True)
    by_election = Boolean(default=False)  # for the rest of the term
    officer = Varchar(length=200, default="")
    rules_from = Date(null=True, default=None)
    called_at = Timestamptz(default=None, null=True)  # the call for candidates went out
    candidates_until = Timestamptz(default=None, null=True)
    reminded_at = Timestamptz(default=None, null=True)  # who had not proposed anybody
    closed_at = Timestamptz(default=None, null=True)
    position = Integer(default=0)
    actor = Varchar(length=40, default="")


class Candidate(Table):
    """Who stands. Without consent nobody can be voted for."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    election = ForeignKey(Election, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=True, default=None, on_delete=OnDelete.set_null)
    organisation = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null)
    name = Varchar(length=200)
    email = Varchar(length=254, default="")  # where the letter that asks goes
    locale = Varchar(length=2, default="de")
    proposed_by = Varchar(length=200, default="")
    proposer = ForeignKey(Organisation, null=True, default=None, on_delete=OnDelete.set_null)  # a member, by the call
    about = Text(default="")
    consented_at = Timestamptz(default=None, null=True)
    consented_how = Varchar(length=20, default="")  # "present", "written", "link"
    digest = Varchar(length=64, default="", index=True)  # of the token in the letter that asks
    asked_at = Timestamptz(default=None, null=True)
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    withdrawn_at = Timestamptz(default=None, null=True)
    entered_at = Timestamptz(default=None, null=False)
    position = Integer(default=0)
    actor = Varchar(length=40, default="")


class Round(Table, tablename="ballot_round"):
    """One ballot with its mode, candidates and counts. Once counted only a `Correction` changes it."""

    id: Serial
    reference = Varchar(length=16, unique=True)
    election = ForeignKey(Election, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()
    mode = Varchar(
        length=20
    )  # "yes_no", "one_vote", "run_off", "relative", "en_bloc", "list", "approval", "transferable"
    way = Varchar(length=20, default="paper")  # "hands"
    places = Integer(default=1)  # to be filled by it
    opened_at = Timestamptz(default=None, null=True)
    counted_at = Timestamptz(default=None, null=True)
    represented = Integer(default=0)
    abstain = Integer(null=True, default=None)
    invalid = Integer(null=True, default=None)
    not_cast = Integer(null=True, default=None)
    ballots = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)  # BLT, where they are ranked
    drawn = Varchar(length=600, default="")  # the lot, as it was drawn: references in their order
    drawn_by = Varchar(length=200, default="")
    outcome = Varchar(length=20, default="")  # "elected", "none", "tie"
    # never filled; it stays while the version before may still run beside this one (decisions/0010)
    replaced_by: ForeignKey[Any] = ForeignKey("self", null=True, default=None, on_delete=OnDelete.set_null)
    actor = Varchar(length=40, default="")

    ballot_round_election_number_uq = Unique([election, number])


class RoundCount(Table):
    """What one candidate got in one round."""

    id: Serial
    round = ForeignKey(Round, null=False, on_delete=OnDelete.cascade, index=True)
    candidate = ForeignKey(Candidate, null=False, on_delete=OnDelete.cascade, index=True)
    yes = Integer(null=True, default=None)
    no = Integer(null=True, default=None)
    abstain = Integer(null=True, default=None)
    elected = Boolean(default=False)

    round_count_round_candidate_uq = Unique([round, candidate])


class Acceptance(Table):
    """Whoever was elected accepts or declines; the term begins with the acceptance (DOMAIN 3.3)."""

    id: Serial
    election = ForeignKey(Election, null=False, on_delete=OnDelete.cascade, index=True)
    candidate = ForeignKey(Candidate, null=False, on_delete=OnDelete.cascade, index=True, unique=True)
    seat = Varchar(length=16, default="")
    accepted_at = Timestamptz(default=None, null=True)
    declined_at = Timestamptz(default=None, null=True)
    how = Varchar(length=20, default="present")  # "written"
    document = ForeignKey(File, null=True, default=None, on_delete=OnDelete.set_null)
    term = Varchar(length=16, default="")  # the board's, by reference
    actor = Varchar(length=40, default="")
