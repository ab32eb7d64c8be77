"""What can hang on an entry, called as people call it, in the order in which it matters to whoever joins two."""

from network.i18n import N_, _

ROOMS = {
    "site": N_("Sites"),
    "membership": N_("Memberships"),
    "membership_event": N_("Steps of the membership"),
    "application": N_("Applications for membership"),
    "held_function": N_("Functions of people"),
    "role": N_("Roles of people"),
    "term": N_("Terms on the board"),
    "board_appointment": N_("Appointments by the board"),
    "board_allowance": N_("Allowances of the board"),
    "board_portrait": N_("Portraits"),
    "board_invited": N_("Invitations to meetings of the board"),
    "board_task": N_("Tasks from meetings of the board"),
    "group_participation": N_("Seats in working groups"),
    "register_data": N_("Details for the register"),
    "publication": N_("Consents to be shown in public"),
    "registration": N_("Registrations for events"),
    "offer": N_("Services and fields"),
    "evidence": N_("Evidence"),
    "provider_status": N_("Steps under § 60"),
    "relation": N_("Origin and ties"),
    "former_name": N_("Former names"),
    "former_address": N_("Former addresses"),
    "data_check": N_("Answers to “Is this still right?”"),
    "proposal": N_("Proposals"),
    "motion": N_("Motions"),
    "dispatch": N_("Invitations to assemblies"),
    "delegate": N_("Delegates in assemblies"),
    "proxy": N_("Proxies in assemblies"),
    "presence": N_("Presences in assemblies"),
    "entitled": N_("Votes in assemblies"),
    "ballot": N_("Open votes"),
    "assent": N_("Assents to a change of the purpose"),
    "vote_suspension": N_("Votes suspended"),
    "vote_ban": N_("Bans from voting"),
    "circular_voter": N_("Votes in writing"),
    "candidate": N_("Candidacies"),
    "objection": N_("Objections to minutes"),
    "minority_demand": N_("Demands of a minority"),
    "minority_supporter": N_("Demands of a minority"),
    "saved_filter": N_("Kept choices of lists"),
    "letter": N_("Letters"),
    "kept_apart": N_("Notes that two entries are two"),
    "activity": N_("Lines of the activity"),
}


def room(table: str) -> str:
    return _(ROOMS[table]) if table in ROOMS else _("Other entries")
