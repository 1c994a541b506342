"""Applying an import: everything a document says into the tables, in one transaction."""
