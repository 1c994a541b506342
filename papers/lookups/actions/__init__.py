"""Writes of lookups: asking services, filling papers in, noticing versions."""
