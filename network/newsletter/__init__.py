"""The mailing list and its issues, as pages."""
