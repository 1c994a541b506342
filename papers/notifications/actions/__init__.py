"""Every write of follows and notifications."""
