"""Organisations, their memberships and sites."""
