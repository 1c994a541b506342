"""Documents invented as groups write them, with what stands in them, kind by kind."""
