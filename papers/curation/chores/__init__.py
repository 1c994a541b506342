"""What waits for a curator."""
