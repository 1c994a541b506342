"""Reads of imports: what is in the library already, and what pages show."""
