"""Signing in through another site: an OpenID Connect server, GitHub, Google or ORCID."""
