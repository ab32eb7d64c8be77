"""The words the association describes offers with: dated catalogues with a glossary."""
