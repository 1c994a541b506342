"""The agenda by email: previewed, sent, and sent again when it changed."""
