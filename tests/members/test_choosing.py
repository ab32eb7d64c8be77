"""Choosing from the public directory: whatever is combined, the page is what a recount of the rows gives."""

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network import roughly
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.i18n import format_day
from network.members import offer, organisation, provider
from network.members.tables import Membership, Offer, Organisation, ProviderStatus, Site
from network.references import new_reference
from network.web import recent
from tests.asked import counter
from tests.members.make import a_site, member

TODAY = date(2027, 9, 5)
SERVICES, FIELDS = ("counselling", "training"), ("metal", "wood")
LANDS_HERE = ("BW", "BY")
FACETS = ("service", "occupation", "offered_in", "scope", "land")
VALUES = {
    "service": SERVICES, "occupation": FIELDS, "offered_in": ("company", "rooms"), "scope": ("EV", "BBB", "AB"),
    "land": LANDS_HERE, "provider": ("interested", "operating"),
}  # fmt: skip


@dataclass(frozen=True)
class Offering:
    code: str
    place: int | None  # of the house's sites; None: of the whole house
    since: str
    until: str

    def runs(self, day: date) -> bool:
        return roughly.runs_on(day, self.since, self.until)


@dataclass(frozen=True)
class Place:
    land: str
    opened: date | None
    closed: date | None

    def is_open(self, day: date) -> bool:
        return (self.opened is None or self.opened <= day) and (self.closed is None or day <= self.closed)


@dataclass(frozen=True, eq=False)
class House:
    """An organisation as it was made up; `kind` "" for one that never was a member."""

    land: str
    kind: str
    since: date
    until: date | None
    places: list[Place]
    offerings: list[Offering]
    steps: dict[date, str]
    offered_in: str
    scopes: tuple[str, ...]
    listed_on: date | None

    def is_member(self, day: date) -> bool:
        return bool(self.kind) and self.since <= day and (self.until is None or day <= self.until)

    def status(self, day: date) -> str:
        begun = [status for since, status in sorted(self.steps.items()) if since <= day]
        return begun[-1] if begun else ""

    def is_listed(self, day: date) -> bool:
        agreed = self.listed_on is not None and self.listed_on <= day
        return agreed and self.status(day) not in ("", "ended")

    def fits_as_provider(self, asked: dict[str, str], day: date) -> bool:
        """What is asked of providers alone, by those who are listed."""
        form, scope, status = (asked.get(name, "") for name in ("offered_in", "scope", "provider"))
        fits = (not form or self.offered_in in (form, "both")) and (not scope or scope in self.scopes)
        return fits and (not status or self.status(day) == status) and (not (form or scope) or self.is_listed(day))

    def fits_at(self, place: int | None, asked: dict[str, str], day: date) -> bool:
        land = self.land if place is None else self.places[place].land
        offered = {one.code for one in self.offerings if one.runs(day) and one.place in (None, place)}
        wanted = {asked[name] for name in ("service", "occupation") if asked.get(name)}
        return (not asked.get("land") or asked["land"] == land) and wanted <= offered

    def fitting_places(self, asked: dict[str, str], day: date) -> list[int]:
        return [n for n, place in enumerate(self.places) if place.is_open(day) and self.fits_at(n, asked, day)]

    def fits(self, asked: dict[str, str], day: date) -> bool:
        at_seat = self.fits_at(None, asked, day)
        return self.fits_as_provider(asked, day) and (at_seat or bool(self.fitting_places(asked, day)))


EDGES = [date(2015, 3, 1), date(2015, 5, 2), date(2015, 8, 1), date(2016, 3, 13), date(2016, 3, 15), date(2018, 5, 1)]
days = st.sampled_from(EDGES) | st.dates(date(2009, 1, 1), date(2021, 1, 1))
codes = st.sampled_from(["", "2010", "2015-06", "2015-early", "2018-summer", "201X", "201X-late", "2012~", "2016-03-14", "2020-11"])  # fmt: skip


@st.composite
def spans(draw) -> tuple[str, str]:
    since, until = draw(codes), draw(codes)
    backwards = since and until and roughly.latest(until) < roughly.earliest(since)
    return (until, since) if backwards else (since, until)


