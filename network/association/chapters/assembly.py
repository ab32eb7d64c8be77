"""How an assembly is convened, when it can decide, and with which majority."""

from network.association.chapters.rule import Chapter, Rule
from network.association.clauses import Choice, Majority, Share, Whole, Yes
from network.association.wording import convening_in_words, late_motions_in_words
from network.i18n import N_, ngettext

CONVENING = Chapter(
    name="convening",
    title=N_("Convening the assembly"),
    rules=(
        Rule(
            title=N_("Period of notice"),
            source=N_("§ 58 no. 4 BGB"),
            hint=N_("Without a period in the bylaws it has to be a reasonable one; take at least two weeks."),
            clauses=(
                Whole(name="convening_period", silent=0, most=366, count=str, label=N_("How long before")),
                Choice(name="convening_unit", silent="days", label=N_("Counted in"), words={
                    "days": N_("days"),
                    "weeks": N_("weeks"),
                    "months": N_("months"),
                }),
            ),
            told=convening_in_words,
            handful=True,
        ),
        Rule(
            title=N_("The period begins with"),
            source=N_("§ 130 BGB; OLG München 31 Wx 123/15"),
            clauses=(
                Choice(name="convening_anchor", silent="receipt", words={
                    "receipt": N_("receipt of the invitation"),
                    "dispatch": N_("dispatch of the invitation"),
                }),
            ),
            handful=True,
        ),
        Rule(
            title=N_("Form of the invitation"),
            source=N_("§ 58 no. 4, § 127 (2) BGB; OLG Hamm ZIP 2015, 2273"),
            hint=N_("“In writing” may also be an e-mail, unless the bylaws mean something else."),
            clauses=(
                Choice(name="convening_form", silent="any", words={
                    "any": N_("any that reaches every member"),
                    "post": N_("by letter"),
                    "email": N_("by e-mail, or by letter to who has none"),
                    "portal": N_("in the members' pages, with a message to everybody"),
                }),
            ),
            handful=True,
        ),
        Rule(
            title=N_("Motions of members"),
            source=N_("§ 32 (1) sentence 2 BGB"),
            clauses=(
                Whole(
                    name="motion_days", silent=0, most=366,
                    count=lambda n: ngettext(
                        "until %(num)s day before the assembly", "until %(num)s days before the assembly", n
                    ),
                    zero=N_("no deadline, but what is not in the invitation cannot be decided"),
                    label=N_("Days before the assembly"), hint=N_("0 if there is no deadline"),
                ),
            ),
        ),
        Rule(
            title=N_("Motions that come late"),
            source=N_("§ 32 (1) sentence 2 BGB"),
            hint=N_("Nobody can be surprised with a change of the bylaws, an election or the dissolution."),
            clauses=(
                Choice(name="late_motions", silent="discussion", label=N_("What becomes of them"), words={
                    "discussion": N_("are for discussion only"),
                    "majority": N_("are decided if enough agree to it"),
                }),
                Majority(name="late_majority", silent="", only=("majority",), label=N_("How many must agree to it")),
            ),
            told=late_motions_in_words,
        ),
        Rule(
            title=N_("A minority may demand an assembly"),
            source=N_("§ 37 (1) BGB"),
            clauses=(
                Share(name="minority", silent="1/10", told=N_("at least %(share)s of the members"),
                      label=N_("Share of the members")),
            ),
        ),
        Rule(
            title=N_("Assemblies that are only online"),
            source=N_("§ 32 (2) BGB"),
            hint=N_("Taking part online beside the room needs no clause; the invitation has to say how it is done."),
            clauses=(
                Choice(name="virtual_assembly", silent="never_without_resolution", words={
                    "never_without_resolution": N_("only after the members have resolved so"),
                    "allowed": N_("may be convened by the board"),
                }),
            ),
        ),
    ),
)  # fmt: skip

MEETING = Chapter(
    name="meeting",
    title=N_("Quorum, minutes, and decisions without a meeting"),
    rules=(
        Rule(
            title=N_("Quorum of members"),
            source=N_("§ 32 (1) BGB"),
            clauses=(
                Share(name="quorum_members", silent="", none=N_("any number of members"),
                      told=N_("at least %(share)s of the members"), label=N_("Share of the members"),
                      hint=N_("Like 1/2 or 33 %; 0 if any number will do")),
            ),
        ),
        Rule(
            title=N_("Quorum of votes"),
            source=N_("§ 32 (1) BGB"),
            clauses=(
                Share(name="quorum_votes", silent="", none=N_("any number of votes"),
                      told=N_("at least %(share)s of all votes"), label=N_("Share of the votes"),
                      hint=N_("Like 1/2 or 33 %; 0 if any number will do")),
            ),
        ),
        Rule(
            title=N_("When there is no quorum"),
            source=N_("BGH II ZR 51/88"),
            clauses=(
                Yes(name="second_meeting", silent=False, yes=N_("a second assembly decides in any case"),
                    no=N_("the next assembly needs the quorum too")),
            ),
        ),
        Rule(
            title=N_("Who signs the minutes"),
            source=N_("§ 58 no. 4 BGB"),
            clauses=(
                Choice(name="minutes_signed_by", silent="chair minute_taker", words={
                    "chair minute_taker": N_("chair of the meeting and minute taker"),
                    "chair": N_("chair of the meeting"),
                    "minute_taker": N_("minute taker"),
                }),
            ),
        ),
        Rule(
            title=N_("Objections to the minutes"),
            source=N_("§ 25 BGB"),
            clauses=(
                Whole(name="objection_days", silent=0, most=366,
                      count=lambda n: ngettext("within %(num)s day", "within %(num)s days", n),
                      zero=N_("no period"), label=N_("Days after they were sent"),
                      hint=N_("0 if there is no period")),
            ),
        ),
        Rule(
            title=N_("Decisions in writing or online, without a meeting"),
            source=N_("§ 32 (3), § 28 BGB"),
            clauses=(
                Choice(name="written_resolution", silent="all", words={
                    "all": N_("only if all members agree, in text form"),
                    "majority": N_("with the same majority as in a meeting"),
                }),
            ),
        ),
    ),
)  # fmt: skip

MAJORITIES = Chapter(
    name="majorities",
    title=N_("Majorities"),
    rules=(
        Rule(
            title=N_("Ordinary resolutions"),
            source=N_("§ 32 (1) sentence 3 BGB; BGHZ 83, 35"),
            hint=N_("Abstentions and invalid votes do not count; a tie rejects."),
            clauses=(Majority(name="majority_ordinary", silent="more_yes"),),
        ),
        Rule(
            title=N_("Changing the bylaws"),
            source=N_("§ 33 (1) sentence 1 BGB"),
            clauses=(Majority(name="majority_bylaws", silent="3/4"),),
            handful=True,
        ),
        Rule(
            title=N_("Changing the purpose"),
            source=N_("§ 33 (1) sentence 2 BGB"),
            clauses=(Majority(name="majority_purpose", silent="all", unanimous=True),),
        ),
        Rule(
            title=N_("Dissolving the association"),
            source=N_("§ 41 sentence 2 BGB"),
            clauses=(Majority(name="majority_dissolution", silent="3/4"),),
        ),
    ),
)  # fmt: skip
