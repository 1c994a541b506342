"""Data files: values with their lines, records made of them, sheets."""
