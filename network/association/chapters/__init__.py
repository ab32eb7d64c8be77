"""The rules that bylaws may set, chapter by chapter, each with what the law says where they are silent (DOMAIN 3.1)."""

from network.association.chapters.assembly import CONVENING, MAJORITIES, MEETING
from network.association.chapters.board import BOARD, ELECTIONS
from network.association.chapters.members import MEMBERSHIP, VOTES
from network.i18n import N_

CHAPTERS = (MEMBERSHIP, VOTES, CONVENING, MEETING, MAJORITIES, ELECTIONS, BOARD)

# What no bylaws can change; where a value would, the rulebook refuses it with the same paragraph.
UNCHANGEABLE = (
    (N_("§ 26 (1) BGB"), N_("There is a board.")),
    (
        N_("§ 34 BGB"),
        N_("Nobody votes on a contract with themselves or on a lawsuit against themselves, not even on the board."),
    ),
    (N_("§ 35 BGB"), N_("Special rights of a member are only touched with its consent.")),
    (N_("§ 37 BGB"), N_("A minority may demand an assembly, if need be by the court.")),
    (N_("§ 39 BGB"), N_("Every member may leave, with at most two years' notice.")),
    (N_("§§ 67, 71 BGB"), N_("A new board is entered in the register, and changed bylaws count from the entry on.")),
)
