"""A member's tokens for programs: made, shown once, revoked."""
