"""Passkeys: signing in without a password, and a second factor beside it."""
