"""Persons, how they sign in, and their dated roles."""
