"""The short guide: ten pages with a picture each."""