@st.composite
def houses(draw) -> House:
    places = draw(
        st.lists(st.builds(Place, st.sampled_from(LANDS_HERE), st.none() | days, st.none() | days), max_size=2)
    )
    where = st.none() | st.sampled_from(range(len(places))) if places else st.none()
    offered = draw(st.lists(st.tuples(st.sampled_from(SERVICES + FIELDS), where, spans()), min_size=1, max_size=6))
    since, until = draw(st.just(date(2005, 1, 1)) | days), draw(st.none() | days)
    return House(
        land=draw(st.sampled_from(("", *LANDS_HERE))),
        kind=draw(st.sampled_from(("full", "full", "guest", ""))),
        since=since,
        until=until if until and until >= since else None,
        places=places,
        offerings=[Offering(code, place, *span) for code, place, span in offered],
        steps=draw(st.dictionaries(days, st.sampled_from(("interested", "operating", "ended")), max_size=3)),
        offered_in=draw(st.sampled_from(("", "company", "rooms", "both"))),
        scopes=tuple(draw(st.lists(st.sampled_from(("EV", "BBB", "AB")), unique=True))),
        listed_on=draw(st.none() | days),
    )


async def built(everybody: list[House]) -> None:
    """The bare rows, named by their number."""
    for table in (Offer, ProviderStatus, Membership, Site, Organisation):
        await table.delete(force=True)
    terms = {row.code: row.id for row in await Entry.objects()}
    for number, house in enumerate(everybody):
        row = await organisation.enter(f"Haus {number}", land=house.land)
        await Organisation.update({
            Organisation.offered_in: house.offered_in, Organisation.scopes: " ".join(house.scopes),
            Organisation.listed_on: house.listed_on,
        }).where(Organisation.id == row.id)  # fmt: skip
        if house.kind:
            await Membership(organisation=row.id, since=house.since, until=house.until, kind=house.kind).save()
        sites = []
        for n, place in enumerate(house.places):
            one = Site(
                reference=new_reference(), organisation=row.id, name=f"Ort {number}.{n}", postal_code="01067", town="Ort",
                land=place.land, opened_on=place.opened, opened_year=place.opened.year if place.opened else None,
                closed_on=place.closed, lat=51.0, lon=10.0,
            )  # fmt: skip
            await one.save()
            sites.append(one.id)
        for one in house.offerings:
            at = None if one.place is None else sites[one.place]
            offered = Offer(reference=new_reference(), organisation=row.id, site=at, entry=terms[one.code])
            offer.span(offered, one.since, one.until)
            await offered.save()
        for since, status in house.steps.items():
            await ProviderStatus(organisation=row.id, since=since, status=status).save()


@dataclass
class Page:
    """What somebody reads there."""

    names: list[str]
    sites: list[str]
    numbers: dict[str, dict[str, int]]
    sentence: str
    text: str
    marked: list[str] = field(default_factory=list)


async def page_of(client, path: str, day: date, asked: dict[str, str]) -> Page:
    recent.forget()
    answer = await client.get(f"{path}?{urlencode(asked | {'on': day.isoformat()})}")
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.text, "html.parser")
    main = soup.select_one("main")
    heading = main.select_one("#found")
    return Page(
        names=[one.get_text(strip=True) for one in main.select("article h3")],
        sites=[one.get_text(strip=True) for one in main.select("article .rows strong")],
        numbers={select["name"]: told(select) for select in main.select("form.filter select")},
        sentence=heading.get_text(strip=True) if heading else "",
        text=" ".join(main.get_text(" ").split()),
        marked=[one.get_text(strip=True) for one in main.select(".places strong")],
    )


def told(select: Tag) -> dict[str, int]:
    """By the choice how many there are with it, as it stands in brackets."""
    options = {one["value"]: one.get_text(strip=True) for one in select.select("option") if one["value"]}
    return {key: int(re.search(r"\((\d+)\)$", words)[1]) for key, words in options.items()}


