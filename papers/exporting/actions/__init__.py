"""What exports write: citation keys, secret addresses, archives."""
