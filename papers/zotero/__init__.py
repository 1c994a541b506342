"""Zotero group libraries that stay in step with the lab's papers."""
