"""Everything out: bibliographies, lists and archives of what the lab has."""
