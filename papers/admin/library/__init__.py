"""Tables of papers and of the work on them."""

from papers.admin.library import catalogue, lookups, reading, records, work, zotero

__all__ = ["catalogue", "lookups", "reading", "records", "work", "zotero"]
