"""Every write of connected Zotero libraries."""
