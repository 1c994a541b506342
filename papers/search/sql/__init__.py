"""From the tree of a query to the one statement that answers it."""
