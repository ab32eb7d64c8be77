"""How the board is elected, how long it is one, and for whom it speaks."""

from network.association.chapters.rule import Chapter, Rule
from network.association.clauses import Choice, Seats, Share, Whole, Yes
from network.association.wording import months, secrecy_in_words, times
from network.i18n import N_, ngettext

YES, NO = N_("allowed"), N_("not allowed")
NAMED_MODES = N_("§ 32 (1) sentence 3 BGB; OLG Zweibrücken 3 W 41/13, KG 25 W 78/11, OLG Bremen 2 W 27/11")
UNNAMED = N_("§ 32 (1) sentence 3, § 40 BGB")


def mode(name: str, title: str, *, source: str = NAMED_MODES, hint: str = "", handful: bool = False) -> Rule:
    """A way of electing that nobody may take unless the bylaws name it."""
    return Rule(
        title=title, source=source, hint=hint, handful=handful,
        clauses=(Yes(name=name, silent=False, yes=YES, no=NO),),
    )  # fmt: skip


ELECTIONS = Chapter(
    name="elections",
    title=N_("Elections"),
    rules=(
        Rule(
            title=N_("One seat, several candidates"),
            source=N_("§ 32 (1) sentence 3 BGB; BGH V ZR 324/17"),
            clauses=(
                Choice(name="election_single", silent="absolute", words={
                    "absolute": N_("one vote each; elected with more than half of the valid votes"),
                    "each": N_("a vote on each candidate; elected with more yes than no"),
                }),
            ),
        ),
        mode("run_off", N_("Run-off between the best two"), handful=True),
        mode("relative", N_("Relative majority: most votes win")),
        mode("lot", N_("Drawing lots when votes are equal")),
        mode("en_bloc", N_("Several seats in one vote (en bloc)"),
             source=N_("OLG Zweibrücken 3 W 41/13, OLG Bremen 2 W 27/11, OLG München 31 Wx 81/07")),
        mode("list_election", N_("List: as many votes as seats"), source=UNNAMED),
        mode("approval", N_("Approval voting"), source=UNNAMED,
             hint=N_("Everybody names all candidates that they would have.")),
        mode("transferable", N_("Single transferable vote"), source=UNNAMED,
             hint=N_("Everybody puts the candidates into an order; for larger boards.")),
        Rule(
            title=N_("Secret ballot"),
            source=N_("§ 32 (1) BGB"),
            hint=N_("No single member has a right to it."),
            clauses=(
                Choice(name="secret", silent="assembly", label=N_("When"), words={
                    "assembly": N_("if the assembly decides so"),
                    "always": N_("always in elections"),
                    "request": N_("if so many members ask for it"),
                }),
                Whole(name="secret_request", silent=0, least=1, most=9999, only=("request",),
                      count=lambda n: ngettext("%(num)s member", "%(num)s members", n),
                      label=N_("How many members")),
            ),
            told=secrecy_in_words,
        ),
    ),
)  # fmt: skip

BOARD = Chapter(
    name="board",
    title=N_("Board"),
    of_members=False,
    rules=(
        Rule(
            title=N_("Seats on the board"),
            source=N_("§ 26 (1), § 58 no. 3 BGB"),
            clauses=(Seats(name="board_seats", silent="chair=1"),),
        ),
        Rule(
            title=N_("Term"),
            source=N_("§ 27 (1), (2) BGB"),
            clauses=(
                Whole(name="term_months", silent=0, most=120, count=months,
                      zero=N_("no term: until somebody else is appointed"), label=N_("In months"),
                      hint=N_("36 months are three years, from the acceptance on")),
            ),
            handful=True,
        ),
        Rule(
            title=N_("After the term"),
            source=N_("§ 27 BGB; KG 25 W 78/11"),
            hint=N_("Without it there is no board on the next day; a court would have to appoint one (§ 29 BGB)."),
            clauses=(
                Yes(name="holdover", silent=False, yes=N_("in office until a successor is elected"),
                    no=N_("the office ends on the day")),
            ),
            handful=True,
        ),
        Rule(
            title=N_("Re-election"),
            source=N_("§ 27 (1) BGB"),
            clauses=(
                Whole(name="reelection_most", silent=0, most=20, zero=N_("without limit"), label=N_("How often"),
                      hint=N_("0 if there is no limit"), count=times),
            ),
        ),
        Rule(
            title=N_("The board may fill a seat itself until the next assembly"),
            source=N_("§ 27 (1) BGB"),
            clauses=(Yes(name="co_option", silent=False, yes=YES, no=NO),),
        ),
        Rule(
            title=N_("Who is elected in between"),
            source=N_("§ 27 (1) BGB"),
            clauses=(
                Choice(name="by_election", silent="rest", words={
                    "rest": N_("for the rest of the term"),
                    "new": N_("for a whole term"),
                }),
            ),
        ),
        Rule(
            title=N_("Who leaves the member that they work for"),
            source=N_("§ 27 (2) BGB"),
            clauses=(
                Yes(name="ends_with_employment", silent=False, yes=N_("leaves the board on the same day"),
                    no=N_("stays on the board")),
            ),
        ),
        Rule(
            title=N_("Who represents the association"),
            source=N_("§ 26 (2) BGB"),
            clauses=(
                Choice(name="representation", silent="majority", words={
                    "majority": N_("the majority of the board"),
                    "two": N_("two of the board together"),
                    "chair_and_one": N_("the chair together with one more"),
                    "single": N_("each of them alone"),
                }),
            ),
        ),
        Rule(
            title=N_("Special representative"),
            source=N_("§ 30 BGB"),
            hint=N_("For example a managing director, for certain business."),
            clauses=(Yes(name="special_representative", silent=False, yes=N_("may be appointed"), no=NO),),
        ),
        Rule(
            title=N_("Pay for the board's work"),
            source=N_("§ 27 (3) sentence 2 BGB"),
            clauses=(
                Yes(name="board_paid", silent=False, yes=YES, no=N_("none, expenses are refunded")),
            ),
        ),
        Rule(
            title=N_("Inviting to a meeting of the board"),
            source=N_("§ 28, § 32 (1) BGB"),
            hint=N_("Of the bylaws, or of the board's rules of procedure where it has given itself some."),
            clauses=(
                Whole(name="board_notice_days", silent=0, most=60, zero=N_("in reasonable time"),
                      count=lambda n: ngettext("%(num)s day before", "%(num)s days before", n),
                      label=N_("Full days before"), hint=N_("0 if there is no fixed period")),
            ),
        ),
        Rule(
            title=N_("Quorum of the board"),
            source=N_("§ 28, § 32 (1) BGB"),
            clauses=(
                Share(name="board_quorum", silent="", none=N_("any number of members of the board"),
                      told=N_("at least %(share)s of the members of the board"), label=N_("Share of the board"),
                      hint=N_("Like 1/2 or 33 %; 0 if any number will do")),
            ),
        ),
        Rule(
            title=N_("When the votes of the board are equal"),
            source=N_("§ 28, § 32 (1) BGB"),
            clauses=(
                Yes(name="casting_vote", silent=False, yes=N_("the vote of the chair decides"),
                    no=N_("a tie is a no")),
            ),
        ),
    ),
)  # fmt: skip
