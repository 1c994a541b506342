"""The floor: a bare Django view, by which the cost of every page is told."""