def recounted(
    chosen: list[House], asked: dict[str, str], day: date, names: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    """For each choice who would be found with it; none are left out, unless they are chosen."""
    found = {}
    for name in names:
        numbers = {value: sum(house.fits(asked | {name: value}, day) and (name not in OF_LISTED or house.is_listed(day))
                              for house in chosen) for value in VALUES[name]}  # fmt: skip
        found[name] = {value: number for value, number in numbers.items() if number or asked.get(name) == value}
    return found


OF_LISTED = ("offered_in", "scope", "provider")


def up_to_three(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    pairs = st.sampled_from(names).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name])))
    return st.lists(pairs, max_size=3).map(dict)


choices = up_to_three(FACETS)


@given(st.lists(houses(), min_size=2, max_size=6), st.lists(st.tuples(days, choices), min_size=6, max_size=6))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_each_combination_on_the_pages_is_a_recount_of_the_rows(at_sunday, client, association, everybody, tried):
    await beginnings.lay_out()
    await built(everybody)

    for day, asked in tried:
        members = [house for house in everybody if house.is_member(day)]
        fitting = [house for house in members if house.fits(asked, day)]
        numbers = [everybody.index(house) for house in fitting]
        page = await page_of(client, "/members", day, asked)
        assert page.names == [f"Haus {number}" for number in numbers]
        assert page.sites == [
            f"Ort {n}.{place}" for n in numbers for place in everybody[n].fitting_places(asked, day)
        ]  # fmt: skip
        if members:
            shown = {name: page.numbers.get(name, {}) for name in FACETS}
            assert shown == recounted(members, asked, day, FACETS)
            on_map = await page_of(client, "/members/map", day, asked)
            full = [n for n in numbers if everybody[n].kind == "full"]
            assert sorted(on_map.marked) == sorted(
                f"Ort {n}.{place}" for n in full for place in everybody[n].fitting_places(asked, day)
            )
        if asked and fitting:
            full_sites = sum(len(house.fitting_places(asked, day)) for house in fitting if house.kind == "full")
            assert page.sentence == sentence(fitting, full_sites, day)


def sentence(fitting: list[House], sites: int, day: date) -> str:
    full = sum(house.kind == "full" for house in fitting)
    guests = len(fitting) - full
    who = f"{full} Mitglied{'er' if full > 1 else ''}" if full else ""
    if sites:
        who += f" mit {sites} Standort{'en' if sites > 1 else ''}"
    beside = f"{guests} Gastmitglied{'er' if guests > 1 else ''}"
    told = f"{who} und {beside}" if full and guests else who or beside
    return f"{told} {'passt' if len(fitting) == 1 else 'passen'}, Stand: {format_day(day)}"


with_status = up_to_three(tuple(VALUES))


@given(st.lists(houses(), min_size=2, max_size=6), st.lists(st.tuples(days, with_status), min_size=6, max_size=6))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_each_combination_of_providers_is_a_recount_of_the_rows(at_sunday, client, association, everybody, tried):
    await beginnings.lay_out()
    await built(everybody)

    for day, asked in tried:
        listed = [house for house in everybody if house.is_listed(day)]
        fitting = [house for house in listed if house.fits(asked, day)]
        page = await page_of(client, "/members/providers", day, asked)
        assert page.names == [f"Haus {everybody.index(house)}" for house in fitting]
        if fitting or asked:
            shown = {name: page.numbers.get(name, {}) for name in VALUES}
            assert shown == recounted(listed, asked, day, tuple(VALUES))


# --- the matrix, with names -------------------------------------------------------------------------------------------


@pytest.fixture
async def three(at_sunday, association) -> dict[str, Organisation]:
    """Anker offers counselling everywhere, metal in Ulm; Brücke training and metal in Hof; Steg is no member."""
    await beginnings.lay_out()
    terms = {row.code: row for row in await Entry.objects()}
    anker, bridge = await member("Anker gGmbH", land="BW"), await member("Brücke e. V.", land="BY")
    steg = await organisation.enter("Steg gGmbH", land="BY")
    ulm, kehl = await a_site(anker, "Ulm", "89073", land="BW"), await a_site(anker, "Kehl", "77694", land="BW")
    hof = await a_site(bridge, "Hof", "95028", land="BY")
    del kehl
    for of, at, code in (
        (anker, None, "counselling"), (anker, ulm, "metal"), (bridge, hof, "training"), (bridge, hof, "metal"),
        (steg, None, "metal"),
    ):  # fmt: skip
        await offer.enter(of, [terms[code]], site=at)
    for of, status, form, scopes in ((anker, "operating", "both", "EV AB"), (bridge, "applied", "rooms", "EV BBB"),
                                     (steg, "preparing", "company", "BBB")):  # fmt: skip
        await provider.enter(of, status, since=date(2022, 4, 1))
        listed = None if of is bridge else date(2023, 1, 1)
        await provider.change(of, offered_in=form, scopes=scopes, listed_on=listed)
    return {"Anker": anker, "Brücke": bridge, "Steg": steg}


