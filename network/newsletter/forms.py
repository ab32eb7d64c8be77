"""What is typed to join, to change one's entry, to write an issue and to choose its readers."""

from collections.abc import Callable

from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField, widgets
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional

from mailing.readers import UNSTATED, State
from network.i18n import _, _l
from network.members.lands import land_choices
from network.newsletter.rules import PROVIDER_STATUSES, state_label, status_label
from network.web.fields import Email, Line, Required, is_name, plain
from network.web.forms import Form

Choices = list[SelectChoice]
MAIL_LIMIT = 100_000
BODY_LIMIT = 60_000
LANGUAGES = [SelectChoice("de", "Deutsch"), SelectChoice("en", "English")]


def statuses() -> Choices:
    return [SelectChoice(status, status_label(status)) for status in PROVIDER_STATUSES]


def lands() -> Choices:
    return [SelectChoice(code, name) for code, name in land_choices()]


def or_nothing(choices: Callable[[], Choices]) -> Callable[[], Choices]:
    return lambda: [SelectChoice("", _("not stated")), *choices()]


def or_unstated(choices: Callable[[], Choices]) -> Callable[[], Choices]:
    return lambda: [*choices(), SelectChoice(UNSTATED, _("not stated"))]


class JoinForm(Form):
    email = Email(_l("E-mail address"), [Required(_l("Please enter your e-mail address."))])
    name = Line(_l("Name"), [is_name])
    provider_status = SelectField(_l("As a provider you are"), [Optional()], choices=or_nothing(statuses))
    land = SelectField(_l("Land"), [Optional()], choices=or_nothing(lands))


class PreferencesForm(Form):
    name = Line(_l("Name"), [is_name])
    provider_status = SelectField(_l("As a provider you are"), [Optional()], choices=or_nothing(statuses))
    land = SelectField(_l("Land"), [Optional()], choices=or_nothing(lands))
    locale = RadioField(_l("Language of the e-mails"), [Required()], choices=LANGUAGES)


def any_of(choices: Callable[[], Choices]) -> Callable[[], Choices]:
    return lambda: [SelectChoice("", _("all")), *choices()]


def states() -> Choices:
    return [SelectChoice(state, state_label(state)) for state in State]


class ReaderFilter(Form):
    q = Line(_l("Name or address"))
    state = SelectField(_l("State"), [Optional()], choices=any_of(states))
    status = SelectField(_l("Provider"), [Optional()], choices=any_of(statuses))
    land = SelectField(_l("Land"), [Optional()], choices=any_of(lands))


class MailForm(Form):
    """First step of "somebody wrote to us": the e-mail."""

    mail = TextAreaField(
        _l("The e-mail"),
        [Required(_l("Please paste the e-mail.")), Length(max=MAIL_LIMIT)],
        filters=[plain],
        description=_l("With everything your mail program shows: from whom, when, subject, text"),
    )


class WroteForm(MailForm):
    """Second step: what we understood, to look at and to mend."""

    email = Email(_l("E-mail address"), [Required(_l("Please enter the address that wrote."))])
    name = Line(_l("Name"), [is_name])
    provider_status = SelectField(_l("As a provider"), [Optional()], choices=or_nothing(statuses))
    land = SelectField(_l("Land"), [Optional()], choices=or_nothing(lands))
    locale = RadioField(_l("Language of the letter"), [Required()], choices=LANGUAGES)


class PromiseForm(Form):
    title_de = Line(_l("Name of the newsletter"), [Required(_l("Please enter a name."))])
    promise_de = TextAreaField(
        _l("What comes, and how often"),
        [Required(_l("Please say what comes and how often.")), Length(max=2000)],
        filters=[plain],
        description=_l("Everybody who joins reads this sentence and agrees to it"),
    )
    title_en = Line(_l("Name in English"))
    promise_en = TextAreaField(_l("The same in English"), [Length(max=2000)], filters=[plain])


class IssueForm(Form):
    subject_de = Line(_l("Subject"), [Required(_l("Please enter a subject."))], most=300)
    body_de = TextAreaField(
        _l("Text"),
        [Required(_l("Please write the text.")), Length(max=BODY_LIMIT)],
        filters=[plain],
        description=_l("# Heading, **bold**, [words of a link](https://…), ![what the picture shows](https://…)"),
    )
    subject_en = Line(_l("Subject in English"), most=300)
    body_en = TextAreaField(_l("Text in English"), [Length(max=BODY_LIMIT)], filters=[plain])

    @property
    def words(self) -> dict[str, str]:
        return {name: value or "" for name, value in self.values.items()}


class AudienceForm(Form):
    provider_statuses = SelectMultipleField(
        _l("As a provider"),
        [Optional()],
        choices=or_unstated(statuses),
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    lands = SelectMultipleField(
        _l("Länder"),
        [Optional()],
        choices=or_unstated(lands),
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
