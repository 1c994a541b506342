"""Files of reference managers and trackers: each a format of its own, all made into entries."""
