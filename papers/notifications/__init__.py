"""Follows, notifications, and their email."""
