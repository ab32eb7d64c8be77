"""Who is a member how long, how many votes that gives, and who casts them."""

from network.association.chapters.rule import Chapter, Rule
from network.association.clauses import Choice, Classes, Whole, Yes
from network.association.wording import (
    END_WORDS,
    FORM_WORDS,
    MOST_GUEST_MONTHS,
    days,
    guests_in_words,
    key_date_in_words,
    months,
    notice_rule_in_words,
    proxies_in_words,
    votes_in_words,
)
from network.i18n import N_

MEMBERSHIP = Chapter(
    name="membership",
    title=N_("Membership"),
    rules=(
        Rule(
            title=N_("Notice"),
            source=N_("§ 39 BGB"),
            clauses=(
                Whole(name="notice_months", silent=0, most=99, count=months, label=N_("Notice in months")),
                Choice(name="notice_to", silent="any", words=END_WORDS, label=N_("to the end of what")),
                Choice(name="notice_form", silent="any", label=N_("Form of the notice"), words=FORM_WORDS),
            ),
            told=notice_rule_in_words,
            handful=True,
        ),
        Rule(
            title=N_("Guest membership"),
            source=N_("§ 25 BGB"),
            clauses=(
                Whole(name="guest_months", silent=0, most=MOST_GUEST_MONTHS, count=months,
                      label=N_("In months")),
            ),
            told=guests_in_words,
            hint=N_("The time without a vote before somebody becomes a full member; 0 if there is none"),
        ),
        Rule(
            title=N_("Votes of guest members"),
            source=N_("§ 25 BGB"),
            clauses=(Yes(name="guests_vote", silent=False, yes=N_("guests vote like members"), no=N_("no vote")),),
        ),
        Rule(
            title=N_("Members who owe contributions"),
            source=N_("§§ 25, 38 BGB"),
            clauses=(
                Yes(name="arrears_suspend", silent=False, yes=N_("have no vote until they have paid"),
                    no=N_("keep their vote")),
            ),
        ),
    ),
)  # fmt: skip

VOTES = Chapter(
    name="votes",
    title=N_("Votes, and who casts them"),
    rules=(
        Rule(
            title=N_("Votes"),
            source=N_("§ 32 (1) sentence 3 BGB; BGH II ZR 96/88"),
            clauses=(
                Choice(name="votes_by", silent="member", label=N_("How they are counted"), words={
                    "member": N_("one vote for each member"),
                    "sites": N_("one vote for each open site"),
                    "classes": N_("by classes: from so many sites on so many votes"),
                }),
                Classes(name="vote_classes", silent="", only=("classes",), label=N_("Classes"), hint=N_(
                    "For example 1=1 2=2 4=3: one vote from one site on, two from two, three from four"
                )),
            ),
            told=votes_in_words,
            handful=True,
        ),
        Rule(
            title=N_("Day whose members and sites count"),
            source=N_("§ 32 (1) BGB"),
            hint=N_("The law names no other day than that of the assembly; better say one."),
            clauses=(
                Choice(name="key_date", silent="assembly", label=N_("Which day"), words={
                    "assembly": N_("the day of the assembly"),
                    "year": N_("1 January of the year of the assembly"),
                    "days": N_("so many days before the assembly"),
                }),
                Whole(name="key_days", silent=0, least=1, most=366, count=days, only=("days",),
                      label=N_("How many days before")),
            ),
            told=key_date_in_words,
        ),
        Rule(
            title=N_("Several votes of one member"),
            source=N_("§ 38 BGB"),
            clauses=(
                Yes(name="split_votes", silent=False, yes=N_("may be cast differently"),
                    no=N_("are cast as one")),
            ),
        ),
        Rule(
            title=N_("Proxies"),
            source=N_("§ 38 sentence 2, § 40 BGB"),
            hint=N_("Who speaks for an organisation by its own authorisation is no proxy, but its representative."),
            clauses=(
                Choice(name="proxies", silent="none", label=N_("Who may vote for another member"), words={
                    "none": N_("no proxies"),
                    "member": N_("another member may vote by proxy"),
                    "anybody": N_("anybody may vote by proxy"),
                }),
                Choice(name="proxy_form", silent="any", only=("member", "anybody"), label=N_("Form"),
                       words=FORM_WORDS),
                Whole(name="proxies_per_holder", silent=1, most=99, count=str, only=("member", "anybody"),
                      label=N_("Proxies that one may hold"), hint=N_("0 if the bylaws set no limit")),
                Yes(name="proxy_standing", silent=False, only=("member", "anybody"), label=N_("Holds for"),
                    yes=N_("until it is withdrawn"), no=N_("for one assembly")),
            ),
            told=proxies_in_words,
            handful=True,
        ),
        Rule(
            title=N_("Who speaks for a member"),
            source=N_("§§ 26, 164 BGB"),
            hint=N_("Keep the authorisation in any case; it decides when somebody doubts a vote."),
            clauses=(
                Yes(name="delegate_proof", silent=False, yes=N_("with a written authorisation"),
                    no=N_("its legal representative, or whoever it has authorised")),
            ),
        ),
    ),
)  # fmt: skip
