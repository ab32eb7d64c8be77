"""The ten members of the assemblies' tests."""

from tests.assembly.conftest import ten

__all__ = ["ten"]
