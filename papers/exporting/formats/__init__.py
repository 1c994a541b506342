"""Pure writers: plain values in, text out. No tables."""
