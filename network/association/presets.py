"""Three ways to begin with the bylaws: what most associations of that kind say, to be compared with one's own text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from network.i18n import N_

USUAL: dict[str, Any] = {
    "notice_months": 3,
    "notice_to": "year",
    "convening_period": 4,
    "convening_unit": "weeks",
    "convening_anchor": "receipt",
    "convening_form": "email",
    "majority_bylaws": "3/4",
    "term_months": 36,
    "holdover": True,
    "run_off": True,
}
ONE_PROXY: dict[str, Any] = {"proxies": "member", "proxy_form": "written", "proxies_per_holder": 1}


@dataclass(frozen=True, slots=True)
class Preset:
    title: str
    text: str
    said: Mapping[str, Any]  # as rulebook.written takes it


PRESETS = {
    "member": Preset(
        N_("One member, one vote"),
        N_("Large or small, every member counts the same. Invitations go out two weeks before, nobody votes by proxy."),
        USUAL | {"votes_by": "member", "convening_period": 2, "proxies": "none"},
    ),
    "sites": Preset(
        N_("Votes by size"),
        N_("More sites, more votes, in classes. Invitations go out four weeks before; one proxy for each member."),
        USUAL | ONE_PROXY | {"votes_by": "classes", "vote_classes": "1=1 2=2 4=3"},
    ),
    "later": Preset(
        N_("Decide later"),
        N_("Everything stays with the law until you enter what your bylaws say: one vote each, no proxies."),
        {},
    ),
}
