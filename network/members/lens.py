"""Rows as they were on a day, in SQL: of its former names and addresses the first that had not ended is the truth.

Where nobody was called otherwise or stood elsewhere on the day, as on most todays, the rows are read as they are.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from network import roughly
from network.members.tables import FormerName

SOON = timedelta(days=90)
FIRST = (
    "(SELECT x.*, row_number() OVER (PARTITION BY x.{of} ORDER BY x.until, x.id) AS turn FROM {table} x "
    "WHERE x.until >= {day} AND {whose}) {name} ON {name}.{of} = {key} AND {name}.turn = 1"
)


@dataclass(frozen=True, slots=True)
class Lens:
    """SQL about `organisation o`, its membership `m` begun last, and `site s`, as of a day.

    The day is written into the SQL: it is a date, nobody's text.
    """

    day: date
    names: bool = False
    addresses: bool = False

    @property
    def sql(self) -> str:
        return f"'{self.day.isoformat()}'"

    @property
    def organisations(self) -> str:
        """What stands after FROM."""
        begun = f"x.organisation = o.id AND x.since <= {self.sql} ORDER BY x.since DESC, x.id DESC LIMIT 1"
        parts = [f"organisation o LEFT JOIN membership m ON m.id = (SELECT x.id FROM membership x WHERE {begun})"]
        if self.names:
            parts.append(self.first("former_name", "n", "organisation", "o.id"))
        if self.addresses:
            parts.append(self.first("former_address", "a", "organisation", "o.id", whose="x.site IS NULL"))
        return " LEFT JOIN ".join(parts)

    @property
    def sites(self) -> str:
        return f"site s LEFT JOIN {self.where_it_stood}" if self.addresses else "site s"

    @property
    def sites_of_organisations(self) -> str:
        """What stands after JOIN beside `organisations`: their open sites."""
        return self.joined_sites(f"s.organisation = o.id AND {self.is_open}")

    def joined_sites(self, which: str) -> str:
        mine = f"site s ON {which}"
        return f"{mine} LEFT JOIN {self.where_it_stood}" if self.addresses else mine

    @property
    def where_it_stood(self) -> str:
        return self.first("former_address", "b", "site", "s.id", whose="x.site IS NOT NULL")

    def first(self, table: str, name: str, of: str, key: str, whose: str = "x.id > 0") -> str:
        """The row that was true on the day, found once for all: few have one."""
        return FIRST.format(table=table, name=name, of=of, key=key, whose=whose, day=self.sql)

    def own(self, fact: str) -> str:
        """An organisation's name, or a part of its seat's address."""
        if fact in ("name", "sorting"):
            return f"coalesce(n.{fact}, o.{fact})" if self.names else f"o.{fact}"
        return f"coalesce(a.{fact}, o.{fact})" if self.addresses else f"o.{fact}"

    @property
    def own_search(self) -> str:
        """What it was found by: each former row keeps what was true until its last day."""
        if self.names and self.addresses:
            earlier = "WHEN a.id IS NULL OR n.until <= a.until THEN n.search ELSE a.search END"
            return f"CASE WHEN n.id IS NULL AND a.id IS NULL THEN o.search {earlier}"
        if self.names or self.addresses:
            return f"coalesce({'n' if self.names else 'a'}.search, o.search)"
        return "o.search"

    def placed(self, fact: str) -> str:
        """A part of a site's address."""
        return f"coalesce(b.{fact}, s.{fact})" if self.addresses else f"s.{fact}"

    def located(self, fact: str) -> str:
        """A site's latitude or longitude; of where it was, nobody may know them."""
        return f"CASE WHEN b.id IS NULL THEN s.{fact} ELSE b.{fact} END" if self.addresses else f"s.{fact}"

    @property
    def is_open(self) -> str:
        """Opened, by the day or by the year where no day is known, and not closed."""
        opened = f"(s.opened_on IS NULL AND (s.opened_year IS NULL OR s.opened_year <= {self.day.year}))"
        return f"(s.opened_on <= {self.sql} OR {opened}) AND (s.closed_on IS NULL OR s.closed_on >= {self.sql})"

    @property
    def is_member(self) -> str:
        return f"m.id IS NOT NULL AND (m.until IS NULL OR m.until >= {self.sql})"

    def runs(self, held: str) -> str:
        """Somebody has this function on the day."""
        begun = f"({held}.since IS NULL OR {held}.since <= {self.sql})"
        return f"{begun} AND ({held}.until IS NULL OR {held}.until >= {self.sql})"

    @property
    def agreed(self) -> str:
        """The person's name might be shown on the day, and still may (publication.shown_then_and_now says why)."""
        given = "EXISTS (SELECT 1 FROM publication c WHERE c.person = p.id AND c.fact = 'name' AND {})"
        then = f"c.given_on <= {self.sql} AND (c.withdrawn_on IS NULL OR c.withdrawn_on > {self.sql})"
        return f"{given.format('c.withdrawn_on IS NULL')} AND {given.format(then)}"

    @property
    def offer_runs(self) -> str:
        """Of `offer f`: it may have run on the day, as roughly.runs_on has it; years go before."""
        year = self.day.year
        begun = f"f.first_year = {year} AND NOT ({self.codes('f.since', roughly.after(self.day), '>')})"
        runs = f"f.last_year = {year} AND NOT ({self.codes('f.until', roughly.before(self.day), '<')})"
        return f"(coalesce(f.first_year, 0) < {year} OR {begun}) AND (coalesce(f.last_year, 9999) > {year} OR {runs})"

    def codes(self, column: str, whole: list[str], than: str) -> str:
        """What is stored roughly lies after the day (">") or before it ("<"), as far as both are of one year."""
        listed = ", ".join(f"'{code}'" for code in whole) or "''"
        return f"{column} <> '' AND {column} IN ({listed}) OR {column} LIKE '____-__-__' AND {column} {than} {self.sql}"

    def offered_everywhere(self, entry: int) -> str:
        """The organisation offers this as a whole. Asked of all at once, as below: an EXISTS of each takes a minute."""
        return f"o.id IN (SELECT f.organisation FROM offer f WHERE {self.offered(entry)} AND f.site IS NULL)"

    def offered_here(self, entry: int) -> str:
        """This is offered at the site: what the whole organisation offers is offered at each of its sites."""
        at_one = f"s.id IN (SELECT f.site FROM offer f WHERE {self.offered(entry)} AND f.site IS NOT NULL)"
        at_all = (
            f"s.organisation IN (SELECT f.organisation FROM offer f WHERE {self.offered(entry)} AND f.site IS NULL)"
        )
        return f"({at_one} OR {at_all})"

    def offered(self, entry: int) -> str:
        return f"f.entry = {int(entry)} AND {self.offer_runs}"

    @property
    def works_on(self) -> str:
        begun = f"(e.valid_from IS NULL OR e.valid_from <= {self.sql})"
        runs = f"{begun} AND (e.valid_until IS NULL OR e.valid_until >= {self.sql})"
        return f"EXISTS (SELECT 1 FROM evidence e WHERE e.organisation = o.id AND e.basis = {{}} AND {runs})"

    @property
    def evidence_ends(self) -> str:
        soon = f"e.valid_until >= {self.sql} AND e.valid_until <= '{self.day + SOON:%Y-%m-%d}'"
        return f"EXISTS (SELECT 1 FROM evidence e WHERE e.organisation = o.id AND {soon})"

    @property
    def provider(self) -> str:
        """How far somebody is with § 60 SGB IX on the day."""
        begun = f"v.organisation = o.id AND v.since <= {self.sql}"
        return f"(SELECT v.status FROM provider_status v WHERE {begun} ORDER BY v.since DESC, v.id DESC LIMIT 1)"

    @property
    def is_listed(self) -> str:
        """It agreed to stand among the public providers, by this day and still; and it was on the way, or there."""
        return f"o.listed_on <= {self.sql} AND coalesce({self.provider}, 'ended') <> 'ended'"


async def lens_of(day: date) -> Lens:
    [last] = await FormerName.raw(
        "SELECT (SELECT max(until) FROM former_name) AS names, (SELECT max(until) FROM former_address) AS addresses"
    )
    return Lens(day, *(str(last[table] or "") >= day.isoformat() for table in ("names", "addresses")))
