"""Lookups at other services, which are stood in for by servers on this machine."""
