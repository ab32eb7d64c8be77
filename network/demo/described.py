"""What the demo's members offer, on which legal basis, and three providers under § 60 SGB IX who are no members."""

import random
from datetime import date, timedelta
from typing import NamedTuple

from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.demo.cast import SEED
from network.demo.members import SITE_ROWS
from network.members import evidence, offer, organisation, provider, relation
from network.members.tables import Organisation, Site

ISSUERS = {"BW": "Deutsche Rentenversicherung Demo Süd", "BY": "Deutsche Rentenversicherung Demo Süd"}
ISSUER = "Deutsche Rentenversicherung Demo Nord"
EXPIRING, EXPIRED, RENEWED = "S12", "S20", "S07"
OLD_LAW = "S14"  # it began under § 56 SGB XII, and has no paper under § 60 SGB IX yet
SINCE = {"S01": "198X-early", "S03": "199X-early", "S05": "1996~"}  # of the first service there
ABOUT_DE = """Eines von {members} Mitgliedern mit zusammen {sites} Standorten. In Mannheim begann 1981 das erste \
Training, damals mit zwölf Plätzen."""
ABOUT_EN = """One of {members} members with {sites} sites altogether. In Mannheim the first training began in 1981, \
with twelve places."""
MORE = {
    "M01": {"founded": "1980", "about_de": ABOUT_DE, "about_en": ABOUT_EN},
    "M02": {"founded": "1984-autumn"},
    "M03": {"founded": "1986~"},
    "M04": {"founded": "199X-mid"},
    "M05": {"founded": "2000-11"},
    "M10": {"founded": "2015-06-01"},
}
TIES = [
    ("M01", "spun_off", "Berufsförderungswerk Demo Neckar", "1980", ""),
    ("M08", "predecessor", "Verein Arbeitswege Demo", "198X-late", "2006"),
    ("M10", "parent", "Fuldahöhe Stiftung Demo", "2015", ""),
]


class Way(NamedTuple):
    """How far one is with § 60 SGB IX; all days are days ago."""

    steps: list[tuple[str, int]]
    approved: int | None = None
    agreed: int | None = None
    offered_in: str = ""
    scopes: str = ""
    listed: bool = True


