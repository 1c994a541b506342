"""Importing: `reading` understands documents, `intake` shows, applies and undoes imports."""
