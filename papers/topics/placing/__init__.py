"""Putting a topic at any place of the tree with one act, as by dragging it there."""