# name, town, postal code, Land
PROVIDERS = [
    ("Lebensweg gGmbH", "Göttingen", "37073", "NI",
     Way([("interested", 2200), ("applied", 1700), ("operating", 1300)], 1400, 1340, "company", "EV BBB AB")),
    ("Werkbank Nord gGmbH", "Rendsburg", "24768", "SH",
     Way([("preparing", 700), ("applied", 240)], None, None, "both", "EV BBB")),
    ("Zukunftswerk Oderland gGmbH", "Frankfurt (Oder)", "15230", "BB", Way([("interested", 400)], listed=False)),
]  # fmt: skip
MEMBERS_TOO = {
    "M04": Way([("applied", 1500), ("operating", 1100)], 1250, 1130, "both", "EV BBB AB"),
    "M10": Way([("preparing", 500)], None, None, "company", "EV BBB"),
}
FIELDS_OF = {"Lebensweg gGmbH": ("gardening", "catering"), "Werkbank Nord gGmbH": ("metal", "wood", "gardening")}
PAPER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1\
/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 63>>stream
BT /F 18 Tf 72 760 Td (Nachweis der Demo, frei erfunden) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF
"""


async def build(today: date, members: dict[str, Organisation], *, actor: str) -> None:
    terms = {(row.kind, row.code): row for row in (await entry.by_id()).values()}
    await describe(members, terms, actor)
    sites = {row.code: row for row in await Site.objects()}
    await enter_offers(members, sites, terms, actor)
    await enter_evidence(today, members, sites, terms, actor)
    await enter_old_law(members, sites, terms, actor)
    for number, kind, name, since, until in TIES:
        await relation.enter(members[number], kind, name, since=since, until=until, actor=actor)
    await enter_providers(today, members, terms, actor)


async def describe(members: dict[str, Organisation], terms: dict[tuple[str, str], Entry], actor: str) -> None:
    kind = terms[EntryKind.FACILITY_TYPE, "btz"].id
    for number, row in members.items():
        form = "e. V." if row.name.endswith("e. V.") else "gGmbH"
        facts = {"legal_form": form, "facility_type": kind, "target_group": "Menschen mit psychischen Erkrankungen"}
        await organisation.change(row, actor=actor, **facts | MORE.get(number, {}))


async def enter_offers(
    members: dict[str, Organisation], sites: dict[str, Site], terms: dict[tuple[str, str], Entry], actor: str
) -> None:
    """All three services at each site since it opened; three to five fields, drawn by lot."""
    lot = random.Random(SEED)  # noqa: S311  a lot, not a secret
    services = [row for (kind, _code), row in terms.items() if kind == EntryKind.SERVICE]
    fields = [row for (kind, _code), row in terms.items() if kind == EntryKind.FIELD]
    for code, member, *_place, opened, _places in SITE_ROWS:
        here = sites[code]
        await offer.enter(members[member], services, site=here, since=SINCE.get(code, opened), actor=actor)
        await offer.enter(members[member], lot.sample(fields, lot.randint(3, 5)), site=here, actor=actor)


async def enter_evidence(
    today: date,
    members: dict[str, Organisation],
    sites: dict[str, Site],
    terms: dict[tuple[str, str], Entry],
    actor: str,
) -> None:
    """Each site has a paper under § 51; one ends in less than three months, one has ended, one was renewed in time."""
    basis = terms[EntryKind.LEGAL_BASIS, "sgb9-51"]
    ends = {EXPIRING: today + timedelta(days=85), EXPIRED: today - timedelta(days=24), RENEWED: today}
    for place, (code, member, _town, _postal_code, land, *_rest) in enumerate(SITE_ROWS, start=1):
        until = ends.get(code, date(today.year + 2, 12, 31))
        paper = ("Nachweis.pdf", PAPER) if place <= 3 or code == RENEWED else None  # noqa: PLR2004  a few are enough
        spans = [(date(until.year - 5, 1, 1), until)]
        if code == RENEWED:
            spans.append((today + timedelta(days=1), date(today.year + 5, 12, 31)))
        for first, last in spans:
            await evidence.enter(
                members[member], basis, site=sites[code], issuer=ISSUERS.get(land, ISSUER),
                sign=f"RT-{place:03}/{first.year}", valid_from=first, valid_until=last, document=paper, actor=actor,
            )  # fmt: skip


async def enter_old_law(
    members: dict[str, Organisation], sites: dict[str, Site], terms: dict[tuple[str, str], Entry], actor: str
) -> None:
    old = terms[EntryKind.LEGAL_BASIS, "sgb12-56-old"]
    await evidence.enter(
        members["M04"], old, site=sites[OLD_LAW], issuer="Träger der Eingliederungshilfe Demo", sign="EH-014/2008",
        valid_from=date(2008, 4, 1), actor=actor,
    )  # fmt: skip


async def enter_providers(
    today: date, members: dict[str, Organisation], terms: dict[tuple[str, str], Entry], actor: str
) -> None:
    """They come to the forums; one offers, one has applied, one only thinks of it. Two members are on the way, too."""
    for name, town, postal_code, land, way in PROVIDERS:
        row = await organisation.enter(name, town=town, postal_code=postal_code, land=land, actor=actor)
        await follow(row, way, today, actor)
        offered = [terms[EntryKind.FIELD, code] for code in FIELDS_OF.get(name, ())]
        if offered:
            services = [term for (kind, _code), term in terms.items() if kind == EntryKind.SERVICE]
            await offer.enter(row, [*services[1:], *offered], actor=actor)
        if way.steps[-1][0] == "operating":
            kind = terms[EntryKind.FACILITY_TYPE, "alternative-provider"].id
            await organisation.change(row, facility_type=kind, actor=actor)
    for number, way in MEMBERS_TOO.items():
        await follow(members[number], way, today, actor)


async def follow(row: Organisation, way: Way, today: date, actor: str) -> None:
    """Step by step; who operates has the paper that shows it."""
    for status, days in way.steps:
        paper = ("Vereinbarung.pdf", PAPER) if status == "operating" else None
        await provider.enter(row, status, since=today - timedelta(days=days), document=paper, actor=actor)
    approved, agreed = (today - timedelta(days=days) if days else None for days in (way.approved, way.agreed))
    await provider.change(
        row, approved_on=approved, agreed_on=agreed, offered_in=way.offered_in, scopes=way.scopes,
        listed_on=today - timedelta(days=90) if way.listed else None, actor=actor,
    )  # fmt: skip
