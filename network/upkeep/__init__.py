"""Keeping the house: moving between databases, saving and restoring, and the doctor."""
