"""The office's browser and the ten members, as the assembly's tests have them."""

from tests.assembly.conftest import desk, in_april, ten

__all__ = ["desk", "in_april", "ten"]
