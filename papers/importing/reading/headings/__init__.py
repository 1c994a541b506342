"""Headings: lines that stand for them, and what stands directly below."""
