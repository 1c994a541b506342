"""Acts on many papers of the catalogue at once, for curators."""
