"""Digest, feeds, activity and notifications: all read from Event."""
