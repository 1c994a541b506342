"""Everything that is stored to save work: page validators, fragments, prepared statements."""
