"""Where a member is signed in: the store of sessions, their list, and signing them out."""
