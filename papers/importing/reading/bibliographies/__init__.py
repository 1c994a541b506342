"""BibTeX and RIS: files cut into records, and their entries as papers."""
