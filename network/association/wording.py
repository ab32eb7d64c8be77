"""Rules of the bylaws that take more than one word to say."""

from fractions import Fraction

from network.association.clauses import MORE_YES, classes_in_words, fraction, share_in_words
from network.association.tables import Bylaws
from network.i18n import N_, _, ngettext

END_WORDS = {
    "year": N_("to the end of a year"),
    "half_year": N_("to the end of a half-year"),
    "quarter": N_("to the end of a quarter"),
    "month": N_("to the end of a month"),
    "any": N_("to any day"),
}
FORM_WORDS = {
    "any": N_("in any form"),
    "text": N_("in text form, by e-mail too"),
    "written": N_("in writing, signed"),
}
MOST_MONTHS = 24  # from the notice to the exit, whatever the bylaws say (§ 39 II BGB)
MOST_GUEST_MONTHS = 120


def notice_in_words(bylaws: Bylaws) -> str:
    """Such as "3 months to the end of a year"."""
    period = months(bylaws.notice_months) if bylaws.notice_months else ""
    end = _(END_WORDS[bylaws.notice_to])
    return " ".join(part for part in (period, end) if part)


def notice_rule_in_words(bylaws: Bylaws) -> str:
    """The period and, where they ask for one, the form."""
    form = _(FORM_WORDS[bylaws.notice_form]) if bylaws.notice_form != "any" else ""
    return ", ".join(part for part in (notice_in_words(bylaws), form) if part)


def guests_in_words(bylaws: Bylaws) -> str:
    if not bylaws.guest_months:
        return _("There are no guest members.")
    return ngettext("%(num)s month without a vote", "%(num)s months without a vote", bylaws.guest_months)


def votes_in_words(bylaws: Bylaws) -> str:
    if bylaws.votes_by == "sites":
        return _("one vote for each open site")
    if bylaws.votes_by == "member":
        return _("one vote for each member")
    return classes_in_words(bylaws.vote_classes)


def proxies_in_words(bylaws: Bylaws) -> str:
    """Such as "another member may vote by proxy, in writing, signed, for one assembly, at most 1 for each holder"."""
    if bylaws.proxies == "none":
        return _("no proxies")
    who = {"member": N_("another member may vote by proxy"), "anybody": N_("anybody may vote by proxy")}
    parts = [
        _(who[bylaws.proxies]),
        _(FORM_WORDS[bylaws.proxy_form]),
        _("until it is withdrawn") if bylaws.proxy_standing else _("for one assembly"),
    ]
    most = bylaws.proxies_per_holder
    if most:
        parts.append(ngettext("nobody holds more than one", "nobody holds more than %(num)s", most))
    return ", ".join(parts)


def convening_in_words(bylaws: Bylaws) -> str:
    """Such as "4 weeks before the assembly"."""
    number = bylaws.convening_period
    if not number:
        return _("a reasonable time before the assembly")
    if bylaws.convening_unit == "weeks":
        return ngettext("%(num)s week before the assembly", "%(num)s weeks before the assembly", number)
    if bylaws.convening_unit == "months":
        return ngettext("%(num)s month before the assembly", "%(num)s months before the assembly", number)
    return ngettext("%(num)s day before the assembly", "%(num)s days before the assembly", number)


def key_date_in_words(bylaws: Bylaws) -> str:
    if bylaws.key_date == "year":
        return _("1 January of the year of the assembly")
    if bylaws.key_date == "assembly":
        return _("the day of the assembly")
    return ngettext("%(num)s day before the assembly", "%(num)s days before the assembly", bylaws.key_days)


def late_motions_in_words(bylaws: Bylaws) -> str:
    if bylaws.late_motions == "discussion":
        return _("are for discussion only")
    if bylaws.late_majority == MORE_YES:
        return _("are decided if more agree to it than do not")
    share = share_in_words(fraction(bylaws.late_majority) or Fraction(1))
    return _("are decided if at least %(share)s of the votes cast agree to it", share=share)


def secrecy_in_words(bylaws: Bylaws) -> str:
    words = {"always": _("always in elections"), "assembly": _("if the assembly decides so")}
    asking = ngettext("if one member asks for it", "if %(num)s members ask for it", bylaws.secret_request)
    return words.get(bylaws.secret, asking)


def months(number: int) -> str:
    return ngettext("%(num)s month", "%(num)s months", number)


def days(number: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", number)


def times(number: int) -> str:
    return ngettext("once", "%(num)s times", number)
