"""How surely a line or an item names a paper, by itself and by its kind and list."""
