"""The one tree that every format grows: sections and blocks, lines, and the pieces of a line."""
