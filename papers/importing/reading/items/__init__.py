"""A list item or a paper's heading as one entry, with all that hangs below it."""
