"""The topic tree, one topic's page, and which papers are listed under it."""