def listed_on(answer) -> dict[str, list[str]]:
    cards = BeautifulSoup(answer.text, "html.parser").select("article.card")
    return {
        card.h3.get_text(strip=True).split()[0]: [one.get_text(strip=True) for one in card.select(".rows strong")]
        for card in cards
    }


def main(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


MATRIX = [
    ("", {"Anker": ["Kehl", "Ulm"], "Brücke": ["Hof"]}),
    ("service=counselling", {"Anker": ["Kehl", "Ulm"]}),
    ("occupation=metal", {"Anker": ["Ulm"], "Brücke": ["Hof"]}),
    ("service=counselling&occupation=metal", {"Anker": ["Ulm"]}),
    ("service=training&occupation=metal", {"Brücke": ["Hof"]}),
    ("service=counselling&occupation=metal&land=BY", {}),
    ("occupation=metal&land=BY", {"Brücke": ["Hof"]}),
    ("q=kehl&service=counselling", {"Anker": ["Kehl"]}),
    ("offered_in=company", {"Anker": ["Kehl", "Ulm"]}),
    ("offered_in=rooms", {"Anker": ["Kehl", "Ulm"]}),  # who has not agreed to be listed is not told of
    ("scope=BBB", {}),
    ("scope=EV&offered_in=company&land=BW&occupation=metal", {"Anker": ["Ulm"]}),
    ("provider=applied", {"Anker": ["Kehl", "Ulm"], "Brücke": ["Hof"]}),  # asked of the listed alone
    ("service=nonsense&land=XX&scope=Z", {"Anker": ["Kehl", "Ulm"], "Brücke": ["Hof"]}),
]


@pytest.mark.parametrize(("query", "found"), MATRIX)
async def test_choices_are_combined_at_one_place(three, client, query, found):
    assert listed_on(await client.get(f"/members?{query}")) == found


async def test_the_hits_are_told_in_a_sentence_in_both_languages(three, client):
    german = main(await client.get("/members?occupation=metal&land=BW"))
    english = main(await client.get("/en/members?occupation=metal"))

    assert "1 Mitglied mit 1 Standort passt, Stand: 5. September 2027 Gewählt: Metall, Baden-Württemberg" in german
    assert "und ein weiterer Standort" in german
    assert "2 members with 2 sites match, as of 5 September 2027 Chosen: Metal" in english
    assert "One provider who is no member fits as well" in english


async def test_the_choices_of_the_list_go_along_to_the_map_to_the_providers_and_to_other_days(three, client):
    page = BeautifulSoup((await client.get("/members?occupation=metal&land=BY")).text, "html.parser")
    links = {link["href"] for link in page.select("main a[href*='?']")}

    assert links == {
        f"/members/{place}?occupation=metal&land=BY" for place in ("map", "providers", "export", "as/xlsx", "as/csv")
    }  # fmt: skip
    hidden = {one["name"]: one["value"] for one in page.select(".as-of input[type=hidden]")}
    assert hidden == {"occupation": "metal", "land": "BY"}
    chosen = {select["name"]: select.select_one("[selected]")["value"] for select in page.select("form.filter select")}
    assert chosen["occupation"] == "metal"
    assert chosen["land"] == "BY"
    assert not page.select("main script")


async def test_where_nobody_fits_the_page_says_which_choice_less_would_find_somebody(three, client):
    answer = await client.get("/members?service=counselling&occupation=metal&land=BY")
    page = BeautifulSoup(answer.text, "html.parser")

    assert "Das alles gibt es an keinem Ort zugleich: Beratung, Metall, Bayern. Stand: 5. September 2027." in main(
        answer
    )
    ways = {link.get_text(strip=True): link["href"] for link in page.select(".empty li a")}
    assert ways == {
        "Ohne Beratung gibt es einen Treffer": "/members?occupation=metal&land=BY",
        "Ohne Bayern gibt es einen Treffer": "/members?service=counselling&occupation=metal",
    }
    for way in ways.values():
        assert len(listed_on(await client.get(way))) == 1


async def test_the_map_and_its_frame_show_the_same_choice(three, client):
    page = BeautifulSoup((await client.get("/members/map?service=counselling")).text, "html.parser")
    alone = BeautifulSoup((await client.get("/members/map/alone?service=counselling")).text, "html.parser")

    assert [one.get_text(strip=True) for one in page.select(".places strong, .rows strong")] == ["Kehl", "Ulm"]
    assert "2 Standorte in Ihrer Auswahl: Beratung." in " ".join(page.get_text(" ").split()).replace(" .", ".")
    assert "/members/map/alone?service=counselling" in page.select_one("pre").get_text()
    assert "2 Standorte" in alone.get_text()
    assert alone.select_one("p a")["href"] == "/members/map?service=counselling"
    assert main(await client.get("/members/map?scope=BBB")).count("Kein Standort gefunden") == 1


async def test_members_who_agreed_to_be_listed_say_how_far_they_are_and_nobody_else_does(three, client):
    cards = main(await client.get("/members"))
    pages = [main(await client.get(f"/members/{three[name].reference}")) for name in ("Anker", "Brücke")]
    earlier = main(await client.get(f"/members/{three['Anker'].reference}?on=2022-12-31"))

    assert cards.count("§ 60 SGB IX: in Betrieb seit 1. April 2022") == 1
    assert ["in Betrieb seit 1. April 2022" in page for page in pages] == [True, False]
    assert "Eingangsverfahren (EV) , Arbeitsbereich (AB)" in pages[0]
    assert not re.search("beantragt|in Vorbereitung", pages[1])
    assert "in Betrieb" not in earlier  # it agreed later


async def test_providers_are_told_with_their_status_and_its_day_members_or_not(three, client):
    answer = await client.get("/members/providers?occupation=metal")
    page = BeautifulSoup(answer.text, "html.parser")

    assert list(listed_on(answer)) == ["Anker", "Steg"]
    assert "2 Anbieter passen, Stand: 5. September 2027" in main(answer)
    assert "in Vorbereitung seit 1. April 2022" in main(answer)
    assert [link["href"] for link in page.select("article h3 a")] == [f"/members/{three['Anker'].reference}"]
    assert list(listed_on(await client.get("/members/providers?provider=preparing"))) == ["Steg"]
    assert "Stand: 31. Dezember 2022" in main(await client.get("/members/providers?on=2022-12-31"))
    assert listed_on(await client.get("/members/providers?on=2022-12-31")) == {}


async def test_what_is_chosen_and_near_is_listed_by_its_distance(three, client):
    near = main(await client.get("/members?near=89073&occupation=metal"))

    assert re.findall(r"(Ulm|Kehl|Hof) · ", near) == ["Ulm", "Hof"]


async def test_the_questions_do_not_grow_with_what_is_chosen_from(three, desk, monkeypatch):
    count = counter(desk, monkeypatch)
    query = "occupation=metal&land=BW&scope=EV"
    pages = [f"/members?{query}", f"/members/map?{query}", f"/members/providers?{query}", "/members?on=2026-01-01",
             f"/members?{query}&service=support"]  # fmt: skip
    few = [await count(path) for path in pages]
    terms = await Entry.objects().where(Entry.code.is_in(["metal", "wood", "training"]))
    for number in range(6):
        one = await member(f"Haus {number}", land="BW")
        await offer.enter(one, terms, site=await a_site(one, "Ulm", "89073", land="BW"))
        await provider.enter(one, "operating", since=date(2022, 1, 1))
        await provider.change(one, offered_in="both", scopes="EV", listed_on=date(2023, 1, 1))

    assert [await count(path) for path in pages] == few
    assert max(few) <= 24
