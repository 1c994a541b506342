"""Zotero itself: what it is asked, what its answers say, and who changed what."""
