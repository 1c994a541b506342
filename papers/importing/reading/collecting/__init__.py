"""From entries to what is understood: places of one paper joined, every line accounted for."""
