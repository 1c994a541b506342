"""Reads for exports, as plain values, through access."""
