"""What the office types of the agenda: items, and papers to them."""

from wtforms import FileField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from network.assembly.agenda import WORDS
from network.assembly.forms.planning import Longer
from network.assembly.tables.meeting import ItemKind
from network.i18n import _, _l
from network.web.fields import Line, Number, Required, plain
from network.web.forms import Form


class ItemForm(Form):
    kind = SelectField(
        _l("What it is"),
        choices=lambda: [(kind.value, _(words)) for kind, words in WORDS.items()],
        default=ItemKind.RESOLUTION,
    )
    title_de = Line(
        _l("Title"), [Required(_l("Please give it a title."))], most=300,
        description=_l("What is decided must be recognisable from it (§ 32 (1) BGB)."),
    )  # fmt: skip
    text = Longer(_l("What is to be decided, in its wording"))
    speaker = Line(_l("Who speaks to it"))
    minutes_planned = Number(_l("Minutes"), [Optional()], least=1, most=600)
    title_en = Line(_l("Title in English"), most=300)


class PaperForm(Form):
    document = FileField(_l("File"), description=_l("PDF, PNG or JPEG, at most 20 MB"))
    title = Line(_l("What it is called"), description=_l("Left empty: as the file is called"))
    old_text = TextAreaField(_l("Text so far"), [Length(max=40_000)], filters=[plain], default="")
    new_text = TextAreaField(_l("New text"), [Length(max=40_000)], filters=[plain], default="")
