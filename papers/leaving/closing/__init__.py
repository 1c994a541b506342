"""Closing one's own account: what stays, what goes, and under which name."""
