"""How the domain says no."""


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """The domain says no, in words for the person. `field` names the form field that the words belong to."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.field = field
