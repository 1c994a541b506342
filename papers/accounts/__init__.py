"""Sign-in, invitations, profile."""
