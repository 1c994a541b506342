"""Pure: strings in, strings out. No Django."""
