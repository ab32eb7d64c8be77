"""The sheets that the directory can be taken along as: what each has a line for, and its columns."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from network import roughly
from network.catalogue.tables import EntryKind
from network.folding import folded
from network.i18n import LOCALES, N_, _, speaking
from network.members import function, provider
from network.members.described import EVIDENCE_STATES
from network.members.directory import Listed
from network.members.evidence import Shown
from network.members.headings import ABOUT, COLUMNS, OF_SITES
from network.members.lands import land_name
from network.members.portion import (
    AS_OF,
    KINDS,
    OFFER_KINDS,
    Column,
    Line,
    Portion,
    Sheet,
    consent,
    facility_type,
    fact,
    holders,
    of_one,
    of_site,
    offered_in,
    offers,
    on_day,
    opened,
    own,
    papers,
    place,
    public_bases,
    status,
    status_since,
    until_day,
)
from network.web.sheets import Value

# --- the columns of each sheet ---------------------------------------------------------------------------------------

WHO = {
    "number": Column(COLUMNS["number"], fact("number")),
    "name": Column(COLUMNS["name"], fact("name")),
}
DAY = {AS_OF: Column(N_("As of"), on_day)}
PLACE = {"place": Column(N_("Where"), place)}
EVIDENCE_FACTS: dict[str, Callable[[Shown], Value]] = {
    "basis": lambda one: one.basis_name,
    "issuer": lambda one: one.row.issuer,
    "sign": lambda one: one.row.sign,
    "valid_from": lambda one: one.row.valid_from,
    "valid_until": lambda one: one.row.valid_until,
}
SEAT = {
    **{name: Column(COLUMNS[name], fact(name)) for name in ("street", "postal_code", "town")},
    "land": Column(COLUMNS["land"], lambda _portion, line: land_name(line.row.land)),
    **{name: Column(COLUMNS[name], fact(name)) for name in ("email", "phone", "website")},
}
SPAN = {name: Column(COLUMNS[name], fact(name)) for name in ("since", "until")}
KIND = {"kind": Column(COLUMNS["kind"], lambda _portion, line: _(KINDS.get(line.row.kind, "")))}
DESCRIBED = {
    "legal_form": Column(COLUMNS["legal_form"], own("legal_form"), "organisations"),
    "founded": Column(
        COLUMNS["founded"], lambda portion, line: roughly.say(portion.own(line).founded), "organisations"
    ),
    "facility_type": Column(COLUMNS["facility_type"], facility_type, "organisations"),
    "target_group": Column(COLUMNS["target_group"], own("target_group"), "organisations"),
    "services": Column(COLUMNS["services"], offers(EntryKind.SERVICE), "offers"),
    "fields": Column(COLUMNS["fields"], offers(EntryKind.FIELD), "offers"),
}
PAPERS = {name: Column(COLUMNS[name], papers(tell), "evidence") for name, tell in EVIDENCE_FACTS.items()}
OF_SITE = {
    "site_code": Column(COLUMNS["site_code"], of_site("code"), "sites", of_site=True),
    "site_name": Column(COLUMNS["site_name"], of_site("name"), "sites", of_site=True),
    "site_street": Column(COLUMNS["site_street"], of_site("street"), "sites", of_site=True),
    "site_postal_code": Column(COLUMNS["site_postal_code"], of_site("postal_code"), "sites", of_site=True),
    "site_town": Column(COLUMNS["site_town"], of_site("town"), "sites", of_site=True),
    "site_land": Column(
        COLUMNS["site_land"], lambda _portion, line: land_name(line.site.get("land") or ""), "sites", of_site=True
    ),
    "lat": Column(COLUMNS["lat"], of_site("lat"), "sites", of_site=True),
    "lon": Column(COLUMNS["lon"], of_site("lon"), "sites", of_site=True),
    "opened": Column(COLUMNS["opened"], opened, "sites", of_site=True),
    "closed": Column(COLUMNS["closed"], of_site("closed_on"), "sites", of_site=True),
    "places": Column(COLUMNS["places"], of_site("places"), "sites", of_site=True),
    **{
        f"site_{name}": Column(COLUMNS[f"site_{name}"], of_site(name), "sites", of_site=True)
        for name in ("email", "phone", "website")
    },
    "site_services": Column(COLUMNS["site_services"], offers(EntryKind.SERVICE, at_site=True), "offers", of_site=True),
    "site_fields": Column(COLUMNS["site_fields"], offers(EntryKind.FIELD, at_site=True), "offers", of_site=True),
    **{
        f"site_{name}": Column(COLUMNS[f"site_{name}"], papers(tell, at_site=True), "evidence", of_site=True)
        for name, tell in EVIDENCE_FACTS.items()
    },
}
PROVIDER = {
    "status": Column(COLUMNS["status"], status, "provider"),
    "status_since": Column(COLUMNS["status_since"], status_since, "provider"),
    "approved_on": Column(COLUMNS["approved_on"], until_day("approved_on"), "organisations"),
    "agreed_on": Column(COLUMNS["agreed_on"], until_day("agreed_on"), "organisations"),
    "offered_in": Column(COLUMNS["offered_in"], offered_in, "organisations"),
    "scopes": Column(COLUMNS["scopes"], own("scopes"), "organisations"),
    "listed_on": Column(COLUMNS["listed_on"], until_day("listed_on"), "organisations"),
}
TEXTS = {name: Column(COLUMNS[name], own(name), "organisations") for name in ABOUT}
COUNTED = {
    "site_count": Column(N_("Number of sites"), fact("site_count")),
    "votes": Column(N_("Votes"), lambda portion, line: portion.votes.get(line.row.id), "votes"),
}


def list_columns() -> dict[str, Column]:
    """Those that can be read in again stand first, in the order in which files are shown."""
    known = WHO | SEAT | SPAN | KIND | DESCRIBED | PAPERS | PROVIDER | TEXTS | OF_SITE
    people = {
        f"people_{kind}": Column(words, holders(kind), "people")
        for kind, words in ((kind.value, words) for kind, words in function.WORDS.items())
    }
    return {name: known[name] for name in COLUMNS if name in known} | COUNTED | people | DAY


def member_columns() -> dict[str, Column]:
    return WHO | SEAT | SPAN | KIND | COUNTED | DESCRIBED | PAPERS | PROVIDER | TEXTS | DAY


def site_columns() -> dict[str, Column]:
    return WHO | {name: OF_SITE[name] for name in COLUMNS if name in OF_SITES} | DAY


def people_columns() -> dict[str, Column]:
    return (
        WHO
        | {
            "title": Column(N_("Title"), of_one("person_title")),
            "person": Column(N_("First and last name"), of_one("name")),
            "function": Column(N_("Function"), of_one("words")),
            "called": Column(N_("As it is called there"), of_one("title")),
            "place": Column(N_("Where"), lambda _portion, line: line.one.place if line.one.site else ""),
            "since": Column(N_("First day"), of_one("since")),
            "until": Column(N_("Last day"), of_one("until")),
            "email": Column(N_("E-mail address"), of_one("email"), private=True),
            "phone": Column(N_("Telephone"), of_one("phone"), private=True),
            "name_shown": Column(N_("Name in public since"), consent("name"), office=True),
            "email_shown": Column(N_("E-mail address in public since"), consent("email"), office=True),
            "phone_shown": Column(N_("Telephone in public since"), consent("phone"), office=True),
        }
        | DAY
    )


def offer_columns() -> dict[str, Column]:
    return (
        WHO
        | PLACE
        | {
            "kind": Column(N_("Kind of offer"), lambda _portion, line: _(OFFER_KINDS[EntryKind(line.one.entry.kind)])),
            "offer": Column(N_("Offer"), of_one("name")),
            "since": Column(N_("Offered since"), lambda _portion, line: roughly.say(line.one.since)),
            "until": Column(N_("Offered until"), lambda _portion, line: roughly.say(line.one.until)),
        }
        | DAY
    )


def evidence_columns() -> dict[str, Column]:
    def of_shown(name: str) -> Callable[[Portion, Line], Value]:
        return lambda _portion, line: EVIDENCE_FACTS[name](line.one)

    names = {"basis": N_("Legal basis"), "issuer": N_("Issued by"), "sign": N_("File number"),
             "valid_from": N_("Valid from"), "valid_until": N_("Valid until")}  # fmt: skip
    return (
        WHO
        | PLACE
        | {name: Column(words, of_shown(name)) for name, words in names.items()}
        | {
            "state": Column(N_("Validity"), lambda _portion, line: _(EVIDENCE_STATES[line.one.state][1])),
            "document": Column(N_("Document"), of_one("document")),
            "note": Column(N_("Note"), lambda _portion, line: line.one.row.note, office=True),
        }
        | DAY
    )


def membership_columns() -> dict[str, Column]:
    return {
        "name": WHO["name"],
        "number": Column(COLUMNS["number"], of_one("number")),
        "kind": Column(COLUMNS["kind"], lambda _portion, line: _(KINDS[line.one.kind])),
        "since": Column(N_("Membership began"), of_one("since")),
        "until": Column(N_("Membership ended"), of_one("until")),
    } | DAY


def step_columns() -> dict[str, Column]:
    return (
        WHO
        | {
            "status": Column(
                N_("Status under § 60 SGB IX"), lambda _portion, line: _(provider.STATUSES[line.one.status])
            ),
            "since": Column(N_("Status since"), of_one("since")),
            "note": Column(N_("Note"), of_one("note"), office=True),
        }
        | DAY
    )


# --- the lines of each sheet -----------------------------------------------------------------------------------------


def places(portion: Portion, row: Listed) -> Iterator[Line]:
    del portion
    yield from (Line(row, site) for site in row.sites or [{}])


def members(portion: Portion, row: Listed) -> Iterator[Line]:
    del portion
    yield Line(row)


def sites(portion: Portion, row: Listed) -> Iterator[Line]:
    del portion
    yield from (Line(row, site) for site in row.sites)


def people(portion: Portion, row: Listed) -> Iterator[Line]:
    yield from (Line(row, one=held) for held in portion.people.get(row.id, []))


def offered(portion: Portion, row: Listed) -> Iterator[Line]:
    """What had begun by the day, also where it had ended; of sites that are open."""
    open_ones = {site["id"]: site for site in row.sites}
    for one in portion.offers.get(row.id, []):
        begun = not one.since or roughly.earliest(one.since) <= portion.day
        if begun and (one.site is None or one.site in open_ones):
            yield Line(row, open_ones.get(one.site or 0, {}), one)


def shown(portion: Portion, row: Listed) -> Iterator[Line]:
    open_ones = {site["id"]: site for site in row.sites}
    for one in portion.evidence.get(row.id, []):
        if one.state != "later" and (one.row.site is None or one.row.site in open_ones):
            yield Line(row, open_ones.get(one.row.site or 0, {}), one)


def memberships(portion: Portion, row: Listed) -> Iterator[Line]:
    begun = [one for one in portion.memberships.get(row.id, []) if one.since <= portion.day]
    yield from (Line(row, one=one) for one in sorted(begun, key=lambda one: one.since))


def steps(portion: Portion, row: Listed) -> Iterator[Line]:
    begun = [one for one in portion.steps.get(row.id, []) if one.since <= portion.day]
    yield from (Line(row, one=one) for one in sorted(begun, key=lambda one: one.since))


SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet("list", N_("Members"), list_columns, places),
        Sheet("members", N_("Organisations"), member_columns, members),
        Sheet("sites", N_("Sites"), site_columns, sites, "sites"),
        Sheet("people", N_("People and functions"), people_columns, people, "people"),
        Sheet("offers", N_("Offers"), offer_columns, offered, "offers"),
        Sheet("evidence", N_("Legal basis and evidence"), evidence_columns, shown, "evidence"),
        Sheet("memberships", N_("Memberships"), membership_columns, memberships, "memberships"),
        Sheet("steps", N_("§ 60 SGB IX"), step_columns, steps, "provider"),
    )
}


def public_columns() -> dict[str, Column]:
    """What the public pages show: no numbers, no people, no papers."""
    kept = ("legal_form", "founded", "facility_type", "target_group", "services", "fields")
    since = Column(COLUMNS["since"], lambda _portion, line: line.row.since.year if line.row.since else None)
    sites = [name for name in OF_SITES if name in OF_SITE and name not in ("site_code", *NOT_PUBLIC)]
    bases = {"basis": Column(COLUMNS["basis"], lambda portion, line: public_bases(portion, Line(line.row)), "evidence")}
    site_bases = {"site_basis": Column(COLUMNS["site_basis"], lambda portion, line: public_bases(portion, line)
                                       if line.site else "", "evidence")}  # fmt: skip
    own_facts = {name: DESCRIBED[name] for name in kept}
    here = {name: OF_SITE[name] for name in sites}
    return (
        {"name": WHO["name"], "kind": KIND["kind"]}
        | SEAT
        | {"since": since}
        | own_facts
        | bases
        | here
        | site_bases
        | DAY
    )


NOT_PUBLIC = ("closed", "site_basis", "site_issuer", "site_sign", "site_valid_from", "site_valid_until")
PUBLIC = Sheet("public", N_("Members and their sites"), public_columns, places, "sites")


# --- known again when it is read in ----------------------------------------------------------------------------------


def tells_of_others(titles: Sequence[str]) -> bool:
    """Whether these are the headings of a sheet of ours about people, offers, evidence …: nothing to be read in.

    What only a list of members or sites could be called stays one.
    """
    told = {folded(title) for title in titles if title}
    return any(told <= known and not told <= of_lists() for known in of_others())


@cache
def of_others() -> list[set[str]]:
    return [both(sheet.columns()) for name, sheet in SHEETS.items() if name not in ("list", "members", "sites")]


@cache
def of_lists() -> set[str]:
    return both(list_columns()) | both(member_columns())


def both(columns: Mapping[str, Column]) -> set[str]:
    """Their headings in both languages."""
    found: set[str] = set()
    for language in LOCALES:
        with speaking(language):
            found |= {folded(_(column.words)) for column in columns.values()}
    return found
