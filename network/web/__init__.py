"""Plumbing that knows no part of the association."""
