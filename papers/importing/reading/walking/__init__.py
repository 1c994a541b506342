"""The walk over a tree: sections, lists and paragraphs in the order of the source."""
