"""What is told of a person's language is a word."""

from network.i18n import speaking
from network.people import person
from network.people.privacy import entry_of


async def test_the_language_of_a_person_is_told_by_its_name(at_sunday):
    ella = await person.enter("Ella Brandt", "ella.brandt@example.org")

    with speaking("de"):
        facts = dict(entry_of(ella).facts)

    assert facts["Sprache"] == "Deutsch"
