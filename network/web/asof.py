"""Pages as of another day: `?on=2023-05-12`, what is typed as a day, and addresses that keep it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Request
from litestar.datastructures import MultiDict

from network import clock
from network.errors import Refused
from network.i18n import _, _l, format_day
from network.web.addresses import link, url
from network.web.fields import Day
from network.web.forms import Form

Req = Request[Any, Any, Any]
NAME = "on"
FIRST_YEAR, YEARS_AHEAD = 1800, 100


class DayForm(Form):
    on = Day(_l("Another day"))


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a page shows: today, unless its address names another one. Deeds are offered today only."""

    day: date
    form: DayForm
    path: str  # without the language
    chosen: tuple[tuple[str, str], ...] = ()  # what else the address says: filters

    @property
    def other(self) -> bool:
        return self.day != clock.today()

    @property
    def past(self) -> bool:
        return self.day < clock.today()

    @property
    def wrong(self) -> bool:
        """A day was asked for that nobody could show; the page is today's."""
        return bool(self.form.errors)

    @property
    def certain(self) -> date:
        """The day for a file, which could not say that it shows another one. Refused in words when it is wrong."""
        if self.wrong:
            raise Refused(str(self.form.on.errors[0]), NAME)
        return self.day

    @property
    def words(self) -> str:
        if self.other:
            return _("As of: %(day)s", day=format_day(self.day))
        return _("As of: today, %(day)s", day=format_day(self.day))

    @property
    def today_url(self) -> str:
        return url(with_query(self.path, self.chosen))

    @property
    def canonical(self) -> str:
        return link(self.path)

    def url(self, path: str) -> str:
        """The path in the language being spoken; it keeps the day."""
        return url(self.keeping(path))

    def keeping(self, path: str) -> str:
        return with_query(path, [(NAME, self.day.isoformat())]) if self.other else path


def as_of(request: Req, *, latest: date | None = None) -> AsOf:
    """What the address asks for; what is no day, or lies after `latest`, is answered in words beside the field."""
    typed = request.query_params.get(NAME, "").strip()
    form = DayForm(MultiDict({NAME: typed})) if typed else DayForm()
    day = form.on.data if typed and form.validate() else None
    if day and (no := refusal(day, latest)):
        form.on.errors = [no]
        day = None
    day = day or clock.today()
    if not form.errors:
        form = DayForm(on=day if day != clock.today() else None)
    kept = tuple((name, value) for name, value in request.query_params.multi_items() if name not in (NAME, "page"))
    return AsOf(day, form, request.url.path, kept)


def day_of(request: Req) -> date:
    """The day alone, for what is no page. Refused when nobody could show it."""
    return as_of(request).certain


def refusal(day: date, latest: date | None) -> str:
    last = clock.today().year + YEARS_AHEAD
    if not FIRST_YEAR <= day.year <= last:
        return _("Please choose a day between %(first)s and %(last)s.", first=FIRST_YEAR, last=last)
    if latest and day > latest:
        return _("What will be is not public yet. Please choose a day up to today.")
    return ""


def with_query(path: str, pairs: Any) -> str:
    query = urlencode(list(pairs))
    return f"{path}{'&' if '?' in path else '?'}{query}" if query else path
