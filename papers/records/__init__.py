"""One record for each work: duplicates, merging, archiving, deleting, and undoing all of it."""
