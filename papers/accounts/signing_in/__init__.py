"""Signing in: pages, limits on tries, devices that are known, and signing in again in place."""
