"""Every write of accounts: profiles, invitations, drafts locked after a takeover."""
