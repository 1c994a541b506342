"""How the site is served: whole requests in, whole answers out, no thread waits for a client."""
