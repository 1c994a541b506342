"""One meeting's agenda: nominations, votes, items, and filling it."""
