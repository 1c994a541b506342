"""The addresses of the API, and the pages of a member's tokens."""
