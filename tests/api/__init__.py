"""The API: tokens, scopes, answers."""
