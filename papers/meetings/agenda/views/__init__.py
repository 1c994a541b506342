"""Pages of one agenda: the meeting itself, its items, and the email about them."""
