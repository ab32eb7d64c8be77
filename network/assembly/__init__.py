"""Assemblies: their legal clock, what majority a decision needs, and how votes are counted."""
